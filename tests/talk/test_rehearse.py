"""Practising with a made-up youngster: real dialogs, marked everywhere, seen by nobody else, gone without a trace."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select

from bot.storage import chats, items, ledger, people, phase_tallies, stops
from bot.storage.personal import rows_of
from bot.storage.replies import HELD_FOR
from tests.talk.journeys import opens, opens_youngsters, waiting
from tests.talk.stage import at

MARK = "OEFENING. Dit is geen echte jongere."
MINUTE = timedelta(minutes=1)


def practises(stage):
    if stage.skips_to(practises):
        return stage.of("Vera")
    stage.youth_begins()
    stage.of("Vera").types("Menu").taps("Oefenen", "Beginnen")
    return stage.of("Vera")


def gives_robin(stage):
    card = opens_youngsters(stage.of("Vera"), "OEFENING Robin")
    card.taps("Uitdaging geven", "Alle uitdagingen", "Een groet per dag")


def robin(stage):
    return stage.reads(lambda conn: people.by_key(conn, f"made-up-{stage.programme.staff['Vera']}"))


def left_of(stage, number):
    """How many rows of each table are about somebody."""

    def look(conn):
        found = {
            table.name: conn.execute(select(func.count()).select_from(table).where(mine)).scalar_one()
            for table, mine in rows_of(conn, number).items()
        }
        return {name: count for name, count in found.items() if count}

    return stage.reads(look)


def test_it_says_what_it_is_before_it_begins_and_when_it_ends(stage):
    vera = stage.of("Vera").types("/oefenen")
    assert vera.said.startswith("OEFENING. Robin is geen echte jongere.")

    vera.taps("Beginnen")

    assert vera.said.startswith("OEFENING. Robin is er tot vrijdag 27 november.")


def test_after_a_minute_it_wants_to_talk_and_every_message_carries_the_mark(stage):
    vera = practises(stage)
    stage.passes(MINUTE)
    assert vera.said.startswith(MARK)

    shown = opens(vera)
    assert shown.text.startswith(f"{MARK}\n\nOEFENING Robin, ")
    assert "Wil iemand spreken." in shown.text
    vera.taps("Antwoord")
    assert vera.said.startswith(MARK)
    assert all(text.startswith("OEFENING") for text in shown.ever)


def test_it_writes_back_once_in_the_thread(stage):
    vera = practises(stage)
    stage.passes(MINUTE)
    opens(vera)
    vera.taps("Antwoord").types("Hoi Robin, bel je me?")
    stage.passes(HELD_FOR)

    shown = opens(vera)
    assert "Dank je. Tot dinsdag." in shown.text
    assert "Hoi Robin, bel je me?" in shown.text
    vera.taps("Antwoord").types("Tot dan")
    count = len(waiting(vera))
    stage.passes(timedelta(hours=1))
    assert len(waiting(vera)) == count


def test_an_answer_to_it_can_be_taken_back_like_any_other(stage):
    vera = practises(stage)
    stage.passes(MINUTE)
    opens(vera)
    vera.taps("Antwoord").types("Hoi Robin")
    vera.taps("Terughalen")
    stage.passes(timedelta(hours=1))

    assert "OEFENING Robin krijgt dit niet." in vera.ever
    assert "Dank je. Tot dinsdag." not in vera.ever


def test_it_tries_the_challenge_and_shares_how_it_went(stage):
    vera = practises(stage)
    gives_robin(stage)

    stage.passes(HELD_FOR)

    shown = opens(vera)
    assert "Hoe het ging: gedaan" in shown.text
    assert shown.text.startswith(MARK)


def test_an_alarm_comes_to_who_practises_alone_at_any_hour(stage):
    vera = practises(stage)
    stage.passes("2026-11-21 03:00")
    before = {name: len(stage.of(name).shown) for name in ("Tom", "Noor")}
    vera.types("/oefenen").taps("Oefenalarm")
    stage.ticks()

    shown = vera.sees("Kijk nu")
    assert shown.text.startswith(f"{MARK}\n\nOEFENING. Er is een dringend bericht.")
    vera.taps("Kijk nu", "Gezien, ik pak het op")
    assert all(text.startswith("OEFENING") for text in shown.ever)
    stage.passes(timedelta(hours=3))
    assert {name: len(stage.of(name).shown) for name in ("Tom", "Noor")} == before
    assert "drill" not in stage.alarms


def test_it_is_in_no_list_figure_or_digest_of_anybody_else(stage):
    stage.youth_begins()
    funnel = stage.reads(lambda conn: figures(conn))
    stage.of("Vera").types("Menu").taps("Oefenen", "Beginnen")
    gives_robin(stage)
    stage.passes("2026-11-26 12:00")

    assert "Robin" not in stage.of("Tom").ever
    assert "Robin" not in stage.of("Noor").ever
    assert stage.reads(lambda conn: figures(conn)) == funnel
    assert not stage.alarms.count("nobody_reads")


def figures(conn):
    return (
        [[one.name for one in people.youngsters_in(conn, group)] for group in (1, 2, 3)],
        stops.of_challenge(conn, "een-groet-per-dag", at("2026-11-01 12:00")),
        stops.of_dialog(conn, "challenge", at("2026-11-01 12:00")),
        phase_tallies.counted(conn, date(2026, 1, 1), date(2027, 1, 1)),
        chats.active_people(conn),
    )


def test_a_tap_ends_it_and_nothing_of_it_is_left(stage):
    vera = practises(stage)
    gives_robin(stage)
    stage.passes(MINUTE)
    opens(vera)
    vera.taps("Antwoord").types("Goed zo")
    number = robin(stage).id

    vera.types("/oefenen").taps("Stop met oefenen")

    assert vera.said.startswith("Robin is weg")
    assert robin(stage) is None
    assert left_of(stage, number) == {}
    path = stage.world.settings.ledger
    assert path is None or not ledger.read(path).marks
    stage.passes("2026-12-04 12:00")
    assert "OEFENING Robin" not in stage.of("Vera").types("/jongeren").said


def test_after_a_week_it_is_gone_by_itself(stage):
    practises(stage)
    number = robin(stage).id

    stage.passes("2026-11-27 12:01")

    assert robin(stage) is None
    assert left_of(stage, number) == {}


def test_an_old_button_of_it_shows_nothing(stage):
    vera = practises(stage)
    stage.passes(MINUTE)
    button = waiting(vera)[-1].button("Lees").data
    vera.types("/oefenen").taps("Stop met oefenen")

    vera.taps_data(button)

    assert vera.toast
    assert "Wil iemand spreken." not in vera.ever


def test_only_a_professional_can_practise(stage):
    noor = stage.of("Noor").types("/oefenen")

    assert "OEFENING" not in noor.said


# The tour


def test_a_new_professional_is_offered_a_tour_that_can_be_skipped(stage):
    number = stage.writes(
        lambda conn: people.add(conn, "Ria", stage.now, {"role": "professional", "key": "ria"})
    )
    ria = stage.phone("Ria").opens(stage.invitation(number)).taps("Verder", "Verder", "Verder")
    ria.taps_code("314159").taps_code("314159")
    assert ria.said.startswith("Wil je in drie minuten zien hoe het werkt?")

    ria.taps("Overslaan")

    assert "Jongere uitnodigen" in ria.last.labels


def test_the_tour_has_four_screens_and_can_be_seen_again(stage):
    vera = stage.of("Vera").types("Menu").taps("Rondleiding", "Laat zien")
    for number in range(1, 5):
        assert vera.said.startswith(f"{number} van 4.")
        vera.taps("Verder" if number < 4 else "Oefenen met Robin")
    assert vera.said.startswith("OEFENING. Robin is geen echte jongere.")


def test_who_practises_and_goes_away_alarms_nobody(stage):
    practises(stage)
    stage.passes(2 * MINUTE)
    robins = robin(stage).id
    assert stage.reads(lambda conn: items.waiting_about(conn, robins))
    noor = stage.of("Noor")
    count = len(noor.shown)
    stage.of("Vera").types("Menu").taps("Afwezig", "Een week")
    stage.passes(2 * MINUTE)

    assert "nobody_reads" not in stage.alarms
    assert noor.since(count) == ""

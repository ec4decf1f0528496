"""The digest on one phone screen: whatever there is, what counts stands on it, the rest is counted and comes next."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot import sheet
from bot.conversation import halting, starting
from bot.conversation.turn import Turn
from bot.storage import duty, items, journal, meetings, people
from bot.storage.schema_people import audit
from bot.storage.schema_programme import group_staff, meeting
from tests.talk.journeys import has_sent
from tests.talk.test_overview import lines, named, opens_overview

WORD_ROWS = 2
NAMES = (
    "Fatima", "Sem", "Yasmina", "Thijs", "Noa", "Jayden", "Evi", "Luuk", "Sofie", "Bram", "Mila", "Finn", "Saar",
    "Daan", "Lotte", "Ruben", "Anouk", "Stijn", "Amina", "Floor", "Tijn", "Roos", "Youssef", "Emma", "Guus",
)  # fmt: skip


def begun(stage, name, **more):
    """A youngster who began, without a phone: many of them are quick to make."""
    number = stage.youth(name, **more)

    def begin(conn):
        people.change(conn, number, state="active", began_at=stage.now, heard_at=stage.now)
        journal.add(conn, number, "joined", stage.now)

    stage.writes(begin)
    return number


def sends(stage, number, kind="checkin", to="Vera", content="Hoi", hours=1, level=None):
    """Something that waits, as if it was sent a while ago."""
    at = stage.now - timedelta(hours=hours)
    values = {"state": "sent", "sent_at": at, "recipient_id": stage.programme.staff[to], "level": level}
    return stage.writes(lambda conn: items.add(conn, number, kind, at, content, **values))


def two_groups(stage, count=25):
    """Youngsters over two groups, all of one professional."""
    younger = stage.programme.groups["12-18"]
    row = {"group_id": younger, "person_id": stage.programme.staff["Vera"]}
    stage.writes(lambda conn: conn.execute(insert(group_staff).values(row)))
    groups = ("18-25", "12-18")
    names = [*NAMES, *(f"Jongere {place + 1}" for place in range(len(NAMES), count))]
    return [begun(stage, name, group=groups[place % 2]) for place, name in enumerate(names[:count])]


def fits(phone):
    """What stands there is one screen of a small phone."""
    numbers = [label for label in phone.last.labels if label.isdecimal()]
    assert sheet.height(phone.said) <= sheet.lines(len(numbers))
    assert len(phone.last.message.rows) <= sheet.MOST_ROWS + WORD_ROWS
    assert all(len(row) <= sheet.COLUMNS for row in phone.last.message.rows)
    return phone


def test_twenty_five_youngsters_over_two_groups_fit_on_one_screen(stage):
    youngsters = two_groups(stage)
    stage.passes("2026-11-23 09:00")
    for number in youngsters[:3]:
        sends(stage, number, "talk", hours=30)
    vera = fits(opens_overview(stage.of("Vera")))

    assert vera.said.startswith(
        "3 jongeren vragen iets van jou. De oudste vraag is 1 dag oud. Bij nog 22 is er nieuws."
    )
    assert list(named(vera)) == list(range(1, 26))
    assert vera.last.labels[:25] == [str(number) for number in range(1, 26)]
    assert "Verder" not in vera.last.labels


def test_what_does_not_fit_is_reached_screen_by_screen(stage):
    two_groups(stage, 60)
    stage.passes("2026-11-23 09:00")
    vera, seen = opens_overview(stage.of("Vera")), []
    while True:
        seen += [int(label) for label in fits(vera).last.labels if label.isdecimal()]
        if "Verder" not in vera.last.labels:
            break
        assert f"En nog {60 - len(seen)}: tik op Verder." in vera.said
        vera.taps("Verder")

    assert seen == list(range(1, 61))
    vera.taps("60")
    assert " is begonnen op " in vera.said
    vera.taps("Terug")
    assert "60" in vera.last.labels
    vera.taps("Naar begin")
    assert "1" in vera.last.labels


def test_three_hundred_open_items_of_twenty_five_youngsters_fit(stage):
    for number in two_groups(stage):
        for hours in range(12):
            sends(stage, number, "talk" if hours else "checkin", hours=24 * hours + 1)
    vera = fits(opens_overview(stage.of("Vera")))

    assert "25 jongeren vragen iets van jou. De oudste vraag is 11 dagen oud." in vera.said
    assert "1. Amina: wil iemand spreken (11 keer, 11 dagen); deelde iets" in vera.said


def test_three_hundred_things_to_read_of_twenty_five_youngsters_fit_with_all_their_names(stage):
    for number in two_groups(stage):
        for hours in range(12):
            sends(stage, number, hours=24 * hours + 1)
    vera = fits(opens_overview(stage.of("Vera")))

    assert vera.said.startswith("Niemand vraagt nu iets van jou. 25 deelden iets.")
    assert "Deelde iets (oudste 11 dagen): 1 Amina, 2 Anouk," in vera.said
    assert len(named(vera)) == 25


def test_three_hundred_youngsters_with_something_open_fit(stage):
    for place in range(300):
        sends(stage, begun(stage, f"Jongere {place + 1}"), "talk")
    vera = fits(opens_overview(stage.of("Vera")))

    assert "300 jongeren vragen iets van jou." in vera.said
    assert re.search(r"En nog 2\d\d: tik op Verder\.", vera.said)
    fits(vera.taps("Verder"))


def test_everything_at_once_fits_and_the_worst_comes_first(stage):
    names = ["Een heel lange naam die iemand ooit intikte", "Noor", "Kim", "Lou", "Fay"]
    long, noor, kim, lou, fay = (begun(stage, name) for name in names)
    for kind in ("checkin", "exercise", "talk", "scary", "note"):
        sends(stage, long, kind, hours=50)
    sends(stage, noor, "checkin", hours=2, level="concern")
    sends(stage, kim, "scary", hours=3)
    sends(stage, lou, "alert", hours=1, level="p1")
    stage.passes("2026-11-23 09:00")
    vera = fits(opens_overview(stage.of("Vera")))

    order = [line.split(":")[0].split(". ")[1] for line in lines(vera)]
    assert [order[0], order[1]] == ["Lou", "Noor"]
    assert "2. Noor: ❗ klinkt zwaar: deelde iets" in vera.said
    assert order[3] == "Kim"
    assert vera.said.count("\n3. ") == 1
    assert fay


def test_only_who_stands_on_the_screen_counts_as_looked_at(stage):
    youngsters = two_groups(stage, 60)
    opens_overview(stage.of("Vera"))

    def looked():
        query = select(audit.c.subject_id).where(
            audit.c.action == "see_digest", audit.c.object_type == "person"
        )
        return set(stage.reads(lambda conn: conn.execute(query).scalars().all()))

    vera = stage.of("Vera")
    assert len(looked()) == len(named(vera)) < len(youngsters)
    while "Verder" in vera.last.labels:
        vera.taps("Verder")
    assert looked() == set(youngsters)


# Names alike


def test_what_stood_on_a_screen_that_was_not_shown_is_told_again(stage):
    youngsters = two_groups(stage, 60)
    stage.passes("2026-11-23 09:05")
    vera = opens_overview(stage.of("Vera"))
    first = named(vera).values()
    vera.taps("Sluiten")
    stage.passes("2026-11-23 12:00")
    stage.writes(lambda conn: journal.add(conn, youngsters[0], "pause", stage.now, "on"))
    stage.passes("2026-11-24 09:05")

    vera = opens_overview(vera)
    told = {*named(vera).values()}
    assert "stil" not in vera.said
    while "Verder" in vera.last.labels:
        told |= {*named(vera.taps("Verder")).values()}
    assert {*NAMES, "Jongere 60"} | {*first} <= told
    vera.taps("Sluiten")
    stage.writes(lambda conn: journal.add(conn, youngsters[0], "pause", stage.now, "on"))
    stage.passes("2026-11-25 09:05")
    assert "59 zijn stil" in opens_overview(vera).said


def test_who_lost_the_only_youngster_is_not_told_to_invite_one(stage):
    number = begun(stage, "Sam")
    vera, noor = stage.programme.staff["Vera"], stage.programme.staff["Noor"]
    stage.passes("2026-11-24 09:05")
    opens_overview(stage.of("Vera")).taps("Sluiten")

    def dies(conn):
        turn = Turn(conn, stage.world, stage.now)
        halting.halt(turn, people.load(conn, noor), people.load(conn, number), "died")
        starting.begin_all(turn)

    stage.writes(dies)
    stage.passes("2026-11-25 09:05")
    assert [one.id for one in stage.reads(lambda conn: people.youngsters_of(conn, vera))] == [number]
    assert opens_overview(stage.of("Vera")).said.startswith("Niets nieuws.")
    assert "Jongere uitnodigen" not in stage.of("Vera").said


def test_names_alike_carry_their_group_and_open_the_right_one(stage):
    two_groups(stage, 0)
    sends(stage, begun(stage, "Sam"), hours=5)
    sends(stage, begun(stage, "Sam", group="12-18"), hours=4)
    sends(stage, begun(stage, "Noor"), hours=3)
    vera = opens_overview(stage.of("Vera"))

    assert named(vera) == {1: "Sam (18-25)", 2: "Sam (12-18)", 3: "Noor"}
    vera.taps("2")
    assert vera.said.startswith("Sam (12-18) is begonnen")


def test_names_alike_in_one_group_carry_since_when(stage):
    first = begun(stage, "Sam")
    stage.passes("2026-11-23 08:00")
    second = begun(stage, "Sam")
    sends(stage, first, hours=5)
    sends(stage, second, hours=4)
    vera = opens_overview(stage.of("Vera"))

    assert named(vera) == {1: "Sam (sinds 20 nov)", 2: "Sam (sinds 23 nov)"}


# What to do with what waits


def test_a_number_shows_card_and_words_in_one_message(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = opens_overview(stage.of("Vera"))
    place = vera.last.number
    vera.taps("1")

    assert vera.last.number == place
    assert vera.said.startswith("Sam is begonnen op vrijdag 20 november.")
    assert "Wat er gebeurde: Noor zei hoi terug" in vera.said
    assert vera.last.labels[:3] == ["Antwoord", "Bespreek dinsdag 1 dec", "Gezien"]
    assert vera.last.labels[-1] == "Terug"


def test_the_real_weekday_stands_on_the_button(stage):
    stage.passes("2026-11-27 10:00")
    evening = stage.reads(lambda conn: _next_evening(conn, stage))
    sends(stage, stage.youth("Kim"))
    stage.writes(lambda conn: conn.execute(_moves(evening.id, evening.starts_at + timedelta(days=1))))
    vera = opens_overview(stage.of("Vera")).taps("1")

    assert "Bespreek woensdag" in vera.last.labels


def _next_evening(conn, stage):
    return meetings.upcoming(conn, stage.programme.groups["18-25"], stage.now)


def _moves(number, starts_at):
    return update(meeting).where(meeting.c.id == number).values(starts_at=starts_at)


def test_what_is_left_for_the_evening_stands_on_its_card(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = opens_overview(stage.of("Vera")).taps("1", "Bespreek dinsdag 1 dec")
    assert "Bespreek dinsdag 1 dec met Sam." in vera.said
    assert "Er is een antwoord" not in stage.of("Sam").ever
    vera.taps("Sluiten")
    stage.passes("2026-12-01 17:00")

    vera.taps("Bekijk de kaart").taps_code()

    assert "Bespreken: wat op zaterdag 21 november is gedeeld." in vera.said
    assert "Noor zei hoi terug" not in vera.said


def test_a_wrong_tap_on_seen_is_undone(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = opens_overview(stage.of("Vera")).taps("1", "Gezien")
    assert "Afgehandeld." in vera.said
    vera.taps("Toch open laten")

    assert "Noor zei hoi terug" in vera.said
    assert "deelde iets" in vera.taps("Terug").said
    stage.passes("2026-11-26 12:00")
    assert "Lees" in stage.of("Tom").last.labels


def test_after_one_message_the_next_of_the_same_youngster_is_a_tap_away(stage):
    number = begun(stage, "Sam")
    sends(stage, number, content="Eerst dit", hours=5)
    sends(stage, number, content="Dan dit", hours=4)
    vera = opens_overview(stage.of("Vera")).taps("1")
    assert "Eerst dit" in vera.said
    vera.taps("Gezien", "Volgende bericht")

    assert "Dan dit" in vera.said
    assert "Eerst dit" not in vera.said
    vera.taps("Gezien")
    assert "Volgende bericht" not in vera.last.labels


def test_words_that_sound_heavy_stand_out_when_they_are_read(stage):
    stage.youth_begins()
    sam = stage.of("Sam").types("Menu").taps("Ik wil iemand spreken")
    sam.types("Ik voel me de laatste tijd waardeloos")
    if "Dat klinkt zwaar" in sam.said:
        sam.taps("Een rotdag")
    number = stage.id_of(sam)
    sends(stage, number, "talk", content="Wil iemand spreken.", level="concern")
    vera = opens_overview(stage.of("Vera"))
    assert "❗ klinkt zwaar: wil iemand spreken" in vera.said

    assert "❗ Dit klinkt zwaar. Lees het eerst." in vera.taps("1").said


# What a colleague has


@pytest.fixture
def left(stage):
    """Sam sent something to Vera on Saturday, and she left it."""
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    return stage


def test_a_colleague_sees_nothing_of_it_on_the_first_working_day(left):
    assert "Sam" not in opens_overview(left.of("Tom")).said


def test_what_was_left_a_working_day_can_be_taken_over_and_everybody_knows(left):
    left.passes("2026-11-24 10:00")
    sam, vera, tom = (left.of(name) for name in ("Sam", "Vera", "Tom"))
    opens_overview(tom)
    assert "1. Sam: deelde iets (bij Vera, 2 dagen)" in tom.said
    tom.taps("1")
    assert "Noor zei hoi terug" not in tom.ever
    assert "Neem over van Vera" in tom.last.labels
    tom.taps("Neem over van Vera")

    assert "Noor zei hoi terug" in tom.said
    assert any(
        re.fullmatch(r"Tom nam A-\d+ van je over\. Jij hoeft niets te doen\.", one) for one in vera.texts
    )
    left.passes(timedelta(hours=12))
    assert "Tom" not in sam.last.text
    assert sam.taps("Lees").said.startswith("Tom leest nu wat je stuurde aan Vera.")
    assert "Tom leest het nu" in opens_overview(vera).said


def test_what_was_taken_over_can_be_given_back(left):
    left.passes("2026-11-24 10:00")
    vera, tom = left.of("Vera"), left.of("Tom")
    opens_overview(tom).taps("1", "Neem over van Vera", "Terug naar Vera")

    assert "Noor zei hoi terug" not in tom.said
    assert "deelde iets" in opens_overview(vera).said
    vera.taps("1")
    assert "Noor zei hoi terug" in vera.said


def test_of_a_colleague_who_is_away_it_shows_at_once(left):
    def away(conn):
        duty.set_absent(
            conn,
            left.programme.staff["Vera"],
            left.now,
            left.now + timedelta(days=3),
            left.programme.staff["Vera"],
        )

    assert "(bij Vera" not in opens_overview(left.of("Tom")).said
    left.writes(away)

    assert "bij Vera" in opens_overview(left.of("Tom")).said


def test_what_went_to_a_confidant_is_in_nobodys_list(left):
    number = left.id_of(left.of("Sam"))
    sends(left, number, "talk", to="Noor", hours=90)

    for name in ("Vera", "Tom"):
        assert "bij Noor" not in opens_overview(left.of(name)).said


def test_two_who_take_over_at_once_leave_it_with_the_first(left):
    left.passes("2026-11-24 10:00")
    tom = opens_overview(left.of("Tom")).taps("1")
    data = tom.last.button("Neem over van Vera").data
    vera = opens_overview(left.of("Vera")).taps("1", "Gezien")

    tom.taps_data(data)

    assert "Noor zei hoi terug" not in tom.ever
    assert "Afgehandeld." in vera.said

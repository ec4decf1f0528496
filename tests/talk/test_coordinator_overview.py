"""The coordinator's overview: everything of the own organisation in numbers, on one phone screen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot import sheet
from bot.rehearsal.programme import YOUNGER
from bot.storage import alerts, duty, items, people, waiting
from bot.storage.schema_people import audit, person
from bot.storage.schema_programme import organisation
from tests.talk import journeys
from tests.talk.stage import CODE
from tests.talk.test_sign_up import signs_up

WORDS = "Noor zei hoi terug"


def opens(stage, name="Noor"):
    phone = stage.of(name).types("Menu").taps("Overzicht")
    return phone.taps_code(CODE) if "Tik je code" in phone.said else phone


def line(text, number):
    return next(one for one in text.split("\n") if one.startswith(f"{number}. "))


def waits(stage, youth, holder, count=1, since=timedelta(), **more):
    """Something of *youth* that nobody handled."""
    values = {"state": "sent", "sent_at": stage.now - since, "recipient_id": stage.programme.staff[holder]}

    def add(conn):
        for _ in range(count):
            items.add(conn, youth, "checkin", stage.now - since, WORDS, **{**values, **more})

    stage.writes(add)


def test_it_lies_behind_the_code_and_is_protected(stage):
    noor = stage.of("Noor").types("Menu")
    stage.passes(timedelta(minutes=20))
    noor.taps("Overzicht")

    assert "Tik je code" in noor.said
    assert "Begeleiders" not in noor.said
    noor.taps_code(CODE)
    assert "7. Begeleiders: 4" in noor.said


def test_one_screen_tells_it_all_in_numbers(stage):
    sam = stage.id_of(stage.youth_begins())
    stage.youth("Pim")
    waits(stage, sam, "Vera", 2, timedelta(days=3, hours=1))
    noor = opens(stage)

    assert noor.said.split("\n")[0] == "Overzicht, vrijdag 20 november"
    assert line(noor.said, 1) == "1. Alarmen: geen open"
    assert line(noor.said, 2) == "2. Dagen zonder lezer: geen"
    assert line(noor.said, 3) == "3. Open berichten: 2, oudste 3 dagen"
    assert line(noor.said, 4) == "4. Aanmeldingen: 0"
    assert line(noor.said, 5) == "5. Wachtlijst: 0"
    assert line(noor.said, 7) == "7. Begeleiders: 4, jongeren: 2"
    assert "Vera: 2, open 2" in noor.said
    assert "Amira: 0, open 0" in noor.said
    assert sheet.height(noor.said) <= sheet.LINES


def test_no_word_and_no_name_of_a_youngster_stands_anywhere(stage):
    journeys.has_sent(stage)
    stage.passes("2026-11-23 10:00")
    noor = opens(stage)
    before = len(noor.ever)
    for number in ("3", "5", "6", "7"):
        noor.taps(number, "Terug")
        if "Tik je code" in noor.said:
            noor.taps_code(CODE)

    assert "Sam" not in noor.ever[before:]
    assert WORDS not in noor.ever


def test_open_items_lie_in_piles_by_age(stage):
    sam = stage.id_of(stage.youth_begins())
    for day in (0, 1, 2, 4, 9, 30):
        waits(stage, sam, "Tom" if day == 30 else "Vera", 1, timedelta(days=day))
    noor = opens(stage).taps("3")

    assert "Vandaag: 1\n1 of 2 dagen: 2\n3 tot 6 dagen: 1\n7 dagen of langer: 2" in noor.said
    assert "Tom: 1, oudste 30 dagen" in noor.said
    assert "Vera: 5, oudste 9 dagen" in noor.said


def test_300_open_items_still_fit(stage):
    sam = stage.id_of(stage.youth_begins())
    waits(stage, sam, "Vera", 300, timedelta(days=2))
    noor = opens(stage)

    assert line(noor.said, 3) == "3. Open berichten: 300, oudste 2 dagen"
    assert sheet.height(noor.said) <= sheet.LINES
    assert "1 of 2 dagen: 300" in noor.taps("3").said


def test_what_went_past_the_professionals_is_not_even_counted(stage):
    sam = stage.id_of(stage.youth_begins())
    waits(stage, sam, "Noor")

    assert line(opens(stage).said, 3) == "3. Open berichten: 0"


def test_testers_and_their_items_count_in_nothing(stage):
    robin = stage.youth("Robin", practice=True)
    waits(stage, robin, "Vera")
    noor = opens(stage)

    assert line(noor.said, 3) == "3. Open berichten: 0"
    assert "jongeren: 0" in line(noor.said, 7)


def test_two_professionals_of_one_name_are_told_apart(stage):
    bas = stage.programme.staff["Bas"]
    stage.writes(lambda conn: people.rename(conn, bas, "Vera"))
    noor = opens(stage)

    assert "Vera (12-18): 0, open 0" in noor.said
    assert "Vera (18-25): 0, open 0" in noor.said


def test_also_when_they_lead_the_same_group(stage):
    tom = stage.programme.staff["Tom"]
    stage.writes(lambda conn: people.rename(conn, tom, "vera"))
    loads = [one for one in opens(stage).said.split("\n") if one.casefold().startswith("vera")]

    assert len(loads) == len(set(loads)) == 2


def test_an_organisation_without_staff_says_so(stage):
    noor = stage.programme.staff["Noor"]

    def moves(conn):
        number = conn.execute(
            insert(organisation).values(key="leeg", name="Nog leeg").returning(organisation.c.id)
        ).scalar_one()
        conn.execute(update(person).where(person.c.id == noor).values(organisation_id=number))

    stage.writes(moves)
    page = opens(stage)

    assert line(page.said, 7) == "7. Begeleiders: 0, jongeren: 0"
    for number, said in (
        ("3", "geen bericht"),
        ("5", "nog geen groep"),
        ("6", "nog geen begeleider"),
        ("7", "nog geen begeleider"),
    ):
        assert said in page.taps(number).said
        page.taps("Terug")


def test_another_organisation_stays_out_of_every_number(stage):
    sam = stage.id_of(stage.youth_begins())
    waits(stage, sam, "Vera", 3, timedelta(days=8))
    noor = stage.programme.staff["Noor"]

    def moves(conn):
        number = conn.execute(
            insert(organisation).values(key="ander", name="Een ander").returning(organisation.c.id)
        ).scalar_one()
        conn.execute(update(person).where(person.c.id == noor).values(organisation_id=number))

    stage.writes(moves)
    page = opens(stage)
    everything = page.said + "".join(page.taps(number).said + page.taps("Terug").said for number in "3567")

    assert "3. Open berichten: 0" in everything
    assert not any(name in everything for name in ("Vera", "Tom", "Join Us"))


@pytest.mark.parametrize("count", [9, 40])
def test_many_professionals_fit_and_the_rest_is_behind_the_number(stage, count):
    welfare = stage.reads(lambda conn: people.load(conn, stage.programme.staff["Vera"])).organisation_id

    def add(conn):
        for number in range(count):
            people.add(
                conn, f"Begeleider {number:02}", stage.now,
                {"role": "professional", "key": f"b{number}", "organisation_id": welfare},
            )  # fmt: skip

    stage.writes(add)
    noor = opens(stage)
    assert sheet.height(noor.said) <= sheet.LINES
    assert "tik op 7" in noor.said
    noor.taps("7")
    seen = noor.said
    while "Verder" in noor.last.labels:
        assert sheet.height(noor.said) <= sheet.LINES
        noor.taps("Verder")
        seen += noor.said

    assert all(f"Begeleider {number:02}: 0 jongeren" in seen for number in range(count))
    assert "Naar begin" in noor.last.labels
    assert "Amira" in noor.taps("Naar begin").said


def test_who_is_away_and_who_has_not_begun_is_said(stage):
    vera, tom = (stage.programme.staff[name] for name in ("Vera", "Tom"))

    def write(conn):
        duty.set_absent(conn, vera, stage.now, stage.now + timedelta(days=5), vera)
        people.change(conn, tom, state="invited", began_at=None)

    stage.writes(write)
    noor = opens(stage).taps("7")

    assert "Vera: 0 jongeren, open 0; weg tot woensdag 25 november" in noor.said
    assert "Tom: 0 jongeren, open 0; nog niet begonnen" in noor.said


def test_an_alarm_is_counted_and_its_number_leads_to_its_course_without_words(stage):
    sam = stage.youth_begins()
    sam.types("ik wil dood").taps("Ja, nu")
    stage.ticks()
    noor = opens(stage)

    assert line(noor.said, 1) == "1. ❗ Alarmen: 1 open, 1 niet gezien"
    noor.taps("1")
    assert "nog niet gezien" in noor.said
    noor.taps(noor.last.labels[0])
    assert "ik wil dood" not in noor.ever


def test_an_alarm_that_passes_the_coordinator_by_is_not_counted(stage):
    sam = stage.youth_begins()
    sam.types("ik wil dood").taps("Ja, nu")
    stage.ticks()
    number = stage.id_of(sam)

    def passes_by(conn):
        (one,) = alerts.running_about(conn, number)
        alerts.exclude(conn, one.item_id, stage.programme.staff["Noor"])

    stage.writes(passes_by)

    assert line(opens(stage).said, 1) == "1. Alarmen: geen open"


def test_days_without_a_reader_are_counted_and_lead_to_their_list(stage):
    stage.youth_begins()

    def away(conn):
        for name in ("Vera", "Tom"):
            begins, number = stage.now + timedelta(days=3), stage.programme.staff[name]
            duty.set_absent(conn, number, begins, begins + timedelta(days=2), number)

    stage.writes(away)
    noor = opens(stage)

    assert line(noor.said, 2).startswith("2. ❗ Dagen zonder lezer: ")
    assert "leest niemand" in noor.taps("2").said


def test_sign_ups_and_the_waiting_list(stage):
    signs_up(stage, "Pim")
    kim = stage.youth("Kim", group=YOUNGER, main="Amira", backup="Bas")
    group = stage.programme.groups[YOUNGER]
    stage.writes(lambda conn: waiting.add(conn, kim, group, stage.now.date(), stage.now - timedelta(days=40)))
    noor = opens(stage)

    assert line(noor.said, 4) == "4. Aanmeldingen: 1"
    assert line(noor.said, 5) == "5. Wachtlijst: 1, langst 40 dagen"
    assert "Join Us 12-18: 1 wacht, langst 40 dagen. Vrij:" in noor.taps("5").said
    noor.taps("Terug", "4")
    assert noor.has("Pim")


def test_hours_are_those_of_evenings_and_an_estimate_of_the_bot(stage):
    stage.youth_begins()
    stage.passes("2026-11-25 10:00")
    vera = stage.of("Vera").types("Menu").taps("Mijn jongeren").taps_code(CODE)
    for _ in range(8):
        vera.taps("Sam", "Terug")
    noor = opens(stage)

    # The younger group met on Monday; both of its professionals have that evening.
    assert line(noor.said, 6) == "6. Uren in 4 weken: 6 op avonden, 0 in de bot"
    noor.taps("6")
    assert "Bas: 1 avond, 3 uur; 0 min in de bot" in noor.said
    assert re.search(r"Vera: 0 avonden, 0 uur; [1-9] min in de bot", noor.said)
    assert "een schatting" in noor.said


def test_only_a_coordinator_sees_it(stage):
    vera = stage.of("Vera")
    vera.types("/overzicht")

    assert "Begeleiders: 4" not in vera.ever
    joost = stage.of("Joost").types("/overzicht")
    assert "Begeleiders: 4" not in joost.ever


def test_the_command_leads_there_too(stage):
    noor = stage.of("Noor").types("/overzicht")
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)

    assert "7. Begeleiders: 4" in noor.said


def test_looking_is_written_down(stage):
    opens(stage)
    noor = stage.programme.staff["Noor"]
    query = select(audit.c.outcome).where(audit.c.actor_id == noor, audit.c.action == "see_overview")

    assert set(stage.reads(lambda conn: conn.execute(query).scalars().all())) == {"allowed"}


def test_after_a_quarter_of_an_hour_the_code_is_asked_again(stage):
    noor = opens(stage)
    stage.passes(timedelta(minutes=20))
    noor.taps("7")

    assert "Tik je code" in noor.said

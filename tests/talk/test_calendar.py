"""The evenings in somebody's own agenda: one lasting name each, and every change raises its number."""

from __future__ import annotations

from datetime import datetime

import icalendar
import pytest

from bot.storage import people
from tests.talk.stage import AMSTERDAM, CODE, at
from tests.talk.test_changed_evening import cancels, evenings, moves


def asked(phone, stage):
    """The calendar that somebody gets when they ask."""
    phone.types("/agenda")
    return calendar(phone)


def calendar(phone):
    found = [one.message.document for one in phone.shown if one.message.document is not None]
    assert found[-1].name.endswith(".ics")
    return icalendar.Calendar.from_ical(found[-1].content)


def events(found):
    return {one["UID"]: one for one in found.walk("VEVENT")}


def on(found, day):
    (one,) = (one for one in found.walk("VEVENT") if one.decoded("DTSTART").date().isoformat() == day)
    return one


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def test_a_youngster_gets_a_year_of_evenings_in_local_time(stage, sam):
    found = asked(sam, stage)
    first = on(found, "2026-12-01")

    assert len(events(found)) == 26
    assert first.decoded("DTSTART") == datetime(2026, 12, 1, 19, tzinfo=AMSTERDAM)
    assert first["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert on(found, "2027-04-06").decoded("DTEND").astimezone(AMSTERDAM).hour == 22
    assert [str(zone["TZID"]) for zone in found.walk("VTIMEZONE")] == ["Europe/Amsterdam"]


def test_nothing_in_it_says_what_it_is_for(stage, sam):
    text = asked(sam, stage).to_ical().decode().lower()

    assert "summary:bijeenkomst" in text
    for word in ("eenzaam", "lonel", "join us", "18-25", "sam"):
        assert word not in text


def test_a_cancelled_evening_stays_in_it_as_cancelled_with_a_higher_number(stage, sam):
    before = on(asked(sam, stage), "2026-12-01")
    cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    after = on(asked(sam, stage), "2026-12-01")

    assert after["UID"] == before["UID"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_moved_evening_keeps_its_name_also_when_it_is_put_back(stage, sam):
    before = on(asked(sam, stage), "2026-12-01")
    vera = moves(stage.of("Vera")).taps("Sturen")
    moved = on(asked(sam, stage), "2026-12-02")
    vera.taps("Naar de lijst", "woensdag 2 dec", "Verandering intrekken", "Geen reden", "Vastleggen")
    back = on(asked(sam, stage), "2026-12-01")

    assert before["UID"] == moved["UID"] == back["UID"]
    assert moved.decoded("DTSTART") == at("2026-12-02 20:00")
    assert [one["SEQUENCE"] for one in (before, moved, back)] == [0, 1, 2]
    assert back["STATUS"] == "CONFIRMED"


def test_evenings_far_ahead_that_a_stop_takes_away_are_cancelled_in_every_agenda(stage, sam):
    names = set(events(asked(sam, stage)))
    vera = evenings(stage.of("Vera")).taps(
        "Zomerstop", "dinsdag 9 mrt", "dinsdag 20 apr", "Geen reden", "Sturen"
    )
    assert "Vastgelegd" in vera.said
    found = asked(sam, stage)

    assert set(events(found)) >= names
    assert on(found, "2027-03-23")["STATUS"] == "CANCELLED"
    assert on(found, "2027-04-20")["STATUS"] == "CONFIRMED"


def test_staff_get_the_file_of_a_group_they_may_change(stage):
    vera = evenings(stage.of("Vera")).taps("Zet in mijn agenda")

    assert on(calendar(vera), "2026-12-01")["STATUS"] == "CONFIRMED"
    noor = stage.of("Noor").types("Menu").taps("Bijeenkomsten").taps_code(CODE)
    noor.taps("Join Us 12-18", "Zet in mijn agenda")
    assert on(calendar(noor), "2026-11-23")["STATUS"] == "CONFIRMED"


def test_in_english_it_is_a_meeting(stage, sam):
    number = stage.id_of(sam)
    stage.writes(lambda conn: people.change(conn, number, language="en"))

    assert {str(one["SUMMARY"]) for one in asked(sam, stage).walk("VEVENT")} == {"Meeting"}

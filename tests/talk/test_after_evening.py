"""After the names: three taps for each who was there; and for who was not there twice a note is drafted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import attendance, exports, observations
from bot.storage.replies import HELD_FOR
from bot.storage.schema_programme import meeting
from tests.talk.journeys import has_plan
from tests.talk.stage import CODE
from tests.talk.test_attendance import evening, from_menu, opens, says

DRAFT = "Er is een voorstel voor een persoonlijk bericht."
# The group of 18-25 meets on Tuesday 1 and 15 December 2026, 19:00 to 22:00.


@pytest.fixture
def sam(stage):
    """Has a challenge with a step, and was there on 1 December."""
    phone = has_plan(stage)
    stage.ticks()
    says(stage, phone, "come")
    return phone


def seen(stage):
    return stage.reads(lambda conn: observations.of_meeting(conn, evening(stage).id))


def notes(stage, *taps):
    stage.passes("2026-12-01 22:20")
    return opens(stage.of("Vera")).taps("Klaar", "Kort noteren per jongere", *taps)


def was(stage, phone, *states):
    """How it was at the latest evenings, oldest first; each is made when it is not there yet."""
    number, vera = stage.id_of(phone), stage.programme.staff["Vera"]

    def write(conn):
        rows = conn.execute(
            select(meeting.c.id)
            .where(meeting.c.group_id == stage.programme.groups["18-25"])
            .order_by(meeting.c.starts_at)
        ).scalars()
        for row, state in zip(rows, states, strict=False):
            attendance.note(conn, row, {number: state}, vera, stage.now)

    stage.writes(write)


def absent_twice(stage, sam):
    """1 December away, and on 15 December noted away: the draft comes in working hours."""
    was(stage, sam, "away")
    stage.passes("2026-12-15 22:20")
    phone = stage.of("Vera").types("Menu").taps("Wie was er")
    phone.taps_code(CODE)
    while "– Sam" not in phone.sees("Klaar").labels:
        phone.taps(next(one for one in phone.sees("Klaar").labels if "Sam" in one))
    phone.taps("Klaar")
    stage.passes("2026-12-16 09:05")
    return phone


def reads_draft(phone):
    shown = next(one for one in reversed(phone.shown) if one.text == DRAFT)
    phone.taps_data(shown.button("Lees").data)
    if "Tik je code" in shown.text:
        phone.taps_code(CODE)
    return phone


# Three taps


def test_three_taps_are_kept_with_the_challenge(stage, sam):
    vera = notes(stage, "Sam", "Zocht zelf contact", "Rustig")
    assert "Zeg hoi" in vera.sees("Een begin").text
    vera.taps("Een begin")

    (one,) = seen(stage)
    assert (one.contact, one.mood, one.step) == ("sought", "easy", "began")
    assert one.challenge_id is not None
    assert "Bewaard bij Sam." in vera.sees("Volgende").text


def test_it_can_be_undone_and_done_anew(stage, sam):
    notes(stage, "Sam", "Bleef meer apart", "Gespannen", "Niet gezien", "Toch niet")

    assert seen(stage) == []
    stage.of("Vera").taps("Sam", "Zocht zelf contact", "Rustig", "Ja")
    assert [one.contact for one in seen(stage)] == ["sought"]


def test_it_stands_in_the_own_data_of_the_youngster(stage, sam):
    notes(stage, "Sam", "Zocht zelf contact", "Rustig", "Ja")
    gathered = stage.reads(lambda conn: exports.gather(conn, stage.id_of(sam)))

    assert gathered["observation"][0]["mood"] == "easy"
    assert gathered["attendance"][0]["state"] == "present"


def test_who_was_not_there_is_not_asked_about(stage, sam):
    says(stage, sam, "not")
    vera = notes(stage)

    assert not vera.has("Zocht zelf contact")
    assert "Klaar." in vera.said or "Wie was er staat in Menu" in vera.ever


def test_after_a_quarter_of_an_hour_the_code_is_asked_again(stage, sam):
    vera = notes(stage, "Sam", "Zocht zelf contact")
    stage.passes(timedelta(minutes=16))
    vera.taps("Rustig", "Ja")

    assert seen(stage) == []


# Absent twice


def test_a_draft_comes_to_the_professional_and_nothing_to_the_youngster(stage, sam):
    was(stage, sam, "away")
    stage.passes("2026-12-15 22:18")
    count = len(sam.shown)
    vera = absent_twice(stage, sam)
    assert vera.texts.count(DRAFT) == 1
    assert "hoe is het met je" not in sam.since(count)


def test_it_is_sent_as_drafted_with_the_name(stage, sam):
    vera = reads_draft(absent_twice(stage, sam))
    shown = vera.sees("Aanpassen").text
    assert "Sam was er twee keer niet." in shown
    vera.taps("Sturen")
    assert "Tot dan kun je het terughalen." in vera.said
    stage.passes(HELD_FOR)
    sam.taps("Lees")

    assert "Vera schrijft:" in sam.ever
    assert "Hoi Sam, hoe is het met je?" in sam.ever


def test_it_can_be_changed_and_is_shown_before_it_goes(stage, sam):
    vera = reads_draft(absent_twice(stage, sam)).taps("Aanpassen").types("Hoi Sam, zin in thee?")
    assert "Hoi Sam, zin in thee?" in vera.said
    assert "thee" not in sam.ever
    vera.taps("Sturen")
    assert "Tot dan kun je het terughalen." in vera.said
    stage.passes(HELD_FOR)
    sam.taps("Lees")

    assert "zin in thee?" in sam.ever


def test_not_now_sends_nothing(stage, sam):
    vera = reads_draft(absent_twice(stage, sam)).taps("Niet nu")

    assert "Er is niets verstuurd." in vera.ever
    assert "hoe is het met je?" not in sam.ever


def test_a_list_that_was_corrected_takes_the_draft_away(stage, sam):
    vera = absent_twice(stage, sam)
    was(stage, sam, "present")
    reads_draft(vera)

    assert "Dit is niet meer nodig." in vera.ever


def test_once_away_is_no_reason_to_write(stage, sam):
    was(stage, sam, "present")
    stage.passes("2026-12-15 22:20")
    from_menu(stage.of("Vera"))
    stage.of("Vera").taps("Klaar")
    stage.passes("2026-12-16 09:05")

    assert DRAFT not in stage.of("Vera").ever

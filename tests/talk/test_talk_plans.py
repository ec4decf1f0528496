"""A talk with a day and an hour: asked once, reminded once, another moment on a tap, called off without a fuss."""

from __future__ import annotations

import icalendar
import pytest

from bot.storage import appointments, halts
from tests.talk.journeys import opens_youngsters
from tests.talk.stage import CODE

ASKS = "Vera wil met je praten: donderdag 26 november, 16:00. Jullie bellen."


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def opens(stage):
    return opens_youngsters(stage.of("Vera")).taps("Meer doen", "Gesprek plannen")


def plans(stage, day="donderdag 26", hour="16:00"):
    return opens(stage).taps(day, hour, "Bellen", "Sturen")


def reads(stage, sam, until="2026-11-20 13:00"):
    stage.passes(until)
    return sam.taps_data(sam.sees("Lees").button("Lees").data) and sam


def hears(sam):
    return sum(ASKS in one.text or "Er is een bericht voor je." in one.text for one in sam.shown)


def of(stage, sam):
    vera = stage.programme.staff["Vera"]
    return stage.reads(lambda conn: appointments.to_come(conn, stage.id_of(sam), vera, stage.now))


def test_the_preview_is_what_the_youngster_reads(stage, sam):
    vera = opens(stage).taps("donderdag 26", "16:00", "Bellen")
    assert vera.said.endswith(ASKS)
    vera.taps("Sturen")
    reads(stage, sam)

    assert sam.said == f"{ASKS}\n\nPast dat?"


def test_yes_is_seen_on_the_card_and_goes_into_the_agenda(stage, sam):
    plans(stage)
    reads(stage, sam).taps("Ja, dat past", "In mijn agenda")
    (found,) = [one.message.document for one in sam.shown if one.message.document is not None]
    (event,) = icalendar.Calendar.from_ical(found.content).walk("VEVENT")

    assert event.decoded("DTSTART").strftime("%Y-%m-%d %H:%M") == "2026-11-26 16:00"
    assert "Vera" not in found.content.decode()
    assert "Sam" not in found.content.decode()
    assert "het gesprek past" in opens_youngsters(stage.of("Vera")).said


def test_the_reminder_comes_once_the_day_before(stage, sam):
    plans(stage)
    reads(stage, sam).taps("Ja, dat past", "Oké")
    count = len(sam.shown)
    stage.passes("2026-11-25 15:55")
    before = len(sam.shown)
    stage.passes("2026-11-25 16:05")
    assert len(sam.shown) == before + 1
    sam.taps_data(sam.sees("Lees").button("Lees").data)
    assert sam.said.startswith("Afgesproken met Vera: donderdag 26 november, 16:00.")
    stage.passes("2026-11-26 17:00")

    assert count <= before
    assert sum(one.text == "Er is een bericht voor je." for one in sam.shown) <= 1


def test_another_moment_is_asked_for_and_the_professional_plans_again(stage, sam):
    plans(stage)
    reads(stage, sam).taps("Liever anders", "Een andere dag")
    assert "Vera ziet dat je iets anders wilt" in sam.said
    assert of(stage, sam) is None

    stage.passes("2026-11-20 14:00")
    vera = stage.of("Vera")
    assert "wil een andere dag voor het gesprek" in opens_youngsters(vera).said
    plans(stage, "vrijdag 27", "10:00")
    assert of(stage, sam).starts_at.astimezone(stage.world.settings.zone).hour == 10


def test_who_asked_for_another_moment_is_not_reminded(stage, sam):
    plans(stage)
    reads(stage, sam).taps("Liever anders", "Nu geen gesprek", "Oké")
    stage.passes("2026-11-25 15:55")
    count = len(sam.shown)
    stage.passes("2026-11-25 18:00")

    assert len(sam.shown) == count


# Undo


def test_it_is_taken_back_before_anybody_hears_of_it(stage, sam):
    count = len(sam.shown)
    vera = plans(stage).taps("Terugdraaien")
    assert "hoort hier niets van" in vera.said
    stage.passes("2026-11-20 18:00")

    assert len(sam.shown) == count
    assert of(stage, sam) is None


def test_who_heard_of_it_hears_that_it_does_not_go_on(stage, sam):
    plans(stage)
    reads(stage, sam).taps("Ja, dat past", "Oké")
    vera = opens(stage)
    assert "Antwoord: past, zegt de jongere." in vera.said
    assert "krijgt bericht" in vera.taps("Afzeggen").said
    reads(stage, sam, "2026-11-20 15:00")

    assert "gaat niet door" in sam.said
    stage.passes("2026-11-25 18:00")
    assert "Afgesproken met Vera" not in sam.said


# Bad input


def test_a_moment_before_the_question_can_arrive_is_refused(stage, sam):
    stage.passes("2026-11-20 23:00")
    vera = opens(stage).taps("zaterdag 21", "09:00", "Bellen")

    assert vera.said.startswith("Dat moment is te dichtbij")
    assert of(stage, sam) is None


def test_one_talk_stands_at_a_time(stage, sam):
    plans(stage)

    assert "Er staat al een gesprek met Sam: donderdag 26 november, 16:00." in opens(stage).said


def test_who_is_halted_or_out_of_reach_gets_no_proposal(stage, sam):
    number, vera = stage.id_of(sam), stage.programme.staff["Vera"]
    stage.writes(lambda conn: halts.begin(conn, number, "other", vera, stage.now))

    assert "staat stil" in opens(stage).said


def test_an_old_page_asks_for_the_code_again(stage, sam):
    vera = opens(stage).taps("donderdag 26", "16:00", "Bellen")
    stage.passes("2026-11-20 14:00")
    vera.taps("Sturen")
    assert "Tik je code" in vera.said

    assert "Op welke dag" in vera.taps_code(CODE).said

"""A planned talk ends when who planned it is not there: who knew of it hears that, who did not hears nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.schedule.dose import WEEKLY
from bot.storage import appointments, due
from tests.talk import test_talk_plans as plans
from tests.talk import test_team as teams
from tests.talk.journeys import opens_youngsters

OFF = "Het gesprek met Vera gaat niet door: donderdag 26 november, 16:00."
AGREED = "Afgesproken met Vera"
NEWS = "Er is nieuws over een van je jongeren."


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def agrees(stage, sam):
    plans.plans(stage)
    return plans.reads(stage, sam).taps("Ja, dat past", "Oké")


def leaves(stage):
    teams.adds(stage)
    teams.removes(stage)
    stage.ticks()


def reads_all(sam, since=0):
    """What stands behind every neutral line that came since."""
    for one in [one for one in sam.shown[since:] if one.text == "Er is een bericht voor je."]:
        sam.taps_data(one.button("Lees").data)
    return "\n".join(text for one in sam.shown[since:] for text in one.ever)


def told_unasked(conn, number, at, shift):
    """Something that came by itself, and counts for the week."""
    due.plan(conn, number, "challenge", f"told{shift}", at, None, {}, at)
    row = next(one for one in due.waiting_of(conn, number) if one.occurrence == f"told{shift}")
    due.done(conn, row.id, due.SENT, at)


def state(stage, number=1):
    return stage.reads(lambda conn: appointments.find(conn, number)).state


def test_who_leaves_takes_the_talk_along_and_the_youngster_hears_it(stage, sam):
    agrees(stage, sam)
    since = len(sam.shown)
    leaves(stage)
    stage.passes("2026-11-20 15:00")
    said = reads_all(sam, since)

    assert state(stage) == "off"
    assert OFF in said
    since = len(sam.shown)
    stage.passes("2026-11-26 16:30")
    assert all(one.text != "Er is een bericht voor je." for one in sam.shown[since:])


def test_who_never_heard_of_it_hears_nothing_of_it(stage, sam):
    plans.plans(stage)
    since = len(sam.shown)
    leaves(stage)
    stage.passes("2026-11-26 16:30")
    said = reads_all(sam, since)

    assert state(stage) == "off"
    assert "gesprek" not in said


def test_an_account_that_is_lost_ends_the_talk_too(stage, sam):
    agrees(stage, sam)
    since = len(sam.shown)
    noor = stage.of("Noor").types("Menu").taps("Collega's").taps_code()
    noor.taps("Vera", "Telefoon kwijt of gestolen")
    stage.passes("2026-11-20 15:00")

    assert OFF in reads_all(sam, since)
    assert state(stage) == "off"


def test_instead_of_a_reminder_it_is_said_that_it_is_off_when_nobody_will_be_there(stage, sam):
    agrees(stage, sam)
    since = len(sam.shown)
    stage.of("Vera").types("Menu").taps("Afwezig", "Een week")
    stage.passes("2026-11-25 16:30")
    said = reads_all(sam, since)

    assert OFF in said
    assert state(stage) == "off"


def test_yes_after_all_does_not_bring_it_back_when_who_planned_it_left(stage, sam):
    plans.plans(stage)
    old = plans.reads(stage, sam).taps("Liever anders", "Een andere dag").last
    leaves(stage)
    sam.taps_data(old.button("Het past toch").data)

    assert AGREED not in sam.ever
    assert state(stage) == "off"


def test_yes_after_all_does_not_make_two_talks_of_one(stage, sam):
    plans.plans(stage)
    old = plans.reads(stage, sam).taps("Liever anders", "Een andere dag").last
    stage.passes("2026-11-20 14:00")
    plans.plans(stage, "vrijdag 27", "10:00")
    stage.passes("2026-11-21 12:00")
    sam.taps_data(old.button("Het past toch").data)

    assert "voorbij of gaat niet door" in sam.said
    assert [state(stage, number) for number in (1, 2)] == ["other", "asked"]


def test_a_talk_for_somebody_in_a_pause_is_not_planned(stage, sam):
    sam.types("/pauze").taps("Een week")
    vera = plans.opens(stage)

    assert vera.said.startswith("Sam heeft pauze.")
    assert stage.reads(lambda conn: appointments.find(conn, 1)) is None


def test_a_pause_that_begins_meanwhile_refuses_it_before_the_preview_and_on_sending(stage, sam):
    vera = plans.opens(stage).taps("donderdag 26", "16:00", "Bellen")
    sam.types("/pauze").taps("Een week")
    vera.taps("Sturen")

    assert vera.said.startswith("Sam heeft pauze.")
    assert stage.reads(lambda conn: appointments.find(conn, 1)) is None


def test_what_a_pause_held_is_off_and_only_the_professional_hears_it(stage, sam):
    plans.plans(stage)
    sam.types("/pauze").taps("Zonder einddag")
    since = len(sam.shown)
    stage.passes("2026-11-23 12:00")
    vera = stage.of("Vera")

    news = next(one for one in reversed(vera.shown) if one.text == NEWS)
    vera.taps_data(news.button("Lees").data)
    assert "Sam kreeg de vraag over het gesprek niet op tijd." in vera.ever
    card = opens_youngsters(vera).said
    assert "kreeg het voorstel voor een gesprek niet" in card
    assert "Gesprek gepland" not in card
    assert len(sam.shown) == since


def test_a_talk_that_the_dose_holds_too_long_is_off_while_there_is_time_to_call(stage, sam):
    number, now = stage.id_of(sam), stage.now
    for shift in range(WEEKLY):
        stage.writes(
            lambda conn, shift=shift: told_unasked(conn, number, now - timedelta(hours=5 * shift), shift)
        )
    plans.plans(stage)
    vera = stage.of("Vera")
    stage.passes("2026-11-25 09:00")
    before = vera.texts.count(NEWS)
    assert state(stage) == "asked"
    stage.passes("2026-11-26 13:00")

    assert vera.texts.count(NEWS) == before + 1
    assert state(stage) == "off"
    assert "Gesprek gepland" not in opens_youngsters(vera).said

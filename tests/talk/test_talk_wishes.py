"""A talk that is planned answers a wish to talk: it stays open, and nobody is chased while the talk stands."""

from __future__ import annotations

import pytest

from bot.storage import items
from tests.talk.journeys import opens_youngsters
from tests.talk.test_overview import opens_overview

ASKS = "Je wilde iemand spreken. Vera praat graag met je: donderdag 26 november, 16:00. Jullie bellen."
STILL_OPEN = "Dit staat nog open"


@pytest.fixture
def sam(stage):
    phone = stage.youth_begins()
    phone.types("Menu").taps("Ik wil iemand spreken", "Even praten")
    return phone


def plans(stage, day="donderdag 26"):
    return opens_youngsters(stage.of("Vera")).taps("Meer doen", "Gesprek plannen", day, "16:00", "Bellen")


def reads(stage, sam, until="2026-11-20 13:00"):
    stage.passes(until)
    sam.taps_data(sam.sees("Lees").button("Lees").data)
    return sam


def wish(stage, sam):
    vera, tom = stage.programme.staff["Vera"], stage.programme.staff["Tom"]
    found = stage.reads(lambda conn: [*items.waiting_for(conn, vera), *items.waiting_for(conn, tom)])
    return next((one for one in found if one.youth_id == stage.id_of(sam)), None)


def repeats(stage):
    return sum(STILL_OPEN in one for one in stage.of("Vera").texts)


def handed_over(stage, sam):
    return wish(stage, sam).recipient_id == stage.programme.staff["Tom"]


def test_the_youngster_reads_that_it_answers_the_wish_as_the_preview_said(stage, sam):
    vera = plans(stage)
    assert vera.said.endswith(ASKS)
    vera.taps("Sturen")
    assert "Sam wilde iemand spreken en leest dat dit het antwoord is. Dat blijft open." in vera.said
    reads(stage, sam)

    assert sam.said == f"{ASKS}\n\nPast dat?"
    sam.types("Menu").taps("Ik wil iemand spreken")
    assert "Je vroeg dit al. Vera stelde een gesprek voor: donderdag 26 november, 16:00." in sam.said


def test_nobody_is_chased_while_it_stands_and_after_it_it_is_asked_once(stage, sam):
    plans(stage).taps("Sturen")
    reads(stage, sam).taps("Ja, dat past", "Oké")
    stage.passes("2026-11-26 17:00")
    assert repeats(stage) == 0
    assert not handed_over(stage, sam)
    assert wish(stage, sam).recipient_id == stage.programme.staff["Vera"]
    stage.passes("2026-11-27 17:00")
    assert repeats(stage) == 1
    stage.passes("2026-12-01 09:00")

    assert handed_over(stage, sam)
    assert wish(stage, sam).recipient_id == stage.programme.staff["Tom"]


def test_declined_the_wish_is_open_as_if_it_came_just_now(stage, sam):
    plans(stage).taps("Sturen")
    reads(stage, sam).taps("Ja, dat past")
    stage.passes("2026-11-25 10:00")
    assert not handed_over(stage, sam)
    sam.taps("Toch liever anders", "Een andere dag")
    stage.passes("2026-11-25 18:00")
    assert not handed_over(stage, sam)
    stage.passes("2026-11-27 12:00")

    assert repeats(stage) == 1
    assert handed_over(stage, sam)


def test_called_off_after_it_was_sent_it_is_open_again(stage, sam):
    plans(stage).taps("Sturen")
    reads(stage, sam).taps("Ja, dat past", "Oké")
    stage.passes("2026-11-24 12:00")
    assert not handed_over(stage, sam)
    opens_youngsters(stage.of("Vera")).taps("Meer doen", "Gesprek plannen", "Afzeggen")
    stage.passes("2026-11-26 13:00")

    assert handed_over(stage, sam)


def test_a_proposal_nobody_answers_holds_the_wish_no_longer_than_any_wish_waits(stage, sam):
    stage.passes("2026-11-23 11:00")
    plans(stage, "vrijdag 4").taps("Sturen")
    stage.passes("2026-11-25 10:30")
    assert not handed_over(stage, sam)
    stage.passes("2026-11-25 11:30")

    assert handed_over(stage, sam)


def test_no_colleague_takes_over_what_an_agreed_talk_answers(stage, sam):
    plans(stage).taps("Sturen")
    reads(stage, sam).taps("Ja, dat past", "Oké")
    stage.passes("2026-11-25 09:30")
    assert "wil iemand spreken" not in opens_overview(stage.of("Tom")).said

    stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Een week")
    stage.passes("2026-11-25 09:40")
    assert wish(stage, sam).recipient_id == stage.programme.staff["Tom"]


def test_taken_back_before_it_was_sent_nothing_changed(stage, sam):
    plans(stage).taps("Sturen", "Terugdraaien")
    stage.passes("2026-11-23 09:01")
    assert repeats(stage) == 1
    stage.passes("2026-11-24 09:01")

    assert handed_over(stage, sam)


def test_it_comes_in_a_pause_as_any_answer(stage, sam):
    sam.types("/pauze").taps("Een week")
    plans(stage).taps("Sturen")
    reads(stage, sam)

    assert sam.said == f"{ASKS}\n\nPast dat?"


def test_a_second_wish_after_the_talk_was_planned_is_not_answered_by_it(stage, sam):
    plans(stage).taps("Sturen", "We hebben gepraat")
    assert wish(stage, sam) is None
    stage.passes("2026-11-20 14:00")
    sam.types("Menu").taps("Ik wil iemand spreken", "Even praten")
    stage.passes("2026-11-24 12:00")

    assert handed_over(stage, sam)


def test_after_they_talked_it_is_closed_in_the_same_step_and_left_open_on_a_tap(stage, sam):
    vera = plans(stage).taps("Sturen", "We hebben gepraat")
    assert "Het gesprek op donderdag 26 november, 16:00 staat nog." in vera.said
    assert wish(stage, sam) is None
    vera.taps("Toch open laten")

    assert wish(stage, sam) is not None
    assert "Dat blijft open." in vera.said


def test_without_a_wish_the_words_and_the_step_are_as_ever(stage):
    stage.youth_begins()
    vera = plans(stage)
    assert "Vera wil met je praten: donderdag 26 november, 16:00." in vera.said
    vera.taps("Sturen")

    assert "We hebben gepraat" not in vera.last.labels

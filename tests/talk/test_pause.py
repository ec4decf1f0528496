"""Pausing: at once, in any state; what comes all the same; coming back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import journal, pauses
from bot.storage.replies import HELD_FOR
from tests.talk.journeys import gives, has_plan, has_sent, opens, opens_youngsters
from tests.talk.stage import at


def test_a_pause_of_a_week_is_two_taps_and_nothing_comes(stage):
    sam = stage.youth_begins()
    sam.types("/pauze").taps("Een week")
    assert "Je hebt pauze tot vrijdag 27 november" in sam.said
    count = len(sam.shown)

    stage.passes("2026-11-27 15:59")

    assert len(sam.shown) == count


def test_one_message_says_that_the_pause_is_over(stage):
    sam = stage.youth_begins().types("/pauze").taps("Een week")
    count = len(sam.shown)

    stage.passes("2026-11-28 12:00")

    assert len(sam.shown) == count + 1
    assert "Je pauze is voorbij" in sam.said
    assert "Welkom terug" in sam.taps("Verder").said


@pytest.mark.parametrize("word", ["/pauze", "pauze", "Pauze.", "/pause"])
def test_the_word_works_in_the_middle_of_an_exercise(stage, word):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Voorbereiden", "Iets anders")

    sam.types(word).taps("Twee weken")

    assert "Je hebt pauze tot vrijdag 4 december" in sam.said


@pytest.mark.parametrize("word", ["stop", "Stoppen", "/stop"])
def test_stop_works_in_the_middle_of_an_exercise(stage, word):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Voorbereiden", "Iets anders")

    sam.types(word).taps("Stoppen")

    assert "Ik stop nu" in sam.said


def test_somebody_who_has_not_said_yes_gets_nothing_anyway(stage):
    sam = stage.youth_opens().types("/pauze").taps("Een week")

    assert "Ik stuur je al niets" in sam.said


def test_what_was_planned_does_not_come_in_a_pause_and_the_digest_is_silent_about_it(stage):
    sam = has_plan(stage).types("/pauze").taps("Een week")
    count = len(sam.shown)

    stage.passes("2026-11-24 12:00")

    assert len(sam.shown) == count
    card = opens_youngsters(stage.of("Vera")).said
    assert "heeft pauze" in card
    assert "27 november" not in card
    assert "herinnering" not in card


def test_an_evening_within_the_pause_is_not_announced_and_one_after_it_is(stage):
    sam = (
        stage.youth_begins().types("/pauze").taps("Twee weken")
    )  # until 4 December; an evening on 1 December
    count = len(sam.shown)
    stage.passes("2026-12-03 12:00")
    assert len(sam.shown) == count

    stage.passes("2026-12-15 12:00")

    assert sam.has("Lees")


def test_an_answer_that_was_asked_for_comes_in_a_pause(stage):
    sam = has_sent(stage)
    sam.types("/pauze").taps("Twee weken")
    count = len(sam.shown)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera")
    opens(vera)
    vera.taps("Antwoord")
    vera.types("Fijn dat je dit deelt")

    stage.passes(HELD_FOR)

    assert len(sam.shown) > count


def test_danger_is_met_in_a_pause_as_ever(stage):
    sam = stage.youth_begins().types("/pauze").taps("Zonder einddag")

    sam.types("ik wil dood")

    assert "113" in sam.ever


def test_a_pause_until_a_day_that_they_choose(stage):
    sam = stage.youth_begins().types("/pauze").taps("Tot een dag", "dinsdag 24")
    assert "Je hebt pauze tot dinsdag 24 november" in sam.said


def test_a_pause_without_an_end_lasts_until_they_say_so(stage):
    sam = stage.youth_begins().types("/pauze").taps("Zonder einddag")
    count = len(sam.shown)
    stage.passes(timedelta(weeks=8))
    assert len(sam.shown) == count

    sam.types("/pauze").taps("Pauze stoppen")

    assert "Welkom terug" in sam.said
    assert "pauze is voorbij" in opens_youngsters(stage.of("Vera")).said


def test_a_challenge_that_was_given_in_a_pause_comes_after_it(stage):
    sam = stage.youth_begins().types("/pauze").taps("Een week")
    opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag")
    count = len(sam.shown)
    stage.passes("2026-11-27 18:00")
    assert "Je pauze is voorbij" in sam.since(count)
    assert not sam.has("Lees")

    stage.passes("2026-11-28 18:00")

    assert sam.has("Lees")


def test_who_comes_back_early_gets_what_waited_and_no_message_about_the_end(stage):
    sam = stage.youth_begins().types("/pauze").taps("Twee weken")
    opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag")
    stage.passes("2026-11-21 12:00")
    sam.types("/pauze").taps("Pauze stoppen")
    count = len(sam.shown)

    stage.passes("2026-12-06 12:00")

    assert sam.has("Lees")
    assert "Je pauze is voorbij" not in sam.since(count)


def test_another_day_replaces_the_first(stage):
    sam = stage.youth_begins().types("/pauze").taps("Een week")
    sam.types("/pauze").taps("Een andere dag", "Twee weken")
    count = len(sam.shown)

    stage.passes("2026-12-04 15:00")
    assert len(sam.shown) == count
    stage.passes("2026-12-04 17:00")

    assert sam.since(count).count("Je pauze is voorbij") == 1
    lines = stage.reads(
        lambda conn: journal.between(conn, [stage.id_of(sam)], at("2026-11-01 12:00"), stage.now)
    )
    assert [line.value for line in lines if line.kind == "pause"] == ["on", "over"]


def test_leaving_a_pause_as_it_is(stage):
    sam = stage.youth_begins().types("/pauze").taps("Een week").types("/pauze").taps("Zo laten")

    assert "Je pauze blijft zo" in sam.said


def test_who_stops_has_no_pause_any_more_when_they_return(stage):
    sam = stage.youth_begins().types("/pauze").taps("Zonder einddag").types("/stop").taps("Stoppen")

    assert stage.reads(lambda conn: pauses.running(conn, stage.id_of(sam), stage.now)) is None


def test_a_step_planned_in_a_pause_says_nothing_it_does_not_do(stage):
    sam = stage.youth_begins()
    gives(stage)
    sam.types("/pauze").taps("Een week")
    sam.types("Menu").taps(
        "Mijn uitdaging", "Ja, die wil ik", "Meteen een stap kiezen", "Zeg hoi tegen een bekende"
    )

    said = sam.taps("zaterdag 21", "16:00").said

    assert "Je hebt pauze" in said
    assert "Ik stuur dan één bericht" not in said

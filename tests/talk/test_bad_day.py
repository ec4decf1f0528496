"""Somebody who is tired: a wrong tap, a step skipped, leaving halfway, coming back; and somebody who reads exactly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import journal
from tests.talk.journeys import STEP, gives, has_plan, picks, plans
from tests.talk.test_two_weekly import asked

DAY = timedelta(days=1)


def outcomes(stage, sam):
    """What the professional sees of how it went."""
    found = stage.reads(lambda conn: journal.between(conn, [stage.id_of(sam)], stage.now - DAY, stage.now))
    return [line.value for line in found if line.kind == "outcome"]


@pytest.mark.parametrize(
    "wrong, right, seen", [("Gedaan", "Niet gedaan", "not_done"), ("Niet gedaan", "Deels", "partly")]
)
def test_a_wrong_tap_is_put_right_and_the_professional_sees_the_last_word_only(stage, wrong, right, seen):
    sam = has_plan(stage).types("Menu").taps("Hoe ging het?", wrong, "Verkeerd getikt", right)
    stage.passes("2026-11-20 13:00")

    assert outcomes(stage, sam) == [seen]


def test_the_moment_of_the_question_is_said_exactly_also_when_it_is_late(stage):
    sam = stage.youth_begins()
    gives(stage)
    assert "Op zaterdag 21 november, 18:00 vraag ik hoe het ging." in plans(picks(sam)).said

    sam.taps("Zo is het genoeg").types("Menu").taps("Mijn stap", "Ander moment")
    assert "Op zondag 22 november, 09:00 vraag ik hoe het ging." in plans(sam, clock="21:00").said


def test_what_goes_on_in_a_new_message_leaves_no_buttons_behind(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 16:00")
    sam.taps("Laat zien", "Ik ga")

    assert sam.said == "Oké. Op zaterdag 21 november, 18:00 vraag ik hoe het ging."
    assert not [one for one in sam.shown if "Ik ga" in one.labels]


def test_enough_halfway_through_preparing_keeps_what_was_said_and_no_label(stage):
    sam = stage.youth_begins()
    gives(stage)
    plans(picks(sam)).taps("Nog even voorbereiden", "De ander kijkt weg", "80", "6", "Niks", "Nee")
    sam.taps("Zo is het genoeg")

    assert sam.said.startswith("Dit is je plan.")
    assert "Waar:" not in sam.said


def test_a_step_that_was_not_rated_keeps_its_place_on_the_ladder(stage):
    sam = stage.youth_begins()
    gives(stage)
    sam.taps("Ja, die wil ik", "Cijfers geven", "3", "5", "Sla over", "Sla over", "1", "0", STEP)
    plans(sam).taps("Zo is het genoeg")
    stage.passes("2026-11-21 16:00")

    sam.taps("Te groot")

    assert sam.said.startswith("Jouw stap: Een knik naar iemand.")


def test_not_so_good_offers_somebody_to_talk_to(stage):
    sam = asked(stage).taps("Niet zo goed", "Ja")
    assert sam.said.startswith("Rot dat het niet zo goed gaat.")

    sam.taps("Praten met Vera")

    assert sam.said.startswith("Ik stuur Vera een bericht dat je wilt praten.")


def test_who_stopped_and_comes_back_is_not_said_to_have_said_no_and_keeps_the_step(stage):
    sam = has_plan(stage).types("/stop").taps("Stoppen").types("/start")
    assert "nee" not in sam.said

    sam.taps("Toch wel", "Ja, dat mag")

    assert sam.said.startswith("Welkom terug. Alles is er nog.")
    assert "Mijn stap" in sam.types("Menu").last.labels


def test_words_where_a_button_is_asked_lead_back_to_the_question(stage):
    sam = has_plan(stage).types("Menu").taps("Hoe ging het?").types("ging wel")
    assert "Met Verder ga je terug naar de vraag." in sam.said

    assert sam.taps("Verder").said == "Hoe ging het?"


def test_until_a_day_can_be_left_again(stage):
    sam = stage.youth_begins().types("/pauze").taps("Tot een dag")
    assert "zaterdag 21 nov" in sam.last.labels

    assert sam.taps("Terug", "Toch niet").said == "Oké. Er verandert niets."

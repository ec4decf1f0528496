"""What a youngster hears, and does not hear, while people are being called about an alert."""

from __future__ import annotations

import pytest

from tests.talk.alarm import raises, takes
from tests.talk.journeys import has_plan

OPENER = "Er is een bericht voor je."
NUDGE = "Dit is het moment dat je koos."


@pytest.mark.parametrize("level", ["p1", "p2"])
def test_the_youngster_hears_by_name_that_somebody_took_it_on(stage, level):
    sam = stage.youth_begins()
    raises(stage, sam, level)

    takes(stage.of("Vera"))

    assert sam.said == OPENER
    sam.taps("Lees")
    assert sam.said.startswith("Vera weet er nu van.")
    assert "112" in sam.said
    assert "113" in sam.said


def test_no_step_is_asked_about_while_somebody_is_called_for_danger(stage):
    sam = has_plan(stage)
    raises(stage, sam)

    stage.passes("2026-11-21 20:00")

    assert not any(NUDGE in text for text in sam.texts)
    assert "Hoe ging het?" not in sam.ever


def test_the_moment_comes_as_planned_once_it_was_handled(stage):
    sam = has_plan(stage)
    raises(stage, sam)
    takes(stage.of("Vera")).taps("Afgehandeld", "Gesproken")

    stage.passes("2026-11-21 16:00")

    assert NUDGE in sam.said

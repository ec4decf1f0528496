"""How the own goal goes: a figure when it is made, and again every four weeks within the two-weekly question."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.talk.exercises import opens
from tests.talk.stage import at

ASKED = "Hoe gaat het daar nu mee?"
TWO_WEEKLY = "Hoe gaat het met je?"
EVENINGS = ("2026-12-01", "2026-12-15", "2026-12-29")


def makes_goal(stage, *more):
    """A goal on Friday 20 November."""
    sam = opens(stage.youth_begins(), "goal")
    sam.taps("Lachen", "Klaar").types("Ik praat in de pauze")
    return sam.taps("Weet ik nog niet", "Weet ik nog niet", "Weet ik nog niet", *more)


def answers(stage, evening, *more):
    """The question on the day after an evening, whose reminders were answered."""
    sam = stage.of("Sam")
    begins = at(f"{evening} 19:00")
    stage.passes(begins - timedelta(hours=47))
    if "Lees" in sam.last.labels:
        sam.taps("Lees", "Ik kom niet", "Klaar")
    stage.passes(begins + timedelta(hours=22))
    assert TWO_WEEKLY in sam.said
    return sam.taps("Goed", "Ja", *more)


def test_a_figure_is_given_with_the_goal_and_stands_below_it(stage):
    sam = makes_goal(stage, "Een cijfer geven", "4")

    assert sam.said.endswith("vrijdag 20 november: 4 van de 10")
    assert "Een cijfer geven" not in sam.last.labels


def test_it_is_asked_again_after_four_weeks_and_not_every_time(stage):
    makes_goal(stage, "Een cijfer geven", "4", "Klaar voor nu")

    first = answers(stage, EVENINGS[0])
    assert ASKED not in first.said
    first.taps("Klaar voor nu")

    second = answers(stage, EVENINGS[1])
    assert second.said.startswith("Jouw doel: Ik praat in de pauze")
    assert second.taps("6").said.startswith("Oké. Dat was alles.")
    second.taps("Klaar voor nu")

    assert ASKED not in answers(stage, EVENINGS[2]).said


def test_a_goal_without_a_figure_is_asked_about_the_first_time(stage):
    makes_goal(stage, "Klaar voor nu")

    assert ASKED in answers(stage, EVENINGS[0]).said


def test_who_gives_no_figure_goes_on_and_is_asked_next_time(stage):
    makes_goal(stage, "Klaar voor nu")

    sam = answers(stage, EVENINGS[0]).taps("Sla over")
    assert sam.said.startswith("Oké. Dat was alles.")
    sam.taps("Klaar voor nu")

    assert ASKED in answers(stage, EVENINGS[1]).said


@pytest.mark.parametrize("begins", ["nothing", "values only"])
def test_who_has_no_goal_is_not_asked(stage, begins):
    sam = stage.youth_begins()
    if begins == "values only":
        opens(sam, "goal").taps("Lachen", "Klaar", "Weet ik nog niet", "Klaar voor nu")

    assert ASKED not in answers(stage, EVENINGS[0]).said


def test_looking_back_shows_the_figures_as_text_and_in_the_picture(stage):
    makes_goal(stage, "Een cijfer geven", "4", "Klaar voor nu")
    answers(stage, EVENINGS[1], "6", "Klaar voor nu")

    sam = stage.of("Sam").types("/terugkijken")
    assert "Jouw doel: Ik praat in de pauze\nvrijdag 20 november: 4 van de 10" in sam.said
    assert "woensdag 16 december: 6 van de 10" in sam.said

    sam.taps("Als plaatje")
    assert sam.last.message.picture is not None
    assert "woensdag 16 december: 6 van de 10" in sam.said


def test_the_figure_is_no_part_of_what_is_sent(stage):
    sam = makes_goal(stage, "Een cijfer geven", "4", "Aan Vera laten zien")

    assert "Ik praat in de pauze" in sam.said
    assert "van de 10" not in sam.said

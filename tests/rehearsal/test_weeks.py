"""Weeks in a minute, with every persona."""

from __future__ import annotations

from copy import copy

import pytest

from bot import installation
from bot.content.pages import Pages
from bot.rehearsal.diary import OWN
from bot.rehearsal.personas import CHARACTERS, personas
from bot.rehearsal.seating import NotPlayable
from bot.rehearsal.weeks import play
from tests.talk.stage import shelf


def fresh():
    """A shelf of its own: what is tried does not stay on the one the other tests use."""
    return copy(shelf())


def draft(before, after):
    texts = {one.language: one.content for one in shelf().shipped("challenge", "een-groet-per-dag")}
    assert before.encode() in texts["nl"]
    return Pages(
        "challenge", "een-groet-per-dag", texts["nl"].replace(before.encode(), after.encode()), texts["en"]
    )


@pytest.mark.parametrize("key", ["kim", "lisa", "daan"])
def test_two_weeks_break_no_rule(key):
    diary = play(fresh(), personas()[key], weeks=2)

    assert diary.failed == ()
    assert diary.count() >= 2


@pytest.mark.slow
@pytest.mark.usefixtures("may_take_minutes")
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key", list(personas()))
def test_six_weeks_break_no_rule(key, language):
    for seed in range(3):
        assert play(fresh(), personas()[key], language=language, seed=seed).failed == ()


def test_the_same_number_plays_the_same_weeks():
    first, second = (play(fresh(), personas()["sam"], "een-groet-per-dag", weeks=1, seed=4) for _ in range(2))

    assert first.as_json() == second.as_json()


def test_a_draft_is_played_in_place_of_what_everybody_gets():
    tried = draft("Een knik naar iemand", "Een duim naar iemand")

    diary = play(fresh(), personas()["sam"], "een-groet-per-dag", weeks=1, seed=4, texts=[tried])

    answers = [said for one in diary.entries for said in one.answers]
    assert "Een knik naar iemand" not in answers
    assert diary.challenge == "een-groet-per-dag"


def test_somebody_silent_gets_less_and_less():
    diary = play(fresh(), personas()["yara"], weeks=2)

    assert diary.unanswered() >= 1
    assert sum(one.kind == OWN for one in diary.entries) <= 3


def test_what_cannot_be_played_says_why():
    with pytest.raises(NotPlayable, match="there is no challenge 'niets'"):
        play(fresh(), personas()["sam"], "niets", weeks=1)


def test_there_is_a_persona_for_every_age_cause_and_character():
    everybody = personas().values()

    assert {14, 16, 20, 24} <= {one.age for one in everybody}
    assert {one.character for one in everybody} == set(CHARACTERS)
    assert {"skills", "access", "thoughts", "skills,access,thoughts"} <= {one.causes for one in everybody}
    assert any(one.autism for one in everybody)
    assert all(one.practice for one in everybody if one.age < 16)
    assert installation.CATALOG.is_dir()

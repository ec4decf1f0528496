"""Which exercises are proposed: the table of causes, as a test."""

from __future__ import annotations

from itertools import combinations

import pytest

from challenge_catalog.model import CAUSES
from dialogs import steering
from dialogs.steering import BY_CAUSE, EXERCISES, MOST, proposals


@pytest.mark.parametrize(
    "causes, expected",
    [
        (["skills"], ("ladder", "practice", "goal", "if_then")),
        (["access"], ("problem", "if_then", "places", "goal")),
        (["thoughts"], ("five_g", "experiment", "positive_log", "helping_thought")),
        (["skills", "thoughts"], ("ladder", "five_g", "practice", "experiment")),
        (["thoughts", "skills"], ("ladder", "five_g", "practice", "experiment")),
        (["skills", "access"], ("ladder", "problem", "practice", "if_then")),
        (["access", "thoughts"], ("problem", "five_g", "if_then", "experiment")),
        (["skills", "access", "thoughts"], ("ladder", "problem", "five_g", "practice")),
        ([], ("ladder", "problem", "five_g", "practice")),
        (["something else"], ("ladder", "problem", "five_g", "practice")),
    ],
)
def test_the_causes_decide_the_order_and_mixed_causes_mix(causes, expected):
    assert proposals(causes) == expected


def test_the_exercise_of_the_own_step_comes_first_and_is_named_once():
    assert proposals(["skills"], "five_g") == ("five_g", "ladder", "practice", "goal")
    assert proposals(["skills"], "practice") == ("practice", "ladder", "goal", "if_then")


def test_an_exercise_that_does_not_exist_is_not_proposed():
    assert proposals(["skills"], "yoga") == proposals(["skills"])


@pytest.mark.parametrize(
    "causes, expected",
    [
        (["skills"], ("practice", "goal", "if_then", "kinder")),
        (["thoughts"], ("five_g", "positive_log", "helping_thought", "goal")),
        (["skills", "access", "thoughts"], ("problem", "five_g", "practice", "if_then")),
    ],
)
def test_without_a_challenge_nothing_is_proposed_that_needs_one(causes, expected):
    assert proposals(causes, has_challenge=False) == expected


def test_every_own_cause_is_served_and_there_are_never_more_than_four():
    for count in range(1, len(CAUSES) + 1):
        for causes in combinations(CAUSES, count):
            found = proposals(causes)
            assert len(found) == len(set(found)) == MOST
            assert all(set(BY_CAUSE[cause]) & set(found) for cause in causes)


def test_everything_that_can_be_proposed_stands_in_the_whole_list_once():
    named = {*steering.FOR_EVERYBODY, *(name for names in BY_CAUSE.values() for name in names)}

    assert named <= set(EXERCISES)
    assert len(EXERCISES) == len(set(EXERCISES))

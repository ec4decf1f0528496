"""The named rules that conditions in scripts may call. Source: care research 1.5."""

from __future__ import annotations

import pytest

from dialogs.rules import RULES, first_step, good_start, has_gap, has_good_start, ladder_gap


def test_a_ladder_without_a_jump_of_more_than_three_has_no_gap():
    assert ladder_gap([8, 2, 5]) is None
    assert ladder_gap([]) is None


def test_the_gap_is_after_the_last_step_before_the_jump():
    assert ladder_gap([9, 1, 3]) == 1


def test_a_skipped_rating_does_not_count():
    assert has_gap({"nod": 1, "hoi": None, "naam": 4}) is False
    assert has_gap({"nod": 1, "hoi": None, "naam": 5}) is True
    assert has_gap(None) is False


@pytest.mark.parametrize("tension, fits", [(2, False), (3, True), (5, True), (6, False), (None, False)])
def test_a_good_start_is_rated_three_to_five(tension, fits):
    assert good_start(tension) is fits


def test_the_proposed_step_is_the_lightest_that_is_a_good_start():
    assert first_step({"nod": 1, "hoi": 5, "naam": 3}) == "naam"
    assert has_good_start({"nod": 1, "hoi": 5}) is True


def test_without_a_good_start_the_lightest_step_is_proposed():
    assert first_step({"nod": 2, "hoi": 9, "naam": None}) == "nod"
    assert first_step({"nod": None}) is None
    assert has_good_start({"nod": 2, "hoi": 9}) is False


def test_every_rule_is_named_as_its_function():
    assert all(name == rule.__name__ for name, rule in RULES.items())

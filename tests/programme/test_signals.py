"""Quiet signals: past the threshold of the group, and never while somebody rests."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.programme.signals import USUAL, Known, Signal, Threshold, missed_in_a_row, signal

TODAY = date(2026, 11, 20)
STATES = st.lists(st.sampled_from(["present", "away", "excused"]), max_size=8)


def known(days=0, states=(), *, rests=False):
    return Known(TODAY - timedelta(days=days), states, rests)


def test_three_weeks_of_silence_are_a_signal_and_a_day_less_is_none():
    assert signal(known(21), USUAL, TODAY) == Signal(21, None)
    assert signal(known(20), USUAL, TODAY) is None


def test_two_evenings_missed_in_a_row_are_a_signal():
    assert signal(known(states=["away", "excused", "present"]), USUAL, TODAY) == Signal(None, 2)
    assert signal(known(states=["away", "present", "away"]), USUAL, TODAY) is None


def test_each_group_has_its_own_threshold():
    assert signal(known(8), Threshold(7, 4), TODAY) == Signal(8, None)
    assert signal(known(8, ["away"] * 3), Threshold(14, 3), TODAY) == Signal(None, 3)


def test_who_rests_gives_no_signal():
    assert signal(known(90, ["away"] * 8, rests=True), USUAL, TODAY) is None


def test_who_has_no_account_is_never_silent_but_can_miss_evenings():
    assert signal(Known(None, ["away", "away"], rests=False), USUAL, TODAY) == Signal(None, 2)
    assert signal(Known(None, [], rests=False), USUAL, TODAY) is None


@given(STATES)
def test_coming_once_ends_the_count(states):
    assert missed_in_a_row(["present", *states]) == 0
    assert missed_in_a_row(["away", *states]) == 1 + missed_in_a_row(states)


@given(st.integers(0, 400), STATES, st.integers(1, 60), st.integers(1, 8))
def test_what_a_signal_names_is_past_the_threshold_and_nothing_else(days, states, silent, missed):
    found = signal(known(days, states), Threshold(silent, missed), TODAY)

    assert (found is not None) == (days >= silent or missed_in_a_row(states) >= missed)
    if found is not None:
        assert found.silent_days in (None, days)
        assert found.missed in (None, missed_in_a_row(states))

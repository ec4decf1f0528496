"""Who came: what stands there beforehand, what a tap does, how long it can be corrected."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from bot.programme.attendance import (
    CORRECTABLE,
    STATES,
    absent_twice,
    after,
    came,
    correctable,
    expected,
)

ENDED = datetime(2026, 12, 1, 21, tzinfo=UTC)


def test_who_said_they_come_stands_there_as_present():
    assert [expected(said) for said in ("come", "not", "unsure", None)] == [
        "present",
        "excused",
        "away",
        "away",
    ]


@given(some.sampled_from(STATES))
def test_three_taps_lead_back(state):
    assert after(after(after(state))) == state
    assert len({state, after(state), after(after(state))}) == 3


@given(some.timedeltas(min_value=timedelta(days=-30), max_value=timedelta(days=30)))
def test_it_can_be_corrected_for_fourteen_days_and_not_before_the_end(shift):
    assert correctable(ENDED, ENDED + shift) == (timedelta(0) <= shift <= CORRECTABLE)


@given(some.lists(some.sampled_from(STATES)))
def test_absent_twice_looks_at_the_last_two_that_were_noted(states):
    assert absent_twice(states) == (came(states)[:3] in ([False, False], [False, False, True]))

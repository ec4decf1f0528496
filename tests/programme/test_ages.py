"""The steps at 16, 18 and 26, from the month of birth alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.age import age_on
from bot.programme import ages

MONTH = st.builds("{:04d}-{:02d}".format, st.integers(1998, 2016), st.integers(1, 12))
DAY = st.dates(date(2026, 1, 1), date(2036, 12, 31))


@given(MONTH, st.sampled_from(ages.STEPS))
def test_the_day_is_the_first_on_which_the_age_is_reached(born, age):
    day = ages.turns(born, age)

    assert age_on(born, day) == age
    assert age_on(born, day - timedelta(days=1)) == age - 1


@pytest.mark.parametrize(
    "born, age, day",
    [("2010-12", 16, "2027-01-01"), ("2008-11", 18, "2026-12-01"), ("2001-02", 26, "2027-03-01")],
)
def test_a_birthday_month_counts_from_the_month_after(born, age, day):
    assert ages.turns(born, age).isoformat() == day


@given(MONTH, DAY)
def test_what_is_prepared_lies_ahead_and_within_six_weeks(born, today):
    found = ages.in_preparation(born, today)

    assert found is None or today < found.on <= today + ages.PREPARED
    assert all(step.on > today for step in ages.ahead(born, today))


@given(MONTH, DAY)
def test_no_step_is_passed_over(born, today):
    """Walking day by day each step is prepared for six weeks, and told after it was prepared."""
    for step in ages.ahead(born, today):
        assert ages.in_preparation(born, step.prepare_on) == step
        assert ages.in_preparation(born, step.on - timedelta(days=1)) == step
        assert step.prepare_on < step.tell_on < step.on


@given(DAY)
def test_another_group_counts_from_a_monday_and_never_before_the_day(day):
    monday = ages.moves_on(day)

    assert monday.weekday() == 0
    assert timedelta(0) <= monday - day < timedelta(days=7)

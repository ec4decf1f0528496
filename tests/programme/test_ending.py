"""The days after a goodbye, counted in months as people do."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.programme.ending import ending, months_later

DAYS = st.dates(date(2024, 1, 1), date(2040, 1, 1))


def test_without_aftercare_two_weeks_are_left():
    found = ending(date(2027, 2, 28), aftercare=False)

    assert (found.asks, found.announce_on, found.erase_on) == ((), date(2027, 3, 7), date(2027, 3, 14))


def test_with_aftercare_it_is_asked_at_three_and_six_months():
    found = ending(date(2026, 11, 30), aftercare=True)

    assert found.asks == (date(2027, 2, 28), date(2027, 5, 30))
    assert found.erase_on == date(2027, 6, 13)


@given(DAYS, st.integers(0, 36))
def test_months_later_stays_in_the_month_it_says(day, count):
    later = months_later(day, count)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day <= day.day


@given(DAYS, st.booleans())
def test_everything_comes_in_order(day, aftercare):
    found = ending(day, aftercare=aftercare)
    in_order = [found.goodbye_on, *found.asks, found.announce_on, found.erase_on]

    assert in_order == sorted(set(in_order))

"""The evenings of Noordwijk since May 2021, against dates found in another way."""

from __future__ import annotations

from calendar import TUESDAY
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.series import Series, occurrences

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OLDER = Series(date(2021, 5, 11), time(19), time(22), 2)
YOUNGER = Series(date(2021, 5, 17), time(19), time(22), 2)
UNTIL = date(2026, 12, 31)


def by_walking(series):
    """Every day since the first one, kept when its weekday and its count of weeks fit."""
    day, found = series.first, []
    while day <= UNTIL:
        weeks, rest = divmod(day.toordinal() - series.first.toordinal(), 7)
        if rest == 0 and weeks % series.every_weeks == 0:
            found.append(day)
        day = date.fromordinal(day.toordinal() + 1)
    return found


@pytest.mark.parametrize("series", [OLDER, YOUNGER], ids=["18-25", "12-18"])
def test_the_real_series_of_noordwijk(series):
    found = list(occurrences(series, series.first, UNTIL, AMSTERDAM))

    assert [one.day for one in found] == by_walking(series)
    assert found[0].day == series.first
    assert all(one.day.weekday() == series.first.weekday() for one in found)


@pytest.mark.parametrize("series", [OLDER, YOUNGER], ids=["18-25", "12-18"])
def test_it_is_seven_on_the_wall_on_every_one_of_them(series):
    for one in occurrences(series, series.first, UNTIL, AMSTERDAM):
        starts, ends = one.starts_at.astimezone(AMSTERDAM), one.ends_at.astimezone(AMSTERDAM)
        assert (starts.date(), starts.time(), ends.time()) == (one.day, time(19), time(22))
        assert one.starts_at.tzinfo is UTC


def test_known_evenings_of_2026():
    days = [one.day for one in occurrences(OLDER, date(2026, 11, 1), UNTIL, AMSTERDAM)]

    assert days == [
        date(2026, 11, 3),
        date(2026, 11, 17),
        date(2026, 12, 1),
        date(2026, 12, 15),
        date(2026, 12, 29),
    ]
    assert days[0].weekday() == TUESDAY


def test_twice_a_year_two_evenings_are_not_fourteen_times_twenty_four_hours_apart():
    year = list(occurrences(OLDER, date(2026, 1, 1), UNTIL, AMSTERDAM))
    unusual = [after.starts_at - before.starts_at for before, after in pairwise(year)]

    assert sorted(gap for gap in unusual if gap != timedelta(days=14)) == [
        timedelta(days=14, hours=-1),
        timedelta(days=14, hours=1),
    ]


def test_before_the_first_evening_there_is_none():
    assert not list(occurrences(OLDER, date(2020, 1, 1), date(2021, 5, 10), AMSTERDAM))


def test_both_ends_of_the_stretch_belong_to_it():
    days = [one.day for one in occurrences(OLDER, date(2021, 5, 11), date(2021, 5, 25), AMSTERDAM)]

    assert days == [date(2021, 5, 11), date(2021, 5, 25)]


def test_an_evening_may_end_after_midnight():
    night = Series(date(2026, 11, 20), time(21), time(0, 30), 1)

    (one,) = occurrences(night, date(2026, 11, 20), date(2026, 11, 20), AMSTERDAM)

    assert one.ends_at == datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


@given(st.dates(date(2021, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(1, 8))
def test_any_stretch_holds_what_the_whole_holds(since, length, weeks):
    series = Series(date(2021, 5, 11), time(19), time(22), weeks)
    until = since + timedelta(days=length)
    everything = [one.day for one in occurrences(series, series.first, date(2032, 1, 1), AMSTERDAM)]

    found = [one.day for one in occurrences(series, since, until, AMSTERDAM)]

    assert found == [day for day in everything if since <= day <= until]

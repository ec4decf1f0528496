"""Wall time to UTC, against a second method that never asks the zone for an inverse."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.local import to_utc

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ZONES = [AMSTERDAM, *map(ZoneInfo, ("America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"))]


def last_sunday(year, month):
    """The rule of the European Union: the clock changes on the last Sunday of March and of October, 01:00 UTC."""
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


SWITCHES = [(last_sunday(year, month), month == 3) for year in range(2026, 2037) for month in (3, 10)]


def offset_by_rule(moment):
    """Hours that the Netherlands is ahead of UTC, by the rule and without any database of zones."""
    begins = datetime.combine(last_sunday(moment.year, 3), time(1), UTC)
    ends = datetime.combine(last_sunday(moment.year, 10), time(1), UTC)
    return 2 if begins <= moment < ends else 1


@cache
def minutes_of(day):
    """Every minute of UTC around a local day, with what a clock on the wall then shows: the brute force."""
    start = datetime.combine(day - timedelta(days=1), time(20), UTC)
    moments = (start + timedelta(minutes=number) for number in range(36 * 60))
    return [
        (moment, (moment + timedelta(hours=offset_by_rule(moment))).replace(tzinfo=None))
        for moment in moments
    ]


def by_brute_force(day, wall):
    """The first minute at which the wall shows the wanted time, else the first that shows a later one that day."""
    wanted = datetime.combine(day, wall)
    exact = [moment for moment, shown in minutes_of(day) if shown == wanted]
    return exact[0] if exact else next(moment for moment, shown in minutes_of(day) if shown > wanted)


def test_there_are_twenty_two_switches_in_eleven_years():
    assert len(SWITCHES) == 22
    assert SWITCHES[:2] == [(date(2026, 3, 29), True), (date(2026, 10, 25), False)]


@pytest.mark.parametrize("day, spring", SWITCHES, ids=lambda one: str(one))
def test_every_quarter_of_an_hour_of_every_switch(day, spring):
    for minute in range(0, 24 * 60, 15):
        wall = time(*divmod(minute, 60))
        assert to_utc(day, wall, AMSTERDAM) == by_brute_force(day, wall), wall


@pytest.mark.parametrize("day, spring", SWITCHES, ids=lambda one: str(one))
def test_the_days_around_a_switch_are_ordinary(day, spring):
    for shift in (-1, 1):
        for hour in range(24):
            near = day + timedelta(days=shift)
            assert to_utc(near, time(hour), AMSTERDAM) == by_brute_force(near, time(hour))


@pytest.mark.parametrize("day", [day for day, spring in SWITCHES if spring], ids=str)
def test_a_time_that_is_skipped_becomes_the_first_moment_after(day):
    assert to_utc(day, time(2, 30), AMSTERDAM).astimezone(AMSTERDAM).time() == time(3)


@pytest.mark.parametrize("day", [day for day, spring in SWITCHES if not spring], ids=str)
def test_a_time_that_comes_twice_is_the_first(day):
    moment = to_utc(day, time(2, 30), AMSTERDAM)

    assert moment.astimezone(AMSTERDAM).time() == time(2, 30)
    assert (moment + timedelta(hours=1)).astimezone(AMSTERDAM).time() == time(2, 30)


@pytest.mark.parametrize("day, spring", SWITCHES, ids=lambda one: str(one))
def test_the_day_has_an_hour_less_or_more(day, spring):
    begins, ends = (to_utc(one, time(0), AMSTERDAM) for one in (day, day + timedelta(days=1)))

    assert ends - begins == timedelta(hours=23 if spring else 25)


@given(
    st.dates(date(2021, 1, 1), date(2036, 12, 31)),
    st.times(),
    st.sampled_from(
        [AMSTERDAM, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe")]
    ),
)
def test_the_moment_shows_the_wanted_time_or_lies_right_after_a_gap(day, wall, zone):
    wall = wall.replace(second=0, microsecond=0)
    wanted = datetime.combine(day, wall)

    shown = to_utc(day, wall, zone).astimezone(zone).replace(tzinfo=None)

    assert shown == wanted or timedelta(0) < shown - wanted <= timedelta(hours=1)


@given(st.dates(date(2026, 1, 1), date(2036, 12, 31)), st.lists(st.times(), min_size=2, max_size=2))
def test_a_later_time_on_the_wall_is_never_an_earlier_moment(day, walls):
    first, second = sorted(wall.replace(second=0, microsecond=0) for wall in walls)

    assert to_utc(day, first, AMSTERDAM) <= to_utc(day, second, AMSTERDAM)


def test_the_result_is_aware_and_in_utc():
    moment = to_utc(date(2026, 11, 20), time(12), AMSTERDAM)

    assert moment == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert moment.tzinfo is UTC

"""Evenings through holidays, stops and changes: against dates found in another way, and properties that always hold."""

from __future__ import annotations

import calendar as months
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.schedule.evenings import (
    Calendar,
    Change,
    Stop,
    evening,
    evenings,
    next_after,
    refusal,
    stop_refusal,
    without,
)
from bot.schedule.series import Series, occurrences, overlap

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OLDER = Series(date(2021, 5, 11), time(19), time(22), 2)
YOUNGER = Series(date(2021, 5, 17), time(19), time(22), 2)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


# A second method: from the weeks of a calendar, without adding days to a first date


def by_weeks(first, until):
    """Every same weekday in ISO weeks whose count since the first one is even; weeks are counted one by one."""
    wanted, found, count, started = first.isocalendar().weekday, [], 0, False
    for year in range(first.year, until.year + 1):
        last_week = date(year, 12, 28).isocalendar().week
        for week in range(1, last_week + 1):
            if not started and (year, week) != (first.isocalendar().year, first.isocalendar().week):
                continue
            started = True
            if count % 2 == 0:
                found.append(date.fromisocalendar(year, week, wanted))
            count += 1
    return [day for day in found if day <= until]


def last_sunday(year, month):
    return max(day for week in months.Calendar().monthdatescalendar(year, month) for day in week
               if day.month == month and day.weekday() == months.SUNDAY)  # fmt: skip


def utc_hour_of_seven(day):
    """19:00 in the Netherlands in UTC, from the rule of the law: summer time between two last Sundays."""
    summer = last_sunday(day.year, 3) <= day < last_sunday(day.year, 10)
    return 17 if summer else 18


@pytest.mark.parametrize("series", [OLDER, YOUNGER], ids=["18-25", "12-18"])
def test_five_years_of_noordwijk_against_the_weeks_of_the_calendar(series):
    until = date(2026, 5, 31)
    found = evenings(Calendar((series,)), series.first, until, AMSTERDAM)

    assert [one.day for one in found] == by_weeks(series.first, until)
    assert len(found) > 130
    for one in found:
        assert one.starts_at == datetime(
            one.day.year, one.day.month, one.day.day, utc_hour_of_seven(one.day), tzinfo=UTC
        )
        assert one.ends_at - one.starts_at == timedelta(hours=3)


def easter(year):
    """Easter Sunday by the rule of Gauss, for the years 1900 to 2099."""
    d = (19 * (year % 19) + 24) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7
    day = date(year, 3, 22) + timedelta(days=d + e)
    late = (d == 29 and e == 6) or (d == 28 and e == 6 and year % 19 > 10)
    return day - timedelta(days=7) if late else day


def feasts(year):
    """Days on which the Netherlands rest, from the law and the moon."""
    kings = date(year, 4, 27)
    return {
        date(year, 1, 1),
        kings - timedelta(days=1) if kings.weekday() == months.SUNDAY else kings,
        date(year, 12, 25),
        date(year, 12, 26),
        *(easter(year) + timedelta(days=shift) for shift in (-2, 0, 1, 39, 49, 50)),
        *([date(year, 5, 5)] if year % 5 == 0 else []),
    }


def test_on_public_holidays_nobody_meets_and_on_no_other_day():
    found = evenings(Calendar((YOUNGER, OLDER)), date(2021, 5, 11), date(2036, 12, 31), AMSTERDAM)
    expected = [one.day for one in found if one.day in feasts(one.day.year)]

    assert [one.day for one in found if one.state == "public"] == expected
    assert date(2024, 4, 1) in expected


def test_2020_and_2026_have_53_weeks_and_nothing_slips():
    days = [one.day for one in evenings(Calendar((OLDER,)), date(2026, 12, 20), date(2027, 2, 1), AMSTERDAM)]

    assert [day.isocalendar()[:2] for day in days] == [(2026, 53), (2027, 2), (2027, 4)]


@pytest.mark.parametrize("year", range(2026, 2037))
@pytest.mark.parametrize("month", [3, 10])
def test_at_every_change_of_the_clock_it_stays_seven_on_the_wall(year, month):
    change = last_sunday(year, month)
    for weekday in range(7):
        series = Series(change - timedelta(days=14 + weekday), time(19), time(22), 1)
        for one in evenings(Calendar((series,)), change - timedelta(14), change + timedelta(14), AMSTERDAM):
            starts = one.starts_at.astimezone(AMSTERDAM)
            assert (starts.date(), starts.time()) == (one.day, time(19))
            assert one.starts_at.hour == utc_hour_of_seven(one.day)


@pytest.mark.parametrize("year", range(2026, 2037))
def test_an_evening_in_the_night_of_the_change_has_its_own_length(year):
    spring, autumn = last_sunday(year, 3), last_sunday(year, 10)
    for day, length in ((spring, 3), (autumn, 5)):
        before = day - timedelta(days=1)
        night = Series(before, time(23), time(3), 1)
        (one,) = (
            found for found in evenings(Calendar((night,)), before, before, AMSTERDAM) if found.day == before
        )
        assert one.ends_at - one.starts_at == timedelta(hours=length)


# Holidays by region


@pytest.mark.parametrize(
    "region, skipped",
    [("noord", ["2026-10-12"]), ("midden", ["2026-10-19"]), ("zuid", ["2026-10-19"])],
)
def test_the_autumn_break_differs_by_region(region, skipped):
    weekly = Calendar((Series(date(2026, 10, 5), time(19), time(22), 1),), policy="skip", region=region)
    found = evenings(weekly, date(2026, 10, 5), date(2026, 10, 26), AMSTERDAM)

    assert [one.day.isoformat() for one in found if one.state == "school"] == skipped


def test_who_meets_in_holidays_still_rests_on_christmas():
    friday = Calendar((Series(date(2026, 12, 18), time(19), time(22), 1),), policy="meet")
    states = [one.state for one in evenings(friday, date(2026, 12, 18), date(2027, 1, 1), AMSTERDAM)]

    assert states == ["planned", "public", "public"]


def test_held_although_it_is_a_holiday():
    change = Change("held", date(2026, 12, 25))
    friday = Calendar((Series(date(2026, 12, 18), time(19), time(22), 1),), (change,))

    found = evening(friday, change.day, AMSTERDAM)
    assert found is not None
    assert found.state == "planned"


def test_a_summer_stop_has_both_ends():
    calendar = Calendar((OLDER,), stops=(Stop(date(2026, 12, 1), date(2026, 12, 15)),))
    found = evenings(calendar, date(2026, 11, 17), date(2026, 12, 29), AMSTERDAM)

    assert [one.state for one in found] == ["planned", "stopped", "stopped", "planned"]
    after = next_after(calendar, date(2026, 11, 17), AMSTERDAM, timedelta(days=60))
    assert after is not None
    assert after.day == date(2026, 12, 29)


def test_a_series_ends_with_its_last_day():
    ended = Calendar((replace(OLDER, until=date(2026, 12, 1)),))

    assert [one.day for one in evenings(ended, date(2026, 11, 20), date(2027, 1, 1), AMSTERDAM)] == [
        date(2026, 12, 1)
    ]


# Several series


def test_two_rhythms_that_meet_are_found_on_the_day_they_meet():
    assert overlap(OLDER, YOUNGER) is None
    assert overlap(OLDER, Series(date(2021, 5, 18), time(20), time(22), 3)) == date(2021, 6, 8)
    assert (
        overlap(replace(OLDER, until=date(2021, 6, 7)), Series(date(2021, 5, 18), time(20), time(22), 3))
        is None
    )


@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 90))
def test_an_overlap_is_the_first_day_both_have(one_weeks, other_weeks, shift):
    one = replace(OLDER, every_weeks=one_weeks)
    other = Series(OLDER.first + timedelta(days=shift), time(10), time(12), other_weeks)
    far = date(2024, 1, 1)
    both = {day.day for day in occurrences(one, OLDER.first, far, AMSTERDAM)} & {
        day.day for day in occurrences(other, OLDER.first, far, AMSTERDAM)
    }

    assert overlap(one, other) == min(both, default=None)


# What is refused


NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 15)
MOVED = Change("moved", FIRST, date(2026, 12, 2), time(20), time(23))


@pytest.mark.parametrize(
    "change, why",
    [
        (MOVED, None),
        (replace(MOVED, to=SECOND), "clash"),
        (replace(MOVED, to=date(2026, 11, 19)), "past"),
        (replace(MOVED, to=FIRST, starts=time(19), ends=time(22)), "same"),
        (replace(MOVED, to=FIRST, starts=time(19), ends=time(22), location=7), None),
        (replace(MOVED, day=date(2026, 12, 3)), "nothing"),
        (replace(MOVED, day=date(2026, 11, 17)), "over"),
        (Change("extra", FIRST, FIRST, time(10), time(12)), "clash"),
        (Change("extra", date(2026, 11, 19), date(2026, 11, 19), time(10), time(12)), "past"),
        (Change("held", FIRST), "same"),
        (Change("cancelled", FIRST), None),
    ],
)
def test_what_can_be_changed(change, why):
    assert refusal(Calendar((OLDER,)), change, AMSTERDAM, NOW) == why


def test_a_series_that_comes_later_makes_no_second_evening_on_a_day_that_was_chosen():
    wednesdays = Series(date(2026, 12, 2), time(19), time(22), 1)
    found = evenings(Calendar((OLDER, wednesdays), (MOVED,)), FIRST, date(2026, 12, 9), AMSTERDAM)

    assert [(one.day, one.on) for one in found] == [
        (FIRST, date(2026, 12, 2)),
        (date(2026, 12, 9), date(2026, 12, 9)),
    ]


def test_an_extra_evening_may_not_take_the_name_of_one_that_was_moved():
    calendar = Calendar((OLDER,), (MOVED,))

    assert refusal(calendar, Change("extra", FIRST, FIRST, time(19), time(22)), AMSTERDAM, NOW) == "clash"


@pytest.mark.parametrize(
    "since, until, why",
    [("2027-07-01", "2027-08-01", None), ("2027-07-01", "2027-06-01", "nothing"),
     ("2026-07-01", "2026-08-01", "past"), ("2027-08-30", "2027-09-10", "clash")],
)  # fmt: skip
def test_which_stops_can_be(since, until, why):
    there = [Stop(date(2027, 8, 20), date(2027, 8, 30))]
    wanted = Stop(date.fromisoformat(since), date.fromisoformat(until))

    assert stop_refusal(there, wanted, NOW.date()) == why


# Properties


DAYS = st.dates(date(2026, 6, 1), date(2027, 6, 1))
TIMES = st.sampled_from([time(10), time(19), time(22, 30)])


@st.composite
def changes(draw):
    kind = draw(st.sampled_from(["cancelled", "moved", "extra", "held"]))
    day = draw(st.one_of(DAYS, st.sampled_from([one.day for one in EVERY])))
    if kind in ("cancelled", "held"):
        return Change(kind, day)
    starts = draw(TIMES)
    to = day if kind == "extra" else draw(DAYS)
    return Change(kind, day, to, starts, (datetime.combine(day, starts) + timedelta(hours=3)).time())


EVERY = list(occurrences(OLDER, date(2026, 6, 1), date(2027, 6, 1), AMSTERDAM))
SINCE, UNTIL = date(2026, 1, 1), date(2027, 12, 31)


def all_of(calendar):
    return evenings(calendar, SINCE, UNTIL, AMSTERDAM)


@st.composite
def calendars(draw):
    """What can come about: every change was allowed when it was made."""
    calendar = Calendar(
        (OLDER,),
        policy=draw(st.sampled_from(["skip", "meet"])),
        region=draw(st.sampled_from(["noord", "midden", "zuid"])),
    )
    if draw(st.booleans()):
        first = draw(DAYS)
        calendar = replace(calendar, stops=(Stop(first, first + timedelta(days=draw(st.integers(0, 60)))),))
    for change in draw(st.lists(changes(), max_size=6)):
        if refusal(calendar, change, AMSTERDAM, LONG_AGO) is None:
            calendar = replace(calendar, changes=(*calendar.changes, change))
    return calendar


@settings(deadline=None)
@given(calendars())
def test_two_evenings_are_never_held_on_one_day_and_names_are_unique(calendar):
    found = all_of(calendar)
    held = [one.on for one in found if one.is_held]

    assert len(set(held)) == len(held)
    assert len({one.day for one in found}) == len(found)
    assert [one.starts_at for one in found] == sorted(one.starts_at for one in found)


@settings(deadline=None)
@given(calendars())
def test_no_evening_is_lost_whatever_was_changed(calendar):
    names = {one.day for one in all_of(calendar)}

    assert {one.day for one in EVERY} <= names
    assert {change.day for change in calendar.changes} <= names


@settings(deadline=None)
@given(calendars())
def test_a_moved_evening_is_where_it_was_moved_to_last(calendar):
    for change in calendar.changes:
        about = [other for other in calendar.changes if other.day == change.day]
        if change.kind == "moved" and about[-1] == change:
            found = evening(calendar, change.day, AMSTERDAM)
            assert found is not None
            assert (found.on, found.state) == (change.to, "moved")


@settings(deadline=None)
@given(calendars(), changes())
def test_what_is_undone_was_never_there(calendar, change):
    if refusal(calendar, change, AMSTERDAM, LONG_AGO) is not None:
        return
    changed = replace(calendar, changes=(*calendar.changes, change))

    assert all_of(without(changed, change)) == all_of(calendar)


@settings(deadline=None)
@given(calendars(), DAYS, st.integers(0, 100))
def test_a_stretch_holds_what_the_whole_holds(calendar, since, length):
    until = since + timedelta(days=length)
    whole = [one for one in all_of(calendar) if since <= one.day <= until or since <= one.on <= until]

    assert evenings(calendar, since, until, AMSTERDAM) == whole


@settings(deadline=None)
@given(calendars())
def test_nobody_meets_on_a_holiday_or_in_a_stop_unless_somebody_said_so(calendar):
    said = {change.day for change in calendar.changes if change.kind != "cancelled"}
    for one in all_of(calendar):
        if one.is_held and one.day not in said:
            assert not any(stop.since <= one.on <= stop.until for stop in calendar.stops)
            assert one.on not in (date(2026, 12, 25), date(2027, 4, 27))

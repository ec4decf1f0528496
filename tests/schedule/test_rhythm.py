"""Another weekday or time: which days are possible, what may not be, and that the beat of weeks is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.schedule import rhythm
from bot.schedule.evenings import Calendar, Change, evening
from bot.schedule.series import Series, days

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TUESDAYS = Series(date(2026, 12, 1), time(19), time(22))


def turned(first, starts=time(19), since=date(2026, 12, 15), series=(TUESDAYS,)):
    return rhythm.turned(series, since, first, starts, time(22))


@given(st.integers(1, 8), st.integers(0, 400), st.integers(0, 6))
def test_each_week_of_the_beat_is_possible_once_and_none_is_far(weeks, shift, weekday):
    old = Series(date(2026, 12, 1), time(19), time(22), weeks)
    since = old.first + timedelta(weeks=weeks * shift)
    found = rhythm.firsts(old, since, weekday)

    assert len(found) == weeks
    assert {day.weekday() for day in found} == {weekday}
    assert all(abs(day - since) < timedelta(weeks=weeks) for day in found)


@given(st.integers(0, 60), st.integers(0, 6), st.data())
def test_the_series_goes_on_every_two_weeks_and_never_twice_on_a_day(shift, weekday, data):
    since = TUESDAYS.first + timedelta(weeks=2 * shift)
    first = data.draw(st.sampled_from(rhythm.firsts(TUESDAYS, since, weekday)))
    found = rhythm.turned((TUESDAYS,), since, first, time(18), time(21))
    assert found is not None
    every = sorted(day for one in found.became for day in days(one, date(2026, 11, 1), date(2030, 1, 1)))

    assert len(every) == len(set(every))
    assert [day for day in every if day < min(since, first)] == list(
        days(TUESDAYS, date(2026, 11, 1), min(since, first) - timedelta(days=1))
    )
    assert all(later - one == timedelta(weeks=2) for one, later in pairwise(every) if one >= first)


def test_a_series_that_had_not_begun_leaves_nothing_behind():
    assert turned(date(2026, 12, 3), since=date(2026, 12, 1)).became == (
        Series(date(2026, 12, 3), time(19), time(22)),
    )


def test_what_may_not_be_is_refused():
    def why(one, now=NOW):
        return rhythm.refusal(one, ZONE, now)

    assert why(turned(date(2026, 12, 17))) is None
    assert why(turned(date(2026, 12, 15))) == "same"
    assert why(turned(date(2026, 12, 17)), datetime(2026, 12, 15, 18, tzinfo=UTC)) == "over"
    assert why(turned(date(2026, 12, 10)), datetime(2026, 12, 10, 18, tzinfo=UTC)) == "past"
    assert why(turned(date(2026, 12, 17), time(22, 30))) == "late"
    other = Series(date(2026, 12, 3), time(15), time(17))
    assert why(turned(date(2026, 12, 17), series=(TUESDAYS, other))) == "clash"
    ended = Series(date(2026, 12, 1), time(19), time(22), until=date(2026, 12, 16))
    assert why(turned(date(2026, 12, 17), series=(ended,))) == "ended"
    assert turned(date(2026, 12, 17), since=date(2026, 12, 8)) is None


def test_what_was_agreed_apart_stays_and_what_was_called_off_lapses():
    moved = Change("moved", date(2026, 12, 29), date(2026, 12, 30), time(20), time(22))
    off = Change("cancelled", date(2026, 12, 15))
    earlier = Change("cancelled", date(2026, 12, 1))
    calendar = Calendar((TUESDAYS,), (moved, off, earlier))
    found = turned(date(2026, 12, 17))

    assert [one.on for one in rhythm.apart(calendar, found, ZONE, NOW)] == [date(2026, 12, 30)]
    assert [one.day for one in rhythm.lost(calendar, found, ZONE, NOW)] == [date(2026, 12, 15)]


def test_with_only_another_time_what_was_called_off_stays_called_off():
    calendar = Calendar((TUESDAYS,), (Change("cancelled", date(2026, 12, 15)),))

    assert rhythm.lost(calendar, turned(date(2026, 12, 15), time(18)), ZONE, NOW) == []


def test_before_a_later_rhythm_nothing_else_begins_and_from_it_on_it_can():
    later = turned(date(2026, 12, 17))

    def why(since, first):
        return rhythm.refusal(turned(first, since=since, series=later.became), ZONE, NOW, later)

    assert why(date(2026, 12, 1), date(2026, 12, 2)) == "later"
    assert why(date(2026, 12, 17), date(2026, 12, 18)) is None


def test_an_evening_that_was_added_apart_is_none_of_the_new_series():
    found = turned(date(2026, 12, 17))
    extra = Change("extra", date(2026, 12, 16), date(2026, 12, 16), time(19), time(22))
    on_a_new_day = Change("extra", date(2027, 1, 14), date(2027, 1, 14), time(19), time(22))
    calendar = Calendar(found.became, (extra, on_a_new_day))

    def names(day):
        return found.names(evening(calendar, day, ZONE))

    assert names(date(2026, 12, 17))
    assert names(date(2026, 12, 31))
    assert not names(date(2026, 12, 16))
    assert not names(date(2026, 12, 1))
    assert not names(date(2027, 1, 14))

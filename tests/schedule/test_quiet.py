"""Quiet hours: where a moment goes that falls into them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.quiet import QuietHours, is_quiet, moved

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
USUAL = QuietHours((time(20, 30), time(8)), (time(22), time(9)))
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 11 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
BANDS = st.sampled_from(["under18", "18plus"])
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(*divmod(minute, 60)))
SPANS = st.tuples(MINUTES, MINUTES).filter(lambda span: span[0] != span[1])
KINDS = st.sampled_from(["announces", "asks"])


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def moves(text, kind, band="18plus"):
    return f"{moved(at(text), kind, band, USUAL, AMSTERDAM).astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


@given(MOMENTS, KINDS, BANDS)
def test_the_result_is_never_quiet(moment, kind, band):
    assert not is_quiet(moved(moment, kind, band, USUAL, AMSTERDAM), band, USUAL, AMSTERDAM)


@given(MOMENTS, BANDS)
def test_what_announces_never_comes_later(moment, band):
    assert moved(moment, "announces", band, USUAL, AMSTERDAM) <= moment


@given(MOMENTS, BANDS)
def test_what_asks_never_comes_earlier(moment, band):
    assert moved(moment, "asks", band, USUAL, AMSTERDAM) >= moment


@given(MOMENTS, KINDS, BANDS)
def test_a_moment_that_is_not_quiet_stays_where_it_is(moment, kind, band):
    if not is_quiet(moment, band, USUAL, AMSTERDAM):
        assert moved(moment, kind, band, USUAL, AMSTERDAM) == moment


@given(MOMENTS, KINDS, BANDS)
def test_nothing_moves_further_than_a_night_and_a_school_day(moment, kind, band):
    assert abs(moved(moment, kind, band, USUAL, AMSTERDAM) - moment) <= timedelta(hours=19)


@given(MOMENTS, BANDS)
def test_quiet_is_what_the_wall_clock_says(moment, band):
    """The same question asked of the wall clock only."""
    here = moment.astimezone(AMSTERDAM)
    wall = here.time().replace(tzinfo=None)
    start, end = USUAL.of(band)
    night = wall >= start or wall < end
    school = band == "under18" and here.weekday() < 5 and time(8, 30) <= wall < time(15)

    assert is_quiet(moment, band, USUAL, AMSTERDAM) is (night or school)


@pytest.mark.parametrize(
    "moment, kind, band, goes_to",
    [
        ("2026-11-20 23:15", "asks", "18plus", "2026-11-21 09:00"),
        ("2026-11-20 23:15", "announces", "18plus", "2026-11-20 21:59"),
        ("2026-11-21 03:00", "announces", "18plus", "2026-11-20 21:59"),
        ("2026-11-20 22:00", "asks", "18plus", "2026-11-21 09:00"),
        ("2026-11-21 09:00", "announces", "18plus", "2026-11-21 09:00"),
        ("2026-11-20 10:00", "asks", "under18", "2026-11-20 15:00"),
        ("2026-11-20 10:00", "announces", "under18", "2026-11-20 08:29"),
        ("2026-11-22 21:00", "asks", "under18", "2026-11-23 08:00"),
        ("2026-11-21 10:00", "asks", "under18", "2026-11-21 10:00"),
    ],
)
def test_known_moments(moment, kind, band, goes_to):
    assert moves(moment, kind, band) == goes_to


def test_the_night_of_the_change_of_the_clock():
    assert moves("2027-03-28 02:30", "asks") == "2027-03-28 09:00"
    assert moves("2026-10-25 02:30", "announces") == "2026-10-24 21:59"


def test_quiet_hours_within_one_day():
    afternoon = QuietHours((time(13), time(14)), (time(13), time(14)))

    assert moved(at("2026-11-21 13:30"), "asks", "18plus", afternoon, AMSTERDAM) == at("2026-11-21 14:00")


@given(MOMENTS, KINDS, BANDS, SPANS, SPANS)
def test_whatever_hours_somebody_configures_a_moment_is_found(moment, kind, band, minors, adults):
    """Even a single free minute a day is one: only a span that begins and ends together leaves none."""
    quiet = QuietHours(minors, adults)

    found = moved(moment, kind, band, quiet, AMSTERDAM)

    assert not is_quiet(found, band, quiet, AMSTERDAM)
    assert (found <= moment) if kind == "announces" else (found >= moment)

"""When staff read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.hours import parse_working_hours
from bot.schedule.reading import is_working, next_reading

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFFICE = parse_working_hours("ma-vr 09:00-17:00")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 11 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
HOURS = st.sampled_from(
    [OFFICE, parse_working_hours("wo 13:00-17:00"), parse_working_hours("ma-vr 09:00-17:00, za 10:00-12:00")]
)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    "moment, reads",
    [
        ("2026-11-20 12:00", "2026-11-20 12:00"),
        ("2026-11-20 08:59", "2026-11-20 09:00"),
        ("2026-11-20 17:00", "2026-11-23 09:00"),
        ("2026-11-20 16:59", "2026-11-20 16:59"),
        ("2026-11-21 03:00", "2026-11-23 09:00"),
        ("2027-03-28 02:30", "2027-03-29 09:00"),
        ("2026-10-25 02:30", "2026-10-26 09:00"),
    ],
)
def test_known_moments(moment, reads):
    assert next_reading(at(moment), OFFICE, AMSTERDAM) == at(reads)


@given(MOMENTS, HOURS)
def test_it_is_never_in_the_past_and_always_in_working_hours(moment, hours):
    found = next_reading(moment, hours, AMSTERDAM)

    assert found >= moment
    assert is_working(found, hours, AMSTERDAM)


@given(MOMENTS, HOURS)
def test_nobody_works_between_now_and_then(moment, hours):
    found = next_reading(moment, hours, AMSTERDAM)
    step = (found - moment) / 50

    assert found == moment or not any(
        is_working(moment + step * part, hours, AMSTERDAM) for part in range(50)
    )


@given(MOMENTS)
def test_one_afternoon_a_week_is_at_most_a_week_away(moment):
    wednesdays = parse_working_hours("wo 13:00-17:00")

    assert next_reading(moment, wednesdays, AMSTERDAM) - moment <= timedelta(days=7)


def test_somebody_who_never_works_is_an_error():
    with pytest.raises(ValueError, match="nobody ever works"):
        next_reading(at("2026-11-20 12:00"), {}, AMSTERDAM)

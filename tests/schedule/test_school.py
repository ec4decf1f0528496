"""School holidays by region, and what holds when nobody knows them any more."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.schedule.quiet import QuietHours, is_quiet, is_school_day, moved
from bot.schedule.school import REGIONS, is_free, known_until

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NIGHTS = ((time(20, 30), time(8)), (time(22), time(9)))


@pytest.mark.parametrize(
    "day, region, free",
    [
        ("2026-10-12", "noord", True),
        ("2026-10-12", "midden", False),
        ("2026-10-19", "midden", True),
        ("2026-10-19", "noord", False),
        ("2027-02-15", "zuid", True),
        ("2027-02-15", "noord", False),
        ("2026-12-21", "zuid", True),
        ("2026-12-18", "zuid", False),
        ("2027-01-04", "midden", False),
        ("2027-05-17", "midden", True),  # Whit Monday: no school for anybody
        ("2026-11-24", "midden", False),
    ],
)
def test_known_days(day, region, free):
    assert is_free(date.fromisoformat(day), region) is free


@pytest.mark.parametrize("region", REGIONS)
def test_it_is_known_until_the_end_of_a_school_year(region):
    assert date(2030, 6, 1) < known_until(region, date(2026, 11, 20)) < date(2030, 9, 15)


def test_after_the_last_known_day_every_weekday_is_a_school_day():
    assert is_school_day(date(2031, 7, 28), "midden")
    assert is_school_day(date(2030, 10, 21), "midden")


def test_without_a_region_every_weekday_is_a_school_day():
    assert is_school_day(date(2026, 12, 22), None)
    assert not is_school_day(date(2026, 12, 22), "midden")
    assert not is_school_day(date(2026, 12, 19), None)


@pytest.mark.parametrize(
    "moment, band, quiet",
    [
        ("2026-12-22 10:00", "under18", False),
        ("2026-12-15 10:00", "under18", True),
        ("2026-12-22 21:00", "under18", True),
        ("2026-12-15 10:00", "18plus", False),
    ],
)
def test_school_hours_hold_for_minors_outside_holidays(moment, band, quiet):
    at = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)

    assert is_quiet(at, band, QuietHours(*NIGHTS, "midden"), AMSTERDAM) is quiet


def test_in_a_holiday_a_question_in_the_morning_stays_where_it_is():
    at = datetime(2026, 12, 22, 10, tzinfo=AMSTERDAM)

    assert moved(at, "asks", "under18", QuietHours(*NIGHTS, "midden"), AMSTERDAM) == at
    assert moved(at, "asks", "under18", QuietHours(*NIGHTS), AMSTERDAM).astimezone(AMSTERDAM).hour == 15

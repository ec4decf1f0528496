"""Days on which Dutch schools are closed, by region, and until when that is known. Pure.

After the last known day every weekday counts as a school day, which errs on the quiet side.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

import holidays

Region = Literal["noord", "midden", "zuid"]
"""The three regions over which the ministry of education spreads the holidays."""

REGIONS: tuple[Region, ...] = ("noord", "midden", "zuid")
_AUTUMN = (9, 15), (11, 15)
"""Within these days of a year lies the autumn break: a year without one is not known any more."""


def is_free(day: date, region: Region) -> bool:
    """Whether schools of *region* are closed on *day*: a holiday of the schools or of everybody."""
    return day in _days_off(region, day.year)


def is_public(day: date) -> bool:
    """Whether *day* is a holiday of everybody."""
    return day in _public_days(day.year)


def is_school_holiday(day: date, region: Region) -> bool:
    """Whether *day* lies in a holiday of the schools of *region*."""
    return day in _school_days(region, day.year)


@cache
def known_until(region: Region, since: date) -> date:
    """The last day of the last school year whose holidays are known, looking from *since* on."""
    year = since.year
    while _school_days_off(region, year + 1, (1, 1), (9, 14)) and _has_autumn(region, year):
        year += 1
    summer = _school_days_off(region, year, (1, 1), (9, 14))
    return max(summer) if summer else date(year - 1, 12, 31)


def _has_autumn(region: Region, year: int) -> bool:
    return bool(_school_days_off(region, year, *_AUTUMN))


def _school_days_off(region: Region, year: int, first: tuple[int, int], last: tuple[int, int]) -> list[date]:
    found = holidays.country_holidays("NL", subdiv=region.capitalize(), categories="school", years=year)
    return [day for day in found if day.year == year and first <= (day.month, day.day) <= last]


def _days_off(region: Region, year: int) -> frozenset[date]:
    return _public_days(year) | _school_days(region, year)


@cache
def _public_days(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", categories="public", years=year))


@cache
def _school_days(region: Region, year: int) -> frozenset[date]:
    return frozenset(
        holidays.country_holidays("NL", subdiv=region.capitalize(), categories="school", years=year)
    )

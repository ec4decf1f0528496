"""The evenings of one group: every so many weeks on the same weekday and wall time. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.schedule.local import to_utc


@dataclass(frozen=True, slots=True)
class Series:
    """*first* is the local date of the first evening; *starts* and *ends* are wall times."""

    first: date
    starts: time
    ends: time
    every_weeks: int = 2


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One evening: its local date (its name for ever) and its moments in UTC."""

    day: date
    starts_at: datetime
    ends_at: datetime


def occurrences(series: Series, since: date, until: date, zone: ZoneInfo) -> Iterator[Occurrence]:
    """The evenings with *since* <= date <= *until*, computed on local dates (14 x 24 hours is wrong twice a year)."""
    period = timedelta(weeks=series.every_weeks)
    skipped = max(0, -((series.first - since) // period))
    day = series.first + skipped * period
    while day <= until:
        ends_on = day if series.ends > series.starts else day + timedelta(days=1)
        yield Occurrence(day, to_utc(day, series.starts, zone), to_utc(ends_on, series.ends, zone))
        day += period

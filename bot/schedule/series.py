"""The evenings of one group: every so many weeks on the same weekday and wall time. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.schedule.local import to_utc


@dataclass(frozen=True, slots=True)
class Series:
    """*first* is the local date of the first evening, *until* the last day there can be one; none: it goes on.

    *starts* and *ends* are wall times.
    """

    first: date
    starts: time
    ends: time
    every_weeks: int = 2
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One evening: its local date (its name for ever) and its moments in UTC."""

    day: date
    starts_at: datetime
    ends_at: datetime


def days(series: Series, since: date, until: date) -> Iterator[date]:
    """The local dates with *since* <= date <= *until* (14 x 24 hours is wrong twice a year)."""
    period = timedelta(weeks=series.every_weeks)
    last = until if series.until is None else min(until, series.until)
    skipped = max(0, -((series.first - since) // period))
    day = series.first + skipped * period
    while day <= last:
        yield day
        day += period


def occurrences(series: Series, since: date, until: date, zone: ZoneInfo) -> Iterator[Occurrence]:
    """The evenings with *since* <= date <= *until*."""
    for day in days(series, since, until):
        yield Occurrence(day, *span(day, series.starts, series.ends, zone))


def span(day: date, starts: time, ends: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Begin and end (UTC) of an evening of a local day; one that ends before it starts ends the day after."""
    ends_on = day if ends > starts else day + timedelta(days=1)
    return to_utc(day, starts, zone), to_utc(ends_on, ends, zone)


def overlap(one: Series, other: Series) -> date | None:
    """The first day on which both would have an evening; none when there is no such day."""
    since = max(one.first, other.first)
    # After this many weeks both begin anew in step, so whatever they share lies before.
    until = since + timedelta(weeks=math.lcm(one.every_weeks, other.every_weeks))
    return min(set(days(one, since, until)) & set(days(other, since, until)), default=None)

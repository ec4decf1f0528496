"""Hours in which a youngster is left alone, and where a moment goes that falls into them. Pure.

Source of the hours: care research 1.13. School holidays come with the programme issue; until then school hours hold
on every weekday, which errs on the quiet side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.age import Band
from bot.schedule.hours import Span
from bot.schedule.local import to_utc

Kind = Literal["announces", "asks"]
"""Something that announces moves earlier out of the quiet; something that asks about the past moves later."""

SCHOOL: Span = (time(8, 30), time(15))
_MONDAY_TO_FRIDAY = range(5)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The nightly spans per band; school hours come on top for who is under 18."""

    under18: Span
    adult: Span

    def of(self, band: Band) -> Span:
        return self.under18 if band == "under18" else self.adult


def spans(
    around: datetime, band: Band, quiet: QuietHours, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """The quiet spans (UTC) of the days around a moment, in order."""
    today = around.astimezone(zone).date()
    for shift in range(-2, 4):
        day = today + timedelta(days=shift)
        start, end = quiet.of(band)
        ends_on = day if end > start else day + timedelta(days=1)
        yield to_utc(day, start, zone), to_utc(ends_on, end, zone)
        if band == "under18" and day.weekday() in _MONDAY_TO_FRIDAY:
            yield to_utc(day, SCHOOL[0], zone), to_utc(day, SCHOOL[1], zone)


def is_quiet(moment: datetime, band: Band, quiet: QuietHours, zone: ZoneInfo) -> bool:
    """Whether *moment* falls into quiet (or school) hours."""
    return any(start <= moment < end for start, end in spans(moment, band, quiet, zone))


def out_of_night(moment: datetime, band: Band, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """*moment*, or the morning after when it falls into the night: for what may come in school hours."""
    today = moment.astimezone(zone).date()
    start, end = quiet.of(band)
    for shift in (-1, 0):
        day = today + timedelta(days=shift)
        ends = to_utc(day if end > start else day + timedelta(days=1), end, zone)
        if to_utc(day, start, zone) <= moment < ends:
            return ends
    return moment


def moved(moment: datetime, kind: Kind, band: Band, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """*moment*, or the nearest moment outside quiet hours: earlier for what announces, later for what asks."""
    for _ in range(10):
        hit = next(((s, e) for s, e in spans(moment, band, quiet, zone) if s <= moment < e), None)
        if hit is None:
            return moment
        moment = hit[1] if kind == "asks" else hit[0] - timedelta(minutes=1)
    raise ValueError("quiet hours leave no moment free")

"""Hours in which a youngster is left alone, and where a moment goes that falls into them. Pure.

Source of the hours: care research 1.13. School hours hold for who is under 18 on every weekday that is no holiday of
the schools in their region; without a region they hold on every weekday, which errs on the quiet side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.age import Band
from bot.schedule.hours import Span
from bot.schedule.local import to_utc
from bot.schedule.own_moments import OwnMoments
from bot.schedule.school import Region, is_free

Kind = Literal["announces", "asks"]
"""Something that announces moves earlier out of the quiet; something that asks about the past moves later."""

SCHOOL: Span = (time(8, 30), time(15))
_MONDAY_TO_FRIDAY = range(5)
MOST_STEPS = 60
"""Somebody who chose one part of the weekend is five whole days of parts and nights away from it."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The nightly spans per band; school hours come on top for who is under 18.

    *region* says when schools are closed. *own* are the moments somebody chose: the rest of the week is quiet as well.
    """

    under18: Span
    adult: Span
    region: Region | None = None
    own: OwnMoments | None = None

    def of(self, band: Band) -> Span:
        usual = self.under18 if band == "under18" else self.adult
        return self.own.night(usual, band) if self.own else usual

    def with_own(self, own: OwnMoments | None, band: Band, zone: ZoneInfo, now: datetime) -> QuietHours:
        """These hours for somebody with moments of their own, unless those leave no moment free at all."""
        wanted = replace(self, own=own)
        return wanted if own is None or leaves_room(wanted, band, zone, now) else replace(self, own=None)


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
        if band == "under18" and is_school_day(day, quiet.region):
            yield to_utc(day, SCHOOL[0], zone), to_utc(day, SCHOOL[1], zone)
        if quiet.own is not None:
            yield from quiet.own.closed(day, zone)


def is_school_day(day: date, region: Region | None) -> bool:
    """Whether school hours hold on *day*."""
    return day.weekday() in _MONDAY_TO_FRIDAY and not (region is not None and is_free(day, region))


def leaves_room(quiet: QuietHours, band: Band, zone: ZoneInfo, now: datetime) -> bool:
    """Whether there is a moment in these hours that is free, looking both ways."""
    try:
        moved(now, "asks", band, quiet, zone)
        moved(now, "announces", band, quiet, zone)
    except ValueError:
        return False
    return True


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
    for _ in range(MOST_STEPS):
        hit = next(((s, e) for s, e in spans(moment, band, quiet, zone) if s <= moment < e), None)
        if hit is None:
            return moment
        moment = hit[1] if kind == "asks" else hit[0] - timedelta(minutes=1)
    raise ValueError("quiet hours leave no moment free")

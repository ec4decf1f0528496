"""Holidays and who reads then: which holiday can be planned, and on which days a youngster has no reader. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.schedule.hours import WorkingHours
from bot.schedule.local import to_utc

ASK_BEFORE = timedelta(days=14)
"""So long before a holiday the question is who reads, and no admission looks past it."""
AGAIN_BEFORE = timedelta(days=7)
"""So long before it the question comes once more, and youngsters hear of it in any case."""
LONGEST = timedelta(days=70)
FURTHEST = timedelta(days=400)
_JUST_BEFORE = timedelta(minutes=1)

Problem = Literal["past", "backwards", "long", "far", "overlap"]


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Local days from *first* to *last*, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def meets(self, other: Stretch) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Cover:
    """*reader_id* stands in for *away_id* on these days, besides the second professional of each youngster."""

    away_id: int
    stretch: Stretch
    reader_id: int


@dataclass(frozen=True, slots=True)
class Split:
    """*first* reads until the day before *on*, *second* from then."""

    first: int
    second: int
    on: date


def problem(wanted: Stretch, today: date, others: Iterable[Stretch]) -> Problem | None:
    """Why a holiday cannot be planned; none when it can. *others* are the holidays of the same person."""
    if wanted.last < wanted.first:
        return "backwards"
    if wanted.first <= today:
        return "past"
    if wanted.last - wanted.first >= LONGEST:
        return "long"
    if wanted.first - today > FURTHEST:
        return "far"
    return "overlap" if any(wanted.meets(other) for other in others) else None


def may_change(wanted: Stretch, before: Stretch, today: date, others: Iterable[Stretch]) -> Problem | None:
    """The same for a holiday that gets other days: one that runs keeps the day it began, and ends today or later."""
    if before.first <= today and wanted.first == before.first:
        if wanted.last < today:
            return "backwards"
        return "overlap" if any(wanted.meets(other) for other in others) else None
    return problem(wanted, today, others)


def workdays(days: Stretch, hours: WorkingHours, zone: ZoneInfo) -> dict[date, datetime]:
    """The local days on which staff work, each with the last minute at which they do."""
    found = {}
    for shift in range((days.last - days.first).days + 1):
        day = days.first + timedelta(days=shift)
        span = hours.get(day.weekday())
        if span is not None:
            found[day] = to_utc(day, span[1], zone) - _JUST_BEFORE
    return found


def away_on(days: Mapping[date, datetime], absences: Sequence[tuple[datetime, datetime]]) -> frozenset[date]:
    """The days at the end of which somebody is away: who comes back at noon still reads that day."""
    return frozenset(
        day for day, moment in days.items() if any(begins <= moment < ends for begins, ends in absences)
    )


def readers_on(day: date, pair: Sequence[int], covers: Iterable[Cover]) -> tuple[int, ...]:
    """Who is asked to read that day, in order: each of *pair*, then who stands in for them."""
    there = [one for one in covers if day in one.stretch]
    asked = [
        number for own in pair for number in (own, *(one.reader_id for one in there if one.away_id == own))
    ]
    return tuple(dict.fromkeys(asked))


def unread(
    days: Iterable[date],
    pair: Sequence[int],
    away: Mapping[int, Collection[date]],
    covers: Sequence[Cover] = (),
) -> tuple[date, ...]:
    """The *days* on which nobody reads what a youngster of *pair* sends. *away*: by number, who is not there when."""
    return tuple(
        day for day in days if all(day in away.get(reader, ()) for reader in readers_on(day, pair, covers))
    )


def is_there(number: int, days: Collection[date], away: Mapping[int, Collection[date]]) -> bool:
    """Whether somebody is there on every one of *days*."""
    return not set(days) & set(away.get(number, ()))


def split(
    working: Sequence[date], staff: Sequence[int], away: Mapping[int, Collection[date]]
) -> Split | None:
    """How two of *staff* could divide the *working* days, in order; the first of them as long as can be. None: not."""
    for length in range(len(working) - 1, 0, -1):
        ahead, rest = working[:length], working[length:]
        for first in (number for number in staff if is_there(number, ahead, away)):
            for second in (number for number in staff if number != first and is_there(number, rest, away)):
                return Split(first, second, rest[0])
    return None


def runs(days: Iterable[date], working: Sequence[date]) -> tuple[Stretch, ...]:
    """*days* as stretches: a weekend between two working days breaks none. *working*: every working day, in order."""
    found: list[Stretch] = []
    place = {day: number for number, day in enumerate(working)}
    for day in sorted(days):
        last = found[-1].last if found else None
        if last is not None and place.get(last, -2) + 1 == place.get(day, -9):
            found[-1] = Stretch(found[-1].first, day)
        else:
            found.append(Stretch(day, day))
    return tuple(found)

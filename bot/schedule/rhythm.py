"""Another weekday or time for a group that runs: from which evening, in which week, and what stands beside it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.schedule.evenings import Calendar, Evening, evening
from bot.schedule.series import Series, days, overlap, span

Refusal = Literal["same", "over", "past", "late", "clash", "ended", "later"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The evening of *since* is the first that is not on its old day; *first* is the first evening of the new series.

    *was* and *became* are all series of the group, before and after.
    """

    since: date
    first: date
    was: tuple[Series, ...]
    became: tuple[Series, ...]

    @property
    def new(self) -> Series:
        return next(one for one in self.became if one.first == self.first)

    @property
    def edge(self) -> date:
        """From this day on the group meets otherwise."""
        return min(self.since, self.first)

    def names(self, one: Evening) -> bool:
        """Whether it is an evening of the new series: not one that somebody added apart."""
        return not one.extra and any(days(self.new, one.day, one.day))


def of_day(series: tuple[Series, ...], day: date) -> Series | None:
    """The series with an evening on that day."""
    return next((one for one in series if any(days(one, day, day))), None)


def firsts(old: Series, since: date, weekday: int) -> list[date]:
    """The days on which the new series can begin so that no stretch without evenings gets long: one for each week."""
    width = timedelta(weeks=old.every_weeks)
    begin = since - timedelta(days=(width.days - 1) // 2)
    every = (begin + timedelta(days=shift) for shift in range(width.days))
    return [day for day in every if day.weekday() == weekday]


def turned(series: tuple[Series, ...], since: date, first: date, starts: time, ends: time) -> Rhythm | None:
    """What it is when the evening of *since* and all after it follow *first*; none when there is no such evening."""
    old = of_day(series, since)
    if old is None:
        return None
    new = Series(first, starts, ends, old.every_weeks, old.until)
    kept = [one for one in series if one != old]
    if old.first < since:
        kept.append(replace(old, until=since - timedelta(days=1)))
    return Rhythm(since, first, series, tuple(sorted((*kept, new), key=lambda one: one.first)))


def refusal(wanted: Rhythm, zone: ZoneInfo, now: datetime, later: Rhythm | None = None) -> Refusal | None:
    """Why a group cannot go on like this; none when it can. *later*: what was decided before, if that holds."""
    old, new = of_day(wanted.was, wanted.since), wanted.new
    if old is None or span(wanted.since, old.starts, old.ends, zone)[0] <= now:
        return "over"
    if later is not None and wanted.since < later.edge:
        return "later"
    if (new.first, new.starts, new.ends) == (wanted.since, old.starts, old.ends):
        return "same"
    if new.ends <= new.starts:
        return "late"
    if span(new.first, new.starts, new.ends, zone)[0] <= now:
        return "past"
    if new.until is not None and new.until < new.first:
        return "ended"
    others = (one for one in wanted.became if one != new)
    return "clash" if any(overlap(new, one) is not None for one in others) else None


def apart(calendar: Calendar, wanted: Rhythm, zone: ZoneInfo, now: datetime) -> list[Evening]:
    """The coming evenings that somebody moved, added or held apart: they stay as they are."""
    after = replace(calendar, series=wanted.became)
    found = (evening(after, day, zone) for day in _changed(calendar, wanted))
    return sorted(
        (one for one in found if one is not None and one.is_held and one.starts_at > now),
        key=lambda one: one.starts_at,
    )


def lost(calendar: Calendar, wanted: Rhythm, zone: ZoneInfo, now: datetime) -> list[Evening]:
    """The coming evenings that somebody called off or put on a free day, and that the new series does not have."""
    after = replace(calendar, series=wanted.became)
    found = (
        evening(calendar, day, zone)
        for day in _changed(calendar, wanted)
        if evening(after, day, zone) is None
    )
    return sorted(
        (one for one in found if one is not None and one.starts_at > now), key=lambda one: one.starts_at
    )


def _changed(calendar: Calendar, wanted: Rhythm) -> set[date]:
    return {one.day for one in calendar.changes if max(one.day, one.to or one.day) >= wanted.edge}

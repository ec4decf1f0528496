"""Who hears of an alert next, and when: care research 3.4, as issue 3 has it. Pure.

Level p1 (now): the main professional; the backup when nobody acknowledged in 5 minutes; the coordinators after 10;
after 15 the operator's alarm and everybody on duty, and again every 15 minutes. Level p2 the same in working hours,
on a clock of hours. Level p3 has no clock. Whoever is blocked, away or excluded is passed at once: the next one takes
the moment that came free.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.schedule.hours import WorkingHours
from bot.schedule.local import to_utc
from bot.schedule.reading import is_working, next_reading

Level = Literal["p1", "p2", "p3"]
Rungs = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """After how many minutes without an acknowledgement the next are asked.

    *everybody*: the alarm rings and all are asked at once; *again*: how often that is repeated. *acknowledged*: how
    long an acknowledgement may stand before the chain begins anew.
    """

    second: int
    third: int
    everybody: int
    again: int
    acknowledged: int


@dataclass(frozen=True, slots=True)
class Escalation:
    """The minutes of both clocks, and how long the second reader has."""

    p1: Minutes = Minutes(5, 10, 15, 15, 60)
    p2: Minutes = Minutes(120, 240, 480, 480, 480)
    second_read: timedelta = timedelta(hours=72)

    def of(self, level: Level) -> Minutes:
        """The minutes of a level that has a clock."""
        return self.p1 if level == "p1" else self.p2


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody who may be asked about one youngster; *gone* are those no message reaches now."""

    main: int | None = None
    backup: int | None = None
    coordinators: tuple[int, ...] = ()
    confidants: tuple[int, ...] = ()
    on_duty: tuple[int, ...] = ()
    gone: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Clock:
    """How minutes pass: *working* counts working hours only; *covered* says that somebody is on call outside them."""

    hours: WorkingHours
    zone: ZoneInfo
    working: bool
    covered: bool

    def after(self, moment: datetime, minutes: int) -> datetime:
        """The moment at which so many minutes have passed."""
        if not self.working:
            return moment + timedelta(minutes=minutes)
        left = timedelta(minutes=minutes)
        begins = next_reading(moment, self.hours, self.zone)
        while begins + left > (ends := _end_of_work(begins, self.hours, self.zone)):
            left -= ends - begins
            begins = next_reading(ends, self.hours, self.zone)
        return begins + left

    def repeated(self, moment: datetime, minutes: int) -> datetime:
        """The same for what is said again: outside working hours only when somebody is on call."""
        later = self.after(moment, minutes)
        return later if self.covered else next_reading(later, self.hours, self.zone)


@dataclass(frozen=True, slots=True)
class Call:
    """*to* are asked at *at*. *everybody*: nobody acknowledged in the maximum time, so the alarm rings as well."""

    at: datetime
    to: tuple[int, ...]
    everybody: bool


def on_call_now(team: Team, excluded: Collection[int]) -> bool:
    """Whether somebody on the roster can be reached."""
    return bool(left(team.on_duty, team, excluded))


def rungs(team: Team, *, working: bool, about_staff: bool, excluded: Collection[int]) -> Rungs:
    """Who is asked first, second and third; a rung may be empty.

    Outside working hours whoever is on call comes first. What is about staff, or passes somebody by, goes to the
    confidant before the coordinator.
    """
    tried: Sequence[Sequence[int | None]]
    on_duty = left(team.on_duty, team, excluded)
    if not working and on_duty:
        tried = (on_duty[:1], on_duty[1:] or (team.confidants if about_staff else ()), team.coordinators)
    elif about_staff:
        tried = (team.confidants, team.coordinators, ())
    elif {team.main, team.backup} & set(excluded):
        tried = ((team.main, team.backup), team.confidants, team.coordinators)
    else:
        tried = ((team.main,), (team.backup,), team.coordinators)
    if not any(left(rung, team, excluded) for rung in tried):
        # Nobody of these can be reached: whoever is on call, or the confidant, before nobody at all.
        tried = (on_duty[:1], on_duty[1:], team.confidants)
    asked: list[int] = []
    found = []
    for rung in tried:
        new = tuple(one for one in left(rung, team, excluded) if one not in asked)
        asked += new
        found.append(new)
    return tuple(found)


def timetable(found: Rungs, minutes: Minutes) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Minute and people of every rung that is not empty; it takes the earliest minute that is free."""
    table = []
    free = None
    for minute, rung in zip((0, minutes.second, minutes.third), found, strict=True):
        free = minute if free is None else free
        if rung:
            table.append((free, rung))
            free = None
    return tuple(table)


def next_call(
    found: Rungs,
    everybody: tuple[int, ...],
    minutes: Minutes,
    clock: Clock,
    *,
    began: datetime,
    asked: Collection[int],
    rounds: Sequence[datetime],
) -> Call:
    """What happens next: *asked* were asked since *began*; *rounds* are the moments at which everybody was."""
    if rounds:
        return Call(clock.repeated(rounds[-1], minutes.again), everybody, True)
    table = timetable(found, minutes)
    for minute, rung in table:
        new = tuple(one for one in rung if one not in asked)
        if new:
            return Call(clock.after(began, minute), new, False)
    return Call(clock.after(began, minutes.everybody if table else 0), everybody, True)


def everybody_of(found: Rungs, team: Team, excluded: Collection[int]) -> tuple[int, ...]:
    """All who are asked together when nobody acknowledged: every rung, and whoever is on call."""
    together = [one for rung in found for one in rung]
    return tuple(dict.fromkeys((*together, *left(team.on_duty, team, excluded))))


def begins(level: Level, clock: Clock, now: datetime) -> datetime:
    """From when the minutes count: at once, or when staff next begin to read."""
    if is_working(now, clock.hours, clock.zone) or (level == "p1" and clock.covered):
        return now
    return next_reading(now, clock.hours, clock.zone)


def next_working_day(now: datetime, hours: WorkingHours, zone: ZoneInfo) -> datetime:
    """When work begins on the first working day after today."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return next_reading(to_utc(tomorrow, time(0), zone), hours, zone)


def left(people: Sequence[int | None], team: Team, excluded: Collection[int]) -> tuple[int, ...]:
    """Those of *people* who are neither gone nor excluded."""
    return tuple(one for one in people if one is not None and one not in team.gone and one not in excluded)


def _end_of_work(moment: datetime, hours: WorkingHours, zone: ZoneInfo) -> datetime:
    here = moment.astimezone(zone)
    return to_utc(here.date(), hours[here.weekday()][1], zone)

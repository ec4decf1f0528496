"""What becomes of the evenings of a group: holidays, a summer stop, and what people changed about one of them. Pure.

The name of an evening is its original local date, for ever: also when it was moved. Changes about one evening lie on
top of each other; undoing takes the topmost away, and what was below holds again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.schedule.school import Region, is_public, is_school_holiday
from bot.schedule.series import Series, days, span

Policy = Literal["skip", "meet"]
"""What a group does in school holidays. On public holidays no group meets, unless somebody says so."""
Kind = Literal["cancelled", "moved", "extra", "held"]
"""*held*: they meet although it is a holiday or the summer stop."""
State = Literal["planned", "moved", "cancelled", "school", "public", "stopped"]
HELD: tuple[State, ...] = ("planned", "moved")
"""States of an evening on which people meet."""
Refusal = Literal["past", "clash", "same", "over", "nothing"]


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody changed about the evening *day*. *to*, *starts*, *ends*: when it is instead; for moved and extra.

    *location*: the number of another place; none for the usual one, or where an earlier change put it.
    """

    kind: Kind
    day: date
    to: date | None = None
    starts: time | None = None
    ends: time | None = None
    location: int | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """No evenings from *since* until and including *until*."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything that decides when a group meets. *changes* are those that hold, oldest first."""

    series: tuple[Series, ...] = ()
    changes: tuple[Change, ...] = ()
    stops: tuple[Stop, ...] = ()
    policy: Policy = "meet"
    region: Region = "midden"


@dataclass(frozen=True, slots=True)
class Evening:
    """*day* is its name, *on* the local date it is held on; *state* says whether people meet, and if not why."""

    day: date
    on: date
    state: State
    starts_at: datetime
    ends_at: datetime
    location: int | None = None
    extra: bool = False

    @property
    def is_held(self) -> bool:
        return self.state in HELD


def ending(calendar: Calendar, last: date) -> Calendar:
    """The same with no evening after *last*: one that was moved to a later day does not go on."""
    ended = [replace(one, until=min(one.until or last, last)) for one in calendar.series if one.first <= last]
    changes = [
        one if max(one.day, one.to or one.day) <= last else Change("cancelled", one.day)
        for one in calendar.changes
        if one.day <= last and not (one.kind == "extra" and (one.to or one.day) > last)
    ]
    return replace(calendar, series=tuple(ended), changes=tuple(changes))


def evenings(calendar: Calendar, since: date, until: date, zone: ZoneInfo) -> list[Evening]:
    """Every evening that is named or held between both days, in the order in which they are held."""
    names = {change.day for change in calendar.changes}
    for series in calendar.series:
        names.update(days(series, since, until))
    found = [one for name in names if (one := evening(calendar, name, zone)) is not None]
    taken = {one.on for one in found if one.is_held and (one.on != one.day or one.extra)}
    return sorted(
        (
            one
            for one in found
            if (since <= one.day <= until or since <= one.on <= until)
            # Somebody chose that day for another evening; two on one day there never are.
            and not (one.state == "planned" and not one.extra and one.on == one.day and one.on in taken)
        ),
        key=lambda one: (one.starts_at, one.day),
    )


def evening(calendar: Calendar, day: date, zone: ZoneInfo) -> Evening | None:
    """What became of the evening with this name; none when there is no such evening."""
    found = _regular(calendar, day, zone)
    for change in calendar.changes:
        if change.day == day:
            found = _changed(found, change, zone)
    return found


def without(calendar: Calendar, change: Change) -> Calendar:
    """The calendar before *change*, the newest one about its evening, was made."""
    changes = list(calendar.changes)
    for place in reversed(range(len(changes))):
        if changes[place] == change:
            del changes[place]
            break
    return replace(calendar, changes=tuple(changes))


def refusal(calendar: Calendar, change: Change, zone: ZoneInfo, now: datetime) -> Refusal | None:
    """Why *change* cannot be made at this moment; none when it can."""
    before = evening(calendar, change.day, zone)
    if change.kind == "extra" and before is not None:
        return "clash"
    if change.kind != "extra":
        if before is None:
            return "nothing"
        if before.starts_at <= now:
            return "over"
    after = evening(replace(calendar, changes=(*calendar.changes, change)), change.day, zone)
    if after is None:
        return "nothing"
    if (
        before is not None
        and replace(after, state=before.state) == before
        and after.is_held == before.is_held
    ):
        return "same"
    if after.is_held and after.starts_at <= now:
        return "past"
    return "clash" if after.is_held and _is_taken(calendar, after, zone) else None


def undo_refusal(calendar: Calendar, change: Change, zone: ZoneInfo) -> Refusal | None:
    """Why *change*, the newest about its evening, cannot be taken back: another evening has the day it goes back to."""
    after = evening(without(calendar, change), change.day, zone)
    return "clash" if after is not None and after.is_held and _is_taken(calendar, after, zone) else None


def _is_taken(calendar: Calendar, wanted: Evening, zone: ZoneInfo) -> bool:
    """Whether the group meets on that day for another evening."""
    near = evenings(calendar, wanted.on, wanted.on, zone)
    return any(one.is_held and one.on == wanted.on and one.day != wanted.day for one in near)


def standing(calendar: Calendar, stop: Stop, zone: ZoneInfo) -> list[Evening]:
    """The evenings within *stop* that would go on all the same: somebody moved them there, or made them apart."""
    after = replace(calendar, stops=(*calendar.stops, stop))
    found = evenings(after, stop.since, stop.until, zone)
    return [one for one in found if one.is_held and stop.since <= one.on <= stop.until]


def stop_refusal(stops: Iterable[Stop], one: Stop, today: date) -> Refusal | None:
    """Why a summer stop cannot be kept."""
    if one.until < one.since:
        return "nothing"
    if one.until < today:
        return "past"
    return "clash" if any(other.since <= one.until and one.since <= other.until for other in stops) else None


def next_after(calendar: Calendar, day: date, zone: ZoneInfo, within: timedelta) -> Evening | None:
    """The first evening on which people meet after a local date."""
    found = evenings(calendar, day + timedelta(days=1), day + within, zone)
    return next((one for one in found if one.is_held and one.on > day), None)


def free_because(calendar: Calendar, day: date) -> State:
    """Whether a group meets on an ordinary evening of that day: ``planned``, or why not."""
    if any(stop.since <= day <= stop.until for stop in calendar.stops):
        return "stopped"
    if is_public(day):
        return "public"
    if calendar.policy == "skip" and is_school_holiday(day, calendar.region):
        return "school"
    return "planned"


def _regular(calendar: Calendar, day: date, zone: ZoneInfo) -> Evening | None:
    series = next((one for one in calendar.series if any(days(one, day, day))), None)
    if series is None:
        return None
    return Evening(day, day, free_because(calendar, day), *span(day, series.starts, series.ends, zone))


def _changed(found: Evening | None, change: Change, zone: ZoneInfo) -> Evening | None:
    match change.kind:
        case "cancelled":
            return replace(found, state="cancelled") if found else None
        case "held":
            state: State = "planned" if found and found.on == found.day else "moved"
            return replace(found, state=state) if found else None
        case "moved" | "extra":
            if change.starts is None or change.ends is None:
                return found
            on = change.to or change.day
            location = change.location if change.location is not None else (found.location if found else None)
            extra = change.kind == "extra" or (found is not None and found.extra)
            held: State = "planned" if change.kind == "extra" else "moved"
            return Evening(change.day, on, held, *span(on, change.starts, change.ends, zone), location, extra)

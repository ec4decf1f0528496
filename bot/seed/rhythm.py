"""When a group meets, as a seed file says it: series, exceptions, summer stops. What is wrong is noted. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import cast, get_args
from zoneinfo import ZoneInfo

from bot.schedule.evenings import Calendar, Change, Kind, Policy, Stop, refusal, stop_refusal
from bot.schedule.school import Region
from bot.schedule.series import Series, overlap
from bot.seed.fields import Fields, Notes
from bot.seed.plan import Special, SummerStop
from bot.seed.problems import meant

SERIES = ("first_date", "until", "weekday", "starts", "ends", "every_weeks")
EXCEPTION = ("date", "kind", "to", "starts", "ends", "location", "reason")
SUMMER_STOP = ("from", "until", "message")
WEEKDAYS: Mapping[str, int] = {
    name: number
    for week in (
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
    for number, name in enumerate(week)
}
HARMLESS = Series(date.min, time(19), time(22))
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
_ANY = ZoneInfo("UTC")
_REFUSED = {
    "clash": ("to", "the group already meets that day"),
    "same": ("kind", "changes nothing: that evening is held as it is"),
    "nothing": ("date", "the group has no evening that day"),
}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a group meets."""

    series: tuple[Series, ...]
    exceptions: tuple[Special, ...]
    stops: tuple[SummerStop, ...]


def read(
    group: Fields, notes: Notes, policy: Policy, region: Region, locations: Sequence[str], *, needed: bool
) -> Rhythm:
    """The tables under a group. Without a series there are no evenings: that is noted when one is *needed*."""
    several = _several(group, notes, "series", SERIES)
    if not several and needed and not group.has("series"):
        group.wrong("series", "is missing")
    series = [_series(one) for one in several]
    _apart(several, series)
    usable = tuple(one for one in series if one is not HARMLESS)
    stops = list(_stops(group, notes))
    calendar = Calendar(usable, (), tuple(one.stop for one in stops), policy, region)
    whole = len(usable) == len(series) > 0
    exceptions = tuple(_exceptions(group, notes, calendar, locations, whole=whole))
    return Rhythm(tuple(series) or (HARMLESS,), exceptions, tuple(stops))


def _several(group: Fields, notes: Notes, name: str, known: tuple[str, ...]) -> list[Fields]:
    """One table or a list of them; with one its place carries no number."""
    if not group.has(name):
        return []
    found = group.tables(name)
    places = [f"{group.place}.{name}"]
    if len(found) > 1:
        places = [f"{group.place}.{name} number {number}" for number in range(1, len(found) + 1)]
    fields = [Fields(place, values, notes) for place, values in zip(places, found, strict=False)]
    for one in fields:
        one.only(known)
    return fields


def _series(one: Fields) -> Series:
    first, starts, ends = one.day("first_date"), one.wall_time("starts"), one.wall_time("ends")
    until = one.day("until") if one.has("until") else None
    weeks = one.number("every_weeks", 1, 8, 2)
    weekday = one.text("weekday", needed=False).lower()
    if weekday and weekday not in WEEKDAYS:
        one.wrong("weekday", f'"{weekday}" is no day of the week; {meant(weekday, WEEKDAYS)}')
    elif weekday and first and first.weekday() != WEEKDAYS[weekday]:
        one.wrong("weekday", f"{first} is a {_day_name(first, like=weekday)}, not a {weekday}")
    if starts and ends and ends <= starts:
        one.wrong("ends", "should be later than starts, on the same evening")
    if first and until and until < first:
        one.wrong("until", f"should not be before first_date ({first})")
        until = None
    return Series(first, starts, ends, weeks, until) if first and starts and ends else HARMLESS


def _apart(fields: Sequence[Fields], series: Sequence[Series]) -> None:
    """Two evenings on one day there never are."""
    for later, (one, field) in enumerate(zip(series, fields, strict=True)):
        for earlier in range(later):
            day = overlap(series[earlier], one) if HARMLESS not in (series[earlier], one) else None
            if day is not None:
                field.wrong("first_date", f"overlaps with series number {earlier + 1}: both meet on {day}")


def _exceptions(
    group: Fields, notes: Notes, calendar: Calendar, locations: Sequence[str], *, whole: bool
) -> Iterator[Special]:
    named: set[date] = set()
    for one in _several(group, notes, "exception", EXCEPTION):
        day, kind = one.day("date"), one.one_of("kind", get_args(Kind))
        where = one.one_of("location", locations) if one.has("location") else ""
        reason = one.text("reason", needed=False)
        to = one.day("to") if one.has("to") else None
        starts = one.wall_time("starts") if one.has("starts") else None
        ends = one.wall_time("ends") if one.has("ends") else None
        if day is None or not kind:
            continue
        if day in named:
            one.wrong("date", "is used twice")
            continue
        named.add(day)
        change = _change(one, calendar, cast(Kind, kind), day, to, starts, ends)
        if change is None:
            continue
        # Any number but none: the place itself is known only to the database.
        elsewhere = replace(change, location=0) if where else change
        # With a series that could not be read nothing can be said about its evenings.
        why = refusal(calendar, elsewhere, _ANY, _LONG_AGO) if whole else None
        if why in _REFUSED:
            key, problem = _REFUSED[why]
            one.wrong("date" if key == "to" and to is None else key, problem)
        yield Special(change, where, reason)


def _change(
    one: Fields,
    calendar: Calendar,
    kind: Kind,
    day: date,
    to: date | None,
    starts: time | None,
    ends: time | None,
) -> Change | None:
    if kind in ("cancelled", "held"):
        for key in ("to", "starts", "ends", "location"):
            if one.has(key):
                one.wrong(key, f"has no place with kind {kind}")
        return Change(kind, day)
    if kind == "moved" and not any(one.has(key) for key in ("to", "starts", "ends", "location")):
        one.wrong("to", "is missing")
        return None
    if kind == "extra" and to is not None:
        one.wrong("to", "has no place with kind extra: date says when it is")
        return None
    usual = next(iter(calendar.series), HARMLESS)
    begin, end = starts or usual.starts, ends or usual.ends
    if end <= begin:
        one.wrong("ends" if one.has("ends") else "starts", "should be later than starts, on the same evening")
        return None
    return Change(kind, day, to or day, begin, end)


def _stops(group: Fields, notes: Notes) -> Iterator[SummerStop]:
    kept: list[Stop] = []
    for one in _several(group, notes, "summer_stop", SUMMER_STOP):
        since, until, message = one.day("from"), one.day("until"), one.text("message", needed=False)
        if since is None or until is None:
            continue
        wanted = Stop(since, until)
        match stop_refusal(kept, wanted, date.min):
            case "nothing":
                one.wrong("until", "should not be before from")
            case "clash":
                one.wrong("from", "overlaps with another summer_stop of this group")
            case _:
                kept.append(wanted)
                yield SummerStop(wanted, message)


def _day_name(day: date, *, like: str) -> str:
    names = list(WEEKDAYS)
    week = names[:7] if like in names[:7] else names[7:]
    return week[day.weekday()]

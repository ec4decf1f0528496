"""When a digest comes: daily, weekly or before the evening, as a professional chose. Local days in, moments out. Pure.

Whatever was chosen, it comes within working hours: a moment outside them moves to the nearest earlier hour of work
when it is to come before an evening, and a day off is left out otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.schedule.hours import WorkingHours
from bot.schedule.local import to_utc

Rhythm = Literal["daily", "weekly", "never"]
"""*never*: only before an evening, or when somebody looks."""
BEFORE_EVENING = timedelta(hours=3)
TO_READ = timedelta(hours=1)
"""What moves before the end of a working day leaves an hour to read it."""
LONGEST_BREAK = 14


@dataclass(frozen=True, slots=True)
class Wish:
    """*weekday* counts for a weekly digest; *at* is the wall time of a daily or weekly one."""

    rhythm: Rhythm
    weekday: int
    at: time
    evening: bool


def read(text: str | None, usual_at: time) -> Wish:
    """The wish as it was stored (``weekly:1@09:00+evening``); what cannot be read is the usual: daily."""
    usual = Wish("daily", 0, usual_at, evening=False)
    body, evening, _ = (text or "daily").partition("+evening")
    when, _, clock = body.partition("@")
    name, _, weekday = when.partition(":")
    try:
        at = time.fromisoformat(clock) if clock else usual_at
        day = int(weekday or 0)
    except ValueError:
        return usual
    match name:
        case "daily" | "never":
            return Wish(name, 0, at, bool(evening))
        case "weekly" if 0 <= day <= 6:
            return Wish("weekly", day, at, bool(evening))
        case _:
            return usual


def stored(wish: Wish) -> str:
    """The shortest text that `read` reads back as the same wish."""
    when = f"weekly:{wish.weekday}" if wish.rhythm == "weekly" else wish.rhythm
    return f"{when}@{wish.at:%H:%M}" + ("+evening" if wish.evening else "")


def moments(
    wish: Wish,
    days: Iterable[date],
    evenings: Mapping[str, datetime],
    hours: WorkingHours,
    zone: ZoneInfo,
) -> dict[str, datetime]:
    """When a digest comes on these local days and before these evenings, by the name of the occurrence.

    Two that would come at one moment are one.
    """
    found: dict[str, datetime] = {}
    for day in days:
        span = hours.get(day.weekday())
        wanted = wish.rhythm == "daily" or (wish.rhythm == "weekly" and day.weekday() == wish.weekday)
        if span is not None and wanted:
            found[day.isoformat()] = to_utc(day, _within(wish.at, span), zone)
    if wish.evening:
        for name, starts_at in evenings.items():
            moment = before(starts_at, hours, zone)
            if moment is not None and moment not in found.values():
                found[name] = moment
    return found


def before(starts_at: datetime, hours: WorkingHours, zone: ZoneInfo) -> datetime | None:
    """Three hours before an evening, or the last hour of work before that; none when nobody works for two weeks."""
    wanted = starts_at - BEFORE_EVENING
    here = wanted.astimezone(zone)
    for back in range(LONGEST_BREAK):
        day = here.date() - timedelta(days=back)
        span = hours.get(day.weekday())
        if span is None:
            continue
        first, last = to_utc(day, span[0], zone), to_utc(day, span[1], zone) - TO_READ
        if wanted >= first:
            return max(first, min(wanted, last))
    return None


def _within(wall: time, span: tuple[time, time]) -> time:
    """The wall time, or the first moment of work when it lies outside."""
    return wall if span[0] <= wall < span[1] else span[0]

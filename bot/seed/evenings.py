"""Coming evenings follow what the seed file says: several series, holidays, exceptions, summer stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.schedule.evenings import Change, Stop, refusal, standing, stop_refusal
from bot.schedule.school import Region, known_until
from bot.seed.plan import Group, Special
from bot.storage import calendars, changes
from bot.storage.schema_programme import series_exception, summer_stop

SAID = {
    "dropped": "is no longer planned",
    "cancelled": "was cancelled",
    "moved": "was moved",
    "planned": "was moved",
}
KNOWN_AHEAD = timedelta(days=180)
"""With fewer days of known school holidays ahead somebody has to look."""


def follow(
    conn: Connection, group_id: int, region: Region, zone: ZoneInfo, now: datetime, until: date | None = None
) -> list[str]:
    """Move or drop the coming evenings of a group; says which, and how many had already answered.

    Past ones stay as they were. Reminders that wait are taken away: looking ahead plans them anew.
    """
    calendars.lock(conn, group_id)
    calendar = calendars.calendar_of(conn, group_id, region)
    today = now.astimezone(zone).date()
    return [
        f"the evening of {one.local_date} {SAID[one.state]}; {one.answered} had answered: tell them yourself"
        for one in calendars.bring(conn, group_id, calendar, zone, now, until or today - timedelta(days=1))
    ]


def special(
    conn: Connection,
    group_id: int,
    group: Group,
    places: Mapping[str, int],
    region: Region,
    zone: ZoneInfo,
    now: datetime,
) -> tuple[int, list[str]]:
    """Keep the exceptions and stops that are new, each once: also one that was undone in the chat stays undone.

    How many were kept, and warnings about what cannot be any more.
    """
    calendars.lock(conn, group_id)
    kept, warnings = 0, []
    for one in group.exceptions:
        change = _located(one, places)
        if _was_there(conn, group_id, change):
            continue
        calendar = calendars.calendar_of(conn, group_id, region)
        why = refusal(calendar, change, zone, now)
        if why is not None:
            warnings.append(f"exception of {change.day}: {REFUSED[why]}; nothing was changed")
            continue
        changes.add(conn, group_id, change, one.reason, None, now)
        kept += 1
    for wanted in group.stops:
        if _stop_was_there(conn, group_id, wanted.stop):
            continue
        if wanted.stop.until < now.astimezone(zone).date():
            warnings.append(f"summer_stop from {wanted.stop.since}: it is over; nothing was changed")
            continue
        calendar = calendars.calendar_of(conn, group_id, region)
        if stop_refusal(calendar.stops, wanted.stop, date.min) is not None:
            warnings.append(
                f"summer_stop from {wanted.stop.since}: the group has another stop in these days;"
                " nothing was changed"
            )
            continue
        warnings += [
            f"summer_stop from {wanted.stop.since}: the evening of {one.on} goes on all the same, because"
            f" {'it was made apart' if one.extra else 'it was moved there'}; cancel that one too if it stops"
            for one in standing(calendar, wanted.stop, zone)
        ]
        changes.add(conn, group_id, wanted.stop, wanted.message, None, now)
        kept += 1
    return kept, warnings


REFUSED = {
    "past": "to: that moment is in the past",
    "clash": "to: the group already meets that day",
    "same": "it changes nothing",
    "over": "date: that evening is in the past",
    "nothing": "date: the group has no evening that day",
}


def remarks(group: Group, region: Region, today: date) -> list[str]:
    """What is not wrong, and still needs a person: series that are over, holidays nobody knows."""
    said = [
        f"series of {one.first}: until {one.until} is in the past; there are no more evenings"
        for one in group.series
        if one.until is not None and one.until < today
    ]
    known = known_until(region, today)
    if group.holidays == "skip" and known - today < KNOWN_AHEAD:
        said.append(f"holidays: the school holidays of region {region} are known until {known} only")
    return said


def _located(one: Special, places: Mapping[str, int]) -> Change:
    return replace(one.change, location=places[one.location]) if one.location else one.change


def _was_there(conn: Connection, group_id: int, change: Change) -> bool:
    table = series_exception
    query = select(table).where(
        table.c.group_id == group_id, table.c.local_date == change.day.isoformat(), table.c.made_by.is_(None)
    )
    return any(calendars.change_in(row) == change for row in conn.execute(query))


def _stop_was_there(conn: Connection, group_id: int, stop: Stop) -> bool:
    table = summer_stop
    query = select(table.c.id).where(
        table.c.group_id == group_id,
        table.c.since == stop.since.isoformat(),
        table.c.until == stop.until.isoformat(),
    )
    return conn.execute(query).first() is not None

"""A calendar file (.ics) of the evenings of a group, for any agenda. The names in it say nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

PRODUCT = "-//companion//meetings//NL"


@dataclass(frozen=True, slots=True)
class Entry:
    """One evening. *uid* never changes; *sequence* goes up with every change, so that agendas follow."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    place: str
    cancelled: bool


def uid(group_key: str, local_date: str) -> str:
    """The lasting name of an evening in agendas; it shows neither group nor place."""
    return f"{uuid5(NAMESPACE_URL, f'companion:{group_key}:{local_date}')}@companion"


def text(entries: Iterable[Entry], title: str, zone: ZoneInfo, now: datetime) -> str:
    """The file. Times are wall times in *zone*, whose rules go with it."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", zone.key)
    for one in entries:
        event = icalendar.Event()
        event.add("uid", one.uid)
        event.add("dtstamp", now)
        event.add("sequence", one.sequence)
        event.add("summary", title)
        event.add("dtstart", one.starts_at.astimezone(zone))
        event.add("dtend", one.ends_at.astimezone(zone))
        event.add("location", one.place)
        event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT" if one.cancelled else "OPAQUE")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made.decode()

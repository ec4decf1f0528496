"""When staff read: working hours on local days. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.schedule.hours import WorkingHours
from bot.schedule.local import to_utc


def is_working(moment: datetime, hours: WorkingHours, zone: ZoneInfo) -> bool:
    """Whether staff are at work at *moment*."""
    here = moment.astimezone(zone)
    span = hours.get(here.weekday())
    return span is not None and span[0] <= here.time() < span[1]


def next_reading(moment: datetime, hours: WorkingHours, zone: ZoneInfo) -> datetime:
    """*moment* itself inside working hours, else the moment at which they next begin.

    Raises ``ValueError`` when there are no working hours at all.
    """
    if is_working(moment, hours, zone):
        return moment
    today = moment.astimezone(zone).date()
    for shift in range(8):
        day = today + timedelta(days=shift)
        span = hours.get(day.weekday())
        if span is not None:
            begins = to_utc(day, span[0], zone)
            if begins > moment:
                return begins
    raise ValueError("nobody ever works")

"""Between local wall time and UTC. Local time exists only in rules and wording; everything stored is UTC. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LONGEST_GAP = timedelta(hours=3)
_STEP = timedelta(minutes=1)


def to_utc(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The moment at which clocks in *zone* show *wall* on *day*.

    A time that is skipped (spring) becomes the first moment after the gap; one that comes twice (autumn) the first.
    """
    naive = datetime.combine(day, wall)
    wanted = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wanted.astimezone(zone).replace(tzinfo=None) == naive:
        return wanted
    moved = naive
    while moved < naive + _LONGEST_GAP:
        moved += _STEP
        moment = moved.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == moved:
            return moment
    raise ValueError(f"no such time in {zone.key}: {naive}")

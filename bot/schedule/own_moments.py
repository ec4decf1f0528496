"""The parts of the week in which somebody wants to be asked something. Pure.

A part only ever takes away from the hours that are free already; for who is 18 the two parts at the edge of the day
add to them. Source: care research 1.13: a youngster can widen the quiet, a minor never narrow it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.age import Band
from bot.schedule.hours import Span
from bot.schedule.local import to_utc

HOURS: dict[str, Span] = {
    "morning": (time(0), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(0)),
}
"""Parts of a day; quiet hours take from the first and the last. The last ends at midnight."""

WEEK = tuple(f"{days}_{part}" for days in ("weekday", "weekend") for part in HOURS)
"""What somebody ticks."""

EARLY, LATE = "early", "late"
FROM, UNTIL = time(7), time(0)
"""Who ticks one of these is also asked from seven o'clock, or until midnight. Only from 18 on."""

_SATURDAY = 5


def offered(band: Band) -> tuple[str, ...]:
    """The parts somebody may choose from."""
    return WEEK if band == "under18" else (*WEEK, EARLY, LATE)


@dataclass(frozen=True, slots=True)
class OwnMoments:
    """*parts* of the week that were ticked, each a name that `offered` gave."""

    parts: frozenset[str]

    def closed(self, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """The spans (UTC) of a local day that were not ticked."""
        days = "weekend" if day.weekday() >= _SATURDAY else "weekday"
        for part, (start, end) in HOURS.items():
            if f"{days}_{part}" not in self.parts:
                ends_on = day if end > start else day + timedelta(days=1)
                yield to_utc(day, start, zone), to_utc(ends_on, end, zone)

    def night(self, usual: Span, band: Band) -> Span:
        """The nightly quiet hours of somebody who ticked these; those of a minor stay as they are."""
        if band == "under18":
            return usual
        start, end = usual
        late = LATE in self.parts and start > end
        return (UNTIL if late else start, min(end, FROM) if EARLY in self.parts and end > UNTIL else end)

    def on_every_day(self) -> OwnMoments:
        """The same parts of the day on every day, for what comes on days that were chosen apart."""
        parts = {part.partition("_")[2] for part in self.parts & frozenset(WEEK)}
        return OwnMoments(
            self.parts | {f"{days}_{part}" for days in ("weekday", "weekend") for part in parts}
        )


def read(text: str, band: Band) -> OwnMoments | None:
    """What was kept, as far as somebody of this age may choose it; none when nothing of it holds."""
    return chosen(text.split(","), band)


def chosen(parts: Collection[str], band: Band) -> OwnMoments | None:
    """The same of what was ticked: at least one part of the week has to be."""
    found = frozenset(parts) & frozenset(offered(band))
    return OwnMoments(found) if found & frozenset(WEEK) else None

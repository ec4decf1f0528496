"""The days of going on alone: the goodbye, the questions afterwards, and when everything is erased. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEKS_OFFERED = (4, 8, 12)
AFTER_MONTHS = (3, 6)
"""When is asked how it goes, for who chose so."""
KEPT = timedelta(days=14)
"""From the last question, or from the goodbye when none was chosen, until the erasure."""
ANNOUNCED = timedelta(days=7)
"""How long before the erasure it is said again."""


@dataclass(frozen=True, slots=True)
class Ending:
    """*asks*: the days on which is asked how it goes."""

    goodbye_on: date
    asks: tuple[date, ...]
    erase_on: date

    @property
    def announce_on(self) -> date:
        return self.erase_on - ANNOUNCED


def ending(goodbye_on: date, *, aftercare: bool) -> Ending:
    """The days that follow from a goodbye."""
    asks = tuple(months_later(goodbye_on, count) for count in AFTER_MONTHS) if aftercare else ()
    return Ending(goodbye_on, asks, (asks[-1] if asks else goodbye_on) + KEPT)


def months_later(day: date, count: int) -> date:
    """The same day of the month, or the last one of a shorter month."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), first_after - timedelta(days=1))

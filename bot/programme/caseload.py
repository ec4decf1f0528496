"""The load of professionals as numbers: how many youngsters, how much is open, and how old that is. Pure.

No words and no names of youngsters come here; nobody is ranked: the order is that of the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

BOUNDS = (1, 3, 7)
"""Days from which on something stands in the next pile: today, 1 and 2 days, 3 to 6 days, 7 days and more."""


@dataclass(frozen=True, slots=True)
class Open:
    """Something that waits at a professional since a moment."""

    holder_id: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Load:
    """What one professional has. *oldest*: whole days; none when nothing is open."""

    person_id: int
    youngsters: int
    open: int
    oldest: int | None


def days(since: datetime, now: datetime) -> int:
    """Whole days, and never fewer than none: a clock that was put back makes nothing younger than new."""
    return max(0, (now - since).days)


def piles(waiting: Iterable[Open], now: datetime) -> tuple[int, ...]:
    """How many wait for how long, youngest pile first; the piles lie between ``BOUNDS``."""
    counted = [0] * (len(BOUNDS) + 1)
    for one in waiting:
        counted[sum(days(one.since, now) >= bound for bound in BOUNDS)] += 1
    return tuple(counted)


def oldest(waiting: Iterable[Open], now: datetime) -> int | None:
    """For how many days the oldest waits."""
    return max((days(one.since, now) for one in waiting), default=None)


def loads(
    staff: Sequence[int], youngsters: Iterable[int], waiting: Sequence[Open], now: datetime
) -> tuple[Load, ...]:
    """The load of each of *staff*, in that order. *youngsters*: whose each youngster is, one number for each."""
    whose = list(youngsters)
    found = []
    for number in staff:
        mine = [one for one in waiting if one.holder_id == number]
        found.append(Load(number, whose.count(number), len(mine), oldest(mine, now)))
    return tuple(found)

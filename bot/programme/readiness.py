"""How somebody manages on their own, rated by youngster and professional apart on one short list. Pure; no verdict.

The list follows what the programme works on: people, steps, places, asking for help, days, a dip, going on alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

ITEMS = ("talk", "reach", "place", "help", "days", "dip", "alone")
SCALE = ("no", "little", "mostly", "yes")
"""Four words, no numbers: from not yet to yes."""
EVERY = timedelta(weeks=12)
TOGETHER = timedelta(weeks=6)
"""Two lists filled in within this time are of the same round."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What both said about one item; none where nothing was said. *steps*: how far apart, 0 when one is missing."""

    item: str
    youth: str | None
    staff: str | None

    @property
    def steps(self) -> int:
        if self.youth is None or self.staff is None:
            return 0
        return abs(SCALE.index(self.youth) - SCALE.index(self.staff))


def kept(given: Mapping[str, object]) -> dict[str, str]:
    """What was answered of *given*: known items and known words only."""
    return {item: str(given[item]) for item in ITEMS if given.get(item) in SCALE}


def compare(youth: Mapping[str, str], staff: Mapping[str, str]) -> tuple[Pair, ...]:
    """Item by item, what differs most first, else in the order of the list."""
    pairs = [Pair(item, youth.get(item), staff.get(item)) for item in ITEMS]
    return tuple(sorted(pairs, key=lambda one: -one.steps))


def next_round(since: date, today: date) -> date:
    """The day of the next round, *today* or later: every twelve weeks after *since*, when somebody began."""
    done = max(0, (today - since).days)
    rounds = max(1, -(-done // EVERY.days))
    return since + rounds * EVERY

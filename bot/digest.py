"""The digest: who needs the professional, what moved, and how many are quiet. Pure; the order is the rule below.

1. Needs you: something waits to be opened or answered; alerts first, then a wish to talk, then the oldest.
2. Moved: lines of the fixed list since the last digest.
3. Quiet: everybody else, counted only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

URGENCY = {"alert": 0, "talk": 1, "contact": 1, "checkin": 2, "exercise": 2}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something of a youngster that is not handled."""

    youth_id: int
    kind: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of the fixed list."""

    youth_id: int
    kind: str
    value: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered line of the digest: a youngster, what waits (oldest first) and what moved (in order)."""

    youth_id: int
    waiting: tuple[Waiting, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """*needs* and *moved* are in the order they are shown; *quiet* is a number."""

    needs: tuple[Entry, ...]
    moved: tuple[Entry, ...]
    quiet: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (*self.needs, *self.moved)

    @property
    def is_empty(self) -> bool:
        return not self.entries


def digest(youth_ids: Sequence[int], waiting: Iterable[Waiting], moved: Iterable[Moved]) -> Digest:
    """Put what waits and what moved in order for one professional."""
    waits: dict[int, list[Waiting]] = {}
    for one in waiting:
        waits.setdefault(one.youth_id, []).append(one)
    lines: dict[int, list[Moved]] = {}
    for line in moved:
        lines.setdefault(line.youth_id, []).append(line)
    entries = [
        Entry(
            youth_id,
            tuple(sorted(waits.get(youth_id, ()), key=_urgency)),
            tuple(sorted(lines.get(youth_id, ()), key=lambda line: line.at)),
        )
        for youth_id in dict.fromkeys((*youth_ids, *waits))
    ]
    needs = sorted((one for one in entries if one.waiting), key=lambda one: _urgency(one.waiting[0]))
    changed = sorted(
        (one for one in entries if one.moved and not one.waiting),
        key=lambda one: one.moved[-1].at,
        reverse=True,
    )
    return Digest(tuple(needs), tuple(changed), len(entries) - len(needs) - len(changed))


def _urgency(one: Waiting) -> tuple[int, datetime]:
    return URGENCY.get(one.kind, len(URGENCY)), one.since

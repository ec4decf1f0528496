"""Quiet signals: of whom nothing was heard for long, or who was not there several evenings in a row. Pure.

A signal is a line in a list that a professional opens. It is no alarm: nothing goes out because of it, nothing is
written down, and the youngster is told nothing. Quiet is allowed; a pause is somebody's own choice and no signal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.programme.attendance import came


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many days without a word, or evenings missed in a row, somebody stands in the list."""

    silent_days: int
    missed: int


USUAL = Threshold(silent_days=21, missed=2)
DAYS_OFFERED = (7, 14, 21, 28, 42, 56)
MISSED_OFFERED = (1, 2, 3, 4)
LOOK_BACK = 8
"""How many evenings are counted at most."""


@dataclass(frozen=True, slots=True)
class Known:
    """*heard*: the local day of the last word or tap, else of the beginning; none for who has no account.

    *states*: attendance at the last evenings that were noted, newest first. *rests*: paused, halted, or gone.
    """

    heard: date | None
    states: Sequence[str]
    rests: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """What is past the threshold of the group; the other is none."""

    silent_days: int | None
    missed: int | None


def missed_in_a_row(states: Sequence[str]) -> int:
    """How many evenings in a row somebody was not there, the last one first."""
    there = came(states)
    return there.index(True) if True in there else len(there)


def signal(known: Known, threshold: Threshold, today: date) -> Signal | None:
    """What there is to see of one youngster; none when nothing is past the threshold."""
    if known.rests:
        return None
    days = (today - known.heard).days if known.heard is not None else 0
    missed = missed_in_a_row(known.states)
    found = Signal(
        days if days >= threshold.silent_days else None,
        missed if missed >= threshold.missed else None,
    )
    return found if found != Signal(None, None) else None

"""How many fit in a group, who takes a place, and who is next. Pure.

A group holds 15 at most (the programme's own description), and at least three so that an evening is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.programme.lifecycle import PLACE_TAKEN, Phase

MOST, LEAST = 15, 3
SIGN_OF_LIFE = timedelta(days=28)
"""How often somebody on the waiting list hears something, at the least."""
EARLY = timedelta(days=3)
"""It is sent before the promised day, so that a full week of other messages cannot break the promise."""


def taken(phases: Iterable[Phase | None]) -> int:
    """How many places are taken. Who is there without a recorded phase takes one as well: nobody is left out."""
    return sum(phase is None or phase in PLACE_TAKEN for phase in phases)


def free(capacity: int, phases: Iterable[Phase | None]) -> int:
    """How many places are free; none when there are too many already."""
    return max(0, capacity - taken(phases))


def takes_place(phase: Phase) -> bool:
    """Whether somebody in this phase needs a free place."""
    return phase in PLACE_TAKEN


def number_of(youth_id: int, waiting: Sequence[int]) -> int | None:
    """The honest place of somebody, from 1; none for who does not wait. *waiting*: in the order they came."""
    return waiting.index(youth_id) + 1 if youth_id in waiting else None


def proposed(waiting: Sequence[int], places: int) -> tuple[int, ...]:
    """Who could come in now, in order. A person decides: nobody is admitted by this."""
    return tuple(waiting[: max(0, places)])


def next_sign(today: date) -> date:
    """The day on or before which somebody who waits hears something again."""
    return today + SIGN_OF_LIFE


def send_on(promised: date, today: date) -> date:
    """The day on which the sign of life is sent: some days before it was promised, never in the past."""
    return max(today, promised - EARLY)

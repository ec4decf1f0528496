"""A break of the programme has no end of its own: by a day a person looks again, so it never lasts unseen. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.programme.lifecycle import Move, current

MOST = timedelta(weeks=12)
"""The longest time in which nobody looks at a break."""
WEEKS_OFFERED = (4, 8, 12)
AGAIN = timedelta(weeks=1)
"""How soon the question comes again when nobody answered it."""


def since(history: Sequence[Move]) -> date | None:
    """The day on which the break that is going on began; none for who is in no break. A halt in it ends nothing."""
    if current(history) != "paused":
        return None
    began = None
    for one in reversed(history):
        if one.phase == "paused":
            began = one.on
        elif one.phase != "halted":
            break
    return began


def look_on(began: date) -> date:
    """The last day on which a person is asked."""
    return began + MOST

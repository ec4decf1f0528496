"""Who came to an evening: what is filled in beforehand, how long it can be corrected, what two absences mean. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, get_args

State = Literal["present", "away", "excused"]
"""*excused*: they had said that they would not come. None of the three is a reproach."""

STATES: tuple[State, ...] = get_args(State)
ASKED_AFTER = timedelta(minutes=15)
CORRECTABLE = timedelta(days=14)


def expected(said: str | None) -> State:
    """What stands there before anybody tapped: who said *come* is there, who said *not* is excused."""
    if said == "come":
        return "present"
    return "excused" if said == "not" else "away"


def after(state: State) -> State:
    """What a tap on a name makes of it."""
    return STATES[(STATES.index(state) + 1) % len(STATES)]


def correctable(ended_at: datetime, now: datetime) -> bool:
    """Whether it can be noted: after the evening, for fourteen days."""
    return ended_at <= now <= ended_at + CORRECTABLE


def came(states: Sequence[str]) -> list[bool]:
    """Whether they were there, evening by evening."""
    return [one == "present" for one in states]


def absent_twice(states: Sequence[str]) -> bool:
    """Whether the last two evenings that were noted, newest first, went without them, and the one before did not.

    So it is said once, and not again while somebody stays away.
    """
    return len(states) >= 2 and not any(came(states[:2])) and all(came(states[2:3]))

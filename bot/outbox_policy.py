"""What an unanswered send means, per promise. The table "What we promise" in docs/architecture.md, as code."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from bot.message import Promise

Verdict = Literal["resend", "give_up"]

ONE_RESEND = frozenset({Promise.SCREEN, Promise.WHILE_VALID})
"""Sent a second time after a lost answer, never a third time."""

_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=5)
_LONGEST_ALERT_WAIT = timedelta(seconds=10)


def after_doubt(promise: Promise, doubted: int) -> Verdict:
    """What to do with a message of which *doubted* sends (the last one included) stayed unanswered."""
    if doubted < 1:
        raise ValueError("no send was doubtful")
    return "give_up" if promise in ONE_RESEND and doubted > 1 else "resend"


def wait_after_doubt(promise: Promise, doubted: int) -> timedelta:
    """How long to wait before that resend. An alert goes out again at once, and never waits long."""
    if promise is Promise.ALERT:
        return min(timedelta(seconds=(1 << min(doubted, 10)) - 2), _LONGEST_ALERT_WAIT)
    return min(_FIRST_WAIT * (1 << min(doubted - 1, 10)), _LONGEST_WAIT)

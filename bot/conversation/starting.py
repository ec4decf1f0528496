"""Dialogs that begin with others because of what happened in a turn: each apart, so that no bad row stops the rest."""

from __future__ import annotations

import logging
from functools import partial

from bot.conversation import talk
from bot.conversation.turn import Start, Turn
from bot.storage import people
from bot.storage.savepoint import apart

logger = logging.getLogger(__name__)


def begin_all(turn: Turn) -> None:
    """Begin what this turn asked to begin with others; the operator hears of who could not get it."""
    while turn.starts:
        start = turn.starts.pop(0)
        asked, rung = len(turn.starts), len(turn.alarms)
        failed = apart(turn.conn, partial(_begin, turn, start))
        if failed is None:
            continue
        del turn.starts[asked:], turn.alarms[rung:]
        logger.error("a dialog could not begin: %s", type(failed).__name__)
        if start.script == "alert_item":
            turn.alarm("alert_undelivered", f"A-{start.subject['item']}")
        else:
            turn.alarm("start_failed", f"S-{start.person_id}")


def _begin(turn: Turn, start: Start) -> None:
    person = people.load(turn.conn, start.person_id)
    talk.begin(turn, person, start.script, start.subject, start.opening, foreground=False)

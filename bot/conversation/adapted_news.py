"""Who wrote the words of a step, and when the youngster is to hear of it."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import quieting
from bot.conversation.turn import Turn
from bot.storage import adaptations, due, people
from bot.storage.challenges import Given
from bot.storage.people import Person

TOLD = "step_adapted"
TAKE_BACK = timedelta(minutes=2)
"""How long a professional can take it back before the youngster hears of it."""


def plan_told(turn: Turn, youth: Person, given: Given, number: int) -> None:
    """Only about the step they chose: the others they read when they look at them."""
    one = adaptations.find(turn.conn, number)
    if one is None or given.step != one.step or youth.state != "active":
        return
    moment = quieting.free_moment(turn, youth, TOLD, turn.now + TAKE_BACK, "asks")
    about = {"adapted": number}
    due.plan(turn.conn, youth.id, TOLD, str(number), moment, None, about, turn.now)


def forget_told(turn: Turn, youth: Person, number: int) -> bool:
    """It is not told any more; false when it was told, or was never going to be."""
    return due.cancel(turn.conn, youth.id, TOLD, str(number), turn.now, "undone")


def adapter(turn: Turn, given: Given, step: str) -> Person | None:
    """Who wrote the words that hold for a step; none when the catalog's hold."""
    for one in adaptations.standing(turn.conn, given.id):
        if one.step == step and one.revision == given.revision:
            return people.load(turn.conn, one.by_id)
    return None

"""Buttons about another person: a random name that only one actor can use, for one purpose, for a while."""

from __future__ import annotations

from bot.conversation.turn import Turn
from bot.storage import handles
from bot.storage.people import Person


def named(turn: Turn, actor: Person, purpose: str, object_id: int) -> str:
    """A fresh handle of *actor* for a row."""
    token = turn.world.random(16).hex()
    return handles.add(turn.conn, token, actor.id, purpose, object_id, turn.now)


def steady(turn: Turn, actor: Person, purpose: str, object_id: int) -> str:
    """A handle that is the same each time a list is drawn anew, so a quick second tap finds its button."""
    return handles.keep(turn.conn, actor.id, purpose, object_id, turn.now)


def meant(turn: Turn, actor: Person, purpose: str, token: object) -> int | None:
    """The row a handle stands for; none when it is not this actor's, not for this purpose, or too old."""
    return handles.find(turn.conn, str(token), actor.id, purpose, turn.now)

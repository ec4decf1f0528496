"""What somebody from the waiting list hears of a place: that there is one, and when it does not go on after all."""

from __future__ import annotations

from datetime import datetime

from bot.conversation import quieting
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.storage import chats, halts, outbox, people, sessions
from bot.storage.people import Person
from bot.storage.waiting import Place

GIVEN, WITHDRAWN = "place_given", "place_withdrawn"
"""Dialogs of youngsters."""


def given(turn: Turn, youth: Person, place: Place) -> None:
    """There is a place, since now. What they were to hear of an earlier one is taken back."""
    outbox.cancel_keyed(turn.conn, f"{WITHDRAWN}:{place.id}:", "given", turn.now)
    sessions.close(turn.conn, youth.id, WITHDRAWN, turn.now)
    _begin(turn, youth, GIVEN, place, turn.now)


def withdrawn(turn: Turn, place: Place) -> None:
    """The place that was given does not go on. Who had not been told of it hears nothing."""
    if place.ended_at is None:
        return
    key = _key(GIVEN, place, place.ended_at)
    outbox.cancel_keyed(turn.conn, key, "undone", turn.now)
    sessions.close(turn.conn, place.youth_id, GIVEN, turn.now)
    if chats.was_sent(turn.conn, key):
        _begin(turn, people.load(turn.conn, place.youth_id), WITHDRAWN, place, turn.now)


def _begin(turn: Turn, youth: Person, script: str, place: Place, since: datetime) -> None:
    if youth.state != "active" or halts.running(turn.conn, youth.id) is not None:
        return
    opening = Opening(
        Lane.RELAY,
        Promise.AT_LEAST_ONCE,
        not_before=quieting.free_moment(turn, youth, "answer", turn.now),
        dedupe_key=_key(script, place, since),
    )
    turn.begin(youth, script, {"waiting": place.id}, opening)


def _key(script: str, place: Place, since: datetime) -> str:
    return f"{script}:{place.id}:{since.timestamp()}"

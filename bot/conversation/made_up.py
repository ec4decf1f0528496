"""The made-up youngster with whom a professional practises: who it is, how it is marked, and when it reacts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection

from bot.conversation.turn import Turn
from bot.storage import due, items, people, replies
from bot.storage.people import Person
from dialogs.text import Rendered, Span

STATE = "made_up"
"""The state of this person: no account, no group, no organisation, so in no list or figure but the own ones."""

KIND = "rehearsal"
"""The due moments at which it does something."""

REACTS_AFTER = timedelta(minutes=1)
LASTS = timedelta(days=7)


def key(professional_id: int) -> str:
    """What the made-up youngster of a professional is found by."""
    return f"made-up-{professional_id}"


def of(conn: Connection, professional_id: int) -> Person | None:
    """With whom a professional practises now."""
    return people.by_key(conn, key(professional_id))


def is_one(conn: Connection, youth_id: int) -> bool:
    """Whether this is a made-up youngster."""
    found = people.find(conn, youth_id)
    return found is not None and found.state == STATE


def gets_answer(turn: Turn, youth: Person, reply_id: int) -> None:
    """An answer reaches it when it would reach anybody; then it may write back."""
    moment = replies.leaves_at(items.load_reply(turn.conn, reply_id))
    due.plan(turn.conn, youth.id, KIND, f"reply:{reply_id}", moment, None, {"answered": reply_id}, turn.now)


def gets_challenge(turn: Turn, youth: Person, challenge_id: int) -> None:
    """It chooses a step and shares how it went, once the challenge cannot be taken back any more."""
    moment, about = turn.now + replies.HELD_FOR, {"tried": challenge_id}
    due.plan(turn.conn, youth.id, KIND, f"challenge:{challenge_id}", moment, None, about, turn.now)


def mark(turn: Turn, person: Person, subject: Mapping[str, int]) -> Rendered:
    """What stands above every message of a dialog about it; empty for anybody else's."""
    if person.role == "youth":
        return ()
    conn, youth_id = turn.conn, subject.get("youth")
    if not youth_id and subject.get("item"):
        youth_id = items.about(conn, subject["item"])
    if not youth_id or not is_one(conn, youth_id):
        return ()
    return (Span(turn.phrase("made_up_mark", person), "bold"), Span("\n\n"))

"""Facts about who reads what a youngster is about to send: the own professional, or who stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import care, subject
from bot.conversation.asked import Asked
from bot.storage import items, people
from bot.storage.people import Person
from dialogs.words import Words


def reader(ask: Asked) -> Words:
    """Who reads what is about to be sent."""
    one = _reader(ask)
    return one.name if one else Words(ask.turn.phrase("somebody", ask.person))


def _reader(ask: Asked) -> Person | None:
    """Whom the preview named; an answer goes to its author, as long as they are there."""
    turn, about = ask.turn, ask.state.subject
    if one := subject.named(turn, ask.state):
        return one
    there = subject.reachable(turn, ask.person.id)
    if about.get("reply"):
        writer = items.load_reply(turn.conn, about["reply"]).author_id
        there = sorted(there, key=lambda one: one.id != writer)
    elif about.get("item") and (named := items.load(turn.conn, about["item"]).recipient_id):
        return people.load(turn.conn, named)
    return next(iter(there), None) or subject.main_of(turn, ask.person.id)


def staff_reader(ask: Asked) -> Words:
    """Who reads what is said about the own professional: whom the question named."""
    one = subject.named(ask.turn, ask.state) or care.confidant(ask.turn, ask.person)
    return one.name if one else Words(ask.turn.phrase("somebody", ask.person))


def stands_in(ask: Asked) -> bool:
    """Whether somebody else than the own professional reads it now."""
    main, one = subject.main_of(ask.turn, ask.person.id), _reader(ask)
    return main is not None and one is not None and main.id != one.id


def author_away(ask: Asked) -> bool:
    """Whether an answer to somebody goes to somebody else now."""
    one = _reader(ask)
    return one is not None and one.id != items.load_reply(ask.turn.conn, ask.row("reply")).author_id


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "reader": reader,
    "staff_reader": staff_reader,
    "stands_in": stands_in,
    "author_away": author_away,
}

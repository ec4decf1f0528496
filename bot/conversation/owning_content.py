"""Whose a text is, in the chat: taken, handed over to a colleague, let go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import Connection

from bot.content.owning import give, release
from bot.content.pages import Actor
from bot.content.source import Kind
from bot.conversation import handle
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.errors import Refused
from bot.storage import owners, people, publications
from bot.storage.people import Person
from dialogs.effects import Option

ME, NOBODY = "ik", "niemand"
PURPOSE = "editor"


def own_content(deed: Deed) -> Outcome:
    """From now on it is mine, a colleague's, or nobody's."""
    turn, person = deed.turn, deed.person
    line = publications.load(turn.conn, deed.row("file"))
    kind, by, chosen = cast(Kind, line.kind), Actor(person.id, person.role), deed.answer("content_to")
    try:
        if chosen == NOBODY:
            release(turn.conn, kind, line.key, by, turn.now)
            return OK
        to = person.id if chosen == ME else handle.meant(turn, person, PURPOSE, chosen)
        if to is None or to not in {person.id, *(one.id for one in _editors(turn.conn, person))}:
            return GONE
        give(turn.conn, kind, line.key, to, by, turn.now)
    except Refused:
        return GONE
    return OK


def colleagues(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(handle.named(ask.turn, ask.person, PURPOSE, one.id), str(one.name))
        for one in _editors(ask.turn.conn, ask.person)
    )


def may_give(ask: Asked) -> bool:
    """Whether nobody owns the file, or whoever asks does."""
    line = publications.load(ask.turn.conn, ask.row("file"))
    return owners.of(ask.turn.conn, line.kind, line.key) in (None, ask.person.id)


def _editors(conn: Connection, person: Person) -> list[Person]:
    return [one for one in people.editors(conn) if one.id != person.id]


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"own_content": own_content}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "content_colleagues": colleagues,
    "content_may_give": may_give,
}

"""Six weeks with a draft: asked for in the chat, played elsewhere, and the calendar comes back as a message.

What waits to be played stands in the session of whoever asked: after a restart it is played then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import Connection

from bot.content.kinds import At
from bot.content.pages import Pages, drafted, pages_of
from bot.conversation import editing, scene, talk
from bot.conversation.turn import Opening, Turn
from bot.conversation.world import World
from bot.message import Document, Lane, Message, Promise
from bot.rehearsal.personas import personas
from bot.storage import drafts, people, publications, sessions
from bot.storage.people import Person
from bot.storage.sessions import Session
from dialogs.text import Span

SCRIPT, WAITING = "content_weeks", "busy"
"""The dialog in which six weeks are asked for, and its step while they are played."""
MOST_LINES, MOST_CHARACTERS = 12, 3000
"""The part of a calendar that stands in the chat."""
Failure = Literal["weeks_failed", "weeks_too_long"]


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks that somebody waits for: in which *session*, with which *persona* and *texts*. *challenge*: by its key."""

    session: int
    language: str
    persona: str
    challenge: str
    texts: tuple[Pages, ...]


def next_asked(conn: Connection, world: World, now: datetime, but: frozenset[int]) -> Weeks | None:
    """The weeks that were asked for first; of a draft that is gone its author hears. *but*: sessions to leave alone."""
    turn = Turn(conn, world, now)
    for one in sessions.waiting(conn, "admin", SCRIPT):
        if one.state.at != WAITING or one.id in but:
            continue
        person = people.load(conn, one.person_id)
        draft = scene.draft_of(conn, one.person_id, one.state.subject)
        if draft is None:
            _end(turn, person, one)
            _tell(turn, person, "weeks_gone")
            continue
        pages = drafted(draft)
        key = pages.key if pages.kind == "challenge" else ""
        persona = str(one.state.answers.get("weeks_with"))
        return Weeks(one.id, person.language, persona, key, (*_published(conn, world, pages), pages))
    return None


def came_back(
    conn: Connection, world: World, now: datetime, session: int, lines: tuple[str, ...], counted: str
) -> bool:
    """Give the calendar to whoever waits for it; false when nobody does any more."""
    waits = _waits(conn, world, now, session)
    if waits is None:
        return False
    turn, person, one = waits
    persona = personas()[str(one.state.answers.get("weeks_with"))]
    heading = turn.phrase("weeks_played", person, title=_title(turn, one), persona=persona.name)
    if scene.draft_of(conn, one.person_id, one.state.subject) is None:
        heading += "\n" + turn.phrase("weeks_changed", person)
    shown = list(lines[:MOST_LINES])
    more = [turn.phrase("weeks_more", person)] if len(shown) < len(lines) else []
    said = "\n".join([heading, "", *shown, *more])[:MOST_CHARACTERS]
    turn.tell(person, Message((Span(f"{said}\n\n{counted}", "plain"),)))
    text = "\n".join([heading, persona.about[_spoken(person)], "", *lines]) + "\n"
    name = turn.phrase("weeks_document", person, persona=persona.key)
    document = Document(name, text.encode())
    turn.tell(person, Message((Span(turn.phrase("weeks_whole", person)),), document=document))
    _end(turn, person, one)
    _go_on(turn, person, one)
    return True


def failed(conn: Connection, world: World, now: datetime, session: int, why: Failure) -> bool:
    """Say that it did not work out; the draft is as it was. False when nobody waits any more."""
    waits = _waits(conn, world, now, session)
    if waits is None:
        return False
    turn, person, one = waits
    _end(turn, person, one)
    _tell(turn, person, why)
    _go_on(turn, person, one)
    return True


def _waits(
    conn: Connection, world: World, now: datetime, session: int
) -> tuple[Turn, Person, Session] | None:
    one = sessions.load(conn, session)
    if one is None or one.status != "open" or one.state.at != WAITING:
        return None
    return Turn(conn, world, now), people.locked(conn, one.person_id), one


def _published(conn: Connection, world: World, pages: Pages) -> tuple[Pages, ...]:
    """What was published here beside *pages*, and can be played."""
    found = publications.local(conn).items()
    outdated = world.library.outdated
    return tuple(
        pages_of(conn, name)
        for at, name in found
        if cast(At, at) not in outdated and at != (pages.kind, pages.key)
    )


def _title(turn: Turn, one: Session) -> str:
    draft = drafts.load(turn.conn, one.state.subject["draft"])
    return draft.key if draft else "-"


def _spoken(person: Person) -> str:
    return "en" if person.language == "en" else "nl"


def _end(turn: Turn, person: Person, one: Session) -> None:
    """The question "not needed any more" is answered by itself."""
    account = people.account_of(turn.conn, person.id)
    if account is not None and one.message_id is not None:
        tidy = Opening(Lane.TIDY, Promise.IDEMPOTENT)
        turn.send(person.id, account, Message((), do="unbutton"), tidy, edits=one.message_id)
    sessions.save(turn.conn, replace(one, status=sessions.ENDED), turn.now)


def _go_on(turn: Turn, person: Person, one: Session) -> None:
    """Back to what can be done with the draft, in the background: meanwhile they went on with something else."""
    if scene.draft_of(turn.conn, one.person_id, one.state.subject) is not None:
        talk.begin(turn, person, editing.SENT, one.state.subject, foreground=False)


def _tell(turn: Turn, person: Person, phrase: str) -> None:
    turn.tell(person, Message((Span(turn.phrase(phrase, person)),)))

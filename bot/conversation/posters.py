"""Posters and links for recruitment: one name for each door, counted by day, small numbers hidden."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.conversation import handle
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group, about_organisation
from bot.conversation.shelf import Shelf
from bot.conversation.signing_up import PREFIX
from bot.conversation.turn import REPLY, Turn
from bot.message import Document, Message
from bot.storage import sign_ups, sources, waiting
from bot.storage.sources import Door
from dialogs.effects import Option
from dialogs.text import Span, plain
from dialogs.words import Words

if TYPE_CHECKING:
    from bot.paper.poster import Words as PosterWords

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_KEY = 40
SMALL = 5
"""Numbers under this are not shown to staff: nobody may be found by them (PRODUCT row 60)."""


@dataclass(frozen=True, slots=True)
class Poster:
    """*name* is the file, *content* the PDF."""

    name: str
    link: str
    content: bytes


def key_of(text: str) -> str | None:
    """The name of a source as it stands in a link: *School X* becomes *school-x*. None when nothing is left."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:LONGEST_KEY].strip("-")
    return key if KEY.fullmatch(key) else None


def link_of(bot_name: str, key: str) -> str:
    """What stands behind the code."""
    return f"https://t.me/{bot_name}?start={PREFIX}{key}"


def draw(shelf: Shelf, bot_name: str, key: str, place: str, language: str, now: datetime) -> Poster:
    """The poster of one source in a language."""
    from bot.paper.poster import poster  # heavy, and seldom

    link = link_of(bot_name, key)
    return Poster(f"poster-{key}-{language}.pdf", link, poster(_words(shelf, language, place), link, now))


def _words(shelf: Shelf, language: str, place: str) -> PosterWords:
    from bot.paper.poster import Words as PosterWords

    def said(phrase: str, **facts: Any) -> str:
        return plain(shelf.phrase(phrase, language)({"band": "18plus", **facts}))

    return PosterWords(
        language=language,
        title=said("poster_title"),
        lines=said("poster_lines").split("\n"),
        scan=said("poster_scan"),
        about=said("poster_about").split("\n"),
        help=said("poster_help"),
        place=said("poster_place", place=place) if place else "",
    )


# What the dialog asks for


def make_poster(deed: Deed) -> Outcome:
    """A source with a name, its poster in both languages and its link, for a group or for the municipality."""
    turn, person = deed.turn, deed.person
    key = key_of(str(deed.words("source_name") or ""))
    group_id = handle.meant(turn, person, "group", deed.answer("group"))
    if key is None:
        return Outcome("no_name")
    if group_id is None or not turn.allowed(person, "make_poster", about_group(turn, person, group_id)):
        return GONE
    before = sources.find(turn.conn, key)
    if before is not None and before.group_id != group_id:
        return Outcome("in_use")
    room = waiting.room(turn.conn, group_id)
    door = sources.ensure(turn.conn, key, room.municipality_id, group_id, turn.now)
    town = _town(turn, room.municipality_id)
    for language in turn.world.library.languages:
        made = draw(turn.world.library, turn.world.settings.bot_name, key, town, language, turn.now)
        said = turn.phrase("poster_sent", person, link=made.link)
        document = Document(made.name, made.content)
        turn.tell(person, Message((Span(said),), document=document), REPLY)
    turn.note(person, "make_poster", "source", door.id, None)
    return Outcome("ok", {"source": door.id})


def open_source(deed: Deed) -> Outcome:
    number = handle.meant(deed.turn, deed.person, "source", deed.answer("which"))
    door = sources.load(deed.turn.conn, number) if number is not None else None
    if door is None or not _may(deed, door):
        return GONE
    return Outcome("ok", {"source": door.id})


def close_source(deed: Deed) -> Outcome:
    """Nothing is counted any more; whoever scans it still reads what Join Us is."""
    door = _open(deed)
    if door is None:
        return GONE
    sources.close(deed.turn.conn, door.id, deed.turn.now)
    return OK


def reopen_source(deed: Deed) -> Outcome:
    door = _open(deed)
    if door is None:
        return GONE
    sources.reopen(deed.turn.conn, door.id)
    return OK


def _open(deed: Deed) -> Door | None:
    number = deed.session.state.subject.get("source")
    door = sources.load(deed.turn.conn, number) if number else None
    return door if door is not None and _may(deed, door) else None


def _may(deed: Deed, door: Door) -> bool:
    turn, person = deed.turn, deed.person
    if door.group_id is not None:
        return turn.allowed(person, "make_poster", about_group(turn, person, door.group_id))
    own = person.organisation_id is not None and any(
        one.id == door.id for one in sources.of_organisation(turn.conn, person.organisation_id)
    )
    target = about_organisation(turn, person, person.organisation_id if own else None)
    return turn.allowed(person, "make_poster", target)


def _town(turn: Turn, municipality_id: int) -> str:
    return next((one.name for one in sign_ups.towns(turn.conn) if one.id == municipality_id), "")


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "make_poster": make_poster,
    "open_source": open_source,
    "close_source": close_source,
    "reopen_source": reopen_source,
}


# Facts


def groups(ask: Asked) -> tuple[Option, ...]:
    """The groups somebody may make a poster for."""
    turn, person = ask.turn, ask.person
    if person.organisation_id is None:
        return ()
    leads = {number for number, _ in _led(ask)}
    return tuple(
        Option(handle.named(turn, person, "group", one.id), one.name)
        for one in waiting.rooms(turn.conn, person.organisation_id)
        if one.closes_on is None and (person.role == "coordinator" or one.id in leads)
    )


def _led(ask: Asked) -> list[tuple[int, str]]:
    from bot.storage import people

    return people.groups_of(ask.turn.conn, ask.person.id)


def _doors(ask: Asked) -> list[Door]:
    if ask.person.organisation_id is None:
        return []
    leads = {number for number, _ in _led(ask)}
    return [
        one
        for one in sources.of_organisation(ask.turn.conn, ask.person.organisation_id)
        if ask.person.role == "coordinator" or one.group_id in leads
    ]


def options(ask: Asked) -> tuple[Option, ...]:
    return tuple(Option(handle.named(ask.turn, ask.person, "source", one.id), one.key) for one in _doors(ask))


def said(ask: Asked) -> Words:
    """One source: its link, and how often it was opened and led to a sign-up."""
    number = ask.state.subject.get("source")
    door = sources.load(ask.turn.conn, number) if number else None
    if door is None:
        return Words("")
    found = sources.counted(ask.turn.conn, door.id)
    return Words(
        ask.turn.phrase(
            "source_said",
            ask.person,
            source=door.key,
            link=link_of(ask.turn.world.settings.bot_name, door.key),
            opened=shown(ask, found.get("opened", 0)),
            signed_up=shown(ask, found.get("signed_up", 0)),
        )
    )


def shown(ask: Asked, number: int) -> str:
    """A number, or that it is small."""
    return str(number) if number >= SMALL else ask.turn.phrase("small_number", ask.person, small=SMALL)


def is_closed(ask: Asked) -> bool:
    number = ask.state.subject.get("source")
    door = sources.load(ask.turn.conn, number) if number else None
    return door is not None and door.closed_at is not None


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "poster_groups": groups,
    "poster_sources": options,
    "has_sources": lambda ask: bool(_doors(ask)),
    "source_said": said,
    "source_closed": is_closed,
}

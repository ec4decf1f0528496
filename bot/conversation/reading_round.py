"""What was shared and asks nothing, read together: the words below each other, *seen* for all, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.conversation import naming, ordinary, relay, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome, about_item, code_is_open
from bot.conversation.handle import named
from bot.conversation.turn import Turn
from bot.storage import due, items, people
from bot.storage.items import Item
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words

SHOWN_AT, SEEN_AT = "round_shown", "round_seen"
LONGEST = 500
"""What is longer is opened by its number: nothing is seen of which only the beginning stood there."""
ROOM, MOST = 1800, 8
"""Characters and messages that stand below each other on one screen."""
HANDLING = "seen"
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Page:
    """The messages on the screen, by youngster, and how many come after."""

    items: tuple[Item, ...]
    rest: int


def page(turn: Turn, reader: Person, until: datetime) -> Page:
    """What was sent by *until* and waits, by youngster; who shared first stands first."""
    waiting = [
        one
        for one in items.waiting_for(turn.conn, reader.id)
        if ordinary.is_one(one)
        and len(str(one.content)) <= LONGEST
        and (one.sent_at or one.created_at) <= until
    ]
    order = {youth_id: place for place, youth_id in enumerate(dict.fromkeys(one.youth_id for one in waiting))}
    sorted_by_youth = sorted(waiting, key=lambda one: order[one.youth_id])
    found: list[Item] = []
    room = ROOM
    for one in sorted_by_youth[:MOST]:
        room -= len(str(one.content))
        if found and room < 0:
            break
        found.append(one)
    return Page(tuple(found), len(waiting) - len(found))


def open_round(deed: Deed) -> Outcome:
    """Every message on the screen counts as opened, and is written down as read."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    shown = page(turn, person, turn.now)
    if not shown.items:
        return GONE
    for one in shown.items:
        turn.allow(person, "read_item", about_item(turn, person, one))
        if one.state == "sent":
            items.change(turn.conn, one.id, state="opened", opened_at=turn.now, opened_by=person.id)
    return Outcome("ok", {SHOWN_AT: (turn.now - _ZERO) // _UNIT, SEEN_AT: 0})


def close_round(deed: Deed) -> Outcome:
    """What stood on the screen is handled; what came after it was shown stays open."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    subject = deed.session.state.subject
    # A colleague may take one over, or answer it, at this moment: what they have is not closed over their heads.
    for youth_id in sorted({one.youth_id for one in _shown(turn, person, subject).items}):
        people.locked(turn.conn, youth_id)
    read = [one for one in _shown(turn, person, subject).items if one.state == "opened"]
    if not read:
        return GONE
    for one in read:
        turn.allow(person, "close_item", about_item(turn, person, one))
        items.change(
            turn.conn,
            one.id,
            state="handled",
            handled_at=turn.now,
            handled_by=person.id,
            handling=HANDLING,
        )
        due.cancel(turn.conn, one.youth_id, "item_age", str(one.id), turn.now)
    return Outcome("ok", {SEEN_AT: (turn.now - _ZERO) // _UNIT})


def reopen_round(deed: Deed) -> Outcome:
    """A wrong tap: all of them are open again, and age as if they came just now."""
    turn, person = deed.turn, deed.person
    closed = _closed(turn, person, deed.session.state.subject)
    for one in closed:
        if not turn.allowed(person, "close_item", about_item(turn, person, one)):
            continue
        items.change(turn.conn, one.id, state="opened", handled_at=None, handled_by=None, handling=None)
        relay.age_anew(turn, items.load(turn.conn, one.id))
    return Outcome("ok", {SEEN_AT: 0}) if closed else GONE


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_round": open_round,
    "close_round": close_round,
    "reopen_round": reopen_round,
}


def _shown(turn: Turn, reader: Person, subject: Any) -> Page:
    until = subject.get(SHOWN_AT, 0)
    return page(turn, reader, _ZERO + until * _UNIT if until else turn.now)


def _closed(turn: Turn, reader: Person, subject: Any) -> list[Item]:
    at = subject.get(SEEN_AT, 0)
    return items.handled_together(turn.conn, reader.id, HANDLING, _ZERO + at * _UNIT) if at else []


# Facts


def _page(ask: Asked) -> Page:
    return _shown(ask.turn, ask.person, ask.state.subject)


def _youngsters(found: Page) -> list[int]:
    return list(dict.fromkeys(one.youth_id for one in found.items))


def words(ask: Asked) -> Words:
    """Under each number and name what was shared, with its day."""
    turn, reader, found = ask.turn, ask.person, _page(ask)
    youngsters = _youngsters(found)
    names = naming.called(turn, reader, youngsters)
    said = []
    for number, youth_id in enumerate(youngsters, start=1):
        mine = [
            f"{wording.day(turn, reader, one.sent_at or one.created_at)}:\n{one.content}"
            for one in found.items
            if one.youth_id == youth_id
        ]
        said.append("\n".join((f"{number}. {names[youth_id]}, {mine[0]}", *mine[1:])))
    return Words("\n\n".join(said))


def numbers(ask: Asked) -> tuple[Option, ...]:
    """A button for each youngster on the screen: to answer, or to see more."""
    return tuple(
        Option(named(ask.turn, ask.person, "youth", youth_id), str(number))
        for number, youth_id in enumerate(_youngsters(_page(ask)), start=1)
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "round_words": words,
    "round_numbers": numbers,
    "round_count": lambda ask: len(_page(ask).items),
    "round_rest": lambda ask: _page(ask).rest,
    "round_waits": lambda ask: bool(page(ask.turn, ask.person, ask.turn.now).items),
    "round_closed": lambda ask: len(_closed(ask.turn, ask.person, ask.state.subject)),
}

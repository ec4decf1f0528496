"""What a colleague has and leaves can be taken over, and given back. Both see who has it, and the youngster is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import digesting, reader_news, relay
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome, about_item, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.storage import duty, items, journal, people
from bot.storage.items import Item
from bot.storage.people import Person
from dialogs.text import Span
from dialogs.words import Words

ITEM, FROM = "item", "taken_from"


def take_over(deed: Deed) -> Outcome:
    """The oldest thing a colleague left of this youngster becomes one's own."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    people.locked(turn.conn, deed.row("youth"))
    one = _left(turn, person, deed.row("youth"))
    if one is None or one.recipient_id is None:
        return GONE
    if not turn.allowed(person, "take_over", about_item(turn, person, one)):
        return GONE
    holder = people.load(turn.conn, one.recipient_id)
    _goes_to(turn, one, person)
    _tell(turn, holder, person, one, "taken_over")
    _tell_youth(turn, one, person, holder)
    items.change(turn.conn, one.id, state="opened", opened_at=turn.now, opened_by=person.id)
    turn.note(person, "read_item", "item", one.id, one.youth_id)
    return Outcome("ok", {ITEM: one.id, FROM: holder.id, "page": 0})


def give_back(deed: Deed) -> Outcome:
    """A wrong tap: the colleague from whom it was taken has it again."""
    turn, person = deed.turn, deed.person
    holder_id = deed.session.state.subject.get(FROM, 0)
    number = deed.session.state.subject.get(ITEM)
    if number:
        people.locked(turn.conn, items.load(turn.conn, number).youth_id)
    one = items.load(turn.conn, number) if number else None
    if not holder_id or one is None or one.recipient_id != person.id or one.state not in items.WAITING:
        return GONE
    if not duty.reachable(turn.conn, holder_id, turn.now):
        return Outcome("away", {FROM: 0})
    if not turn.allowed(person, "close_item", about_item(turn, person, one)):
        return GONE
    holder = people.load(turn.conn, holder_id)
    items.change(turn.conn, one.id, state="sent", opened_at=None, opened_by=None)
    _goes_to(turn, one, holder)
    relay.to_professional(turn, items.load(turn.conn, one.id), holder, turn.now.isoformat())
    _tell_youth(turn, one, holder, person)
    return Outcome("ok", {ITEM: 0, FROM: 0})


def _goes_to(turn: Turn, one: Item, person: Person) -> None:
    items.change(turn.conn, one.id, recipient_id=person.id)
    relay.age_anew(turn, items.load(turn.conn, one.id))
    journal.add(turn.conn, one.youth_id, "taken", turn.now, None, person.id)


def _left(turn: Turn, person: Person, youth_id: int) -> Item | None:
    left = digesting.left_by_colleagues(turn, person)
    return next((one for one in left if one.youth_id == youth_id), None)


def _tell(turn: Turn, holder: Person, taker: Person, one: Item, key: str) -> None:
    """The colleague hears who has it, with a number that says nothing about anybody."""
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=relay.reading_moment(turn),
        silent=True,
        dedupe_key=f"{key}:{one.id}:{taker.id}:{turn.now.isoformat()}",
    )
    said = turn.phrase(key, holder, staff_name=taker.name, reference=one.reference)
    turn.tell(holder, Message((Span(said),)), opening)


def _tell_youth(turn: Turn, one: Item, reader: Person, former: Person) -> None:
    """Who reads it now: neutral in the chat, the names after a tap."""
    youth = people.load(turn.conn, one.youth_id)
    key = f"taken:{one.id}:{reader.id}:{turn.now.isoformat()}"
    reader_news.tell(turn, youth, reader_news.TAKEN, former, reader, key)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"take_over": take_over, "give_back": give_back}


def holder(ask: Asked) -> Words:
    """The colleague who has something of this youngster and left it; empty when there is none."""
    youth_id = ask.state.subject.get("youth")
    one = _left(ask.turn, ask.person, youth_id) if youth_id else None
    return people.load(ask.turn.conn, one.recipient_id).name if one and one.recipient_id else Words("")


def former(ask: Asked) -> Words:
    """From whom the item that is open was taken just now; empty when it was not."""
    number = ask.state.subject.get(FROM, 0)
    return people.load(ask.turn.conn, number).name if number else Words("")


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "entry_holder": holder,
    "entry_left": lambda ask: bool(holder(ask)),
    "entry_former": former,
    "entry_taken": lambda ask: bool(ask.state.subject.get(FROM, 0)),
}

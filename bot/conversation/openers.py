"""The neutral message that leads to something a youngster sent, when that asks nothing any more."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.showing import CAN_BE_EDITED
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.storage import outbox, outbox_state, people, sessions
from bot.storage.items import Item
from bot.storage.people import Person
from bot.storage.sessions import Session
from dialogs.text import Span

LEAD_THERE = frozenset({"read_item", "promise"})
"""Dialogs that lead to what was sent, or ask something about it."""


def clear(turn: Turn, one: Item) -> None:
    """Nobody is asked to open *one* any more: what was not sent stays away, what stands in a chat loses its button."""
    key = f"item:{one.id}:"
    outbox.cancel_keyed(turn.conn, key, "asks_nothing", turn.now)
    for number in outbox_state.people_told(turn.conn, key):
        person = people.load(turn.conn, number)
        for each in sessions.open_of(turn.conn, person.id):
            if each.script in LEAD_THERE and each.state.subject.get("item") == one.id:
                _end(turn, person, each, one)


def _end(turn: Turn, person: Person, each: Session, one: Item) -> None:
    account = people.account_of(turn.conn, person.id)
    sessions.save(turn.conn, replace(each, status=sessions.ENDED), turn.now)
    row = each.message_id
    if account is None or row is None or outbox_state.state_of(turn.conn, row) not in CAN_BE_EDITED:
        return
    said = Message((Span(turn.phrase("item_asks_nothing", person, reference=one.reference)),), do="edit")
    outbox.supersede(turn.conn, row, turn.now)
    turn.send(person.id, account, said, Opening(Lane.TIDY, Promise.IDEMPOTENT), edits=row)

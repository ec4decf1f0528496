"""Help that needs no server: a short card with 112 and 113, pinned in the chat of every youngster (row 78)."""

from __future__ import annotations

from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.storage import people
from bot.storage.people import Person
from dialogs.text import Span


def pin_help(turn: Turn, youth: Person) -> None:
    """Send the card and pin it, silently; once for each account, so again after a new telephone."""
    account = people.account_of(turn.conn, youth.id)
    if account is None or account.state != "active":
        return
    card = Message((Span(turn.phrase("help_card", youth)),), silent=True)
    key = f"help_card:{account.id}"
    row = turn.send(youth.id, account, card, Opening(promise=Promise.AT_LEAST_ONCE, dedupe_key=key))
    pin = Opening(Lane.TIDY, Promise.IDEMPOTENT, dedupe_key=f"{key}:pin")
    turn.send(youth.id, account, Message((), do="pin", silent=True), pin, edits=row)

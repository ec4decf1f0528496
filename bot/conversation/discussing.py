"""What is left for the evening: the day it is discussed, the list on the card of that evening, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.conversation import relay, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_item
from bot.conversation.turn import Turn
from bot.storage import attendance, items, meetings
from bot.storage.items import Item
from bot.storage.people import Person

HANDLING = "bespreek"
"""The choice in the dialogs, as it is kept with the item."""
WITHIN = timedelta(days=6)
"""So near the name of the weekday says which day it is."""


def reopen(deed: Deed) -> Outcome:
    """A wrong tap: it is open again, and ages as if it came just now."""
    turn, person = deed.turn, deed.person
    one = items.load(turn.conn, deed.row("item"))
    if one.state != "handled" or one.kind == "alert" or one.recipient_id != person.id:
        return GONE
    if not turn.allowed(person, "close_item", about_item(turn, person, one)):
        return GONE
    items.change(turn.conn, one.id, state="opened", handled_at=None, handled_by=None, handling=None)
    relay.age_anew(turn, items.load(turn.conn, one.id))
    return OK


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"reopen_item": reopen}


def day(ask: Asked) -> str:
    """The day of the next evening of the youngster's group; *bij de bijeenkomst* when none is planned."""
    number = ask.state.subject.get("youth")
    youth = subject.youth(ask.turn, ask.state) if number else None
    found = (
        meetings.upcoming(ask.turn.conn, youth.group_id, ask.turn.now) if youth and youth.group_id else None
    )
    if found is None:
        return ask.turn.phrase("discuss_evening", ask.person)
    label = wording.day_label(ask.turn, ask.person, found.starts_at)
    return label.partition(" ")[0] if found.starts_at - ask.turn.now <= WITHIN else label


def of_evening(turn: Turn, youth: Person) -> list[Item]:
    """What was left for the evening since the last one at which they were noted as there, oldest first."""
    since = attendance.last_present(turn.conn, youth.id, turn.now)
    return items.left_for_evening(turn.conn, youth.id, HANDLING, since)


LOOKUPS: dict[str, Callable[[Asked], Any]] = {"discuss_day": day}

"""What was shared and asks nothing waits for the next digest of who chose its moments; the rest comes at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot import digest as rules
from bot.conversation import made_up
from bot.conversation.turn import Turn
from bot.storage import due, duty, items, preferences
from bot.storage.items import Item
from bot.storage.people import Person

AGES, DIGEST = "item_age", "digest"
KIND = PREFERENCE = "digest"
"""The moment at which a digest comes, and what a professional chose about it."""
LONGEST = timedelta(days=7)
"""A digest further away is not waited for: holidays lie between two evenings."""


def is_one(one: Item) -> bool:
    """Whether it asks nothing of anybody."""
    return rules.is_ordinary(one.kind, one.level, str(one.content))


def read_with(turn: Turn, one: Item, reader: Person) -> datetime | None:
    """The moment of the digest with which *reader* gets it; none when it goes at once.

    Who never chose when their digest comes gets everything at once, as before.
    """
    if not is_one(one) or made_up.is_one(turn.conn, one.youth_id):
        return None
    return next_digest(turn, reader)


def next_digest(turn: Turn, reader: Person) -> datetime | None:
    """The next moment at which *reader* chose to have the digest; none when they did not, or it is far away."""
    if reader.role != "professional" or preferences.get(turn.conn, reader.id, PREFERENCE) is None:
        return None
    moments = [
        each.not_before
        for each in due.waiting_of(turn.conn, reader.id)
        if each.kind == KIND and each.not_before > turn.now
    ]
    first = min(moments, default=None)
    if first is None or first - turn.now > LONGEST or not duty.reachable(turn.conn, reader.id, first):
        return None
    return first


def kept(read_at: datetime | None) -> dict[str, int]:
    """The moment of the digest, as it is kept with the moment at which the message ages."""
    return {DIGEST: int(read_at.timestamp())} if read_at is not None else {}


def begins(turn: Turn, one: Item) -> datetime | None:
    """The digest with which something that waits was to be read; none when it went at once."""
    if not is_one(one):
        return None
    for each in due.waiting_of(turn.conn, one.youth_id):
        if each.kind == AGES and each.subject["item"] == one.id and DIGEST in each.subject:
            return datetime.fromtimestamp(each.subject[DIGEST], UTC)
    return None


def waits_until(turn: Turn, item_id: int) -> datetime | None:
    """Until which digest something that was sent waits; none when it went at once, or was opened meanwhile."""
    one = items.load(turn.conn, item_id)
    moment = begins(turn, one) if one.state == "sent" else None
    return moment if moment is not None and moment > turn.now else None

"""News about the bot itself, for staff: neutral in the chat, the rest after a tap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.conversation import relay
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.storage import chats
from bot.storage.people import Person

NOT_ADMITTED, STANDING, READER_GONE, DRILL_DUE, UNREAD = 1, 2, 3, 4, 5
LINK_WANTED, READER_WANTED, BREAK_UNASKED, LEFT_OPEN, COLLEAGUE_BEGAN = 6, 7, 8, 9, 10
"""What the dialog ``operation`` is about, in ``subject["news"]``."""
ARRANGES = frozenset({UNREAD, LINK_WANTED, READER_WANTED})
"""What somebody of the organisation has to do something about; it is read behind the code."""


def tell(turn: Turn, staff: Iterable[Person], about: Mapping[str, int], key: str) -> None:
    """Put news into the chats of *staff*, in working hours, once for each *key*."""
    for one in staff:
        opening = Opening(
            lane=Lane.RELAY,
            promise=Promise.AT_LEAST_ONCE,
            not_before=relay.reading_moment(turn),
            silent=True,
            dedupe_key=f"news:{key}:{one.id}",
        )
        if not chats.was_put(turn.conn, f"news:{key}:{one.id}"):
            turn.begin(one, "operation", about, opening)

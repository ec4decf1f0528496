"""What is in the outbox arrives on the phones: lanes, order, edits and last moments as the sender keeps them.

The statements are put together once: the real sender retries, waits and reports, which has no place here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.message import Lane, Message, load
from bot.storage import sealed
from bot.storage.outbox_order import GONE
from bot.storage.people import REACHED
from bot.storage.schema_flow import outbox
from bot.storage.schema_people import account

_target = outbox.alias("target")
_READY = (
    select(
        outbox.c.id,
        outbox.c.account_id,
        outbox.c.payload,
        outbox.c.not_after,
        outbox.c.edits,
        outbox.c.lane,
        outbox.c.dedupe_key,
        account.c.address,
        account.c.state.label("account_state"),
        _target.c.state.label("target_state"),
        _target.c.message_id.label("target_message"),
    )
    .join(account, account.c.id == outbox.c.account_id)
    .outerjoin(_target, _target.c.id == outbox.c.edits)
    .where(outbox.c.state == "ready", outbox.c.not_before <= bindparam("now"))
    .order_by(outbox.c.lane, outbox.c.id)
)
_CLOSE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("new_state"), message_id=bindparam("message"), payload=None, sent_at=bindparam("now")
    )
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that reaches the phone with *address*; *target* is the message it changes.

    *dedupe_key* says of which due moment it came.
    """

    address: int
    message: Message
    target: int | None
    lane: Lane
    dedupe_key: str | None


Arrives = Callable[[Arrival], int]
"""Shows a message on a phone; the number of the message that now holds it."""


def deliver(conn: Connection, now: datetime, arrives: Arrives) -> None:
    """Everything that may go out at this moment goes out."""
    gone = True
    while gone:
        rows = conn.execute(_READY, {"now": now}).all()
        gone = sum(_goes(conn, now, row, arrives) for row in rows) > 0


def _goes(conn: Connection, now: datetime, row: Any, arrives: Arrives) -> bool:
    """Whether the row was sent or cancelled; false while it waits for the message it changes."""
    state, message = "cancelled", None
    expired = row.not_after is not None and row.not_after < now
    if not expired and row.account_state in REACHED and row.target_state not in GONE:
        if row.edits is not None and row.target_state != "sent":
            return False
        text = sealed.opened(conn, outbox.c.payload, row.id, row.payload)
        address = int(sealed.opened(conn, account.c.address, row.account_id, row.address))
        arrival = Arrival(address, load(text), row.target_message, Lane(row.lane), row.dedupe_key)
        state, message = "sent", arrives(arrival)
    conn.execute(_CLOSE, {"row": row.id, "new_state": state, "message": message, "now": now})
    return True

"""What is left to do at a moment, and when the next thing comes: one look at inbox, outbox and due moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.storage import outbox_order
from bot.storage.schema_flow import due, inbox, outbox


@dataclass(frozen=True, slots=True)
class Rest:
    """*idle*: nothing waits that could be done at the moment asked about. *next_moment*: the first thing after it.

    *due*: a due moment waits, for the next tick.
    """

    idle: bool
    due: bool
    next_moment: datetime | None


def rest_at(conn: Connection, moment: datetime) -> Rest:
    """What waits at *moment*."""
    seen = conn.execute(
        select(
            *(
                select(func.count())
                .where(table.c.state == "waiting", table.c.not_before <= moment)
                .scalar_subquery()
                for table in (inbox, due)
            ),
            select(func.count()).where(outbox.c.state == "sending").scalar_subquery(),
            *(
                select(func.min(table.c.not_before))
                .where(table.c.state == "waiting", table.c.not_before > moment)
                .scalar_subquery()
                for table in (inbox, due)
            ),
            select(func.count()).where(outbox.c.state == "ready").scalar_subquery(),
        )
    ).one()
    *busy, next_update, next_due, ready = seen
    next_message = outbox_order.next_moment(conn, moment) if ready else None
    ahead = (next_update, next_due, next_message)
    later = [first for first in ahead if first is not None and first > moment]
    idle = not any(busy) and next_message != moment
    return Rest(idle, due=busy[1] > 0, next_moment=min(later, default=None))

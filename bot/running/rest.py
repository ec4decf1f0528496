"""Is there anything left to do at a moment, and when is there next?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.reader import read
from bot.running.services import Services
from bot.storage import outbox_order
from bot.storage.schema_flow import due, inbox, outbox


@dataclass(frozen=True, slots=True)
class Rest:
    """*idle*: nothing waits that could be done at the moment asked about. *next_moment*: the first thing after it."""

    idle: bool
    next_moment: datetime | None


async def at_rest(services: Services, moment: datetime) -> Rest:
    """Look at inbox, outbox and due moments as they are now."""
    if services.writer.waiting:
        return Rest(False, None)
    return await read(services.reader, lambda conn: rest_at(conn, moment))


def rest_at(conn: Connection, moment: datetime) -> Rest:
    """What waits at *moment*, from one look at the tables."""
    waiting = (
        select(func.count())
        .select_from(inbox)
        .where(inbox.c.state == "waiting", inbox.c.not_before <= moment),
        select(func.count()).select_from(outbox).where(outbox.c.state == "sending"),
        select(func.count()).select_from(due).where(due.c.state == "waiting", due.c.not_before <= moment),
    )
    busy = any(conn.execute(query).scalar_one() for query in waiting)
    ahead = (
        select(func.min(table.c.not_before)).where(table.c.state == "waiting", table.c.not_before > moment)
        for table in (inbox, due)
    )
    sending = outbox_order.next_moment(conn, moment)
    found = [sending, *(conn.execute(query).scalar() for query in ahead)]
    later = [first for first in found if first is not None and first > moment]
    return Rest(not busy and sending != moment, min(later, default=None))

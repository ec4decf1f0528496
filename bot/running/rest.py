"""Is there anything left to do at a moment, and when is there next?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from bot.reader import read
from bot.running.services import Services
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
        select(func.count())
        .select_from(outbox)
        .where(
            or_(
                outbox.c.state == "sending",
                (outbox.c.state == "ready") & (outbox.c.not_before <= moment),
            )
        ),
        select(func.count()).select_from(due).where(due.c.state == "waiting", due.c.not_before <= moment),
    )
    busy = any(conn.execute(query).scalar_one() for query in waiting)
    ahead = (
        select(func.min(table.c.not_before)).where(table.c.state == state, table.c.not_before > moment)
        for table, state in ((inbox, "waiting"), (outbox, "ready"), (due, "waiting"))
    )
    found = [first for query in ahead if (first := conn.execute(query).scalar()) is not None]
    return Rest(not busy, min(found, default=None))

"""How the outbox stands: the state of one row, and how many wait. Nothing is changed here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.storage.schema_flow import outbox


def state_of(conn: Connection, row_id: int) -> str | None:
    """The state of row *row_id*."""
    return conn.execute(select(outbox.c.state).where(outbox.c.id == row_id)).scalar_one_or_none()


def planned_for(conn: Connection, person_id: int, now: datetime) -> list[datetime]:
    """When messages that wait for their hour go to somebody, earliest first; edits of what is there do not count."""
    mine = (outbox.c.person_id == person_id, outbox.c.state == "ready", outbox.c.edits.is_(None))
    query = select(outbox.c.not_before).where(*mine, outbox.c.not_before > now)
    return list(conn.execute(query.order_by(outbox.c.not_before)).scalars())


def people_told(conn: Connection, beginning: str) -> list[int]:
    """Who got a message whose *dedupe_key* begins so, or will get it; by number."""
    keyed = (outbox.c.dedupe_key.startswith(beginning, autoescape=True), outbox.c.person_id.is_not(None))
    query = select(outbox.c.person_id).where(*keyed).distinct()
    return list(conn.execute(query.order_by(outbox.c.person_id)).scalars())


def counts(conn: Connection) -> dict[str, int]:
    """How many rows there are in each state."""
    rows = conn.execute(select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state))
    return {row.state: row.number for row in rows}

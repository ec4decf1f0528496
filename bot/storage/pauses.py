"""Pauses a youngster took: from when, until when, and whether they came back before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, or_, select, update

from bot.storage.schema_wishes import pause


@dataclass(frozen=True, slots=True)
class Pause:
    """*until* is none for a pause that lasts until they say so."""

    id: int
    youth_id: int
    since: datetime
    until: datetime | None


def running(conn: Connection, youth_id: int, now: datetime) -> Pause | None:
    """The pause of a youngster at this moment."""
    lasts = or_(pause.c.until.is_(None), pause.c.until > now)
    query = select(pause).where(pause.c.youth_id == youth_id, pause.c.ended_at.is_(None), lasts)
    row = conn.execute(query.order_by(pause.c.id.desc()).limit(1)).one_or_none()
    return Pause(row.id, row.youth_id, row.since, row.until) if row else None


def begin(conn: Connection, youth_id: int, until: datetime | None, now: datetime) -> int:
    """Pause until a moment; an earlier pause ends. Returns the number of the pause."""
    end(conn, youth_id, now)
    values = {"youth_id": youth_id, "since": now, "until": until}
    number: int = conn.execute(insert(pause).values(values).returning(pause.c.id)).scalar_one()
    return number


def end(conn: Connection, youth_id: int, now: datetime) -> bool:
    """End the pause; false when there is none."""
    mine = (pause.c.youth_id == youth_id, pause.c.ended_at.is_(None))
    return conn.execute(update(pause).where(*mine).values(ended_at=now)).rowcount > 0

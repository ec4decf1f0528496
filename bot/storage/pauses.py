"""Pauses a youngster took or was given: from when, until when, and whether they came back before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from bot.storage.schema_wishes import pause


@dataclass(frozen=True, slots=True)
class Pause:
    """*until* is none for a pause that lasts until they say so; *by_id*: the professional who gave it."""

    id: int
    youth_id: int
    since: datetime
    until: datetime | None
    by_id: int | None


def running(conn: Connection, youth_id: int, now: datetime) -> Pause | None:
    """The pause of a youngster at this moment."""
    lasts = or_(pause.c.until.is_(None), pause.c.until > now)
    query = select(pause).where(pause.c.youth_id == youth_id, pause.c.ended_at.is_(None), lasts)
    row = conn.execute(query.order_by(pause.c.id.desc()).limit(1)).one_or_none()
    return _pause(row) if row else None


def latest(conn: Connection, youth_id: int) -> Pause | None:
    """The last pause of a youngster, also when it is over."""
    query = select(pause).where(pause.c.youth_id == youth_id).order_by(pause.c.id.desc()).limit(1)
    row = conn.execute(query).one_or_none()
    return _pause(row) if row else None


def resting(conn: Connection, youth_ids: Collection[int], now: datetime) -> frozenset[int]:
    """Who of these youngsters has a pause at this moment."""
    lasts = or_(pause.c.until.is_(None), pause.c.until > now)
    query = select(pause.c.youth_id).where(pause.c.youth_id.in_(youth_ids), pause.c.ended_at.is_(None), lasts)
    return frozenset(conn.execute(query).scalars())


def begin(
    conn: Connection, youth_id: int, until: datetime | None, now: datetime, by: int | None = None
) -> int:
    """Pause until a moment; an earlier pause ends. *by*: who gave it. Returns the number of the pause."""
    end(conn, youth_id, now)
    values = {"youth_id": youth_id, "since": now, "until": until, "by_id": by}
    number: int = conn.execute(insert(pause).values(values).returning(pause.c.id)).scalar_one()
    return number


def end(conn: Connection, youth_id: int, now: datetime) -> bool:
    """End the pause; false when there is none."""
    mine = (pause.c.youth_id == youth_id, pause.c.ended_at.is_(None))
    return conn.execute(update(pause).where(*mine).values(ended_at=now)).rowcount > 0


def _pause(row: Row[Any]) -> Pause:
    return Pause(row.id, row.youth_id, row.since, row.until, row.by_id)

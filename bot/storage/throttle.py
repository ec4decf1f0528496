"""How often something was tried lately. *who* is a lookup, never an account number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from bot.storage.schema_flow import throttle


def hit(conn: Connection, purpose: str, who: bytes, now: datetime) -> None:
    """Count one try."""
    conn.execute(insert(throttle).values(purpose=purpose, who=who, at=now))


def count(conn: Connection, purpose: str, who: bytes | None, since: datetime) -> int:
    """The tries of *who* (None: of everybody) after *since*."""
    statement = select(func.count()).where(throttle.c.purpose == purpose, throttle.c.at > since)
    if who is not None:
        statement = statement.where(throttle.c.who == who)
    return conn.execute(statement).scalar_one()


def purge(conn: Connection, before: datetime) -> int:
    """Forget tries from *before*; how many."""
    return conn.execute(delete(throttle).where(throttle.c.at < before)).rowcount

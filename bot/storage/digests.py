"""Digests that were made: which stretch of time each covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.storage.schema_talk import digest


@dataclass(frozen=True, slots=True)
class Span:
    """What one digest covers: since < moment <= until."""

    id: int
    since: datetime
    until: datetime


def add(conn: Connection, professional_id: int, since: datetime, until: datetime) -> int:
    """A digest for somebody; returns its id."""
    row_id: int = conn.execute(
        insert(digest)
        .values(professional_id=professional_id, since=since, until=until)
        .returning(digest.c.id)
    ).scalar_one()
    return row_id


def load(conn: Connection, digest_id: int) -> Span:
    """The span of a digest."""
    row = conn.execute(select(digest).where(digest.c.id == digest_id)).one()
    return Span(row.id, row.since, row.until)


def latest(conn: Connection, professional_id: int) -> Span | None:
    """The last digest that was made for somebody."""
    query = select(digest).where(digest.c.professional_id == professional_id)
    row = conn.execute(query.order_by(digest.c.until.desc(), digest.c.id.desc()).limit(1)).one_or_none()
    return Span(row.id, row.since, row.until) if row else None


def seen_until(conn: Connection, professional_id: int) -> datetime | None:
    """Up to when somebody has seen their digests: the end of the last one that was opened."""
    query = select(digest.c.until).where(
        digest.c.professional_id == professional_id, digest.c.opened_at.is_not(None)
    )
    return conn.execute(query.order_by(digest.c.until.desc()).limit(1)).scalar_one_or_none()


def first_since(conn: Connection, professional_id: int) -> datetime | None:
    """From when on the first digest told something; none when none was ever made."""
    query = select(digest.c.since).where(digest.c.professional_id == professional_id)
    return conn.execute(query.order_by(digest.c.until, digest.c.id).limit(1)).scalar_one_or_none()


def opened(conn: Connection, digest_id: int, now: datetime) -> None:
    """It was tapped open."""
    conn.execute(update(digest).where(digest.c.id == digest_id).values(opened_at=now))

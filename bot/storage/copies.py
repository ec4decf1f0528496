"""When the database was last copied."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.storage import meta

_COPIED = "copied_at"


def note(conn: Connection, now: datetime) -> None:
    """A sound copy was made."""
    meta.put(conn, _COPIED, now.astimezone(UTC).isoformat())


def last(conn: Connection) -> datetime | None:
    """When that was; none when never."""
    noted = meta.get(conn, _COPIED)
    return datetime.fromisoformat(noted) if noted else None

"""Facts about the installation itself, as text under a key."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from bot.storage.schema_flow import meta


def get(conn: Connection, key: str) -> str | None:
    """The value of *key*, or None."""
    return conn.execute(select(meta.c.value).where(meta.c.key == key)).scalar_one_or_none()


def put(conn: Connection, key: str, value: str) -> None:
    """Set *key* to *value*."""
    drop(conn, key)
    conn.execute(insert(meta).values(key=key, value=value))


def drop(conn: Connection, key: str) -> None:
    """Forget *key*."""
    conn.execute(delete(meta).where(meta.c.key == key))

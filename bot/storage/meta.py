"""Facts about the installation itself, as text under a key."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from bot.storage.dialect import insert_unless_there
from bot.storage.schema_flow import meta


def get(conn: Connection, key: str) -> str | None:
    """The value of *key*, or None."""
    return conn.execute(select(meta.c.value).where(meta.c.key == key)).scalar_one_or_none()


def put(conn: Connection, key: str, value: str) -> None:
    """Set *key* to *value*."""
    if insert_unless_there(conn, meta, {"key": key, "value": value}, ("key",), meta.c.key) is None:
        conn.execute(update(meta).where(meta.c.key == key).values(value=value))


def drop(conn: Connection, key: str) -> None:
    """Forget *key*."""
    conn.execute(delete(meta).where(meta.c.key == key))

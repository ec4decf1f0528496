"""Published texts: immutable rows, named by their hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.storage.dialect import insert_unless_there
from bot.storage.schema_talk import revision


def add(
    conn: Connection, name: str, kind: str, key: str, nl: str, en: str, origin: str, now: datetime
) -> bool:
    """Store a revision under its hash *name*; false when it was there already."""
    values = {
        "hash": name,
        "kind": kind,
        "key": key,
        "nl": nl,
        "en": en,
        "origin": origin,
        "published_at": now,
    }
    return insert_unless_there(conn, revision, values, ("hash",), revision.c.hash) is not None


def texts(conn: Connection, name: str) -> tuple[str, str]:
    """The Dutch and English file of a revision."""
    row = conn.execute(select(revision.c.nl, revision.c.en).where(revision.c.hash == name)).one()
    return row.nl, row.en

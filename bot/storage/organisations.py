"""The welfare organisations of an installation."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.storage.schema_programme import organisation


def every(conn: Connection) -> list[tuple[int, str, str]]:
    """Number, key and name of each, in the order they were added."""
    query = select(organisation.c.id, organisation.c.key, organisation.c.name).order_by(organisation.c.id)
    return [(row.id, row.key, row.name) for row in conn.execute(query)]

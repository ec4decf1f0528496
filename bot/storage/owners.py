"""Who owns a content file: the person others ask before it changes. At most one for each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.storage.dialect import insert_unless_there
from bot.storage.schema_content import content_owner


def give(conn: Connection, kind: str, key: str, person_id: int, given_by: int | None, now: datetime) -> None:
    """From now on *person_id* owns it."""
    values = {"kind": kind, "key": key, "person_id": person_id, "given_by": given_by, "since": now}
    there = insert_unless_there(conn, content_owner, values, ("kind", "key"), content_owner.c.person_id)
    if there is None:
        mine = (content_owner.c.kind == kind, content_owner.c.key == key)
        conn.execute(update(content_owner).where(*mine).values(values))


def of(conn: Connection, kind: str, key: str) -> int | None:
    """The owner; none when nobody is."""
    query = select(content_owner.c.person_id).where(content_owner.c.kind == kind, content_owner.c.key == key)
    return conn.execute(query).scalar_one_or_none()


def take_away(conn: Connection, kind: str, key: str) -> bool:
    """Nobody owns it any more; false when nobody did."""
    mine = delete(content_owner).where(content_owner.c.kind == kind, content_owner.c.key == key)
    return conn.execute(mine).rowcount == 1


def every(conn: Connection) -> dict[tuple[str, str], int]:
    """The owner of each file that has one, by kind and key."""
    return {(row.kind, row.key): row.person_id for row in conn.execute(select(content_owner))}

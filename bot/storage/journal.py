"""The journal: what the professional always sees of a youngster (the fixed list), as codes and times, never words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.storage.schema_talk import journal


@dataclass(frozen=True, slots=True)
class Line:
    """*kind* names the thing (joined, challenge, step, outcome, meeting, refused, blocked ...), *value* how."""

    youth_id: int
    kind: str
    value: str | None
    object_id: int | None
    at: datetime


def add(
    conn: Connection,
    youth_id: int,
    kind: str,
    now: datetime,
    value: str | None = None,
    object_id: int | None = None,
) -> int:
    """Append one line; returns its id."""
    row_id: int = conn.execute(
        insert(journal)
        .values(youth_id=youth_id, kind=kind, value=value, object_id=object_id, at=now)
        .returning(journal.c.id)
    ).scalar_one()
    return row_id


def remove(conn: Connection, kind: str, object_id: int) -> None:
    """Take the lines of *kind* about this row away: a professional whom they pass by may not see them."""
    conn.execute(delete(journal).where(journal.c.kind == kind, journal.c.object_id == object_id))


def load(conn: Connection, line_id: int) -> Line:
    """The line with this id."""
    row = conn.execute(select(journal).where(journal.c.id == line_id)).one()
    return Line(row.youth_id, row.kind, row.value, row.object_id, row.at)


def has_since(conn: Connection, youth_id: int, kind: str, since: datetime) -> bool:
    """Whether a line of *kind* was added after *since*."""
    query = select(journal.c.id).where(
        journal.c.youth_id == youth_id, journal.c.kind == kind, journal.c.at > since
    )
    return conn.execute(query.limit(1)).first() is not None


def between(conn: Connection, youth_ids: Sequence[int], since: datetime, until: datetime) -> list[Line]:
    """The lines of some youngsters with since < at <= until, in order."""
    query = (
        select(journal)
        .where(journal.c.youth_id.in_(youth_ids), journal.c.at > since, journal.c.at <= until)
        .order_by(journal.c.at, journal.c.id)
    )
    return [Line(row.youth_id, row.kind, row.value, row.object_id, row.at) for row in conn.execute(query)]


def latest(conn: Connection, youth_id: int) -> list[Line]:
    """The latest line of each kind."""
    query = select(journal).where(journal.c.youth_id == youth_id).order_by(journal.c.at, journal.c.id)
    found = {
        row.kind: Line(row.youth_id, row.kind, row.value, row.object_id, row.at)
        for row in conn.execute(query)
    }
    return list(found.values())

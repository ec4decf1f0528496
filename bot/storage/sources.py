"""Through which door people come: a poster or link with a name of its own, counted by day, never by person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from bot.storage.dialect import insert_unless_there
from bot.storage.schema_course import source, source_count
from bot.storage.schema_programme import meeting_group

What = Literal["opened", "signed_up"]


@dataclass(frozen=True, slots=True)
class Door:
    """A source. *group_id* none: it is about a municipality, and its groups together."""

    id: int
    key: str
    municipality_id: int | None
    group_id: int | None
    closed_at: datetime | None


def find(conn: Connection, key: str) -> Door | None:
    """The source with this name, closed or not."""
    row = conn.execute(select(source).where(source.c.key == key)).one_or_none()
    return _door(row) if row else None


def load(conn: Connection, number: int) -> Door | None:
    row = conn.execute(select(source).where(source.c.id == number)).one_or_none()
    return _door(row) if row else None


def ensure(
    conn: Connection, key: str, municipality_id: int | None, group_id: int | None, now: datetime
) -> Door:
    """The source with this name: made, or opened again; where it leads to stays as it was."""
    found = find(conn, key)
    if found is None:
        values = {"key": key, "municipality_id": municipality_id, "group_id": group_id, "created_at": now}
        row = conn.execute(insert(source).values(values).returning(source)).one()
        return _door(row)
    if found.closed_at is not None:
        conn.execute(update(source).where(source.c.id == found.id).values(closed_at=None))
    return find(conn, key) or found


def close(conn: Connection, number: int, now: datetime) -> None:
    """Nothing is counted for it any more; who opens its link still reads what Join Us is."""
    conn.execute(
        update(source).where(source.c.id == number, source.c.closed_at.is_(None)).values(closed_at=now)
    )


def reopen(conn: Connection, number: int) -> None:
    conn.execute(update(source).where(source.c.id == number).values(closed_at=None))


def of_organisation(conn: Connection, organisation_id: int) -> list[Door]:
    """The sources that lead to the groups and municipalities of an organisation, newest first."""
    groups = select(meeting_group.c.id).where(meeting_group.c.organisation_id == organisation_id)
    towns = select(meeting_group.c.municipality_id).where(meeting_group.c.organisation_id == organisation_id)
    query = select(source).where(
        or_(
            source.c.group_id.in_(groups),
            source.c.group_id.is_(None) & source.c.municipality_id.in_(towns),
        )
    )
    return [_door(row) for row in conn.execute(query.order_by(source.c.id.desc()))]


def count(conn: Connection, number: int, day: date, what: What) -> None:
    """One more on this day."""
    values = {"source_id": number, "day": day, "what": what, "number": 0}
    insert_unless_there(conn, source_count, values, ("source_id", "day", "what"), source_count.c.number)
    conn.execute(
        update(source_count)
        .where(source_count.c.source_id == number, source_count.c.day == day, source_count.c.what == what)
        .values(number=source_count.c.number + 1)
    )


def counted(conn: Connection, number: int) -> dict[str, int]:
    """How many opened it and how many signed up, since it was made."""
    query = (
        select(source_count.c.what, func.sum(source_count.c.number))
        .where(source_count.c.source_id == number)
        .group_by(source_count.c.what)
    )
    return {what: int(total) for what, total in conn.execute(query)}


def _door(row: Row[Any]) -> Door:
    return Door(row.id, row.key, row.municipality_id, row.group_id, row.closed_at)

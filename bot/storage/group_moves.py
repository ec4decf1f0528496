"""Going to another group from a day on: planned, undone, or done. Until that day nothing changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.storage.schema_course import group_move


@dataclass(frozen=True, slots=True)
class GroupMove:
    """*moves_on*: the local day from which the other group counts."""

    id: int
    youth_id: int
    group_id: int
    moves_on: date
    by_id: int


def add(conn: Connection, youth_id: int, group_id: int, moves_on: date, by: int, now: datetime) -> GroupMove:
    """Plan it; what was planned before for the same youngster is over."""
    waiting = (
        group_move.c.youth_id == youth_id,
        group_move.c.done_at.is_(None),
        group_move.c.undone_at.is_(None),
    )
    conn.execute(update(group_move).where(*waiting).values(undone_at=now))
    values = {"youth_id": youth_id, "group_id": group_id, "moves_on": moves_on, "by_id": by, "at": now}
    return _move(conn.execute(insert(group_move).values(values).returning(group_move)).one())


def load(conn: Connection, number: int) -> GroupMove | None:
    """The move with this number while it waits; none once it is done or undone."""
    query = select(group_move).where(
        group_move.c.id == number, group_move.c.done_at.is_(None), group_move.c.undone_at.is_(None)
    )
    row = conn.execute(query).one_or_none()
    return _move(row) if row else None


def made(conn: Connection, number: int) -> GroupMove | None:
    """The move with this number once it was made; none while it waits, and when it was undone."""
    row = conn.execute(
        select(group_move).where(group_move.c.id == number, group_move.c.done_at.is_not(None))
    ).one_or_none()
    return _move(row) if row else None


def target(conn: Connection, number: int) -> int | None:
    """The group a move goes to, whatever became of it."""
    query = select(group_move.c.group_id).where(group_move.c.id == number)
    return conn.execute(query).scalar_one_or_none()


def of_youth(conn: Connection, youth_id: int) -> GroupMove | None:
    """The move that waits for a youngster."""
    query = select(group_move).where(
        group_move.c.youth_id == youth_id, group_move.c.done_at.is_(None), group_move.c.undone_at.is_(None)
    )
    row = conn.execute(query.order_by(group_move.c.id.desc()).limit(1)).one_or_none()
    return _move(row) if row else None


def into(conn: Connection, group_id: int) -> list[int]:
    """The youngsters who will come into a group: their places are taken already."""
    query = select(group_move.c.youth_id).where(
        group_move.c.group_id == group_id, group_move.c.done_at.is_(None), group_move.c.undone_at.is_(None)
    )
    return list(conn.execute(query.distinct()).scalars())


def done(conn: Connection, number: int, now: datetime) -> None:
    conn.execute(update(group_move).where(group_move.c.id == number).values(done_at=now))


def undo(conn: Connection, number: int, now: datetime) -> bool:
    """False when it was done or undone already."""
    mine = (group_move.c.id == number, group_move.c.done_at.is_(None), group_move.c.undone_at.is_(None))
    return conn.execute(update(group_move).where(*mine).values(undone_at=now)).rowcount == 1


def _move(row: Row[Any]) -> GroupMove:
    return GroupMove(row.id, row.youth_id, row.group_id, row.moves_on, row.by_id)

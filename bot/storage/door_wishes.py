"""What makes coming easier for somebody who finds an evening scary, and which name was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.storage.schema_evening import door_wish


@dataclass(frozen=True, slots=True)
class DoorWish:
    """*wish* is door, early, bring, leave or talk; *promised_by* whose name the youngster heard."""

    id: int
    youth_id: int
    meeting_id: int
    wish: str
    item_id: int
    at: datetime
    promised_by: int | None
    promised_at: datetime | None
    ended_at: datetime | None


def add(conn: Connection, youth_id: int, meeting_id: int, wish: str, item_id: int, now: datetime) -> int:
    """A new wish, which takes the place of an earlier one for the same evening; its number."""
    earlier = running(conn, youth_id, meeting_id)
    if earlier is not None:
        end(conn, earlier.id, now)
    values = {"youth_id": youth_id, "meeting_id": meeting_id, "wish": wish, "item_id": item_id, "at": now}
    return int(conn.execute(insert(door_wish).values(values).returning(door_wish.c.id)).scalar_one())


def running(conn: Connection, youth_id: int, meeting_id: int) -> DoorWish | None:
    """The wish of a youngster for an evening that was not taken back."""
    query = select(door_wish).where(
        door_wish.c.youth_id == youth_id,
        door_wish.c.meeting_id == meeting_id,
        door_wish.c.ended_at.is_(None),
    )
    row = conn.execute(query.order_by(door_wish.c.id.desc())).first()
    return _wish(row) if row else None


def load(conn: Connection, number: int) -> DoorWish:
    """The wish with this number."""
    return _wish(conn.execute(select(door_wish).where(door_wish.c.id == number)).one())


def of_item(conn: Connection, item_id: int) -> DoorWish | None:
    """The wish that an item tells of."""
    row = conn.execute(select(door_wish).where(door_wish.c.item_id == item_id)).first()
    return _wish(row) if row else None


def of_meeting(conn: Connection, meeting_id: int) -> dict[int, DoorWish]:
    """The wishes for an evening that still hold, by youngster."""
    query = select(door_wish).where(door_wish.c.meeting_id == meeting_id, door_wish.c.ended_at.is_(None))
    return {row.youth_id: _wish(row) for row in conn.execute(query.order_by(door_wish.c.id))}


def made_for(conn: Connection, meeting_id: int) -> list[DoorWish]:
    """Every wish for an evening, also those that ended, in order."""
    query = select(door_wish).where(door_wish.c.meeting_id == meeting_id)
    return [_wish(row) for row in conn.execute(query.order_by(door_wish.c.id))]


def promise(conn: Connection, number: int, by: int, now: datetime) -> None:
    """Somebody of staff stands for it, by name."""
    conn.execute(update(door_wish).where(door_wish.c.id == number).values(promised_by=by, promised_at=now))


def forget_promises(conn: Connection, meeting_id: int) -> None:
    """Who stood for it did so for another day: the wishes stay, and wait for a name again."""
    held = (door_wish.c.meeting_id == meeting_id, door_wish.c.ended_at.is_(None))
    conn.execute(update(door_wish).where(*held).values(promised_by=None, promised_at=None))


def end(conn: Connection, number: int, now: datetime) -> None:
    """It was taken back, or another one took its place."""
    conn.execute(update(door_wish).where(door_wish.c.id == number).values(ended_at=now))


def _wish(row: Row[Any]) -> DoorWish:
    return DoorWish(
        row.id,
        row.youth_id,
        row.meeting_id,
        row.wish,
        row.item_id,
        row.at,
        row.promised_by,
        row.promised_at,
        row.ended_at,
    )

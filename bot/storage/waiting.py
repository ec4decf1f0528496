"""The waiting list of a group: who waits since when, and the day of the next sign of life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.storage import people
from bot.storage.schema_alerts import halt
from bot.storage.schema_course import waiting_place
from bot.storage.schema_programme import meeting_group


@dataclass(frozen=True, slots=True)
class Place:
    """*next_sign_on*: the local day on or before which something is heard."""

    id: int
    youth_id: int
    group_id: int
    since: datetime
    next_sign_on: date
    ended_at: datetime | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Room:
    """What a group holds."""

    id: int
    name: str
    age_group: str
    municipality_id: int
    organisation_id: int
    capacity: int
    least: int
    closes_on: date | None = None


def room(conn: Connection, group_id: int) -> Room:
    """The group with this number, who must exist."""
    return _room(conn.execute(select(meeting_group).where(meeting_group.c.id == group_id)).one())


def rooms(conn: Connection, organisation_id: int | None = None) -> list[Room]:
    """Every group, of one organisation or of all."""
    query = select(meeting_group).order_by(meeting_group.c.id)
    if organisation_id is not None:
        query = query.where(meeting_group.c.organisation_id == organisation_id)
    return [_room(row) for row in conn.execute(query)]


def add(conn: Connection, youth_id: int, group_id: int, next_sign_on: date, now: datetime) -> Place:
    """Somebody waits from now on; who waited for this group already keeps the place."""
    people.locked(conn, youth_id)
    found = of_youth(conn, youth_id)
    if found is not None and found.group_id == group_id:
        return found
    if found is not None:
        end(conn, found.id, "closed", now)
    values = {"youth_id": youth_id, "group_id": group_id, "since": now, "next_sign_on": next_sign_on}
    row = conn.execute(insert(waiting_place).values(values).returning(waiting_place)).one()
    return _place(row)


def load(conn: Connection, number: int) -> Place | None:
    row = conn.execute(select(waiting_place).where(waiting_place.c.id == number)).one_or_none()
    return _place(row) if row else None


def of_youth(conn: Connection, youth_id: int) -> Place | None:
    """The place somebody has on a list now."""
    query = select(waiting_place).where(
        waiting_place.c.youth_id == youth_id, waiting_place.c.ended_at.is_(None)
    )
    row = conn.execute(query.order_by(waiting_place.c.id.desc()).limit(1)).one_or_none()
    return _place(row) if row else None


def last_of_youth(conn: Connection, youth_id: int) -> Place | None:
    """The latest place somebody had on a list, also when it ended."""
    query = select(waiting_place).where(waiting_place.c.youth_id == youth_id)
    row = conn.execute(query.order_by(waiting_place.c.id.desc()).limit(1)).one_or_none()
    return _place(row) if row else None


def of_group(conn: Connection, group_id: int) -> list[Place]:
    """Who waits for a group, in the order in which they came. Who was halted keeps the place and is not in line."""
    query = (
        select(waiting_place)
        .where(
            waiting_place.c.group_id == group_id,
            waiting_place.c.ended_at.is_(None),
            waiting_place.c.youth_id.not_in(select(halt.c.youth_id).where(halt.c.lifted_at.is_(None))),
        )
        .order_by(waiting_place.c.since, waiting_place.c.id)
    )
    return [_place(row) for row in conn.execute(query)]


def promise(conn: Connection, number: int, next_sign_on: date) -> None:
    """The day of the next sign of life."""
    conn.execute(update(waiting_place).where(waiting_place.c.id == number).values(next_sign_on=next_sign_on))


def end(conn: Connection, number: int, why: str, now: datetime) -> bool:
    """A place ends; false when it had ended."""
    mine = update(waiting_place).where(waiting_place.c.id == number, waiting_place.c.ended_at.is_(None))
    return conn.execute(mine.values(ended_at=now, why=why)).rowcount == 1


def reopen(conn: Connection, number: int) -> None:
    """The same place as before."""
    conn.execute(update(waiting_place).where(waiting_place.c.id == number).values(ended_at=None, why=None))


def _place(row: Row[Any]) -> Place:
    return Place(row.id, row.youth_id, row.group_id, row.since, row.next_sign_on, row.ended_at, row.why)


def _room(row: Row[Any]) -> Room:
    return Room(
        row.id,
        row.name,
        row.age_group,
        row.municipality_id,
        row.organisation_id,
        row.capacity,
        row.least,
        row.closes_on,
    )

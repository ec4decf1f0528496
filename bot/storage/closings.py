"""Groups and organisations that close: announced, undone, closed, and proved when everybody of it was erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from bot.storage.dialect import insert_unless_there
from bot.storage.people import Person
from bot.storage.schema_people import person
from bot.storage.schema_programme import group_staff, meeting_group, organisation
from bot.storage.schema_rights import erasure
from bot.storage.schema_team import closing, closing_proof, closing_way


@dataclass(frozen=True, slots=True)
class Closing:
    """*group_id* is none when the whole organisation closes. *closes_on*: the last local day."""

    id: int
    group_id: int | None
    organisation_id: int
    closes_on: date
    made_by: int | None
    made_at: datetime
    closed_at: datetime | None
    proved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Way:
    """How one youngster goes on. *way* is none as long as that is not known; *row_id*: the move or the outflow."""

    id: int
    closing_id: int
    youth_id: int
    told_at: datetime | None
    way: str | None
    row_id: int | None


@dataclass(frozen=True, slots=True)
class Proved:
    """One erasure that belongs to a closing."""

    done_at: datetime | None
    proof: str | None


def add(
    conn: Connection,
    organisation_id: int,
    group_id: int | None,
    closes_on: date,
    by: int | None,
    now: datetime,
) -> Closing:
    """From now on it closes on that day."""
    values = {
        "organisation_id": organisation_id,
        "group_id": group_id,
        "closes_on": closes_on,
        "made_by": by,
        "made_at": now,
    }
    row = conn.execute(insert(closing).values(values).returning(closing)).one()
    if group_id is not None:
        _mark(conn, group_id, closes_on)
    return _closing(row)


def lock(conn: Connection, organisation_id: int) -> None:
    """Keep other workers from closing this organisation or changing a group of it until the transaction ends."""
    mine = select(organisation.c.id).where(organisation.c.id == organisation_id)
    conn.execute(mine.with_for_update(key_share=True))
    groups = select(meeting_group.c.id).where(meeting_group.c.organisation_id == organisation_id)
    conn.execute(groups.order_by(meeting_group.c.id).with_for_update())


def of_group(conn: Connection, group_id: int) -> Closing | None:
    """The closing of a group that was not undone, also when it is done."""
    query = select(closing).where(closing.c.group_id == group_id, closing.c.undone_at.is_(None))
    return _first(conn, query)


def of_organisation(conn: Connection, organisation_id: int) -> Closing | None:
    """The same for a whole organisation."""
    mine = (closing.c.organisation_id == organisation_id, closing.c.group_id.is_(None))
    return _first(conn, select(closing).where(*mine, closing.c.undone_at.is_(None)))


def load(conn: Connection, number: int) -> Closing | None:
    """The closing with this number; none when it was undone."""
    return _first(conn, select(closing).where(closing.c.id == number, closing.c.undone_at.is_(None)))


def running(conn: Connection) -> list[Closing]:
    """What was announced and is not closed: groups first, then organisations."""
    query = select(closing).where(closing.c.undone_at.is_(None), closing.c.closed_at.is_(None))
    return [_closing(row) for row in conn.execute(query.order_by(closing.c.group_id.is_(None), closing.c.id))]


def unproved(conn: Connection) -> list[Closing]:
    """What is closed, and not everybody of it was erased: groups first."""
    query = select(closing).where(closing.c.closed_at.is_not(None), closing.c.proved_at.is_(None))
    return [_closing(row) for row in conn.execute(query.order_by(closing.c.group_id.is_(None), closing.c.id))]


def undo(conn: Connection, one: Closing, by: int | None, now: datetime) -> bool:
    """False when it is closed or undone already."""
    mine = (closing.c.id == one.id, closing.c.undone_at.is_(None), closing.c.closed_at.is_(None))
    done = conn.execute(update(closing).where(*mine).values(undone_at=now, undone_by=by)).rowcount == 1
    if done and one.group_id is not None:
        _mark(conn, one.group_id, None)
    return done


def closed(conn: Connection, number: int, now: datetime) -> None:
    conn.execute(update(closing).where(closing.c.id == number).values(closed_at=now))


def proved(conn: Connection, number: int, now: datetime) -> None:
    conn.execute(update(closing).where(closing.c.id == number).values(proved_at=now))


def is_closed(conn: Connection, group_id: int | None) -> bool:
    """Whether a group is closed: nothing goes out about it any more."""
    mine = (closing.c.group_id == group_id, closing.c.closed_at.is_not(None))
    return conn.execute(select(closing.c.id).where(*mine).limit(1)).first() is not None


def organisation_is_closed(conn: Connection, organisation_id: int | None) -> bool:
    """Whether a whole organisation is closed."""
    mine = (closing.c.organisation_id == organisation_id, closing.c.group_id.is_(None))
    query = select(closing.c.id).where(*mine, closing.c.closed_at.is_not(None)).limit(1)
    return conn.execute(query).first() is not None


def forget_leaders(conn: Connection, group_id: int) -> list[int]:
    """Nobody leads the group any more; who did."""
    found = conn.execute(select(group_staff.c.person_id).where(group_staff.c.group_id == group_id))
    numbers = list(found.scalars())
    conn.execute(group_staff.delete().where(group_staff.c.group_id == group_id))
    return numbers


# Who of it goes which way


def expect(conn: Connection, closing_id: int, youth_id: int, told_at: datetime | None) -> Way:
    """A youngster needs a way; they are told now, or hear it from a person."""
    values = {"closing_id": closing_id, "youth_id": youth_id, "told_at": told_at}
    return _way(conn.execute(insert(closing_way).values(values).returning(closing_way)).one())


def ways(conn: Connection, closing_id: int) -> dict[int, Way]:
    """The ways of a closing by youngster."""
    query = select(closing_way).where(closing_way.c.closing_id == closing_id).order_by(closing_way.c.id)
    return {row.youth_id: _way(row) for row in conn.execute(query)}


def choose(
    conn: Connection, number: int, way: str | None, row_id: int | None, by: int | None, now: datetime
) -> None:
    """How somebody goes on; none: it is open again."""
    values = {"way": way, "row_id": row_id, "by_id": by, "at": now}
    conn.execute(update(closing_way).where(closing_way.c.id == number).values(values))


# Proof


def link(conn: Connection, one: Person, erasure_id: int) -> None:
    """An erasure belongs to the closing of the person's group, for staff of their organisation, if there is one."""
    found = (
        of_group(conn, one.group_id)
        if one.role == "youth" and one.group_id is not None
        else of_organisation(conn, one.organisation_id)
        if one.role != "youth" and one.organisation_id is not None
        else None
    )
    if found is not None:
        values = {"closing_id": found.id, "erasure_id": erasure_id}
        insert_unless_there(conn, closing_proof, values, tuple(values), closing_proof.c.erasure_id)


def proofs(conn: Connection, one: Closing) -> list[Proved]:
    """What was erased because of a closing: for an organisation that of its groups as well."""
    mine = closing.c.id == one.id
    if one.group_id is None:
        mine = closing.c.organisation_id == one.organisation_id
    query = (
        select(erasure.c.done_at, erasure.c.proof)
        .join(closing_proof, closing_proof.c.erasure_id == erasure.c.id)
        .join(closing, closing.c.id == closing_proof.c.closing_id)
        .where(mine, closing.c.undone_at.is_(None), erasure.c.state == "done")
        .order_by(erasure.c.id)
    )
    return [Proved(row.done_at, row.proof) for row in conn.execute(query)]


def left(conn: Connection, one: Closing) -> int:
    """How many people of it are still here."""
    groups = select(meeting_group.c.id).where(meeting_group.c.organisation_id == one.organisation_id)
    youth = (person.c.role == "youth", person.c.state != "drill")
    if one.group_id is not None:
        query = select(person.c.id).where(person.c.group_id == one.group_id, *youth)
    else:
        inside = or_(person.c.group_id.in_(groups), person.c.organisation_id == one.organisation_id)
        query = select(person.c.id).where(inside, person.c.state.not_in(("erased", "drill")))
    return len(conn.execute(query).all())


def _mark(conn: Connection, group_id: int, closes_on: date | None) -> None:
    conn.execute(update(meeting_group).where(meeting_group.c.id == group_id).values(closes_on=closes_on))


def _first(conn: Connection, query: Any) -> Closing | None:
    row = conn.execute(query.order_by(closing.c.id.desc()).limit(1)).one_or_none()
    return _closing(row) if row else None


def _closing(row: Row[Any]) -> Closing:
    return Closing(
        row.id,
        row.group_id,
        row.organisation_id,
        row.closes_on,
        row.made_by,
        row.made_at,
        row.closed_at,
        row.proved_at,
    )


def _way(row: Row[Any]) -> Way:
    return Way(row.id, row.closing_id, row.youth_id, row.told_at, row.way, row.row_id)

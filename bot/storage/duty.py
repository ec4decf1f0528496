"""Who is on call, who is away, and what an organisation decided about the hours in which nobody works."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.programme.cover import Stretch
from bot.storage import people
from bot.storage.dialect import insert_unless_there
from bot.storage.people import Person
from bot.storage.schema_alerts import absence, duty
from bot.storage.schema_people import person
from bot.storage.schema_programme import group_staff, meeting_group, organisation

OnCall = Literal["none", "roster"]


@dataclass(frozen=True, slots=True)
class Decision:
    """*on_call*: ``roster`` when somebody is on call outside working hours. *decided_by* is "name, date" or empty.

    *meldcode_url*: where the organisation keeps its reporting code; empty when it named none.
    """

    on_call: OnCall
    decided_by: str
    meldcode_url: str


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on call from *begins_at* until *ends_at*."""

    id: int
    organisation_id: int
    person_id: int
    begins_at: datetime
    ends_at: datetime


def decision(conn: Connection, organisation_id: int | None) -> Decision:
    """What the organisation decided; nobody on call when it decided nothing."""
    row = conn.execute(select(organisation).where(organisation.c.id == organisation_id)).one_or_none()
    if row is None:
        return Decision("none", "", "")
    return Decision(cast(OnCall, row.on_call or "none"), row.on_call_decided_by or "", row.meldcode_url or "")


def decide(conn: Connection, organisation_id: int, on_call: OnCall, decided_by: str) -> None:
    """Record another decision about the hours in which nobody works."""
    values = {"on_call": on_call, "on_call_decided_by": decided_by}
    conn.execute(update(organisation).where(organisation.c.id == organisation_id).values(values))


def rosters(conn: Connection) -> int:
    """How many organisations decided to be on call."""
    query = select(func.count()).select_from(organisation).where(organisation.c.on_call == "roster")
    return int(conn.execute(query).scalar_one())


def organisation_of(conn: Connection, one: Person) -> int | None:
    """The organisation somebody belongs to; a youngster's is that of the group."""
    if one.organisation_id is not None or one.group_id is None:
        return one.organisation_id
    query = select(meeting_group.c.organisation_id).where(meeting_group.c.id == one.group_id)
    number: int | None = conn.execute(query).scalar_one_or_none()
    return number


def first_group(conn: Connection, organisation_id: int) -> int | None:
    """The oldest group of an organisation that somebody leads."""
    query = (
        select(meeting_group.c.id)
        .join(group_staff, group_staff.c.group_id == meeting_group.c.id)
        .where(meeting_group.c.organisation_id == organisation_id)
        .order_by(meeting_group.c.id)
        .limit(1)
    )
    number: int | None = conn.execute(query).scalar_one_or_none()
    return number


def staff(conn: Connection, organisation_id: int, roles: Collection[str]) -> list[Person]:
    """People of an organisation who have begun and have one of these roles, in a fixed order."""
    query = select(person.c.id).where(
        person.c.organisation_id == organisation_id, person.c.role.in_(roles), person.c.state == "active"
    )
    return [people.load(conn, number) for number in conn.execute(query.order_by(person.c.id)).scalars()]


def numbers(conn: Connection, organisation_id: int, role: str, *, practice: bool) -> list[int]:
    """The numbers of those who have begun and have this role, in a fixed order; testers only for *practice*.

    No name is opened: one row that cannot be read may not keep an alert from the others.
    """
    query = select(person.c.id).where(
        person.c.organisation_id == organisation_id, person.c.role == role, person.c.state == "active"
    )
    if not practice:
        query = query.where(person.c.practice.is_(False))
    return list(conn.execute(query.order_by(person.c.id)).scalars())


def youngsters(conn: Connection, organisation_id: int) -> list[Person]:
    """The youngsters in the groups of an organisation, by name."""
    query = (
        select(person.c.id)
        .join(meeting_group, meeting_group.c.id == person.c.group_id)
        .where(meeting_group.c.organisation_id == organisation_id, person.c.role == "youth")
    )
    found = [people.load(conn, number) for number in conn.execute(query).scalars()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def add_shift(
    conn: Connection, organisation_id: int, person_id: int, begins_at: datetime, ends_at: datetime
) -> bool:
    """Put somebody on the roster; false when that shift was there already."""
    values = {
        "organisation_id": organisation_id,
        "person_id": person_id,
        "begins_at": begins_at,
        "ends_at": ends_at,
    }
    return insert_unless_there(conn, duty, values, tuple(values), duty.c.id) is not None


def remove_shift(conn: Connection, shift_id: int, organisation_id: int) -> bool:
    """Take a shift of this organisation off the roster; false when it is not there."""
    statement = delete(duty).where(duty.c.id == shift_id, duty.c.organisation_id == organisation_id)
    return conn.execute(statement).rowcount == 1


def shifts(conn: Connection, organisation_id: int, since: datetime, until: datetime) -> list[Shift]:
    """The shifts that touch the time between *since* and *until*, in order."""
    query = select(duty).where(
        duty.c.organisation_id == organisation_id, duty.c.begins_at < until, duty.c.ends_at > since
    )
    return [_shift(row) for row in conn.execute(query.order_by(duty.c.begins_at, duty.c.id))]


def on_duty(conn: Connection, organisation_id: int, now: datetime) -> list[int]:
    """Who is on call at this moment, who began earliest first."""
    query = select(duty.c.person_id).where(
        duty.c.organisation_id == organisation_id, duty.c.begins_at <= now, duty.c.ends_at > now
    )
    return list(dict.fromkeys(conn.execute(query.order_by(duty.c.begins_at, duty.c.id)).scalars()))


def next_shift(conn: Connection, organisation_id: int, now: datetime) -> datetime | None:
    """When somebody next begins to be on call; none when nobody does."""
    query = select(duty.c.begins_at).where(
        duty.c.organisation_id == organisation_id, duty.c.begins_at > now, duty.c.ends_at > duty.c.begins_at
    )
    found: datetime | None = conn.execute(query.order_by(duty.c.begins_at).limit(1)).scalar()
    return found


def covered_until(conn: Connection, organisation_id: int, now: datetime) -> datetime:
    """Until when somebody is on call without a gap; *now* itself when nobody is."""
    covered = now
    query = select(duty).where(duty.c.organisation_id == organisation_id, duty.c.ends_at > now)
    for row in conn.execute(query.order_by(duty.c.begins_at)):
        if row.begins_at > covered:
            break
        covered = max(covered, row.ends_at)
    return covered


def set_absent(
    conn: Connection,
    person_id: int,
    begins_at: datetime,
    ends_at: datetime,
    noted_by: int,
    days: Stretch | None = None,
) -> int:
    """Somebody is away for a while; an earlier one that was noted like this and still runs is replaced. The number.

    A holiday goes on: who is ill in it for a day is not back the next. *days*: for which somebody may read.
    """
    noted = (absence.c.person_id == person_id, absence.c.planned.is_(False))
    running = (absence.c.begins_at <= begins_at, absence.c.ends_at > begins_at)
    conn.execute(update(absence).where(*noted, *running).values(ends_at=begins_at))
    values = {"person_id": person_id, "begins_at": begins_at, "ends_at": ends_at, "noted_by": noted_by}
    if days is not None:
        values |= {"first_on": days.first, "last_on": days.last}
    number: int = conn.execute(insert(absence).values(values).returning(absence.c.id)).scalar_one()
    return number


def end_absence(conn: Connection, person_id: int, now: datetime) -> None:
    """Somebody is back; a holiday that was planned for later stays planned."""
    running = (absence.c.person_id == person_id, absence.c.begins_at <= now, absence.c.ends_at > now)
    conn.execute(update(absence).where(*running).values(ends_at=now))


def absent_until(conn: Connection, person_id: int, now: datetime) -> datetime | None:
    """Until when somebody is away; none when they are there."""
    query = (
        select(absence.c.begins_at, absence.c.ends_at)
        .where(absence.c.person_id == person_id, absence.c.ends_at > now, absence.c.withdrawn_at.is_(None))
        .order_by(absence.c.begins_at, absence.c.ends_at)
    )
    until = None
    for row in conn.execute(query):
        # A holiday that begins before the absence ends goes on where it ended.
        if row.begins_at <= (until or now):
            until = max(until or now, row.ends_at)
    return until


def reachable(conn: Connection, person_id: int, now: datetime) -> bool:
    """Whether a message reaches somebody of the staff who is at work, and not away.

    Also in an account of which we ask whose it is: a neutral message that may reach nobody is better than none, and
    the chain goes on to the next.
    """
    account = people.account_of(conn, person_id)
    return (
        account is not None
        and account.state in people.REACHED
        and conn.execute(select(person.c.state).where(person.c.id == person_id)).scalar_one() == "active"
        and absent_until(conn, person_id, now) is None
    )


def _shift(row: Row[Any]) -> Shift:
    return Shift(row.id, row.organisation_id, row.person_id, row.begins_at, row.ends_at)

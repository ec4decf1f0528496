"""Who leads which group, as it is changed in the chat: with what was before, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.programme.team import Kind
from bot.storage import people
from bot.storage.admissions import DRILL
from bot.storage.caseload import NOBODY
from bot.storage.dialect import insert_unless_there
from bot.storage.people import Person
from bot.storage.schema_people import assignment, handle, invitation, person
from bot.storage.schema_programme import group_staff
from bot.storage.schema_team import team_change, team_handover


@dataclass(frozen=True, slots=True)
class Change:
    """*kind*: added, removed or readers. *professional_id*: who came or went."""

    id: int
    group_id: int
    kind: str
    professional_id: int | None
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """One youngster's *kind* (main, backup) went from one professional to another."""

    youth_id: int
    kind: str
    was_id: int | None
    now_id: int


def youngsters(conn: Connection, group_id: int) -> list[Person]:
    """Everybody who belongs to a group, whatever their state, by name."""
    query = select(person.c.id).where(
        person.c.group_id == group_id, person.c.role == "youth", person.c.state != DRILL
    )
    found = [people.load(conn, number) for number in conn.execute(query).scalars().all()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def load_of(conn: Connection, professional_id: int) -> int:
    """For how many youngsters somebody reads first; whom they practise with is none."""
    mine = (assignment.c.professional_id == professional_id, assignment.c.until.is_(None))
    query = (
        select(func.count())
        .select_from(assignment.join(person, person.c.id == assignment.c.youth_id))
        .where(*mine, assignment.c.kind == "main", person.c.state.not_in(NOBODY))
    )
    return int(conn.execute(query).scalar_one())


def lead(conn: Connection, group_id: int, professional_id: int) -> bool:
    """Somebody leads a group from now on; false when they did already."""
    values = {"group_id": group_id, "person_id": professional_id}
    made = insert_unless_there(conn, group_staff, values, tuple(values), group_staff.c.person_id)
    return made is not None


def leave(conn: Connection, group_id: int, professional_id: int) -> bool:
    """Somebody leads a group no longer; false when they did not."""
    mine = (group_staff.c.group_id == group_id, group_staff.c.person_id == professional_id)
    return conn.execute(delete(group_staff).where(*mine)).rowcount == 1


def add(
    conn: Connection, group_id: int, kind: str, professional_id: int | None, by: int, now: datetime
) -> int:
    """Note a change; its number."""
    values = {
        "group_id": group_id, "kind": kind, "professional_id": professional_id, "by_id": by, "at": now
    }  # fmt: skip
    return int(conn.execute(insert(team_change).values(values).returning(team_change.c.id)).scalar_one())


def hand_over(
    conn: Connection, change_id: int, youth_id: int, wanted: Mapping[Kind, int], now: datetime
) -> list[Handover]:
    """Let these look after a youngster (main, backup) and note who did; what changed."""
    people.locked(conn, youth_id)
    before = people.looked_after_by(conn, youth_id)
    made = []
    for kind, number in wanted.items():
        if before.get(kind) == number:
            continue
        people.assign(conn, youth_id, number, kind, now)
        one = Handover(youth_id, kind, before.get(kind), number)
        values = {"youth_id": youth_id, "kind": kind, "was_id": one.was_id, "now_id": number}
        conn.execute(insert(team_handover).values(change_id=change_id, **values))
        made.append(one)
    return made


def load(conn: Connection, number: int) -> Change | None:
    """A change that was not taken back."""
    query = select(team_change).where(team_change.c.id == number, team_change.c.undone_at.is_(None))
    row = conn.execute(query.with_for_update()).one_or_none()
    return _change(row) if row else None


def latest(conn: Connection, group_id: int, since: datetime) -> Change | None:
    """The last change of a group since then that was not taken back."""
    mine = (team_change.c.group_id == group_id, team_change.c.undone_at.is_(None), team_change.c.at >= since)
    row = conn.execute(
        select(team_change).where(*mine).order_by(team_change.c.id.desc()).limit(1)
    ).one_or_none()
    return _change(row) if row else None


def handovers(conn: Connection, change_id: int) -> list[Handover]:
    """What a change handed over."""
    query = select(team_handover).where(team_handover.c.change_id == change_id).order_by(team_handover.c.id)
    return [Handover(row.youth_id, row.kind, row.was_id, row.now_id) for row in conn.execute(query)]


def decided(conn: Connection, group_id: int) -> dict[int, bool]:
    """Who came (true) or went (false) by a decision in the chat that holds: the latest about each professional."""
    query = select(team_change).where(
        team_change.c.group_id == group_id,
        team_change.c.kind.in_(("added", "removed")),
        team_change.c.undone_at.is_(None),
    )
    found = conn.execute(query.order_by(team_change.c.id))
    return {row.professional_id: row.kind == "added" for row in found}


def take_back(conn: Connection, number: int, now: datetime) -> None:
    conn.execute(update(team_change).where(team_change.c.id == number).values(undone_at=now))


def end_invitation(conn: Connection, person_id: int, now: datetime) -> None:
    """A link that was not used works no longer."""
    mine = (invitation.c.person_id == person_id, invitation.c.used_at.is_(None))
    conn.execute(update(invitation).where(*mine).values(expires_at=now))


def forget_buttons(conn: Connection, person_id: int) -> None:
    """Lists and cards that stand in somebody's chat open nothing any more."""
    conn.execute(delete(handle).where(handle.c.actor_id == person_id))


def _change(row: Row[Any]) -> Change:
    return Change(row.id, row.group_id, row.kind, row.professional_id, row.by_id, row.at)

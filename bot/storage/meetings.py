"""Groups, their evenings, and who said they come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.schedule.series import Occurrence, Series
from bot.storage.dialect import insert_unless_there
from bot.storage.schema_programme import location, meeting, meeting_answer, meeting_group, series

HELD = ("planned", "moved")
"""States of an evening on which people meet; *cancelled* was said to them, *dropped* is no longer in the series."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One evening of a group. *local_date* is its name for ever, also when it was moved to another day."""

    id: int
    group_id: int
    local_date: str
    starts_at: datetime
    ends_at: datetime
    place: str
    state: str = "planned"
    sequence: int = 0
    address: str = ""

    @property
    def occurrence(self) -> str:
        """What its reminders are counted by: an evening on another day is announced anew."""
        return (
            self.local_date if self.state != "moved" else f"{self.local_date} {self.starts_at:%Y%m%dT%H%MZ}"
        )


def groups(conn: Connection) -> list[int]:
    """The numbers of all groups."""
    return list(conn.execute(select(meeting_group.c.id).order_by(meeting_group.c.id)).scalars())


def ensure(conn: Connection, group_id: int, occurrence: Occurrence) -> int:
    """The evening of a group on that local date, made once; returns its id."""
    values = {
        "group_id": group_id,
        "local_date": occurrence.day.isoformat(),
        "starts_at": occurrence.starts_at,
        "ends_at": occurrence.ends_at,
        "state": "planned",
        "sequence": 0,
    }
    insert_unless_there(conn, meeting, values, ("group_id", "local_date"), meeting.c.id)
    row_id: int = conn.execute(
        select(meeting.c.id).where(
            meeting.c.group_id == group_id, meeting.c.local_date == occurrence.day.isoformat()
        )
    ).scalar_one()
    return row_id


def load(conn: Connection, meeting_id: int) -> Meeting:
    """The evening with this id."""
    return _meeting(conn.execute(_query().where(meeting.c.id == meeting_id)).one())


def named(conn: Connection, group_id: int, local_date: str) -> Meeting | None:
    """The evening with this name; none when no row was made for it yet."""
    found = (meeting.c.group_id == group_id, meeting.c.local_date == local_date)
    row = conn.execute(_query().where(*found)).one_or_none()
    return _meeting(row) if row else None


def upcoming(conn: Connection, group_id: int, now: datetime) -> Meeting | None:
    """The next evening of a group that has not begun."""
    query = (
        _query()
        .where(meeting.c.group_id == group_id, meeting.c.starts_at > now, meeting.c.state.in_(HELD))
        .order_by(meeting.c.starts_at)
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    return _meeting(row) if row else None


def between(
    conn: Connection, group_id: int, since: datetime, until: datetime, *, held: bool = True
) -> list[Meeting]:
    """The evenings of a group that begin in a stretch of time; with *held* false also those that do not go on."""
    query = _query().where(
        meeting.c.group_id == group_id, meeting.c.starts_at > since, meeting.c.starts_at <= until
    )
    if held:
        query = query.where(meeting.c.state.in_(HELD))
    return [_meeting(row) for row in conn.execute(query.order_by(meeting.c.starts_at))]


def answer(conn: Connection, meeting_id: int, person_id: int, said: str, now: datetime) -> None:
    """Note come, not or unsure; it can be changed."""
    keys = ("meeting_id", "person_id")
    values = {"meeting_id": meeting_id, "person_id": person_id, "answer": said, "changed_at": now}
    insert_unless_there(conn, meeting_answer, values, keys, meeting_answer.c.meeting_id)
    conn.execute(
        update(meeting_answer)
        .where(meeting_answer.c.meeting_id == meeting_id, meeting_answer.c.person_id == person_id)
        .values(answer=said, changed_at=now)
    )


def answers(conn: Connection, meeting_id: int) -> dict[int, str]:
    """Who said what: person id to come, not or unsure."""
    query = select(meeting_answer.c.person_id, meeting_answer.c.answer).where(
        meeting_answer.c.meeting_id == meeting_id
    )
    return {row.person_id: row.answer for row in conn.execute(query)}


def answered(conn: Connection, meeting_id: int) -> int:
    """How many said something about an evening."""
    query = select(func.count()).select_from(meeting_answer).where(meeting_answer.c.meeting_id == meeting_id)
    return int(conn.execute(query).scalar_one())


def forget_answers(conn: Connection, meeting_id: int) -> None:
    """What was said about another moment counts for nothing."""
    conn.execute(delete(meeting_answer).where(meeting_answer.c.meeting_id == meeting_id))


def group_name(conn: Connection, group_id: int) -> str:
    """The name of a group."""
    return str(conn.execute(select(meeting_group.c.name).where(meeting_group.c.id == group_id)).scalar_one())


def group_by_key(conn: Connection, key: str) -> int | None:
    """The number of the group a seed file calls *key*."""
    return conn.execute(select(meeting_group.c.id).where(meeting_group.c.key == key)).scalar_one_or_none()


def groups_of_organisation(conn: Connection, organisation_id: int) -> list[tuple[int, str]]:
    """The groups of an organisation: number and name."""
    query = select(meeting_group.c.id, meeting_group.c.name).where(
        meeting_group.c.organisation_id == organisation_id
    )
    return [(row.id, row.name) for row in conn.execute(query.order_by(meeting_group.c.id))]


def group_key(conn: Connection, group_id: int) -> str:
    """What the seed file calls a group."""
    return str(conn.execute(select(meeting_group.c.key).where(meeting_group.c.id == group_id)).scalar_one())


def organisation_of_group(conn: Connection, group_id: int) -> int | None:
    """The organisation a group belongs to."""
    query = select(meeting_group.c.organisation_id).where(meeting_group.c.id == group_id)
    return conn.execute(query).scalar_one_or_none()


def add_series(conn: Connection, group_id: int, one: Series) -> None:
    """Give a group a series."""
    conn.execute(
        insert(series).values(
            group_id=group_id,
            first_date=one.first.isoformat(),
            starts=f"{one.starts:%H:%M}",
            ends=f"{one.ends:%H:%M}",
            every_weeks=one.every_weeks,
            until=one.until.isoformat() if one.until else None,
        )
    )


def _query() -> Any:
    at = func.coalesce(meeting.c.location_id, meeting_group.c.location_id)
    return (
        select(
            meeting,
            location.c.name.label("location_name"),
            location.c.place.label("location_place"),
            location.c.address.label("location_address"),
        )
        .join(meeting_group, meeting_group.c.id == meeting.c.group_id)
        .join(location, location.c.id == at)
    )


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        id=row.id,
        group_id=row.group_id,
        local_date=row.local_date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=f"{row.location_name}, {row.location_place}",
        state=row.state,
        sequence=row.sequence,
        address=row.location_address or "",
    )

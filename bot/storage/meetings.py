"""Groups, their evenings, and who said they come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.schedule.series import Occurrence, Series
from bot.storage.dialect import insert_unless_there
from bot.storage.schema_programme import location, meeting, meeting_answer, meeting_group, series


@dataclass(frozen=True, slots=True)
class Meeting:
    """One evening of a group."""

    id: int
    group_id: int
    local_date: str
    starts_at: datetime
    ends_at: datetime
    place: str


def series_of_groups(conn: Connection) -> list[tuple[int, Series]]:
    """Every group that has a series."""
    return [
        (
            row.group_id,
            Series(
                date.fromisoformat(row.first_date),
                time.fromisoformat(row.starts),
                time.fromisoformat(row.ends),
                row.every_weeks,
            ),
        )
        for row in conn.execute(select(series).order_by(series.c.group_id))
    ]


def ensure(conn: Connection, group_id: int, occurrence: Occurrence) -> int:
    """The evening of a group on that local date, made once; returns its id."""
    values = {
        "group_id": group_id,
        "local_date": occurrence.day.isoformat(),
        "starts_at": occurrence.starts_at,
        "ends_at": occurrence.ends_at,
        "state": "planned",
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


def upcoming(conn: Connection, group_id: int, now: datetime) -> Meeting | None:
    """The next evening of a group that has not begun."""
    query = (
        _query()
        .where(meeting.c.group_id == group_id, meeting.c.starts_at > now, meeting.c.state == "planned")
        .order_by(meeting.c.starts_at)
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    return _meeting(row) if row else None


def between(conn: Connection, group_id: int, since: datetime, until: datetime) -> list[Meeting]:
    """The evenings of a group that begin in a stretch of time."""
    query = (
        _query()
        .where(
            meeting.c.group_id == group_id,
            meeting.c.starts_at > since,
            meeting.c.starts_at <= until,
            meeting.c.state == "planned",
        )
        .order_by(meeting.c.starts_at)
    )
    return [_meeting(row) for row in conn.execute(query)]


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


def group_name(conn: Connection, group_id: int) -> str:
    """The name of a group."""
    return str(conn.execute(select(meeting_group.c.name).where(meeting_group.c.id == group_id)).scalar_one())


def add_series(conn: Connection, group_id: int, one: Series) -> None:
    """Give a group its series."""
    conn.execute(
        insert(series).values(
            group_id=group_id,
            first_date=one.first.isoformat(),
            starts=f"{one.starts:%H:%M}",
            ends=f"{one.ends:%H:%M}",
            every_weeks=one.every_weeks,
        )
    )


def _query() -> Any:
    return (
        select(meeting, location.c.name.label("location_name"), location.c.place.label("location_place"))
        .join(meeting_group, meeting_group.c.id == meeting.c.group_id)
        .join(location, location.c.id == meeting_group.c.location_id)
    )


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        id=row.id,
        group_id=row.group_id,
        local_date=row.local_date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=f"{row.location_name}, {row.location_place}",
    )

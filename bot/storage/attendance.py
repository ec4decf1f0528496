"""Who was at an evening, as professionals noted it; the last who noted it counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from bot.storage import meetings
from bot.storage.dialect import insert_unless_there
from bot.storage.meetings import HELD, Meeting
from bot.storage.schema_evening import attendance
from bot.storage.schema_programme import meeting


@dataclass(frozen=True, slots=True)
class Noted:
    """Of one youngster: present, away or excused, noted by whom and when."""

    youth_id: int
    state: str
    by: int
    at: datetime


def note(conn: Connection, meeting_id: int, states: Mapping[int, str], by: int, now: datetime) -> None:
    """Write down for each of these youngsters how it was; what stood there before goes."""
    for youth_id, state in states.items():
        keys = {"meeting_id": meeting_id, "youth_id": youth_id}
        values = {"state": state, "by_id": by, "at": now}
        insert_unless_there(conn, attendance, {**keys, **values}, tuple(keys), attendance.c.meeting_id)
        where = (attendance.c.meeting_id == meeting_id, attendance.c.youth_id == youth_id)
        conn.execute(update(attendance).where(*where).values(values))


def of_meeting(conn: Connection, meeting_id: int) -> dict[int, Noted]:
    """What was noted of an evening, by youngster; empty when nobody noted anything."""
    rows = conn.execute(select(attendance).where(attendance.c.meeting_id == meeting_id))
    return {row.youth_id: _noted(row) for row in rows}


def last_note(conn: Connection, meeting_id: int) -> Noted | None:
    """The newest line of an evening: who noted it last, and when."""
    found = of_meeting(conn, meeting_id).values()
    return max(found, key=lambda one: one.at, default=None)


def last_states(conn: Connection, youth_id: int, before: datetime, count: int = 2) -> list[str]:
    """How it was at the last evenings before a moment of which something was noted, newest first."""
    query = (
        select(attendance.c.state)
        .join(meeting, meeting.c.id == attendance.c.meeting_id)
        .where(attendance.c.youth_id == youth_id, meeting.c.starts_at < before)
        .order_by(meeting.c.starts_at.desc())
        .limit(count)
    )
    return list(conn.execute(query).scalars())


def states_of(
    conn: Connection, youth_ids: Collection[int], before: datetime, count: int
) -> dict[int, list[str]]:
    """The same for several youngsters at once."""
    query = (
        select(attendance.c.youth_id, attendance.c.state)
        .join(meeting, meeting.c.id == attendance.c.meeting_id)
        .where(attendance.c.youth_id.in_(youth_ids), meeting.c.starts_at < before)
        .order_by(meeting.c.starts_at.desc())
    )
    found: dict[int, list[str]] = {}
    for row in conn.execute(query):
        found.setdefault(row.youth_id, []).append(row.state)
    return {youth_id: states[:count] for youth_id, states in found.items()}


def last_present(conn: Connection, youth_id: int, now: datetime) -> datetime | None:
    """When the last evening began that was held and at which somebody was noted as there."""
    query = (
        select(func.max(meeting.c.starts_at))
        .join(attendance, attendance.c.meeting_id == meeting.c.id)
        .where(
            attendance.c.youth_id == youth_id,
            attendance.c.state == "present",
            meeting.c.state.in_(HELD),
            meeting.c.ends_at <= now,
        )
    )
    found: datetime | None = conn.execute(query).scalar_one()
    return found


def ended(conn: Connection, group_id: int, now: datetime, within: timedelta) -> list[Meeting]:
    """The evenings of a group that ended in the last while, newest first."""
    query = (
        select(meeting.c.id)
        .where(
            meeting.c.group_id == group_id,
            meeting.c.state.in_(HELD),
            meeting.c.ends_at <= now,
            meeting.c.ends_at >= now - within,
        )
        .order_by(meeting.c.starts_at.desc())
    )
    return [meetings.load(conn, number) for number in conn.execute(query).scalars()]


def counted(conn: Connection, group_id: int, since: datetime, until: datetime) -> dict[int, dict[str, int]]:
    """How many were present, away or excused at each evening that began in a stretch of time: for figures."""
    query = (
        select(attendance.c.meeting_id, attendance.c.state, func.count())
        .join(meeting, meeting.c.id == attendance.c.meeting_id)
        .where(meeting.c.group_id == group_id, meeting.c.starts_at > since, meeting.c.starts_at <= until)
        .group_by(attendance.c.meeting_id, attendance.c.state)
    )
    found: dict[int, dict[str, int]] = {}
    for number, state, count in conn.execute(query):
        found.setdefault(number, {})[state] = count
    return found


def _noted(row: Row[Any]) -> Noted:
    return Noted(row.youth_id, row.state, row.by_id, row.at)

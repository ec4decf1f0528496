"""Evenings that were planned before a series changed: past ones stay as they were, coming ones follow."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, func, select, update

from bot.schedule.series import Series, occurrences
from bot.storage.schema_flow import due
from bot.storage.schema_people import person
from bot.storage.schema_programme import meeting, meeting_answer

REMINDERS = ("meeting_48h", "meeting_3h")
DROPPED = "dropped"
"""The state of an evening that is no longer in the series."""


def follow(conn: Connection, group_id: int, series: Series, zone: ZoneInfo, now: datetime) -> list[str]:
    """Move or drop the coming evenings of a group; says which, and how many had already answered.

    Reminders that wait are taken away: looking ahead plans them anew.
    """
    said = []
    query = select(meeting).where(meeting.c.group_id == group_id, meeting.c.starts_at > now)
    for row in conn.execute(query.order_by(meeting.c.starts_at)).all():
        day = date.fromisoformat(row.local_date)
        evening = next(occurrences(series, day, day, zone), None)
        if evening is None:
            values: dict[str, Any] = {"state": DROPPED}
        elif (evening.starts_at, evening.ends_at, "planned") != (row.starts_at, row.ends_at, row.state):
            values = {"state": "planned", "starts_at": evening.starts_at, "ends_at": evening.ends_at}
        else:
            continue
        conn.execute(update(meeting).where(meeting.c.id == row.id).values(values))
        _forget_reminders(conn, group_id, row.local_date)
        told = conn.execute(
            select(func.count()).select_from(meeting_answer).where(meeting_answer.c.meeting_id == row.id)
        ).scalar_one()
        what = "is no longer planned" if evening is None else "was moved"
        said.append(f"the evening of {row.local_date} {what}; {told} had answered: tell them yourself")
    return said


def _forget_reminders(conn: Connection, group_id: int, local_date: str) -> None:
    youngsters = select(person.c.id).where(person.c.group_id == group_id)
    conn.execute(
        delete(due).where(
            due.c.kind.in_(REMINDERS),
            due.c.occurrence == local_date,
            due.c.state == "waiting",
            due.c.person_id.in_(youngsters),
        )
    )

"""After a trial evening: whether the youngster wants to go on, and what the professional thinks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.storage.schema_evening import trial_view


@dataclass(frozen=True, slots=True)
class TrialView:
    """*youth_says* and *staff_says*: yes, unsure, no, or none while nobody said it."""

    id: int
    youth_id: int
    meeting_id: int
    youth_says: str | None
    staff_says: str | None
    staff_by: int | None


def of(conn: Connection, youth_id: int, meeting_id: int) -> TrialView:
    """What was said about a trial evening so far; made when nothing was."""
    where = (trial_view.c.youth_id == youth_id, trial_view.c.meeting_id == meeting_id)
    row = conn.execute(select(trial_view).where(*where)).first()
    if row is None:
        conn.execute(insert(trial_view).values(youth_id=youth_id, meeting_id=meeting_id))
        row = conn.execute(select(trial_view).where(*where)).one()
    return _view(row)


def youth_said(conn: Connection, one: TrialView, said: str, now: datetime) -> None:
    """Note what the youngster said; the last answer counts."""
    conn.execute(update(trial_view).where(trial_view.c.id == one.id).values(youth_says=said, youth_at=now))


def staff_said(conn: Connection, one: TrialView, said: str, by: int, now: datetime) -> None:
    """Note what the professional thinks; the last answer counts."""
    values = {"staff_says": said, "staff_by": by, "staff_at": now}
    conn.execute(update(trial_view).where(trial_view.c.id == one.id).values(values))


def _view(row: Row[Any]) -> TrialView:
    return TrialView(row.id, row.youth_id, row.meeting_id, row.youth_says, row.staff_says, row.staff_by)

"""Ideas of youngsters for an evening: a line each, read by who leads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.storage import sealed
from bot.storage.schema_evening import idea
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Idea:
    """*opened_at*: when somebody who leads the evening first saw it."""

    id: int
    youth_id: int
    meeting_id: int
    words: Words
    opened_at: datetime | None


def add(conn: Connection, youth_id: int, meeting_id: int, words: str, now: datetime) -> int:
    """A new idea, in place of an earlier one for the same evening."""
    earlier = running(conn, youth_id, meeting_id)
    if earlier is not None:
        take_back(conn, earlier, now)
    values = {"youth_id": youth_id, "meeting_id": meeting_id, "at": now}
    return sealed.insert(conn, idea, values, {"words": words}, owner=youth_id)


def running(conn: Connection, youth_id: int, meeting_id: int) -> Idea | None:
    """The idea of a youngster for an evening that was not taken back."""
    return next((one for one in of_meeting(conn, meeting_id) if one.youth_id == youth_id), None)


def of_meeting(conn: Connection, meeting_id: int) -> list[Idea]:
    """The ideas for an evening that still stand, oldest first."""
    query = select(idea).where(idea.c.meeting_id == meeting_id, idea.c.taken_back_at.is_(None))
    return [_idea(conn, row) for row in conn.execute(query.order_by(idea.c.id))]


def opened(conn: Connection, one: Idea, now: datetime) -> None:
    """Somebody who leads the evening saw it."""
    conn.execute(update(idea).where(idea.c.id == one.id, idea.c.opened_at.is_(None)).values(opened_at=now))


def take_back(conn: Connection, one: Idea, now: datetime) -> None:
    """It stands nowhere any more, and its words go."""
    sealed.update_sealed(conn, idea, one.id, {"words": ""}, owner=one.youth_id)
    conn.execute(update(idea).where(idea.c.id == one.id).values(taken_back_at=now))


def _idea(conn: Connection, row: Row[Any]) -> Idea:
    words = Words(sealed.opened(conn, idea.c.words, row.id, row.words))
    return Idea(row.id, row.youth_id, row.meeting_id, words, row.opened_at)

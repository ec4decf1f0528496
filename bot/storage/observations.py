"""What professionals saw of a youngster at an evening: codes, tied to the challenge of that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.storage.schema_evening import observation


@dataclass(frozen=True, slots=True)
class Observation:
    """*contact*, *mood* and *step* are what was tapped."""

    id: int
    youth_id: int
    meeting_id: int
    challenge_id: int | None
    contact: str
    mood: str
    step: str
    by: int


def add(
    conn: Connection,
    youth_id: int,
    meeting_id: int,
    challenge_id: int | None,
    seen: Mapping[str, str],
    by: int,
    now: datetime,
) -> int:
    """Keep what was tapped; what this professional noted before of that evening goes."""
    conn.execute(
        update(observation)
        .where(
            observation.c.youth_id == youth_id,
            observation.c.meeting_id == meeting_id,
            observation.c.by_id == by,
            observation.c.undone_at.is_(None),
        )
        .values(undone_at=now)
    )
    values = {
        "youth_id": youth_id,
        "meeting_id": meeting_id,
        "challenge_id": challenge_id,
        "by_id": by,
        "at": now,
        **seen,
    }
    return int(conn.execute(insert(observation).values(values).returning(observation.c.id)).scalar_one())


def undo(conn: Connection, number: int, by: int, now: datetime) -> bool:
    """Take it back; only whoever noted it."""
    mine = (observation.c.id == number, observation.c.by_id == by, observation.c.undone_at.is_(None))
    return conn.execute(update(observation).where(*mine).values(undone_at=now)).rowcount == 1


def of_meeting(conn: Connection, meeting_id: int) -> list[Observation]:
    """What was seen at an evening and not taken back, oldest first."""
    query = select(observation).where(
        observation.c.meeting_id == meeting_id, observation.c.undone_at.is_(None)
    )
    return [
        Observation(
            row.id, row.youth_id, row.meeting_id, row.challenge_id, row.contact, row.mood, row.step, row.by_id
        )
        for row in conn.execute(query.order_by(observation.c.id))
    ]

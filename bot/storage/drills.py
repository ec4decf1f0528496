"""Drills of the alert chain: when, for which organisation, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from bot.storage.schema_operation import drill

Outcome = Literal["running", "acknowledged", "nobody", "broken_off"]
Step = tuple[str, str, int | None]
"""A moment (ISO), what happened, and the number of the staff member it happened to."""


@dataclass(frozen=True, slots=True)
class Drill:
    """*item_id* is the alert it raised."""

    id: int
    organisation_id: int
    item_id: int
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    acknowledged_at: datetime | None
    acknowledged_by: int | None
    timeline: tuple[Step, ...]


def add(conn: Connection, organisation_id: int, item_id: int, now: datetime) -> int:
    """A drill begins; its number."""
    values = {
        "organisation_id": organisation_id,
        "item_id": item_id,
        "started_at": now,
        "outcome": "running",
        "timeline": "[]",
    }
    number: int = conn.execute(insert(drill).values(values).returning(drill.c.id)).scalar_one()
    return number


def load(conn: Connection, number: int) -> Drill:
    """The drill with this number, which must exist."""
    return _drill(conn.execute(select(drill).where(drill.c.id == number)).one())


def end(
    conn: Connection,
    number: int,
    outcome: Outcome,
    timeline: Sequence[Step],
    now: datetime,
    acknowledged: tuple[int, datetime] | None = None,
) -> None:
    """What came of it; *acknowledged* says by whom and when."""
    by, at = acknowledged or (None, None)
    values = {
        "outcome": outcome,
        "timeline": json.dumps(list(timeline)),
        "ended_at": now,
        "acknowledged_by": by,
        "acknowledged_at": at,
    }
    conn.execute(update(drill).where(drill.c.id == number).values(values))


def running(conn: Connection, organisation_id: int) -> Drill | None:
    """The drill that nobody ended yet."""
    return _last(conn, drill.c.organisation_id == organisation_id, drill.c.outcome == "running")


def latest(conn: Connection, organisation_id: int) -> Drill | None:
    """The last drill that ended, whatever came of it."""
    return _last(conn, drill.c.organisation_id == organisation_id, drill.c.outcome != "running")


def latest_acknowledged(conn: Connection, organisation_id: int) -> Drill | None:
    """The last drill that somebody acknowledged."""
    return _last(conn, drill.c.organisation_id == organisation_id, drill.c.outcome == "acknowledged")


def _last(conn: Connection, *where: Any) -> Drill | None:
    row = conn.execute(select(drill).where(*where).order_by(drill.c.id.desc()).limit(1)).one_or_none()
    return _drill(row) if row else None


def _drill(row: Row[Any]) -> Drill:
    return Drill(
        row.id,
        row.organisation_id,
        row.item_id,
        row.started_at,
        row.ended_at,
        row.outcome,
        row.acknowledged_at,
        row.acknowledged_by,
        tuple((moment, what, who) for moment, what, who in json.loads(row.timeline)),
    )

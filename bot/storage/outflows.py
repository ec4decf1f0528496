"""Going on alone: proposed by a professional, agreed to by the youngster, ended with a goodbye."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.storage import sealed
from bot.storage.schema_outflow import outflow
from dialogs.words import Words

OPEN = ("proposed", "agreed", "ended")


@dataclass(frozen=True, slots=True)
class Outflow:
    """*farewell*: words of the professional for the last message; empty when there are none."""

    id: int
    youth_id: int
    proposed_by: int
    ends_on: date
    taper: bool
    farewell: Words
    answer: str | None
    answered_at: datetime | None
    aftercare: bool | None
    erase_on: date | None
    state: str


def propose(
    conn: Connection, youth_id: int, by: int, ends_on: date, *, taper: bool, farewell: str, now: datetime
) -> int:
    """A new proposal; an earlier one that nobody answered is withdrawn."""
    mine = (outflow.c.youth_id == youth_id, outflow.c.state.in_(OPEN))
    conn.execute(update(outflow).where(*mine).values(state="withdrawn"))
    values = {
        "youth_id": youth_id, "proposed_by": by, "proposed_at": now, "ends_on": ends_on, "taper": taper,
        "state": "proposed",
    }  # fmt: skip
    return sealed.insert(conn, outflow, values, {"farewell": farewell} if farewell else {}, owner=youth_id)


def of_youth(conn: Connection, youth_id: int) -> Outflow | None:
    """What runs for a youngster: proposed, agreed on, or ended with the goodbye."""
    query = select(outflow).where(outflow.c.youth_id == youth_id, outflow.c.state.in_(OPEN))
    row = conn.execute(query.order_by(outflow.c.id.desc()).limit(1)).one_or_none()
    return _outflow(conn, row) if row else None


def last(conn: Connection, youth_id: int) -> Outflow | None:
    """The latest one, whatever became of it."""
    query = select(outflow).where(outflow.c.youth_id == youth_id).order_by(outflow.c.id.desc()).limit(1)
    row = conn.execute(query).one_or_none()
    return _outflow(conn, row) if row else None


def change(conn: Connection, number: int, **values: Any) -> None:
    """Set columns (never the words)."""
    conn.execute(update(outflow).where(outflow.c.id == number).values(values))


def _outflow(conn: Connection, row: Row[Any]) -> Outflow:
    words = sealed.opened(conn, outflow.c.farewell, row.id, row.farewell) if row.farewell else ""
    return Outflow(
        row.id,
        row.youth_id,
        row.proposed_by,
        row.ends_on,
        row.taper,
        Words(words),
        row.answer,
        row.answered_at,
        row.aftercare,
        row.erase_on,
        row.state,
    )

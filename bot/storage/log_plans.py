"""On which weekdays a youngster wants to be asked for the positive log. Nobody is unless they chose days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.storage.schema_exercises import log_plan


@dataclass(frozen=True, slots=True)
class LogPlan:
    """*days* are weekdays, Monday 0."""

    id: int
    youth_id: int
    days: tuple[int, ...]


def running(conn: Connection, youth_id: int) -> LogPlan | None:
    """What somebody chose, until they stop it."""
    query = select(log_plan).where(log_plan.c.youth_id == youth_id, log_plan.c.until.is_(None))
    row = conn.execute(query.order_by(log_plan.c.id.desc())).first()
    if row is None:
        return None
    return LogPlan(row.id, row.youth_id, tuple(int(day) for day in row.days.split(",")))


def begin(conn: Connection, youth_id: int, days: Collection[int], now: datetime) -> int:
    """Ask on these days from now on, and on no others; returns the number of the choice."""
    end(conn, youth_id, now)
    values = {"youth_id": youth_id, "days": ",".join(str(day) for day in sorted(days)), "since": now}
    number: int = conn.execute(insert(log_plan).values(values).returning(log_plan.c.id)).scalar_one()
    return number


def end(conn: Connection, youth_id: int, now: datetime) -> None:
    """Ask no more."""
    mine = (log_plan.c.youth_id == youth_id, log_plan.c.until.is_(None))
    conn.execute(update(log_plan).where(*mine).values(until=now))

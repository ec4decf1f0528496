"""Halts: everything for one youngster stopped at once, by whom, why, and when it was lifted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import Connection, insert, select, update

from bot.storage.schema_alerts import halt
from bot.storage.schema_flow import due, outbox
from bot.storage.schema_people import account

Reason = Literal["died", "admitted", "unsafe", "other"]


@dataclass(frozen=True, slots=True)
class Halt:
    """A halt that still runs."""

    id: int
    youth_id: int
    reason: Reason
    halted_by: int
    halted_at: datetime


def running(conn: Connection, youth_id: int) -> Halt | None:
    """The halt of a youngster, unless it was lifted."""
    query = select(halt).where(halt.c.youth_id == youth_id, halt.c.lifted_at.is_(None))
    row = conn.execute(query.order_by(halt.c.id.desc()).limit(1)).one_or_none()
    return Halt(row.id, row.youth_id, cast(Reason, row.reason), row.halted_by, row.halted_at) if row else None


def halted(conn: Connection) -> frozenset[int]:
    """Every youngster who is halted now."""
    return frozenset(conn.execute(select(halt.c.youth_id).where(halt.c.lifted_at.is_(None))).scalars())


def died(conn: Connection) -> frozenset[int]:
    """Every youngster of whom it was noted that they died."""
    query = select(halt.c.youth_id).where(halt.c.lifted_at.is_(None), halt.c.reason == "died")
    return frozenset(conn.execute(query).scalars())


def begin(conn: Connection, youth_id: int, reason: str, halted_by: int, now: datetime) -> int:
    """Halt a youngster; the number of the halt."""
    values = {"youth_id": youth_id, "reason": reason, "halted_by": halted_by, "halted_at": now}
    number: int = conn.execute(insert(halt).values(values).returning(halt.c.id)).scalar_one()
    return number


def lift(conn: Connection, youth_id: int, lifted_by: int, now: datetime) -> bool:
    """End the halt of a youngster; false when there was none."""
    mine = (halt.c.youth_id == youth_id, halt.c.lifted_at.is_(None))
    return conn.execute(update(halt).where(*mine).values(lifted_by=lifted_by, lifted_at=now)).rowcount > 0


def cancel_everything(
    conn: Connection, youth_id: int, lasting: frozenset[str], now: datetime
) -> tuple[int, int]:
    """Cancel what is due (but the kinds in *lasting*) and what waits to be sent to a youngster; how many of each."""
    moments = update(due).where(
        due.c.person_id == youth_id, due.c.state == "waiting", due.c.kind.not_in(lasting)
    )
    accounts = select(account.c.id).where(account.c.person_id == youth_id)
    messages = update(outbox).where(outbox.c.account_id.in_(accounts), outbox.c.state == "ready")
    values = {"state": "cancelled", "error": "halted", "payload": None, "sent_at": now}
    return (
        conn.execute(moments.values(state="cancelled", done_at=now)).rowcount,
        conn.execute(messages.values(values)).rowcount,
    )

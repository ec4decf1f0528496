"""What the operator has to hear: kept until the alarm command took it. Kind and reference only, never words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from bot.storage.dialect import insert_unless_there
from bot.storage.schema_operation import alarm

KEPT = timedelta(days=30)
EACH_TIME = frozenset(
    {"alert", "alert_unseen", "alert_reaches_nobody", "alert_undelivered", "danger_without_alert"}
)
"""Kinds about a person who may be in danger: each of them rings, also within the hour."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """*times*: how often it was raised within its hour."""

    id: int
    kind: str
    reference: str
    times: int
    raised_at: datetime
    rung_at: datetime | None
    mailed_at: datetime | None
    seen_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nobody heard of it yet, as far as this program knows."""
        return self.rung_at is None and self.seen_at is None


def add(conn: Connection, kind: str, reference: str, now: datetime) -> int:
    """Keep an alarm; the same kind and reference within one hour is one alarm that happened again."""
    values = {
        "kind": kind,
        "reference": reference,
        "slot": now.isoformat() if kind in EACH_TIME else f"{now:%Y-%m-%dT%H}",
        "times": 1,
        "raised_at": now,
    }
    made: int | None = insert_unless_there(conn, alarm, values, ("kind", "reference", "slot"), alarm.c.id)
    if made is not None:
        return made
    same = (alarm.c.kind == kind, alarm.c.reference == reference, alarm.c.slot == values["slot"])
    again = update(alarm).where(*same).values(times=alarm.c.times + 1)
    number: int = conn.execute(again.returning(alarm.c.id)).scalar_one()
    return number


def unrung(conn: Connection) -> list[Alarm]:
    """What the alarm command has not taken yet, oldest first."""
    waiting = (alarm.c.rung_at.is_(None), alarm.c.seen_at.is_(None))
    return [_alarm(row) for row in conn.execute(select(alarm).where(*waiting).order_by(alarm.c.id))]


def unmailed(conn: Connection, since: datetime) -> list[Alarm]:
    """What the mail server has not taken yet, of after *since*, oldest first."""
    waiting = (alarm.c.mailed_at.is_(None), alarm.c.seen_at.is_(None), alarm.c.raised_at > since)
    return [_alarm(row) for row in conn.execute(select(alarm).where(*waiting).order_by(alarm.c.id))]


def rung(conn: Connection, numbers: Sequence[int], now: datetime) -> None:
    """The alarm command ran and said that all is well."""
    conn.execute(update(alarm).where(alarm.c.id.in_(numbers)).values(rung_at=now))


def mailed(conn: Connection, numbers: Sequence[int], now: datetime) -> None:
    """The mail server took them."""
    conn.execute(update(alarm).where(alarm.c.id.in_(numbers)).values(mailed_at=now))


def seen(conn: Connection, now: datetime) -> int:
    """The operator has read everything that is open; how many that were."""
    waiting = (alarm.c.rung_at.is_(None), alarm.c.seen_at.is_(None))
    return conn.execute(update(alarm).where(*waiting).values(seen_at=now)).rowcount


def latest(conn: Connection, since: datetime) -> list[Alarm]:
    """Every alarm after *since*, newest first."""
    rows = conn.execute(select(alarm).where(alarm.c.raised_at > since).order_by(alarm.c.id.desc()))
    return [_alarm(row) for row in rows]


def count_open(conn: Connection) -> dict[str, int]:
    """How many are open, by kind."""
    query = select(alarm.c.kind, func.count().label("number")).where(
        alarm.c.rung_at.is_(None), alarm.c.seen_at.is_(None)
    )
    return {row.kind: row.number for row in conn.execute(query.group_by(alarm.c.kind))}


def purge(conn: Connection, now: datetime) -> int:
    """Forget what is past its time; how many."""
    return conn.execute(delete(alarm).where(alarm.c.raised_at < now - KEPT)).rowcount


def _alarm(row: Row[Any]) -> Alarm:
    return Alarm(
        row.id,
        row.kind,
        row.reference,
        row.times,
        row.raised_at,
        row.rung_at,
        row.mailed_at,
        row.seen_at,
    )

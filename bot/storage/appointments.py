"""Talks with a day and an hour between a professional and a youngster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from bot.storage.schema_guidance import appointment

State = Literal["asked", "agreed", "other", "off"]
STANDS: tuple[State, ...] = ("asked", "agreed")
"""States in which the talk is to happen; *other*: the youngster asked for another moment."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """*told_at*: when the youngster opened it; *at*: when it was planned. *way*: call, place, walk or video."""

    id: int
    youth_id: int
    by_id: int
    starts_at: datetime
    way: str
    state: State
    told_at: datetime | None
    at: datetime


def add(conn: Connection, youth_id: int, starts_at: datetime, way: str, by: int, now: datetime) -> int:
    values = {
        "youth_id": youth_id,
        "starts_at": starts_at,
        "way": way,
        "by_id": by,
        "at": now,
        "state": "asked",
    }
    return int(conn.execute(insert(appointment).values(values).returning(appointment.c.id)).scalar_one())


def find(conn: Connection, number: int) -> Appointment | None:
    row = conn.execute(select(appointment).where(appointment.c.id == number)).one_or_none()
    return _appointment(row) if row is not None else None


def to_come(conn: Connection, youth_id: int, by: int, now: datetime) -> Appointment | None:
    """The talk of this professional with a youngster that is still to happen."""
    query = select(appointment).where(
        appointment.c.youth_id == youth_id,
        appointment.c.by_id == by,
        appointment.c.state.in_(STANDS),
        appointment.c.starts_at > now,
    )
    row = conn.execute(query.order_by(appointment.c.id.desc()).limit(1)).one_or_none()
    return _appointment(row) if row is not None else None


def ahead_of(conn: Connection, by: int, now: datetime) -> list[Appointment]:
    """What this professional planned with anybody and lies ahead, also when another moment was asked for."""
    query = select(appointment).where(
        appointment.c.by_id == by, appointment.c.state != "off", appointment.c.starts_at > now
    )
    return [_appointment(row) for row in conn.execute(query.order_by(appointment.c.id))]


def answer(conn: Connection, number: int, state: State, now: datetime) -> bool:
    """The youngster's answer; false when it stands no more or began."""
    mine = (
        appointment.c.id == number,
        appointment.c.state.in_((*STANDS, "other")),
        appointment.c.starts_at > now,
    )
    values = {"state": state, "answered_at": now}
    return conn.execute(update(appointment).where(*mine).values(values)).rowcount == 1


def cancel(conn: Connection, number: int, by: int) -> bool:
    """Called off; only by whoever planned it."""
    mine = (appointment.c.id == number, appointment.c.by_id == by, appointment.c.state != "off")
    return conn.execute(update(appointment).where(*mine).values(state="off")).rowcount == 1


def told(conn: Connection, number: int, now: datetime) -> None:
    mine = (appointment.c.id == number, appointment.c.told_at.is_(None))
    conn.execute(update(appointment).where(*mine).values(told_at=now))


def _appointment(row: Row[Any]) -> Appointment:
    return Appointment(
        row.id, row.youth_id, row.by_id, row.starts_at, row.way, row.state, row.told_at, row.at
    )

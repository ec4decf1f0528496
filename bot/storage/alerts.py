"""Alerts: what an item of kind ``alert`` has beside its words, and every step of its course without any words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Connection, Row, insert, or_, select, update

from bot.storage import due
from bot.storage.dialect import insert_unless_there
from bot.storage.schema_alerts import alert, alert_exclusion, alert_step

Level = Literal["p1", "p2", "p3"]
About = Literal["self", "other", "staff"]
State = Literal["open", "sent", "acknowledged", "handled"]
RUNNING = ("open", "sent", "acknowledged")
UNSEEN = ("open", "sent")


@dataclass(frozen=True, slots=True)
class Alert:
    """*began_at*: from when the minutes of its chain count. those *excluded* never get, see or open it."""

    item_id: int
    youth_id: int
    organisation_id: int | None
    level: Level
    kind: str
    about: About
    explicit: bool
    quoted: bool
    why: tuple[str, ...]
    excluded: frozenset[int]
    state: State
    drill: bool
    raised_at: datetime
    began_at: datetime
    wakes: int
    acknowledged_by: int | None
    acknowledged_at: datetime | None
    try_again_at: datetime | None
    outcome: str | None
    handled_by: int | None
    handled_at: datetime | None
    reader_id: int | None
    read_at: datetime | None
    code_noted_on: str | None

    @property
    def reference(self) -> str:
        """How people name it; it says nothing about anybody."""
        return f"A-{self.item_id}"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an alert. *person_id*: who got it, or who did it."""

    what: str
    person_id: int | None
    at: datetime


def add(conn: Connection, item_id: int, youth_id: int, now: datetime, **values: Any) -> None:
    """An alert beside its item."""
    defaults: dict[str, Any] = {
        "about": "self",
        "explicit": False,
        "quoted": False,
        "why": "",
        "state": "open",
        "drill": False,
        "wakes": 0,
        "raised_at": now,
        "began_at": now,
    }
    conn.execute(insert(alert).values({**defaults, "item_id": item_id, "youth_id": youth_id, **values}))


def load(conn: Connection, item_id: int) -> Alert:
    """The alert of this item, which must exist."""
    return _alert(conn, conn.execute(select(alert).where(alert.c.item_id == item_id)).one())


def find(conn: Connection, item_id: int) -> Alert | None:
    """The alert of this item; none when the item is no alert."""
    row = conn.execute(select(alert).where(alert.c.item_id == item_id)).one_or_none()
    return _alert(conn, row) if row else None


def change(conn: Connection, item_id: int, **values: Any) -> None:
    """Set columns of an alert."""
    conn.execute(update(alert).where(alert.c.item_id == item_id).values(values))


def exclude(conn: Connection, item_id: int, person_id: int) -> None:
    """From now on an alert passes somebody by."""
    values = {"item_id": item_id, "person_id": person_id}
    insert_unless_there(conn, alert_exclusion, values, tuple(values), alert_exclusion.c.item_id)


def note(conn: Connection, item_id: int, what: str, person_id: int | None, now: datetime) -> None:
    """Add a step to the course of an alert."""
    conn.execute(insert(alert_step).values(item_id=item_id, what=what, person_id=person_id, at=now))


def steps(conn: Connection, item_id: int) -> list[Step]:
    """The course of an alert, oldest first."""
    query = select(alert_step).where(alert_step.c.item_id == item_id).order_by(alert_step.c.id)
    return [Step(row.what, row.person_id, row.at) for row in conn.execute(query)]


def got(conn: Connection, item_id: int, person_id: int) -> bool:
    """Whether an alert was sent to somebody."""
    query = select(alert_step.c.id).where(
        alert_step.c.item_id == item_id, alert_step.c.what == "sent", alert_step.c.person_id == person_id
    )
    return conn.execute(query.limit(1)).first() is not None


def running_about(conn: Connection, youth_id: int) -> list[Alert]:
    """The alerts about a youngster that nobody handled, oldest first."""
    query = select(alert).where(alert.c.youth_id == youth_id, alert.c.state.in_(RUNNING))
    return [_alert(conn, row) for row in conn.execute(query.order_by(alert.c.item_id))]


def unseen_of(conn: Connection, organisation_id: int) -> list[Alert]:
    """The alerts of an organisation that nobody acknowledged, oldest first."""
    query = select(alert).where(alert.c.organisation_id == organisation_id, alert.c.state.in_(UNSEEN))
    return [_alert(conn, row) for row in conn.execute(query.order_by(alert.c.item_id))]


def plan(conn: Connection, one: Alert, kind: str, moment: datetime, now: datetime) -> int:
    """Look at an alert again at a moment; the number of that look, which is the only one that still counts."""
    wake = one.wakes + 1
    change(conn, one.item_id, wakes=wake)
    about = {"item": one.item_id, "wake": wake}
    due.plan(conn, one.youth_id, kind, f"{one.item_id}:{wake}", moment, None, about, now)
    return wake


def wake(conn: Connection, organisation_id: int, now: datetime) -> int:
    """Who can be reached changed for the better: every alert nobody acknowledged is looked at now; how many."""
    found = unseen_of(conn, organisation_id)
    for one in found:
        plan(conn, one, "alert_wake", now, now)
    return len(found)


def of_organisation(conn: Connection, organisation_id: int, since: datetime) -> list[Alert]:
    """The alerts of an organisation: open ones first, oldest first; then those handled since *since*."""
    query = select(alert).where(
        alert.c.organisation_id == organisation_id,
        or_(alert.c.state.in_(RUNNING), alert.c.handled_at > since, alert.c.read_at.is_(None)),
    )
    found = [_alert(conn, row) for row in conn.execute(query.order_by(alert.c.raised_at, alert.c.item_id))]
    return sorted(found, key=lambda one: one.state == "handled")


def sent_to(conn: Connection, person_id: int) -> list[Alert]:
    """The alerts nobody handled that were sent to somebody, oldest first."""
    query = (
        select(alert)
        .join(alert_step, alert_step.c.item_id == alert.c.item_id)
        .where(
            alert_step.c.person_id == person_id,
            alert_step.c.what == "sent",
            alert.c.state.in_(RUNNING),
        )
        .distinct()
    )
    found = [one for row in conn.execute(query) if person_id not in (one := _alert(conn, row)).excluded]
    return sorted(found, key=lambda one: (one.raised_at, one.item_id))


def to_read_again(conn: Connection, reader_id: int) -> list[Alert]:
    """Handled alerts that wait for somebody as second reader, oldest first."""
    query = select(alert).where(
        alert.c.reader_id == reader_id, alert.c.state == "handled", alert.c.read_at.is_(None)
    )
    return [_alert(conn, row) for row in conn.execute(query.order_by(alert.c.handled_at, alert.c.item_id))]


def _excluded(conn: Connection, item_id: int) -> frozenset[int]:
    query = select(alert_exclusion.c.person_id).where(alert_exclusion.c.item_id == item_id)
    return frozenset(conn.execute(query).scalars())


def _alert(conn: Connection, row: Row[Any]) -> Alert:
    return Alert(
        item_id=row.item_id,
        youth_id=row.youth_id,
        organisation_id=row.organisation_id,
        level=cast(Level, row.level),
        kind=row.kind,
        about=cast(About, row.about),
        explicit=bool(row.explicit),
        quoted=bool(row.quoted),
        why=tuple(key for key in row.why.split(",") if key),
        excluded=_excluded(conn, row.item_id),
        state=cast(State, row.state),
        drill=bool(row.drill),
        raised_at=row.raised_at,
        began_at=row.began_at,
        wakes=row.wakes,
        acknowledged_by=row.acknowledged_by,
        acknowledged_at=row.acknowledged_at,
        try_again_at=row.try_again_at,
        outcome=row.outcome,
        handled_by=row.handled_by,
        handled_at=row.handled_at,
        reader_id=row.reader_id,
        read_at=row.read_at,
        code_noted_on=row.code_noted_on,
    )

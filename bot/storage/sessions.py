"""Sessions: one running dialog of one person, kept whole between any two messages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.storage import sealed
from bot.storage.savepoint import apart
from bot.storage.schema_people import person
from bot.storage.schema_talk import session
from dialogs import state as states
from dialogs.state import State

RUNNING = ("open", "paused")
ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Session:
    """*message_id* is the outbox row that shows the open question; *foreground* ones take typed words.

    *status*: open, paused (the person chose later; it can be resumed) or ended.
    """

    id: int
    person_id: int
    script: str
    revision: str
    state: State
    status: str
    foreground: bool
    message_id: int | None
    updated_at: datetime


def add(
    conn: Connection,
    person_id: int,
    script: str,
    revision: str,
    state: State,
    foreground: bool,
    now: datetime,
) -> int:
    """Store a session that was just started; returns its id."""
    values = {
        "person_id": person_id,
        "script": script,
        "revision": revision,
        "status": "open",
        "foreground": foreground,
        "created_at": now,
        "updated_at": now,
    }
    return sealed.insert(conn, session, values, {"state": states.dump(state)}, owner=person_id)


def save(conn: Connection, one: Session, now: datetime) -> None:
    """Write *one* back.

    Of a dialog of staff that ended no answer, label or typed word stays: they are about somebody else.
    """
    state = one.state
    if one.status == ENDED and _is_of_staff(conn, one.person_id):
        state = State(state.script, None, state.screen, subject=state.subject)
    conn.execute(
        update(session)
        .where(session.c.id == one.id)
        .values(
            status=one.status,
            foreground=one.foreground,
            message_id=one.message_id,
            updated_at=now,
            state=sealed.seal(conn, session.c.state, one.id, states.dump(state), one.person_id),
        )
    )


def end_left(conn: Connection, scripts: Collection[str], before: datetime) -> int:
    """End dialogs of staff with these names that were left in the middle before a moment; how many.

    When something last happened in them stays what it was. One that cannot be opened ends empty: it may not keep
    the others from ending.
    """
    left = (
        select(session)
        .join(person, person.c.id == session.c.person_id)
        .where(
            session.c.script.in_(scripts),
            session.c.foreground,
            session.c.status.in_(RUNNING),
            session.c.updated_at <= before,
            person.c.role != "youth",
        )
    )
    found = conn.execute(left).all()
    for row in found:
        if apart(conn, partial(_end, conn, row)) is not None:
            emptied = update(session).where(session.c.id == row.id)
            conn.execute(emptied.values(status=ENDED, state=None))
    return len(found)


def load(conn: Connection, session_id: int) -> Session | None:
    """The session with this number, whoever it belongs to: the caller checks the person."""
    row = conn.execute(select(session).where(session.c.id == session_id)).one_or_none()
    return _session(conn, row) if row else None


def open_of(conn: Connection, person_id: int) -> list[Session]:
    """The sessions of a person that have not ended, latest first."""
    query = (
        select(session)
        .where(session.c.person_id == person_id, session.c.status.in_(RUNNING))
        .order_by(session.c.updated_at.desc(), session.c.id.desc())
    )
    return [_session(conn, row) for row in conn.execute(query)]


def about(conn: Connection, person_id: int, script: str) -> list[State]:
    """Where the sessions of a script of a person stand or stood, as far as they are kept, latest first."""
    query = (
        select(session)
        .where(session.c.person_id == person_id, session.c.script == script)
        .order_by(session.c.updated_at.desc(), session.c.id.desc())
    )
    return [_session(conn, row).state for row in conn.execute(query)]


def waiting(conn: Connection, role: str, script: str) -> list[Session]:
    """The sessions of a script of people with *role* that have not ended, the oldest first."""
    query = (
        select(session)
        .join(person, person.c.id == session.c.person_id)
        .where(person.c.role == role, session.c.script == script, session.c.status == "open")
        .order_by(session.c.id)
    )
    return [_session(conn, row) for row in conn.execute(query)]


def last_touched(conn: Connection, person_id: int) -> int | None:
    """The session, running or ended, in which something happened last."""
    query = (
        select(session.c.id)
        .where(session.c.person_id == person_id, session.c.foreground)
        .order_by(session.c.updated_at.desc(), session.c.id.desc())
        .limit(1)
    )
    return conn.execute(query).scalar_one_or_none()


def close(conn: Connection, person_id: int, script: str, now: datetime) -> None:
    """End every open session of this script of a youngster: its buttons become old."""
    conn.execute(
        update(session)
        .where(session.c.person_id == person_id, session.c.script == script, session.c.status.in_(RUNNING))
        .values(status=ENDED, updated_at=now)
    )


def _end(conn: Connection, row: Row[Any]) -> None:
    one = _session(conn, row)
    save(conn, replace(one, status=ENDED), one.updated_at)


def _is_of_staff(conn: Connection, person_id: int) -> bool:
    return conn.execute(select(person.c.role).where(person.c.id == person_id)).scalar() != "youth"


def _session(conn: Connection, row: Row[Any]) -> Session:
    if row.state is None:
        state = State(row.script, None)
    else:
        state = states.load(sealed.opened(conn, session.c.state, row.id, row.state))
    return Session(
        id=row.id,
        person_id=row.person_id,
        script=row.script,
        revision=row.revision,
        state=state,
        status=row.status,
        foreground=bool(row.foreground),
        message_id=row.message_id,
        updated_at=row.updated_at,
    )

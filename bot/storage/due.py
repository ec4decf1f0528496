"""Due moments: this table is the schedule. A moment exists once per person, kind and occurrence."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, or_, select, update

from bot.storage.dialect import insert_unless_there, unclaimed
from bot.storage.schema_flow import due

MOST_ATTEMPTS = 5

SENT = "sent"
"""The outcome of a moment that became a message."""

NEVER_DROPPED = frozenset(
    {"danger_silence", "alert_wake", "alert_expires", "alert_again", "alert_reread", "item_age", "erase"}
)

EVENTS = NEVER_DROPPED | {"wipe", "digest"}
"""What follows from something that happened, or from a day: no look ahead plans it again when it is forgotten."""

ALSO_LATE = frozenset({"goodbye", "deletion_soon", "term_ended", "group_move", "own_account"})
"""What still happens when its moment went by while it was cancelled: it was agreed on, or data would stay for ever."""


@dataclass(frozen=True, slots=True)
class Due:
    """A moment that waits. *subject* holds row numbers only, so it needs no sealing."""

    id: int
    person_id: int
    kind: str
    occurrence: str
    not_before: datetime
    not_after: datetime | None
    subject: Mapping[str, int]
    attempts: int
    because: str | None = None


def plan(
    conn: Connection,
    person_id: int,
    kind: str,
    occurrence: str,
    not_before: datetime,
    not_after: datetime | None,
    subject: Mapping[str, int],
    now: datetime,
    because: str | None = None,
) -> bool:
    """Plan a moment; False when this occurrence was planned before, whatever became of it. *because* is a code."""
    values = {
        "person_id": person_id,
        "kind": kind,
        "occurrence": occurrence,
        "not_before": not_before,
        "not_after": not_after,
        "state": "waiting",
        "subject": json.dumps(dict(subject), sort_keys=True),
        "created_at": now,
        "because": because,
    }
    return insert_unless_there(conn, due, values, ("person_id", "kind", "occurrence"), due.c.id) is not None


def replan(
    conn: Connection,
    person_id: int,
    kind: str,
    occurrence: str,
    not_before: datetime,
    not_after: datetime | None,
    because: str | None = None,
    subject: Mapping[str, int] | None = None,
) -> bool:
    """Move a moment that still waits; False when there is none.

    Without *because* (a code) or *subject* there stays what stood there.
    """
    values = {"because": because} if because else {}
    if subject is not None:
        values["subject"] = json.dumps(dict(subject), sort_keys=True)
    moved = conn.execute(
        update(due)
        .where(*_one(person_id, kind, occurrence))
        .values(not_before=not_before, not_after=not_after, attempts=0, **values)
    )
    return moved.rowcount == 1


def not_before_next_minute(conn: Connection, row_id: int, now: datetime) -> None:
    """A moment that was put off may not come back at once: it would keep all others waiting."""
    again = update(due).where(due.c.id == row_id, due.c.state == "waiting", due.c.not_before <= now)
    conn.execute(again.values(not_before=now + timedelta(minutes=1)))


def cancel(
    conn: Connection, person_id: int, kind: str, occurrence: str, now: datetime, because: str | None = None
) -> bool:
    """Cancel a moment that still waits; False when there is none. *because* is a code."""
    statement = update(due).where(*_one(person_id, kind, occurrence))
    values = {"state": "cancelled", "done_at": now, "outcome": because}
    return conn.execute(statement.values(values)).rowcount == 1


def cancel_everywhere(
    conn: Connection, kind: str, occurrence: str, now: datetime, because: str | None = None
) -> set[int]:
    """Cancel a moment for everybody for whom it still waits; the numbers of these persons. *because* is a code."""
    waiting = (due.c.kind == kind, due.c.occurrence == occurrence, due.c.state == "waiting")
    values = {"state": "cancelled", "done_at": now, "outcome": because}
    found = update(due).where(*waiting).values(values).returning(due.c.person_id)
    return set(conn.execute(found).scalars())


def cancel_all(conn: Connection, person_id: int, kinds: Collection[str] | None, now: datetime) -> int:
    """Cancel everything of these *kinds* (None: of any kind) that waits for a person; how many."""
    statement = update(due).where(due.c.person_id == person_id, due.c.state == "waiting")
    if kinds is not None:
        statement = statement.where(due.c.kind.in_(kinds))
    return conn.execute(statement.values(state="cancelled", done_at=now)).rowcount


def forget(conn: Connection, person_id: int, kinds: Collection[str]) -> int:
    """Take away what waits of these kinds, as if it was never planned, so that the same can be planned anew."""
    mine = (due.c.person_id == person_id, due.c.state == "waiting", due.c.kind.in_(kinds))
    return conn.execute(delete(due).where(*mine)).rowcount


def restore(conn: Connection, person_id: int, cancelled_at: datetime, now: datetime) -> int:
    """What was cancelled at that moment waits again, if it lies ahead or is agreed on whatever the day; how many."""
    mine = (due.c.person_id == person_id, due.c.state == "cancelled", due.c.done_at == cancelled_at)
    ahead = update(due).where(*mine, or_(due.c.not_before > now, due.c.kind.in_(ALSO_LATE)))
    return conn.execute(ahead.values(state="waiting", done_at=None)).rowcount


def again(
    conn: Connection,
    person_id: int,
    kind: str,
    occurrence: str,
    not_before: datetime,
    not_after: datetime | None,
) -> bool:
    """What had happened or was cancelled waits anew for that moment; False when it was never planned, or waits."""
    mine = (due.c.person_id == person_id, due.c.kind == kind, due.c.occurrence == occurrence)
    anew = {"state": "waiting", "done_at": None, "outcome": None, "attempts": 0}
    ended = update(due).where(*mine, due.c.state != "waiting")
    return conn.execute(ended.values(not_before=not_before, not_after=not_after, **anew)).rowcount == 1


def find(conn: Connection, row_id: int) -> Due | None:
    """The moment with this number, whatever became of it."""
    row = conn.execute(select(due).where(due.c.id == row_id)).one_or_none()
    return _due(row) if row else None


def take_back(conn: Connection, person_id: int, row_id: int, because: str, now: datetime) -> bool:
    """A moment that was cancelled for this reason waits again, with all that was cancelled together with it.

    False when there is none that still lies ahead.
    """
    mine = (due.c.person_id == person_id, due.c.state == "cancelled", due.c.outcome == because)
    at = conn.execute(select(due.c.done_at).where(due.c.id == row_id, *mine)).scalar_one_or_none()
    if at is None:
        return False
    again = update(due).where(*mine, due.c.done_at == at, due.c.not_before > now)
    return conn.execute(again.values(state="waiting", done_at=None, outcome=None)).rowcount > 0


def claim(conn: Connection, now: datetime, limit: int) -> list[Due]:
    """What is due, earliest first; handled within the same transaction. May be past its *not_after*: drop it then."""
    rows = conn.execute(
        unclaimed(
            select(due)
            .where(due.c.state == "waiting", due.c.not_before <= now)
            .order_by(due.c.not_before, due.c.id)
            .limit(limit)
        )
    )
    return [_due(row) for row in rows]


def done(conn: Connection, row_id: int, outcome: str, now: datetime) -> bool:
    """It was handled, with this *outcome*. False when it no longer waited."""
    return _close(conn, row_id, "done", outcome, now)


def dropped(conn: Connection, row_id: int, outcome: str, now: datetime) -> bool:
    """It is not going to happen (too late, over the cap ...); *outcome* says why. False when it no longer waited."""
    return _close(conn, row_id, "dropped", outcome, now)


def failed(conn: Connection, row_id: int, error_kind: str, now: datetime) -> bool:
    """Handling it failed: again after 1, 2, 4, 8 minutes, dropped after the fifth time. True while it still waits.

    What brings a person to somebody in danger is never dropped: it is tried every eight minutes.
    """
    waiting = select(due.c.attempts, due.c.kind).where(due.c.id == row_id, due.c.state == "waiting")
    row = conn.execute(waiting).one_or_none()
    if row is None:
        return False
    attempts = min(row.attempts + 1, MOST_ATTEMPTS - 1 if row.kind in NEVER_DROPPED else MOST_ATTEMPTS)
    if attempts >= MOST_ATTEMPTS:
        _close(conn, row_id, "dropped", error_kind, now)
        return False
    later = now + timedelta(minutes=2 ** (attempts - 1))
    conn.execute(
        update(due).where(due.c.id == row_id).values(attempts=attempts, outcome=error_kind, not_before=later)
    )
    return True


def next_moment(conn: Connection) -> datetime | None:
    """The earliest moment that waits."""
    earliest = select(func.min(due.c.not_before)).where(due.c.state == "waiting")
    found: datetime | None = conn.execute(earliest).scalar_one()
    return found


def sent_moments(conn: Connection, person_id: int, kinds: Collection[str], since: datetime) -> list[datetime]:
    """When moments of these kinds led to a message to somebody, since *since*, oldest first."""
    query = select(due.c.done_at).where(
        due.c.person_id == person_id,
        due.c.kind.in_(kinds),
        due.c.state == "done",
        due.c.outcome == SENT,
        due.c.done_at >= since,
    )
    return list(conn.execute(query.order_by(due.c.done_at)).scalars())


def was_sent(conn: Connection, person_id: int, kind: str, occurrence: str, since: datetime) -> bool:
    """Whether this very moment led to a message, since *since*."""
    mine = (due.c.person_id == person_id, due.c.kind == kind, due.c.occurrence == occurrence)
    query = select(due.c.id).where(*mine, due.c.outcome == SENT, due.c.done_at >= since)
    return conn.execute(query).first() is not None


def waiting_of(conn: Connection, person_id: int) -> list[Due]:
    """What waits for a person, earliest first."""
    rows = conn.execute(
        select(due)
        .where(due.c.person_id == person_id, due.c.state == "waiting")
        .order_by(due.c.not_before, due.c.id)
    )
    return [_due(row) for row in rows]


def _one(person_id: int, kind: str, occurrence: str) -> tuple[Any, ...]:
    return (
        due.c.person_id == person_id,
        due.c.kind == kind,
        due.c.occurrence == occurrence,
        due.c.state == "waiting",
    )


def _close(conn: Connection, row_id: int, state: str, outcome: str, now: datetime) -> bool:
    statement = update(due).where(due.c.id == row_id, due.c.state == "waiting")
    return conn.execute(statement.values(state=state, outcome=outcome, done_at=now)).rowcount == 1


def _due(row: Row[Any]) -> Due:
    return Due(
        id=row.id,
        person_id=row.person_id,
        kind=row.kind,
        occurrence=row.occurrence,
        not_before=row.not_before,
        not_after=row.not_after,
        subject=json.loads(row.subject),
        attempts=row.attempts,
        because=row.because,
    )

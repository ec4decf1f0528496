"""Updates that came in: stored before they are acknowledged, handled one at a time per account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, update

from bot.storage.dialect import insert_unless_there, unclaimed
from bot.storage.schema_flow import inbox
from bot.storage.sealed import opened, update_sealed
from bot.vault import Shredded, Tampered

MOST_ATTEMPTS = 5
KEPT = timedelta(days=14)
_earlier = inbox.alias("earlier")


@dataclass(frozen=True, slots=True)
class Received:
    """An update to handle. *payload* is what the channel gave; *account_lookup* is None when it names nobody."""

    id: int
    source: str
    update_id: int
    account_lookup: bytes | None = field(repr=False)
    payload: str = field(repr=False)
    attempts: int
    received_at: datetime


def receive(
    conn: Connection, source: str, updates: Iterable[tuple[int, bytes | None, str]], now: datetime
) -> int:
    """Store *updates* (number, account lookup, payload) of *source*; how many were new.

    A number counts as known only when its row is there: numbers may begin anew after a quiet week.
    """
    new = 0
    for update_id, account_lookup, payload in updates:
        values = {
            "source": source,
            "update_id": update_id,
            "account_lookup": account_lookup,
            "state": "waiting",
            "not_before": now,
            "received_at": now,
        }
        row_id = insert_unless_there(conn, inbox, values, ("source", "update_id"), inbox.c.id)
        if row_id is not None:
            update_sealed(conn, inbox, row_id, {"payload": payload})
            new += 1
    return new


def claim(conn: Connection, now: datetime, limit: int, worker: str, lease: timedelta) -> list[Received]:
    """At most *limit* updates for *worker* until the *lease* ends, oldest first, at most one per account.

    An account whose earlier update still waits (also for its next attempt), or is being handled, has to wait.
    A row that cannot be read any more goes to quarantine.
    """
    ahead = select(_earlier.c.id).where(
        _earlier.c.account_lookup == inbox.c.account_lookup,
        _earlier.c.state == "waiting",
        or_(_earlier.c.id < inbox.c.id, and_(_earlier.c.id > inbox.c.id, _earlier.c.lease_until > now)),
    )
    rows = conn.execute(
        unclaimed(
            select(inbox)
            .where(
                inbox.c.state == "waiting",
                inbox.c.not_before <= now,
                or_(inbox.c.lease_until.is_(None), inbox.c.lease_until <= now),
                ~ahead.exists(),
            )
            .order_by(inbox.c.id)
            .limit(limit)
        )
    ).all()
    claimed = []
    for row in rows:
        try:
            claimed.append(_received(conn, row))
        except (Tampered, Shredded) as error:
            quarantine(conn, row.id, type(error).__name__, now)
    if claimed:
        conn.execute(
            update(inbox)
            .where(inbox.c.id.in_([row.id for row in claimed]))
            .values(lease_until=now + lease, worker=worker)
        )
    return claimed


def done(conn: Connection, row_id: int, outcome: str, now: datetime, worker: str | None = None) -> bool:
    """Mark as handled and forget the payload. False: *worker* lost the row, so its turn must be rolled back."""
    return _change(
        conn,
        row_id,
        worker,
        state="done",
        outcome=outcome,
        payload=None,
        done_at=now,
        lease_until=None,
        worker=None,
    )


def failed(conn: Connection, row_id: int, error_kind: str, now: datetime, worker: str | None = None) -> bool:
    """The turn failed: try again after 1, 2, 4, 8 seconds; after the fifth time it goes to quarantine, whole."""
    row = conn.execute(
        select(inbox.c.attempts).where(inbox.c.id == row_id).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        return False
    attempts = row + 1
    return _change(
        conn,
        row_id,
        worker,
        state="quarantined" if attempts >= MOST_ATTEMPTS else "waiting",
        outcome=error_kind,
        attempts=attempts,
        not_before=now + timedelta(seconds=2 ** (attempts - 1)),
        lease_until=None,
        worker=None,
    )


def quarantine(conn: Connection, row_id: int, error_kind: str, now: datetime) -> bool:
    """Set aside what cannot be handled, with its payload, for the operator; it blocks nobody any more."""
    return _change(
        conn,
        row_id,
        None,
        state="quarantined",
        outcome=error_kind,
        not_before=now,
        lease_until=None,
        worker=None,
    )


def requeue(conn: Connection, row_id: int, now: datetime) -> bool:
    """Try a quarantined update again, from attempt one."""
    changed = conn.execute(
        update(inbox)
        .where(inbox.c.id == row_id, inbox.c.state == "quarantined")
        .values(state="waiting", outcome=None, attempts=0, not_before=now, lease_until=None, worker=None)
    )
    return changed.rowcount == 1


def recover(conn: Connection, worker: str | None = None) -> int:
    """Take back what *worker* (or, without one, anybody) held: at start, when nobody can be handling it."""
    held = and_(inbox.c.state == "waiting", inbox.c.lease_until.is_not(None))
    if worker is not None:
        held = and_(held, inbox.c.worker == worker)
    return conn.execute(update(inbox).where(held).values(lease_until=None, worker=None)).rowcount


def counts(conn: Connection) -> dict[str, int]:
    """How many rows there are in each state."""
    rows = conn.execute(select(inbox.c.state, func.count().label("number")).group_by(inbox.c.state))
    return {row.state: row.number for row in rows}


def purge(conn: Connection, now: datetime) -> int:
    """Delete handled rows after 14 days; until then their numbers keep duplicates out.

    Rows that were set aside keep their words as long, for the operator to look into, and no longer.
    """
    aside = and_(inbox.c.state == "quarantined", inbox.c.received_at < now - KEPT)
    conn.execute(update(inbox).where(aside, inbox.c.payload.is_not(None)).values(payload=None))
    old = and_(inbox.c.state == "done", inbox.c.done_at < now - KEPT)
    return conn.execute(delete(inbox).where(old)).rowcount


def _change(conn: Connection, row_id: int, holder: str | None, **values: Any) -> bool:
    statement = update(inbox).where(inbox.c.id == row_id, inbox.c.state == "waiting")
    if holder is not None:
        statement = statement.where(inbox.c.worker == holder)
    return conn.execute(statement.values(**values)).rowcount == 1


def _received(conn: Connection, row: Row[Any]) -> Received:
    return Received(
        id=row.id,
        source=row.source,
        update_id=row.update_id,
        account_lookup=None if row.account_lookup is None else bytes(row.account_lookup),
        payload=opened(conn, inbox.c.payload, row.id, row.payload),
        attempts=row.attempts,
        received_at=row.received_at,
    )

"""Approvals: who said of which text that real youngsters may get it. A revision is the hash of both its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.storage import sealed
from bot.storage.schema_content import approval
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Approval:
    """*name* is whoever approved, with their function; *by_id* recorded it, none: at the shell."""

    id: int
    kind: str
    key: str
    revision: str
    name: Words = field(repr=False)
    approved_on: date
    by_id: int | None
    at: datetime


def add(
    conn: Connection,
    kind: str,
    key: str,
    revision: str,
    name: str,
    approved_on: date,
    by_id: int | None,
    now: datetime,
) -> int:
    """Record an approval; returns its number."""
    values = {
        "kind": kind,
        "key": key,
        "revision": revision,
        "approved_on": approved_on,
        "by_id": by_id,
        "at": now,
    }
    return sealed.insert(conn, approval, values, {"name": name})


def has(conn: Connection, revision: str) -> bool:
    """Whether a revision is approved."""
    query = select(approval.c.id).where(approval.c.revision == revision, approval.c.undone_at.is_(None))
    return conn.execute(query.limit(1)).first() is not None


def approved(conn: Connection) -> frozenset[str]:
    """The hashes of all revisions that are approved."""
    return frozenset(
        conn.execute(select(approval.c.revision).where(approval.c.undone_at.is_(None))).scalars()
    )


def of_key(conn: Connection, kind: str, key: str) -> list[Approval]:
    """The approvals of a file that count, oldest first."""
    query = select(approval).where(
        approval.c.kind == kind, approval.c.key == key, approval.c.undone_at.is_(None)
    )
    return [_approval(conn, row) for row in conn.execute(query.order_by(approval.c.id))]


def undo(conn: Connection, revision: str, now: datetime) -> int:
    """The approvals of a revision count no more; how many did."""
    mine = update(approval).where(approval.c.revision == revision, approval.c.undone_at.is_(None))
    return conn.execute(mine.values(undone_at=now)).rowcount


def _approval(conn: Connection, row: Row[Any]) -> Approval:
    name = sealed.opened(conn, approval.c.name, row.id, row.name)
    return Approval(row.id, row.kind, row.key, row.revision, Words(name), row.approved_on, row.by_id, row.at)

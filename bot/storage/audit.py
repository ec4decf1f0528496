"""The audit trail: who did what to whose data, and whether it was allowed. Append only, chained by hash, no content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from bot.storage.dialect import is_postgres
from bot.storage.schema_people import audit

_FIRST = b"\0" * 32
_LOCK = 0x61756469


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. *subject_id* is whose data it was about; *outcome* is allowed or refused."""

    actor_id: int | None
    actor_role: str
    action: str
    object_type: str
    object_id: int | None
    subject_id: int | None
    outcome: str


def add(conn: Connection, entry: Entry, now: datetime) -> None:
    """Append *entry*. Writers take turns (one transaction at a time), so the chain has no forks."""
    if is_postgres(conn):
        # One writer at a time until commit, so that no two lines follow the same one.
        conn.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    last = conn.execute(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)).scalar()
    previous = bytes(last) if last is not None else _FIRST
    values = {
        "at": now,
        "actor_id": entry.actor_id,
        "actor_role": entry.actor_role,
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "subject_id": entry.subject_id,
        "outcome": entry.outcome,
    }
    conn.execute(insert(audit).values(**values, previous=previous, hash=_link(previous, entry, now)))


def broken_at(conn: Connection) -> int | None:
    """The id of the first line that does not follow from the one before it; none when the chain holds."""
    previous = _FIRST
    for row in conn.execute(select(audit).order_by(audit.c.id)):
        entry = Entry(
            row.actor_id,
            row.actor_role,
            row.action,
            row.object_type,
            row.object_id,
            row.subject_id,
            row.outcome,
        )
        if bytes(row.previous) != previous or bytes(row.hash) != _link(previous, entry, row.at):
            return int(row.id)
        previous = bytes(row.hash)
    return None


def _link(previous: bytes, entry: Entry, at: datetime) -> bytes:
    fields = (
        at.isoformat(),
        entry.actor_id,
        entry.actor_role,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.subject_id,
        entry.outcome,
    )
    return hashlib.sha256(previous + "\x1f".join(map(str, fields)).encode()).digest()

"""The audit trail: who did what to whose data, and whether it was allowed. Append only, chained by hash, no content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from bot.storage import meta
from bot.storage.dialect import is_postgres
from bot.storage.schema_people import audit

_FIRST = b"\0" * 32
_LOCK = 0x61756469
_ANCHOR = "audit_anchor"
"""Where the chain goes on after old lines were removed: the hash of the last of them."""


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


def alone(conn: Connection) -> None:
    """Until the end of the transaction nobody else writes a line; who decides by what stands there looks after this.

    It is the one lock for this, so that two who need it twice never wait for each other.
    """
    if is_postgres(conn):
        conn.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def add(conn: Connection, entry: Entry, now: datetime) -> None:
    """Append *entry*. Writers take turns (one transaction at a time), so the chain has no forks."""
    alone(conn)
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


def older(conn: Connection, before: datetime) -> int:
    """How many lines ``purge`` would remove."""
    number: int = conn.execute(select(func.count()).where(*_old(before))).scalar_one()
    return number


def purge(conn: Connection, before: datetime, now: datetime) -> int:
    """Remove lines from the beginning that are older than *before*; how many.

    The chain goes on from the last one that was removed, whose hash is kept; a line of its own says what went.
    The last line always stays.
    """
    count = older(conn, before)
    if not count:
        return 0
    last = conn.execute(select(func.max(audit.c.id)).where(*_old(before))).scalar_one()
    anchor = conn.execute(select(audit.c.hash, audit.c.at).where(audit.c.id == last)).one()
    meta.put(conn, _ANCHOR, bytes(anchor.hash).hex())
    conn.execute(delete(audit).where(audit.c.id <= last))
    add(conn, Entry(None, "system", "purge", "audit", last, None, "done"), now)
    return count


def _old(before: datetime) -> tuple[ColumnElement[bool], ...]:
    newest = select(func.max(audit.c.id)).scalar_subquery()
    first_kept = select(func.min(audit.c.id)).where(audit.c.at > before).scalar_subquery()
    return (audit.c.at <= before, audit.c.id < newest, audit.c.id < func.coalesce(first_kept, newest))


def broken_at(conn: Connection) -> int | None:
    """The id of the first line that does not follow from the one before it; none when the chain holds."""
    anchor = meta.get(conn, _ANCHOR)
    previous = bytes.fromhex(anchor) if anchor else _FIRST
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

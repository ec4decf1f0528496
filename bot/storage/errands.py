"""Errands: what a person tells a youngster who has no account, because nothing can be sent there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from bot.storage.dialect import insert_unless_there
from bot.storage.schema_assisted import errand


@dataclass(frozen=True, slots=True)
class Errand:
    """*kind* and *subject* are those of the moment it came from; *done_at*: somebody told it."""

    id: int
    youth_id: int
    kind: str
    occurrence: str
    subject: Mapping[str, int]
    at: datetime
    not_after: datetime | None
    done_at: datetime | None
    done_by: int | None


def add(
    conn: Connection,
    youth_id: int,
    kind: str,
    occurrence: str,
    subject: Mapping[str, int],
    now: datetime,
    not_after: datetime | None = None,
) -> bool:
    """Something to tell; False when this very thing was there before, whatever became of it."""
    values = {
        "youth_id": youth_id,
        "kind": kind,
        "occurrence": occurrence,
        "subject": json.dumps(dict(subject), sort_keys=True),
        "at": now,
        "not_after": not_after,
    }
    return (
        insert_unless_there(conn, errand, values, ("youth_id", "kind", "occurrence"), errand.c.id) is not None
    )


def find(conn: Connection, number: int) -> Errand | None:
    """The errand with this number; the caller checks whose it is."""
    row = conn.execute(select(errand).where(errand.c.id == number)).one_or_none()
    return _errand(row) if row else None


def waiting(conn: Connection, youth_ids: Sequence[int]) -> list[Errand]:
    """What nobody told these youngsters yet, oldest first."""
    query = select(errand).where(errand.c.youth_id.in_(youth_ids), errand.c.done_at.is_(None))
    return [_errand(row) for row in conn.execute(query.order_by(errand.c.at, errand.c.id))]


def done(conn: Connection, number: int, by: int, now: datetime) -> bool:
    """It was told; False when somebody was first."""
    told = update(errand).where(errand.c.id == number, errand.c.done_at.is_(None))
    return conn.execute(told.values(done_at=now, done_by=by)).rowcount == 1


def undone(conn: Connection, number: int, by: int) -> bool:
    """It was not told after all; only who noted it takes that back."""
    back = update(errand).where(errand.c.id == number, errand.c.done_by == by)
    return conn.execute(back.values(done_at=None, done_by=None)).rowcount == 1


def drop(conn: Connection, number: int) -> None:
    """It is not to be told any more, and something newer takes its place."""
    conn.execute(delete(errand).where(errand.c.id == number))


def drop_everywhere(conn: Connection, kind: str, occurrence: str) -> set[int]:
    """What nobody told yet is not to be told to anybody; the numbers of the youngsters who did not hear it."""
    untold = (errand.c.kind == kind, errand.c.occurrence == occurrence, errand.c.done_at.is_(None))
    return set(conn.execute(delete(errand).where(*untold).returning(errand.c.youth_id)).scalars())


def newer(conn: Connection, one: Errand) -> list[Errand]:
    """What came for the same youngster after *one*, of the same kind, told or not."""
    later = (errand.c.youth_id == one.youth_id, errand.c.kind == one.kind, errand.c.id > one.id)
    return [_errand(row) for row in conn.execute(select(errand).where(*later).order_by(errand.c.id))]


def close_all(conn: Connection, youth_id: int, by: int | None, now: datetime) -> int:
    """Nothing waits any more: from now on it is sent to themselves; how many."""
    left = update(errand).where(errand.c.youth_id == youth_id, errand.c.done_at.is_(None))
    return conn.execute(left.values(done_at=now, done_by=by)).rowcount


def _errand(row: Row[Any]) -> Errand:
    return Errand(
        id=row.id,
        youth_id=row.youth_id,
        kind=row.kind,
        occurrence=row.occurrence,
        subject=json.loads(row.subject),
        at=row.at,
        not_after=row.not_after,
        done_at=row.done_at,
        done_by=row.done_by,
    )

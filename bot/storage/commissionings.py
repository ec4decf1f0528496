"""The records that admit real youngsters: who decided what, and which texts and decisions that was about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.storage import sealed
from bot.storage.schema_operation import commissioning


@dataclass(frozen=True, slots=True)
class Commissioning:
    """*record* is what people said, by question; the hashes are of what they said it about."""

    id: int
    at: datetime
    record: Mapping[str, Any] = field(repr=False)
    content_hash: str
    care_hash: str
    duty_hash: str
    minimum_age: int
    withdrawn_at: datetime | None


def add(
    conn: Connection,
    record: Mapping[str, Any],
    hashes: Mapping[str, str],
    minimum_age: int,
    now: datetime,
) -> int:
    """Keep a complete record; *hashes* are content_hash, care_hash and duty_hash. Returns its number."""
    values = {"at": now, "minimum_age": minimum_age, **hashes}
    return sealed.insert(conn, commissioning, values, {"record": json.dumps(record, ensure_ascii=False)})


def latest(conn: Connection) -> Commissioning | None:
    """The last record, also when it was withdrawn."""
    row = conn.execute(select(commissioning).order_by(commissioning.c.id.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    return Commissioning(
        row.id,
        row.at,
        json.loads(sealed.opened(conn, commissioning.c.record, row.id, row.record)),
        row.content_hash,
        row.care_hash,
        row.duty_hash,
        row.minimum_age,
        row.withdrawn_at,
    )


def withdraw(conn: Connection, number: int, by: str, now: datetime) -> bool:
    """It counts no more; *by* says who decided so. False when it was withdrawn already."""
    one = (commissioning.c.id == number, commissioning.c.withdrawn_at.is_(None))
    if conn.execute(update(commissioning).where(*one).values(withdrawn_at=now)).rowcount == 0:
        return False
    sealed.update_sealed(conn, commissioning, number, {"withdrawal": by})
    return True

"""How both see how somebody manages: each side fills in the same list, every twelve weeks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from bot.storage import sealed
from bot.storage.schema_outflow import readiness

Side = Literal["youth", "staff"]


@dataclass(frozen=True, slots=True)
class Rated:
    """One filled-in list: item to word of the scale."""

    id: int
    by: int
    answers: Mapping[str, str]
    at: datetime


def add(
    conn: Connection, youth_id: int, side: Side, answers: Mapping[str, str], by: int, now: datetime
) -> int:
    """Keep a list; the number."""
    values = {"youth_id": youth_id, "side": side, "by_id": by, "at": now}
    words = json.dumps(dict(answers), sort_keys=True)
    return sealed.insert(conn, readiness, values, {"answers": words}, owner=youth_id)


def latest(conn: Connection, youth_id: int, side: Side) -> Rated | None:
    """The newest list of one side."""
    query = select(readiness).where(readiness.c.youth_id == youth_id, readiness.c.side == side)
    row = conn.execute(query.order_by(readiness.c.id.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    answers = json.loads(sealed.opened(conn, readiness.c.answers, row.id, row.answers))
    return Rated(row.id, row.by_id, answers, row.at)

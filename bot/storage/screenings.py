"""The talk before somebody joins: what was tapped, and what the professional decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.storage import sealed
from bot.storage.schema_course import screening, sign_up


@dataclass(frozen=True, slots=True)
class Talk:
    """*decision*: trial, waiting, referred or talk; none while nothing was decided."""

    id: int
    youth_id: int
    answers: Mapping[str, str]
    decision: str | None
    at: datetime


def add(
    conn: Connection, youth_id: int, revision: str, answers: Mapping[str, str], by: int, now: datetime
) -> int:
    """Keep what was tapped; the number."""
    values = {"youth_id": youth_id, "revision": revision, "by_id": by, "at": now}
    words = json.dumps(dict(answers), sort_keys=True)
    return sealed.insert(conn, screening, values, {"answers": words}, owner=youth_id)


def load(conn: Connection, number: int) -> Talk | None:
    row = conn.execute(select(screening).where(screening.c.id == number)).one_or_none()
    if row is None:
        return None
    answers = json.loads(sealed.opened(conn, screening.c.answers, row.id, row.answers))
    return Talk(row.id, row.youth_id, answers, row.decision, row.at)


def latest(conn: Connection, youth_id: int) -> Talk | None:
    """The last one of a youngster."""
    query = select(screening.c.id).where(screening.c.youth_id == youth_id).order_by(screening.c.id.desc())
    number: int | None = conn.execute(query.limit(1)).scalar_one_or_none()
    return load(conn, number) if number is not None else None


def decide(conn: Connection, number: int, decision: str | None) -> None:
    """What a person decided; none takes it back."""
    conn.execute(update(screening).where(screening.c.id == number).values(decision=decision))


def lives_in(conn: Connection, youth_id: int) -> int | None:
    """The municipality somebody signed up from; none for who came another way."""
    query = select(sign_up.c.municipality_id).where(sign_up.c.youth_id == youth_id)
    number: int | None = conn.execute(query.order_by(sign_up.c.id.desc()).limit(1)).scalar_one_or_none()
    return number

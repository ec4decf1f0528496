"""What was withdrawn: a revision, or a step of it. It holds until somebody lifts it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.storage import publications, sealed
from bot.storage.schema_content import withdrawal
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """*step* none: the whole revision. *by_id* none: at the shell."""

    id: int
    kind: str
    key: str
    revision: str
    step: str | None
    because: Words
    by_id: int | None
    at: datetime


def add(
    conn: Connection,
    kind: str,
    key: str,
    revisions: Iterable[str],
    step: str | None,
    because: str,
    by_id: int | None,
    now: datetime,
) -> list[int]:
    """Withdraw these revisions, or *step* in each; those that were withdrawn already stay as they are. The new rows."""
    done = {(one.revision, one.step) for one in standing(conn, kind, key)}
    values = {"kind": kind, "key": key, "step": step, "by_id": by_id, "at": now}
    made = [
        sealed.insert(conn, withdrawal, {**values, "revision": name}, {"because": because})
        for name in dict.fromkeys(revisions)
        if (name, step) not in done
    ]
    publications.touch(conn)
    return made


def standing(conn: Connection, kind: str, key: str) -> list[Withdrawal]:
    """What is withdrawn of a file now, oldest first."""
    query = select(withdrawal).where(
        withdrawal.c.kind == kind, withdrawal.c.key == key, withdrawal.c.lifted_at.is_(None)
    )
    return [_withdrawal(conn, row) for row in conn.execute(query.order_by(withdrawal.c.id))]


def load(conn: Connection, withdrawal_id: int) -> Withdrawal:
    """The withdrawal with this number, also when it was lifted."""
    return _withdrawal(conn, conn.execute(select(withdrawal).where(withdrawal.c.id == withdrawal_id)).one())


def is_standing(conn: Connection, withdrawal_id: int) -> bool:
    """Whether it was not lifted."""
    query = select(withdrawal.c.lifted_at).where(withdrawal.c.id == withdrawal_id)
    return conn.execute(query).scalar_one() is None


def steps(conn: Connection, revision: str) -> frozenset[str]:
    """The steps of a revision that are withdrawn."""
    query = select(withdrawal.c.step).where(
        withdrawal.c.revision == revision, withdrawal.c.step.is_not(None), withdrawal.c.lifted_at.is_(None)
    )
    return frozenset(conn.execute(query).scalars())


def whole(conn: Connection, revision: str) -> bool:
    """Whether a revision is withdrawn as a whole."""
    query = select(withdrawal.c.id).where(
        withdrawal.c.revision == revision, withdrawal.c.step.is_(None), withdrawal.c.lifted_at.is_(None)
    )
    return conn.execute(query.limit(1)).first() is not None


def lift(conn: Connection, ids: Collection[int], by_id: int | None, now: datetime) -> int:
    """Undo withdrawals; how many were still standing."""
    mine = update(withdrawal).where(withdrawal.c.id.in_(ids), withdrawal.c.lifted_at.is_(None))
    count = conn.execute(mine.values(lifted_by=by_id, lifted_at=now)).rowcount
    publications.touch(conn)
    return count


def _withdrawal(conn: Connection, row: Row[Any]) -> Withdrawal:
    because = sealed.opened(conn, withdrawal.c.because, row.id, row.because) if row.because else ""
    return Withdrawal(row.id, row.kind, row.key, row.revision, row.step, Words(because), row.by_id, row.at)

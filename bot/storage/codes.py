"""The six-digit codes of staff: hashed, counted, locked after wrong tries, open for a quarter of an hour."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage.schema_people import staff_code

_ROUNDS = {"n": 2**14, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}


@dataclass(frozen=True, slots=True)
class Code:
    """What is known of somebody's code, without the code."""

    person_id: int
    wrong: int
    locked_until: datetime | None
    open_until: datetime | None


def choose(conn: Connection, person_id: int, code: str, salt: bytes, now: datetime) -> None:
    """Set or replace the code of a person."""
    conn.execute(delete(staff_code).where(staff_code.c.person_id == person_id))
    conn.execute(
        insert(staff_code).values(
            person_id=person_id, salt=salt, hash=_hash(code, salt), wrong=0, open_until=None, chosen_at=now
        )
    )


def load(conn: Connection, person_id: int) -> Code | None:
    """The state of somebody's code; none before they chose one."""
    row = conn.execute(select(staff_code).where(staff_code.c.person_id == person_id)).one_or_none()
    return Code(row.person_id, row.wrong, row.locked_until, row.open_until) if row else None


def fits(conn: Connection, person_id: int, code: str) -> bool:
    """Whether *code* is the one that was chosen."""
    row = conn.execute(
        select(staff_code.c.salt, staff_code.c.hash).where(staff_code.c.person_id == person_id)
    ).one()
    return hmac.compare_digest(bytes(row.hash), _hash(code, bytes(row.salt)))


def set_state(
    conn: Connection, person_id: int, wrong: int, locked_until: datetime | None, open_until: datetime | None
) -> None:
    """Write down what a try led to."""
    conn.execute(
        update(staff_code)
        .where(staff_code.c.person_id == person_id)
        .values(wrong=wrong, locked_until=locked_until, open_until=open_until)
    )


def _hash(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, dklen=32, **_ROUNDS)

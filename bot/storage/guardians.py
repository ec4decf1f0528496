"""Letters that are signed on paper: made, noted by a professional, perhaps withdrawn.

A parent or guardian signs for who is under 16; from 16 on a youngster without an account signs for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from bot.storage.schema_rights import guardian
from bot.storage.sealed import vault_of

Stand = Literal["none", "letter", "noted", "withdrawn"]
Signer = Literal["guardian", "self"]


@dataclass(frozen=True, slots=True)
class Letter:
    """The last letter about a youngster, and how it stands since *at*."""

    id: int
    stand: Stand
    at: datetime


def add(
    conn: Connection,
    youth_id: int,
    code: str,
    letter_hash: str,
    by: int,
    now: datetime,
    signer: Signer = "guardian",
) -> int:
    """A letter was made; the code itself stands on paper only."""
    values = {
        "youth_id": youth_id,
        "signed_by": signer,
        "code": _kept(conn, youth_id, code),
        "letter_hash": letter_hash,
        "made_by": by,
        "made_at": now,
    }
    return int(conn.execute(insert(guardian).values(values).returning(guardian.c.id)).scalar_one())


def latest(conn: Connection, youth_id: int, signer: Signer = "guardian") -> Letter | None:
    """How the last letter for this *signer* stands; none when there never was one."""
    mine = (guardian.c.youth_id == youth_id, guardian.c.signed_by == signer)
    query = select(guardian).where(*mine).order_by(guardian.c.id.desc())
    row = conn.execute(query.limit(1)).one_or_none()
    if row is None:
        return None
    if row.withdrawn_at is not None:
        return Letter(row.id, "withdrawn", row.withdrawn_at)
    if row.noted_at is not None:
        return Letter(row.id, "noted", row.noted_at)
    return Letter(row.id, "letter", row.made_at)


def agreed(conn: Connection, youth_id: int, signer: Signer = "guardian") -> bool:
    """Whether *signer* signed and did not withdraw."""
    found = latest(conn, youth_id, signer)
    return found is not None and found.stand == "noted"


def note(
    conn: Connection, youth_id: int, code: str, by: int, now: datetime, signer: Signer = "guardian"
) -> str | None:
    """A signed letter was seen: the hash of its words; none when *code* is not that of the last letter."""
    found = latest(conn, youth_id, signer)
    if found is None or found.stand != "letter":
        return None
    same = (guardian.c.id == found.id, guardian.c.code == _kept(conn, youth_id, code))
    row = conn.execute(select(guardian.c.letter_hash).where(*same)).one_or_none()
    if row is None:
        return None
    _change(conn, found.id, noted_by=by, noted_at=now)
    return str(row.letter_hash)


def withdraw(conn: Connection, letter: Letter, by: int, now: datetime) -> None:
    """Who signed changed their mind; a professional noted it."""
    _change(conn, letter.id, withdrawn_by=by, withdrawn_at=now)


def unwithdraw(conn: Connection, letter: Letter) -> str:
    """It was noted by mistake that somebody changed their mind; the hash of the words that count again."""
    _change(conn, letter.id, withdrawn_by=None, withdrawn_at=None)
    query = select(guardian.c.letter_hash).where(guardian.c.id == letter.id)
    return str(conn.execute(query).scalar_one())


def _kept(conn: Connection, youth_id: int, code: str) -> bytes:
    return vault_of(conn).lookup("guardian", f"{youth_id}:{code}")


def _change(conn: Connection, letter_id: int, **values: Any) -> None:
    conn.execute(update(guardian).where(guardian.c.id == letter_id).values(values))

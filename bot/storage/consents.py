"""Consent: who agreed to what, to which words, and when. Rows are only added.

Purposes: ``keep_answers`` (asked first), ``measure`` (asked later, only when something is measured) and ``guardian`` (a
parent or guardian signed a letter, for who is under 16).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.storage.schema_people import consent


def add(conn: Connection, person_id: int, purpose: str, given: bool, text_hash: str, now: datetime) -> None:
    """Note a yes or a no for *purpose*."""
    conn.execute(
        insert(consent).values(person_id=person_id, purpose=purpose, given=given, text_hash=text_hash, at=now)
    )


def latest(conn: Connection, person_id: int, purpose: str) -> bool | None:
    """The last answer; none when it was never asked."""
    query = (
        select(consent.c.given)
        .where(consent.c.person_id == person_id, consent.c.purpose == purpose)
        .order_by(consent.c.id.desc())
        .limit(1)
    )
    found = conn.execute(query).scalar_one_or_none()
    return None if found is None else bool(found)


def latest_words(conn: Connection, person_id: int, purpose: str) -> str | None:
    """The hash of the words that were last agreed to; none after a no, and when it was never asked."""
    query = (
        select(consent.c.given, consent.c.text_hash)
        .where(consent.c.person_id == person_id, consent.c.purpose == purpose)
        .order_by(consent.c.id.desc())
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    return str(row.text_hash) if row is not None and row.given else None

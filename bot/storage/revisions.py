"""Published texts: immutable rows, named by their hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.storage.dialect import insert_unless_there
from bot.storage.schema_talk import revision


@dataclass(frozen=True, slots=True)
class Revision:
    """Both files of one published text. *origin*: release or local."""

    name: str
    kind: str
    key: str
    nl: str
    en: str
    origin: str
    published_at: datetime


def add(
    conn: Connection, name: str, kind: str, key: str, nl: str, en: str, origin: str, now: datetime
) -> bool:
    """Store a revision under its hash *name*; false when it was there already."""
    values = {
        "hash": name,
        "kind": kind,
        "key": key,
        "nl": nl,
        "en": en,
        "origin": origin,
        "published_at": now,
    }
    return insert_unless_there(conn, revision, values, ("hash",), revision.c.hash) is not None


def texts(conn: Connection, name: str) -> tuple[str, str]:
    """The Dutch and English file of a revision."""
    row = conn.execute(select(revision.c.nl, revision.c.en).where(revision.c.hash == name)).one()
    return row.nl, row.en


def load(conn: Connection, name: str) -> Revision:
    """The revision with this hash."""
    row = conn.execute(select(revision).where(revision.c.hash == name)).one()
    return Revision(row.hash, row.kind, row.key, row.nl, row.en, row.origin, row.published_at)


def of_key(conn: Connection, kind: str, key: str) -> list[str]:
    """Every revision of a file that was ever stored, oldest first."""
    query = select(revision.c.hash).where(revision.c.kind == kind, revision.c.key == key)
    return list(conn.execute(query.order_by(revision.c.published_at, revision.c.hash)).scalars())


def stored(conn: Connection) -> frozenset[str]:
    """The hashes of all revisions."""
    return frozenset(conn.execute(select(revision.c.hash)).scalars())

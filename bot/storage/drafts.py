"""Drafts: texts somebody saved and nobody gets yet. Each author has one of each file; nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.storage import sealed
from bot.storage.schema_content import draft
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Draft:
    """*base* is the revision it was edited from, none for something new; *author_id* none: at the shell.

    *proposed_at*: the author wants it published, and a second person has to agree.
    """

    id: int
    kind: str
    key: str
    nl: str = field(repr=False)
    en: str = field(repr=False)
    base: str | None
    author_id: int | None
    because: Words
    saved_at: datetime
    proposed_at: datetime | None


def save(
    conn: Connection,
    kind: str,
    key: str,
    nl: str,
    en: str,
    base: str | None,
    author_id: int | None,
    now: datetime,
) -> int:
    """Keep what an author has of a file now, in place of what they had; a proposal of theirs ends. Its number."""
    values = {
        "nl": nl,
        "en": en,
        "base": base,
        "saved_at": now,
        "proposed_at": None,
        "because": None,
    }
    earlier = next((one.id for one in of_key(conn, kind, key) if one.author_id == author_id), None)
    if earlier is not None:
        conn.execute(update(draft).where(draft.c.id == earlier).values(values))
        return earlier
    added = insert(draft).values(kind=kind, key=key, author_id=author_id, **values).returning(draft.c.id)
    number: int = conn.execute(added).scalar_one()
    return number


def propose(conn: Connection, draft_id: int, because: str, now: datetime) -> None:
    """The author wants it published; a second person has to agree."""
    conn.execute(update(draft).where(draft.c.id == draft_id).values(proposed_at=now))
    if because:
        sealed.update_sealed(conn, draft, draft_id, {"because": because})


def load(conn: Connection, draft_id: int) -> Draft | None:
    """The draft with this number; none when it is gone."""
    row = conn.execute(select(draft).where(draft.c.id == draft_id)).one_or_none()
    return _draft(conn, row) if row else None


def of_key(conn: Connection, kind: str, key: str) -> list[Draft]:
    """The drafts of a file, the one saved last first."""
    query = select(draft).where(draft.c.kind == kind, draft.c.key == key)
    return [
        _draft(conn, row) for row in conn.execute(query.order_by(draft.c.saved_at.desc(), draft.c.id.desc()))
    ]


def every(conn: Connection) -> list[Draft]:
    """All drafts, by file."""
    return [
        _draft(conn, row)
        for row in conn.execute(select(draft).order_by(draft.c.kind, draft.c.key, draft.c.saved_at))
    ]


def drop(conn: Connection, draft_id: int) -> bool:
    """Throw a draft away; false when it was gone."""
    return conn.execute(delete(draft).where(draft.c.id == draft_id)).rowcount == 1


def _draft(conn: Connection, row: Row[Any]) -> Draft:
    because = sealed.opened(conn, draft.c.because, row.id, row.because) if row.because else ""
    return Draft(
        id=row.id,
        kind=row.kind,
        key=row.key,
        nl=row.nl,
        en=row.en,
        base=row.base,
        author_id=row.author_id,
        because=Words(because),
        saved_at=row.saved_at,
        proposed_at=row.proposed_at,
    )

"""Notes of professionals about a youngster, for the professionals of that youngster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.storage import sealed
from bot.storage.schema_guidance import staff_note
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Note:
    id: int
    youth_id: int
    by_id: int
    words: Words
    at: datetime


def add(conn: Connection, youth_id: int, words: str, by: int, now: datetime) -> int:
    """Keep a note; its number. The words die with the key of the youngster."""
    values = {"youth_id": youth_id, "by_id": by, "at": now}
    return sealed.insert(conn, staff_note, values, {"words": words}, owner=youth_id)


def of_youth(conn: Connection, youth_id: int) -> list[Note]:
    """What stands about a youngster, newest first."""
    query = select(staff_note).where(
        staff_note.c.youth_id == youth_id, staff_note.c.removed_at.is_(None), staff_note.c.words.is_not(None)
    )
    return [
        Note(
            row.id,
            row.youth_id,
            row.by_id,
            Words(sealed.opened(conn, staff_note.c.words, row.id, row.words)),
            row.at,
        )
        for row in conn.execute(query.order_by(staff_note.c.id.desc())).all()
    ]


def count(conn: Connection, youth_id: int) -> int:
    query = select(func.count()).select_from(staff_note)
    mine = (staff_note.c.youth_id == youth_id, staff_note.c.removed_at.is_(None))
    return int(conn.execute(query.where(*mine)).scalar_one())


def remove(conn: Connection, number: int, by: int, now: datetime) -> bool:
    """Take it away; only whoever wrote it. The words go at once."""
    mine = (staff_note.c.id == number, staff_note.c.by_id == by, staff_note.c.removed_at.is_(None))
    values = {"removed_at": now, "words": None}
    return conn.execute(update(staff_note).where(*mine).values(values)).rowcount == 1

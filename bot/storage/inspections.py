"""Inspections: a confidant who read along between a youngster and the professional, and what there was to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.storage import sealed
from bot.storage.schema_access import inspection
from bot.storage.schema_people import person
from bot.storage.schema_talk import item, reply
from dialogs.words import Words

SHARED = ("sent", "opened", "handled")


@dataclass(frozen=True, slots=True)
class Inspection:
    """*reason* is what the confidant wrote down before reading."""

    id: int
    youth_id: int
    inspector_id: int
    reason: Words
    at: datetime


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One message between a youngster and a professional. *from_youth* says who wrote it."""

    from_youth: bool
    professional_id: int
    content: Words
    at: datetime


def add(conn: Connection, youth_id: int, inspector_id: int, reason: str, now: datetime) -> int:
    """Note an inspection before anything is shown; returns its id."""
    values = {"youth_id": youth_id, "inspector_id": inspector_id, "at": now}
    return sealed.insert(conn, inspection, values, {"reason": reason}, owner=youth_id)


def load(conn: Connection, inspection_id: int) -> Inspection:
    """The inspection with this id."""
    row = conn.execute(select(inspection).where(inspection.c.id == inspection_id)).one()
    reason = sealed.opened(conn, inspection.c.reason, row.id, row.reason) if row.reason else ""
    return Inspection(row.id, row.youth_id, row.inspector_id, Words(reason), row.at)


def exchanged(conn: Connection, youth_id: int, until: datetime) -> list[Exchanged]:
    """What a youngster and their professionals sent each other until a moment, oldest first.

    Only what was shared with a professional: no drafts, nothing that was taken back, no alerts, and nothing that
    went past the professional to somebody else.
    """
    found = []
    sent = conn.execute(
        select(item)
        .join(person, person.c.id == item.c.recipient_id)
        .where(
            item.c.youth_id == youth_id,
            item.c.state.in_(SHARED),
            item.c.kind != "alert",
            item.c.sent_at <= until,
            person.c.role == "professional",
        )
    ).all()
    for row in sent:
        if row.content:
            words = Words(sealed.opened(conn, item.c.content, row.id, row.content))
            found.append(Exchanged(True, row.recipient_id, words, row.sent_at))
    answers = conn.execute(
        select(reply)
        .join(person, person.c.id == reply.c.author_id)
        .where(reply.c.youth_id == youth_id, reply.c.sent_at <= until, person.c.role == "professional")
    ).all()
    for row in answers:
        if row.content:
            words = Words(sealed.opened(conn, reply.c.content, row.id, row.content))
            found.append(Exchanged(False, row.author_id, words, row.sent_at))
    return sorted(found, key=lambda one: one.at)

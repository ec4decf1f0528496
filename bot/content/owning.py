"""Whose a content file is: given, handed over, let go. Written down like every other act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.content.pages import Actor, Pages, allow, may_alone
from bot.content.source import Kind
from bot.errors import Refused
from bot.storage import owners


def give(conn: Connection, kind: Kind, key: str, person_id: int, by: Actor, now: datetime) -> None:
    """From now on *person_id* owns it. ``Refused`` when somebody else owns it and *by* is not the shell."""
    _allow(conn, kind, key, by, "give_content", now)
    owners.give(conn, kind, key, person_id, by.id, now)


def release(conn: Connection, kind: Kind, key: str, by: Actor, now: datetime) -> bool:
    """Nobody owns it any more; false when nobody did. ``Refused`` as above."""
    _allow(conn, kind, key, by, "release_content", now)
    return owners.take_away(conn, kind, key)


def _allow(conn: Connection, kind: Kind, key: str, by: Actor, action: str, now: datetime) -> None:
    allow(conn, by, action, Pages(kind, key, b""), now)
    if not may_alone(owners.of(conn, kind, key), by):
        raise Refused(by.role, "edit_content", kind)

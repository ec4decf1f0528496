"""Handles: random names for buttons about another person, bound to one actor, one purpose and a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from bot.storage.dialect import insert_unless_there
from bot.storage.schema_people import handle
from bot.storage.sealed import vault_of

GOOD_FOR = timedelta(days=14)


def add(conn: Connection, token: str, actor_id: int, purpose: str, object_id: int, now: datetime) -> str:
    """Bind *token* to the actor, purpose and row; returns the token."""
    conn.execute(
        insert(handle).values(
            token=vault_of(conn).lookup("handle", token),
            actor_id=actor_id,
            purpose=purpose,
            object_id=object_id,
            expires_at=now + GOOD_FOR,
        )
    )
    return token


def keep(conn: Connection, actor_id: int, purpose: str, object_id: int, now: datetime) -> str:
    """The token that always stands for this row, for this actor and purpose; good for as long again from now on."""
    token = vault_of(conn).lookup("steady", f"{actor_id}:{purpose}:{object_id}")[:16].hex()
    stored, until = vault_of(conn).lookup("handle", token), now + GOOD_FOR
    values = {
        "token": stored,
        "actor_id": actor_id,
        "purpose": purpose,
        "object_id": object_id,
        "expires_at": until,
    }
    if insert_unless_there(conn, handle, values, ("token",), handle.c.object_id) is None:
        conn.execute(update(handle).where(handle.c.token == stored).values(expires_at=until))
    return token


def find(conn: Connection, token: str, actor_id: int, purpose: str, now: datetime) -> int | None:
    """The row behind *token* for this actor and purpose; none for anybody else, any other purpose, or later."""
    row = conn.execute(
        select(handle.c.object_id).where(
            handle.c.token == vault_of(conn).lookup("handle", token),
            handle.c.actor_id == actor_id,
            handle.c.purpose == purpose,
            handle.c.expires_at > now,
        )
    ).one_or_none()
    return int(row.object_id) if row else None

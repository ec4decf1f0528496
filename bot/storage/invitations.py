"""Invitations: single use, expiring, stored as a keyed hash only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.storage.schema_people import invitation
from bot.storage.sealed import vault_of


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one person. *used_at* is set by the one Start that used it."""

    id: int
    person_id: int
    created_by: int | None
    expires_at: datetime
    used_at: datetime | None


def lookup(conn: Connection, token: str) -> bytes:
    """What a token is stored as."""
    return vault_of(conn).lookup("invitation", token)


def add(
    conn: Connection, token: str, person_id: int, created_by: int | None, now: datetime, expires_at: datetime
) -> int:
    """Store a new invitation for *person_id*; an older unused one of that person dies. Returns the id."""
    conn.execute(
        update(invitation)
        .where(invitation.c.person_id == person_id, invitation.c.used_at.is_(None))
        .values(expires_at=now)
    )
    values = {
        "token": lookup(conn, token),
        "person_id": person_id,
        "created_by": created_by,
        "created_at": now,
        "expires_at": expires_at,
    }
    row_id: int = conn.execute(insert(invitation).values(values).returning(invitation.c.id)).scalar_one()
    return row_id


def find(conn: Connection, token: str) -> Invitation | None:
    """The invitation a token belongs to, used or not."""
    row = conn.execute(select(invitation).where(invitation.c.token == lookup(conn, token))).one_or_none()
    if row is None:
        return None
    return Invitation(row.id, row.person_id, row.created_by, row.expires_at, row.used_at)


def waits(conn: Connection, person_id: int, now: datetime) -> bool:
    """Whether somebody holds a link that still works."""
    query = select(invitation.c.id).where(
        invitation.c.person_id == person_id, invitation.c.used_at.is_(None), invitation.c.expires_at > now
    )
    return conn.execute(query).first() is not None


def use(conn: Connection, invitation_id: int, now: datetime) -> bool:
    """Use it up; false when somebody was first or it has expired."""
    done = conn.execute(
        update(invitation)
        .where(
            invitation.c.id == invitation_id,
            invitation.c.used_at.is_(None),
            invitation.c.expires_at > now,
        )
        .values(used_at=now)
    )
    return done.rowcount == 1


def end(conn: Connection, person_id: int, now: datetime) -> bool:
    """The link of somebody that nobody opened dies; false when there is none that works."""
    open_ones = (
        invitation.c.person_id == person_id,
        invitation.c.used_at.is_(None),
        invitation.c.expires_at > now,
    )
    return conn.execute(update(invitation).where(*open_ones).values(expires_at=now)).rowcount > 0

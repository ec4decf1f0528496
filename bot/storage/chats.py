"""Who can be reached in a chat."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.storage import people
from bot.storage.schema_flow import outbox
from bot.storage.schema_people import account, person


def addresses_of(conn: Connection, role: str) -> list[int]:
    """The chats of everybody with *role* who opened their link."""
    query = (
        select(account.c.id)
        .join(person, person.c.id == account.c.person_id)
        .where(person.c.role == role, account.c.state == "active")
    )
    return [people.address(conn, number) for number in conn.execute(query).scalars()]


def staff_accounts(conn: Connection) -> dict[int, str]:
    """The active accounts of everybody who is no youngster, each with the role."""
    query = (
        select(account.c.id, person.c.role)
        .join(person, person.c.id == account.c.person_id)
        .where(person.c.role != "youth", person.c.state == "active", account.c.state == "active")
    )
    return {row.id: row.role for row in conn.execute(query.order_by(account.c.id))}


def address_of(conn: Connection, account_id: int) -> int | None:
    """The chat of an account; none when the account is gone."""
    known = conn.execute(select(account.c.id).where(account.c.id == account_id)).first()
    return people.address(conn, account_id) if known is not None else None


def active_people(conn: Connection) -> list[int]:
    """Everybody who uses the bot, in whatever role."""
    query = (
        select(person.c.id)
        .join(account, account.c.person_id == person.c.id)
        .where(person.c.state == "active", account.c.state == "active")
        .distinct()
    )
    return list(conn.execute(query.order_by(person.c.id)).scalars())


def can_be_reached(conn: Connection, person_id: int) -> bool:
    """Whether a message to somebody would go out."""
    found = people.account_of(conn, person_id)
    return found is not None and found.state == "active"


def was_put(conn: Connection, dedupe_key: str) -> bool:
    """Whether a message with this key is or was in the outbox."""
    return conn.execute(select(outbox.c.id).where(outbox.c.dedupe_key == dedupe_key)).first() is not None


def was_sent(conn: Connection, dedupe_key: str) -> bool:
    """Whether a message with this key may have arrived."""
    arrived = (outbox.c.dedupe_key == dedupe_key, outbox.c.state.in_(("sending", "sent", "uncertain")))
    return conn.execute(select(outbox.c.id).where(*arrived)).first() is not None

"""Accounts that end, are doubted or come back, and who belongs to which organisation."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select, update

from bot.message import Lane, Message, Promise, dump
from bot.storage import due, outbox, people
from bot.storage.people import Person
from bot.storage.schema_flow import outbox as outbox_table
from bot.storage.schema_people import account, audit, person, staff_code
from bot.storage.schema_programme import meeting_group
from bot.storage.schema_talk import session

CAN_BE_DELETED = timedelta(hours=47)
"""A bot may delete a message during 48 hours; an hour is left for the queue."""


def let_go(conn: Connection, person_id: int, now: datetime, keep: int | None = None) -> bool:
    """End the tie between a person and their account; false when there is none.

    What waits for the account is cancelled, what was sent there lately is deleted (but for outbox row *keep*), and
    to us the account is a stranger's from now on: its buttons do nothing, and it is forgotten like any stranger's.
    """
    number = people.account_of(conn, person_id)
    if number is None:
        return False
    outbox.empty(conn, number.id, "account_gone", now)
    recent = select(outbox_table.c.id).where(
        outbox_table.c.account_id == number.id,
        outbox_table.c.state == "sent",
        outbox_table.c.edits.is_(None),
        outbox_table.c.message_id.is_not(None),
        outbox_table.c.sent_at > now - CAN_BE_DELETED,
    )
    deletion = dump(Message((), do="delete"))
    for row_id in conn.execute(recent.order_by(outbox_table.c.id.desc())).scalars().all():
        if row_id != keep:
            row = outbox.NewRow(number.id, Lane.TIDY, Promise.IDEMPOTENT, deletion, edits=row_id)
            outbox.add(conn, row, now)
    # Whatever is shown again is shown in the new chat: nothing may be edited in the old one.
    conn.execute(update(session).where(session.c.person_id == person_id).values(message_id=None))
    due.cancel_all(conn, person_id, ("wipe",), now)
    values = {"person_id": None, "linked_at": now}
    conn.execute(update(account).where(account.c.id == number.id).values(values))
    if number.state == people.UNCONFIRMED:
        people.set_account_state(conn, number.id, "active")
    return True


def silent_since(conn: Connection, moment: datetime) -> list[Person]:
    """Everybody with an account from whom nothing came since *moment*."""
    query = (
        select(person.c.id)
        .join(account, account.c.person_id == person.c.id)
        .where(account.c.state == "active", person.c.heard_at <= moment)
    )
    return [people.load(conn, number) for number in conn.execute(query.order_by(person.c.id)).scalars().all()]


def organisation_of(conn: Connection, person_id: int) -> int | None:
    """The organisation somebody belongs to: their own, else that of their group."""
    query = (
        select(person.c.organisation_id, meeting_group.c.organisation_id.label("by_group"))
        .outerjoin(meeting_group, meeting_group.c.id == person.c.group_id)
        .where(person.c.id == person_id)
    )
    row = conn.execute(query).one()
    found: int | None = row.by_group if row.organisation_id is None else row.organisation_id
    return found


def youngsters_of_organisation(conn: Connection, organisation_id: int) -> list[Person]:
    """The youngsters of an organisation, by name."""
    query = (
        select(person.c.id)
        .outerjoin(meeting_group, meeting_group.c.id == person.c.group_id)
        .where(
            person.c.role == "youth",
            or_(
                person.c.organisation_id == organisation_id,
                and_(person.c.organisation_id.is_(None), meeting_group.c.organisation_id == organisation_id),
            ),
        )
    )
    found = [people.load(conn, number) for number in conn.execute(query).scalars().all()]
    return sorted(found, key=lambda one: one.name.casefold())


def logged(conn: Connection, organisation_id: int, since: datetime) -> dict[tuple[str, str], int]:
    """How often staff of an organisation did what since *since*: action and outcome, with a count. No names."""
    query = (
        select(audit.c.action, audit.c.outcome, func.count().label("number"))
        .join(person, person.c.id == audit.c.actor_id)
        .where(person.c.organisation_id == organisation_id, person.c.role != "youth", audit.c.at > since)
        .group_by(audit.c.action, audit.c.outcome)
        .order_by(audit.c.action, audit.c.outcome)
    )
    return {(row.action, row.outcome): row.number for row in conn.execute(query)}


def forget_code(conn: Connection, person_id: int) -> bool:
    """Take away somebody's code, so that they choose a new one; false when they had none."""
    return conn.execute(staff_code.delete().where(staff_code.c.person_id == person_id)).rowcount == 1

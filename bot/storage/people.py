"""People, and who looks after whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from bot.storage import sealed, sign_ups
from bot.storage.schema_care import sensitive_message
from bot.storage.schema_flow import outbox
from bot.storage.schema_people import account, assignment, person
from bot.storage.schema_programme import group_staff, meeting_group, organisation
from bot.storage.schema_talk import session
from dialogs.words import Words

STAFF = ("professional", "coordinator", "confidant", "dpo")
"""Roles within one organisation."""

BEGUN = "active"
"""The state of somebody who has pressed Start and, of the staff, chose a code. Before that nobody reads anything."""

UNCONFIRMED = "unconfirmed"
"""The state of an account that was silent so long that we ask whose it is: only that goes there, and help."""

ASSISTED = "assisted"
"""The state of a youngster without an account: known through the professional, who notes steps together with them."""

REACHED = ("active", UNCONFIRMED)
"""States of an account to which what stands in the outbox is sent."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the programme knows. *name* is what the professional or the person typed: a first or nickname."""

    id: int
    role: str
    key: str | None
    organisation_id: int | None
    group_id: int | None
    practice: bool
    name: Words
    born: str | None
    causes: tuple[str, ...]
    language: str
    state: str
    digest_at: str | None
    acknowledged_at: datetime | None
    created_at: datetime
    began_at: datetime | None
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class Account:
    """A way to reach somebody. *person_id* is none for a stranger."""

    id: int
    person_id: int | None
    state: str


def add(conn: Connection, name: str, now: datetime, values: Mapping[str, Any]) -> int:
    """A new person; their words will be sealed with a key of their own. Returns the id."""
    defaults = {"practice": False, "causes": "", "language": "nl", "state": "invited", "created_at": now}
    row_id: int = conn.execute(
        insert(person).values({**defaults, **values}).returning(person.c.id)
    ).scalar_one()
    sealed.update_sealed(conn, person, row_id, {"name": name}, owner=row_id)
    return row_id


def load(conn: Connection, person_id: int) -> Person:
    """The person with this id, who must exist."""
    return _person(conn, conn.execute(select(person).where(person.c.id == person_id)).one())


def find(conn: Connection, person_id: int) -> Person | None:
    """The person with this id; none when there is nobody (any more)."""
    row = conn.execute(select(person).where(person.c.id == person_id)).one_or_none()
    return _person(conn, row) if row else None


def named(conn: Connection, name: str) -> list[Person]:
    """Everybody with this first name, in the order in which they came."""
    rows = conn.execute(select(person).where(person.c.name.is_not(None)).order_by(person.c.id))
    found = (_person(conn, row) for row in rows)
    return [one for one in found if one.name.casefold() == name.strip().casefold()]


def locked(conn: Connection, person_id: int) -> Person:
    """The person, kept from other workers until this transaction ends; what refers to them can be written."""
    query = select(person).where(person.c.id == person_id).with_for_update(key_share=True)
    return _person(conn, conn.execute(query).one())


def by_key(conn: Connection, key: str) -> Person | None:
    """The staff member a seed file calls *key*."""
    row = conn.execute(select(person).where(person.c.key == key)).one_or_none()
    return _person(conn, row) if row else None


def change(conn: Connection, person_id: int, **values: Any) -> None:
    """Set columns of one person (never the name)."""
    conn.execute(update(person).where(person.c.id == person_id).values(values))


def rename(conn: Connection, person_id: int, name: str) -> None:
    """Replace the name."""
    sealed.update_sealed(conn, person, person_id, {"name": name}, owner=person_id)


def lookup(conn: Connection, channel: str, number: int) -> bytes:
    """What an account number is found by; the number itself is stored sealed."""
    return sealed.vault_of(conn).lookup(f"account:{channel}", str(number))


def find_account(conn: Connection, channel: str, number: int) -> Account | None:
    """The account with this number."""
    query = select(account).where(
        account.c.channel == channel, account.c.lookup == lookup(conn, channel, number)
    )
    row = conn.execute(query).one_or_none()
    return Account(row.id, row.person_id, row.state) if row else None


def add_account(conn: Connection, channel: str, number: int, chat: int, now: datetime) -> Account:
    """Remember how to answer a stranger."""
    values = {
        "channel": channel,
        "lookup": lookup(conn, channel, number),
        "state": "active",
        "linked_at": now,
    }
    row_id = sealed.insert(conn, account, values, {"address": str(chat)})
    return Account(row_id, None, "active")


def link_account(conn: Connection, account_id: int, person_id: int, now: datetime) -> None:
    """From now on this account is *person_id*."""
    conn.execute(update(account).where(account.c.id == account_id).values(person_id=person_id, linked_at=now))


def owner_of(conn: Connection, account_id: int) -> Person | None:
    """The person an account belongs to; none for a stranger's."""
    person_id = conn.execute(select(account.c.person_id).where(account.c.id == account_id)).scalar_one()
    return load(conn, person_id) if person_id is not None else None


def account_state(conn: Connection, account_id: int) -> str:
    """active, blocked, unconfirmed or dead."""
    return str(conn.execute(select(account.c.state).where(account.c.id == account_id)).scalar_one())


def account_of(conn: Connection, person_id: int) -> Account | None:
    """The account that messages to this person go to."""
    query = (
        select(account)
        .where(account.c.person_id == person_id, account.c.state != "dead")
        .order_by(account.c.id.desc())
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    return Account(row.id, row.person_id, row.state) if row else None


def address(conn: Connection, account_id: int) -> int:
    """The channel's number of the chat."""
    blob = conn.execute(select(account.c.address).where(account.c.id == account_id)).scalar_one()
    return int(sealed.opened(conn, account.c.address, account_id, blob))


def set_account_state(conn: Connection, account_id: int, state: str) -> None:
    """active, blocked, unconfirmed or dead."""
    conn.execute(update(account).where(account.c.id == account_id).values(state=state))


def assign(conn: Connection, youth_id: int, professional_id: int, kind: str, now: datetime) -> None:
    """*professional_id* looks after the youngster from now on, as main or backup; an earlier one ends."""
    locked(conn, youth_id)
    running = and_(assignment.c.youth_id == youth_id, assignment.c.kind == kind, assignment.c.until.is_(None))
    conn.execute(update(assignment).where(running).values(until=now))
    conn.execute(
        insert(assignment).values(youth_id=youth_id, professional_id=professional_id, kind=kind, since=now)
    )


def looked_after_by(conn: Connection, youth_id: int) -> dict[str, int]:
    """Who looks after the youngster now: kind (main, backup) to person id."""
    query = select(assignment.c.kind, assignment.c.professional_id).where(
        assignment.c.youth_id == youth_id, assignment.c.until.is_(None)
    )
    return {row.kind: row.professional_id for row in conn.execute(query)}


def youngsters_of(conn: Connection, professional_id: int, kind: str | None = "main") -> list[Person]:
    """The youngsters somebody looks after now, by name; *kind* None takes backup too."""
    query = (
        select(person)
        .join(assignment, assignment.c.youth_id == person.c.id)
        .where(assignment.c.professional_id == professional_id, assignment.c.until.is_(None))
        .distinct()
    )
    if kind:
        query = query.where(assignment.c.kind == kind)
    return sorted((_person(conn, row) for row in conn.execute(query)), key=lambda one: one.name.casefold())


def youngsters_in(conn: Connection, group_id: int) -> list[Person]:
    """The youngsters of a group who use the bot, themselves or through the professional."""
    query = select(person).where(
        person.c.group_id == group_id, person.c.role == "youth", person.c.state.in_(("active", ASSISTED))
    )
    return [_person(conn, row) for row in conn.execute(query.order_by(person.c.id))]


def staff_of_group(conn: Connection, group_id: int) -> list[Person]:
    """The professionals who lead a group, in the order they were named."""
    query = (
        select(person)
        .join(group_staff, group_staff.c.person_id == person.c.id)
        .where(group_staff.c.group_id == group_id)
        .order_by(person.c.id)
    )
    return [_person(conn, row) for row in conn.execute(query)]


def groups_of(conn: Connection, person_id: int) -> list[tuple[int, str]]:
    """The groups somebody leads: id and name."""
    query = (
        select(meeting_group.c.id, meeting_group.c.name)
        .join(group_staff, group_staff.c.group_id == meeting_group.c.id)
        .where(group_staff.c.person_id == person_id)
        .order_by(meeting_group.c.id)
    )
    return [(row.id, row.name) for row in conn.execute(query)]


def staff_of_organisation(conn: Connection, organisation_id: int) -> list[Person]:
    """Everybody with a staff role in an organisation."""
    query = select(person).where(person.c.organisation_id == organisation_id, person.c.role.in_(STAFF))
    return [_person(conn, row) for row in conn.execute(query.order_by(person.c.id))]


def organisation_name(conn: Connection, one: Person) -> str:
    """The welfare organisation somebody belongs to."""
    query = select(organisation.c.name).where(organisation.c.id == one.organisation_id)
    return str(conn.execute(query).scalar_one_or_none() or "")


def editors(conn: Connection) -> list[Person]:
    """Everybody who looks after the texts and has begun."""
    query = select(person).where(person.c.role == "admin", person.c.state == "active")
    return [_person(conn, row) for row in conn.execute(query.order_by(person.c.id))]


def births(conn: Connection) -> list[tuple[int, str]]:
    """Every youngster of whom the month of birth is known, with that month."""
    query = select(person.c.id, person.c.born).where(person.c.role == "youth", person.c.born.is_not(None))
    return [(row.id, row.born) for row in conn.execute(query.order_by(person.c.id))]


def professionals(conn: Connection) -> list[Person]:
    """Every professional who has begun."""
    query = select(person).where(person.c.role == "professional", person.c.state == "active")
    return [_person(conn, row) for row in conn.execute(query.order_by(person.c.id))]


def _person(conn: Connection, row: Row[Any]) -> Person:
    name = sealed.opened(conn, person.c.name, row.id, row.name) if row.name else ""
    return Person(
        id=row.id,
        role=row.role,
        key=row.key,
        organisation_id=row.organisation_id,
        group_id=row.group_id,
        practice=bool(row.practice),
        name=Words(name),
        born=row.born,
        causes=tuple(cause for cause in row.causes.split(",") if cause),
        language=row.language,
        state=row.state,
        digest_at=row.digest_at,
        acknowledged_at=row.acknowledged_at,
        created_at=row.created_at,
        began_at=row.began_at,
        heard_at=row.heard_at,
    )


def forget_strangers(conn: Connection, before: datetime) -> int:
    """Remove the addresses of people nobody knows, with what was sent to them; how many."""
    old = select(account.c.id).where(account.c.person_id.is_(None), account.c.linked_at < before)
    kept = set(sign_ups.needs_account(conn))
    ids = [one for one in conn.execute(old).scalars() if one not in kept]
    if ids:
        sign_ups.forget_talks(conn, ids)
        # A dialog that ended in this chat may still point to its last question.
        shown = select(outbox.c.id).where(outbox.c.account_id.in_(ids))
        conn.execute(update(session).where(session.c.message_id.in_(shown)).values(message_id=None))
        conn.execute(delete(sensitive_message).where(sensitive_message.c.outbox_id.in_(shown)))
        conn.execute(delete(outbox).where(outbox.c.account_id.in_(ids)))
        conn.execute(delete(account).where(account.c.id.in_(ids)))
    return len(ids)

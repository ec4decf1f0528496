"""Sign-ups: the few things somebody left who wants to join, until a person took them on or time went by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, or_, select, update

from bot.storage import sealed
from bot.storage.schema_course import sign_up, stranger_talk
from bot.storage.schema_people import account, person
from bot.storage.schema_programme import group_staff, meeting_group, municipality, organisation
from dialogs.words import Words

OPEN = "open"


@dataclass(frozen=True, slots=True)
class SignUp:
    """*young*: under the age that Telegram asks for. *account_id*: the chat it came from, while it may be answered."""

    id: int
    municipality_id: int
    organisation_id: int
    age_group: str
    young: bool
    source_id: int | None
    account_id: int | None
    name: Words
    reach: str
    contact: Words
    language: str
    state: str
    youth_id: int | None
    at: datetime
    tries: int
    tried_at: datetime | None


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with the age groups it has groups for."""

    id: int
    name: str
    age_groups: frozenset[str]


def towns(conn: Connection) -> list[Town]:
    """Every municipality of the installation, by name."""
    groups: dict[int, set[str]] = {}
    going_on = select(meeting_group.c.municipality_id, meeting_group.c.age_group).where(
        meeting_group.c.closes_on.is_(None)
    )
    for row in conn.execute(going_on):
        groups.setdefault(row.municipality_id, set()).add(row.age_group)
    query = select(municipality.c.id, municipality.c.name).order_by(municipality.c.name)
    return [Town(row.id, row.name, frozenset(groups.get(row.id, ()))) for row in conn.execute(query)]


def organisation_for(
    conn: Connection, municipality_id: int, age_group: str, group_id: int | None = None
) -> tuple[int, str] | None:
    """Who takes on a sign-up: the organisation of the poster's group, else of a group there, best of this age."""
    query = (
        select(
            meeting_group.c.id,
            meeting_group.c.age_group,
            organisation.c.id.label("whose"),
            organisation.c.name,
        )
        .join(organisation, organisation.c.id == meeting_group.c.organisation_id)
        .where(meeting_group.c.municipality_id == municipality_id, meeting_group.c.closes_on.is_(None))
        .order_by(meeting_group.c.id)
    )
    found = conn.execute(query).all()
    fitting = sorted(found, key=lambda row: (row.id != group_id, row.age_group != age_group, row.id))
    return (fitting[0].whose, fitting[0].name) if fitting else None


def add(conn: Connection, values: Mapping[str, Any], words: Mapping[str, str], now: datetime) -> int:
    """A new sign-up; its number. *words*: name and, when not in the chat, contact."""
    return sealed.insert(conn, sign_up, {**values, "state": OPEN, "at": now}, words)


def load(conn: Connection, number: int) -> SignUp | None:
    """The sign-up with this number, whatever became of it."""
    row = conn.execute(select(sign_up).where(sign_up.c.id == number)).one_or_none()
    return _sign_up(conn, row) if row else None


def locked(conn: Connection, number: int) -> SignUp | None:
    """The same, kept from other workers until this transaction ends."""
    row = conn.execute(select(sign_up).where(sign_up.c.id == number).with_for_update()).one_or_none()
    return _sign_up(conn, row) if row else None


def of_account(conn: Connection, account_id: int) -> SignUp | None:
    """The open sign-up that came from a chat."""
    query = select(sign_up).where(sign_up.c.account_id == account_id, sign_up.c.state == OPEN)
    row = conn.execute(query.order_by(sign_up.c.id.desc()).limit(1)).one_or_none()
    return _sign_up(conn, row) if row else None


def rewrite(
    conn: Connection, number: int, values: Mapping[str, Any], words: Mapping[str, str | None]
) -> None:
    """Somebody signs up a second time: there is one sign-up, with what was said last. It keeps its day."""
    conn.execute(update(sign_up).where(sign_up.c.id == number).values(dict(values)))
    sealed.update_sealed(conn, sign_up, number, words)


def open_of(conn: Connection, organisation_id: int) -> list[SignUp]:
    """What waits for an organisation, oldest first."""
    query = select(sign_up).where(sign_up.c.organisation_id == organisation_id, sign_up.c.state == OPEN)
    return [_sign_up(conn, row) for row in conn.execute(query.order_by(sign_up.c.at, sign_up.c.id))]


def every_open(conn: Connection) -> list[SignUp]:
    """Everything that waits, oldest first."""
    query = select(sign_up).where(sign_up.c.state == OPEN).order_by(sign_up.c.at, sign_up.c.id)
    return [_sign_up(conn, row) for row in conn.execute(query)]


def leaders(conn: Connection, one: SignUp) -> list[int]:
    """The professionals it is for: who lead a group of this age there, else any group of the organisation there.

    Never a tester.
    """
    query = (
        select(group_staff.c.person_id, meeting_group.c.age_group)
        .join(meeting_group, meeting_group.c.id == group_staff.c.group_id)
        .join(person, person.c.id == group_staff.c.person_id)
        .where(
            meeting_group.c.municipality_id == one.municipality_id,
            meeting_group.c.organisation_id == one.organisation_id,
            person.c.state == "active",
            person.c.practice.is_(False),
        )
        .order_by(group_staff.c.person_id)
    )
    found = conn.execute(query).all()
    own_age = [row.person_id for row in found if row.age_group == one.age_group]
    return list(dict.fromkeys(own_age or [row.person_id for row in found]))


def settle(
    conn: Connection,
    number: int,
    state: str,
    why: str | None,
    by: int | None,
    now: datetime,
    youth_id: int | None = None,
) -> bool:
    """Close an open sign-up; false when somebody was first."""
    values = {"state": state, "why": why, "handled_by": by, "handled_at": now, "youth_id": youth_id}
    mine = update(sign_up).where(sign_up.c.id == number, sign_up.c.state == OPEN)
    return conn.execute(mine.values(values)).rowcount == 1


def reopen(conn: Connection, number: int, by: int, since: datetime) -> bool:
    """Undo what the same person did to a sign-up after *since*, unless it became a youngster.

    False too when the same chat signed up anew meanwhile: one of them waits, never two.
    """
    mine = (
        sign_up.c.id == number,
        sign_up.c.state == "referred",
        sign_up.c.handled_by == by,
        sign_up.c.handled_at > since,
    )
    return _open_again(conn, *mine)


def give_back(conn: Connection, youth_id: int) -> bool:
    """A sign-up that became this youngster by mistake waits again, with its words; false when there is none."""
    return _open_again(conn, sign_up.c.youth_id == youth_id, sign_up.c.state == "taken")


def _open_again(conn: Connection, *which: ColumnElement[bool]) -> bool:
    newer = sign_up.alias()
    waits = select(newer.c.id).where(newer.c.account_id == sign_up.c.account_id, newer.c.state == OPEN)
    again = update(sign_up).where(*which, sign_up.c.name.is_not(None), ~waits.exists())
    values = {"state": OPEN, "why": None, "handled_by": None, "handled_at": None, "youth_id": None}
    return conn.execute(again.values(values)).rowcount == 1


def withdraw(conn: Connection, number: int, now: datetime) -> bool:
    """Whoever signed up takes it back: their words go at once. False when it was not open any more."""
    if not settle(conn, number, "withdrawn", "own_wish", None, now):
        return False
    empty(conn, [number])
    return True


def tried(conn: Connection, number: int, now: datetime) -> bool:
    """Somebody was not reached; false when it was not open any more."""
    mine = update(sign_up).where(sign_up.c.id == number, sign_up.c.state == OPEN)
    return conn.execute(mine.values(tries=sign_up.c.tries + 1, tried_at=now)).rowcount == 1


def empty(conn: Connection, numbers: list[int]) -> None:
    """Only codes and days stay of these: no words, and no way back to the chat."""
    values = {"name": None, "contact": None, "account_id": None}
    conn.execute(update(sign_up).where(sign_up.c.id.in_(numbers)).values(values))


def _left(before: datetime) -> ColumnElement[bool]:
    return and_(sign_up.c.state == OPEN, sign_up.c.at <= before)


def past(conn: Connection, before: datetime) -> int:
    """How many nobody took on since *before*."""
    return int(conn.execute(select(func.count()).select_from(sign_up).where(_left(before))).scalar_one())


def close_left(conn: Connection, before: datetime) -> int:
    """What nobody took on since *before* is closed and emptied; how many."""
    numbers = list(conn.execute(select(sign_up.c.id).where(_left(before))).scalars())
    if numbers:
        values = {"state": "closed", "why": "too_long", "handled_at": before}
        conn.execute(update(sign_up).where(sign_up.c.id.in_(numbers)).values(values))
        empty(conn, numbers)
    return len(numbers)


def _settled(before: datetime) -> ColumnElement[bool]:
    words = or_(
        sign_up.c.name.is_not(None), sign_up.c.contact.is_not(None), sign_up.c.account_id.is_not(None)
    )
    return and_(sign_up.c.state != OPEN, sign_up.c.handled_at <= before, words)


def with_words(conn: Connection, before: datetime) -> int:
    """How many that were settled before a moment still hold words."""
    return int(conn.execute(select(func.count()).select_from(sign_up).where(_settled(before))).scalar_one())


def empty_settled(conn: Connection, before: datetime) -> int:
    """Empty what was settled before a moment; how many."""
    numbers = list(conn.execute(select(sign_up.c.id).where(_settled(before))).scalars())
    if numbers:
        empty(conn, numbers)
    return len(numbers)


def needs_account(conn: Connection) -> list[int]:
    """Accounts of strangers that a sign-up may still be answered in."""
    query = (
        select(account.c.id)
        .join(sign_up, sign_up.c.account_id == account.c.id)
        .where(account.c.person_id.is_(None), sign_up.c.state.in_((OPEN, "taken")))
    )
    return list(conn.execute(query).scalars())


def forget_talks(conn: Connection, account_ids: list[int]) -> None:
    """What was half filled in goes with the account, and a settled sign-up lets go of it."""
    conn.execute(delete(stranger_talk).where(stranger_talk.c.account_id.in_(account_ids)))
    conn.execute(update(sign_up).where(sign_up.c.account_id.in_(account_ids)).values(account_id=None))


def _sign_up(conn: Connection, row: Row[Any]) -> SignUp:
    def words(column: Any, value: bytes | None) -> Words:
        return Words(sealed.opened(conn, column, row.id, value) if value else "")

    return SignUp(
        id=row.id,
        municipality_id=row.municipality_id,
        organisation_id=row.organisation_id,
        age_group=row.age_group,
        young=bool(row.young),
        source_id=row.source_id,
        account_id=row.account_id,
        name=words(sign_up.c.name, row.name),
        reach=row.reach,
        contact=words(sign_up.c.contact, row.contact),
        language=row.language,
        state=row.state,
        youth_id=row.youth_id,
        at=row.at,
        tries=row.tries,
        tried_at=row.tried_at,
    )

"""Cases: words that sounded like danger, from the first question until a person has them or nobody is to get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Connection, Row, Text, delete, exists, func, insert, select, update
from sqlalchemy import cast as as_type

from bot.storage import sealed
from bot.storage.dialect import insert_unless_there
from bot.storage.schema_care import care_case, care_moment, sensitive_message
from bot.storage.schema_flow import due
from dialogs.words import Words

About = Literal["self", "other", "staff"]
Level = Literal["p1", "p2", "p3"]
State = Literal["open", "alerted", "closed"]
Reading = Literal["now", "later", "nobody"]


@dataclass(frozen=True, slots=True)
class Case:
    """*state*: open while the youngster has not answered; alerted when a person was told; closed when nobody was."""

    id: int
    youth_id: int
    kind: str
    explicit: bool
    quoted: bool
    about: About
    why: tuple[str, ...]
    word: str
    words: Words
    state: State
    level: Level | None
    item_id: int | None
    excluded_id: int | None
    reading: Reading | None
    reads_from: datetime | None
    silent: bool
    wiped: bool


def add(conn: Connection, youth_id: int, now: datetime, words: str, **values: Any) -> int:
    """A new open case about a youngster; returns its number."""
    defaults = {
        "youth_id": youth_id,
        "kind": "",
        "explicit": False,
        "quoted": False,
        "about": "self",
        "why": "",
        "word": "",
        "state": "open",
        "silent": False,
        "wiped": False,
        "opened_at": now,
    }
    return sealed.insert(conn, care_case, {**defaults, **values}, {"words": words}, owner=youth_id)


def load(conn: Connection, case_id: int) -> Case:
    """The case with this number, which must exist."""
    return _case(conn, conn.execute(select(care_case).where(care_case.c.id == case_id)).one())


def open_of(conn: Connection, youth_id: int) -> Case | None:
    """The latest case of a youngster that still waits for an answer."""
    query = select(care_case).where(care_case.c.youth_id == youth_id, care_case.c.state == "open")
    row = conn.execute(query.order_by(care_case.c.id.desc()).limit(1)).one_or_none()
    return _case(conn, row) if row else None


def of_item(conn: Connection, item_id: int) -> Case | None:
    """The case an alert came from; none when it came from elsewhere."""
    query = select(care_case).where(care_case.c.item_id == item_id).order_by(care_case.c.id.desc()).limit(1)
    row = conn.execute(query).one_or_none()
    return _case(conn, row) if row else None


def change(conn: Connection, case_id: int, **values: Any) -> None:
    """Set columns of a case (never its words)."""
    conn.execute(update(care_case).where(care_case.c.id == case_id).values(values))


def append(conn: Connection, one: Case, text: str) -> None:
    """Add what was typed next, while nobody has the words yet."""
    joined = f"{one.words}\n{text}" if one.words else text
    sealed.update_sealed(conn, care_case, one.id, {"words": joined}, owner=one.youth_id)


def settle(conn: Connection, case_id: int, state: State, now: datetime, **values: Any) -> None:
    """The case is answered: its words are kept here no longer."""
    sealed.update_sealed(conn, care_case, case_id, {"words": None})
    change(conn, case_id, state=state, closed_at=now, **values)


def avoided(conn: Connection, youth_id: int, since: datetime) -> int | None:
    """Whom a youngster lately said it is about, as staff."""
    query = select(care_case.c.excluded_id).where(
        care_case.c.youth_id == youth_id,
        care_case.c.about == "staff",
        care_case.c.excluded_id.is_not(None),
        care_case.c.opened_at > since,
    )
    found: int | None = conn.execute(query.order_by(care_case.c.id.desc()).limit(1)).scalar_one_or_none()
    return found


def note(conn: Connection, youth_id: int, kind: str, now: datetime) -> None:
    """Remember that a youngster was asked, or did not know."""
    conn.execute(insert(care_moment).values(youth_id=youth_id, kind=kind, at=now))


def noted(conn: Connection, youth_id: int, kind: str, since: datetime) -> int:
    """How often that happened after *since*."""
    query = select(func.count()).where(
        care_moment.c.youth_id == youth_id, care_moment.c.kind == kind, care_moment.c.at > since
    )
    return int(conn.execute(query).scalar_one())


def remember_message(conn: Connection, person_id: int, outbox_id: int, now: datetime) -> None:
    """A message about danger stands in the chat: it can be wiped from there."""
    values = {"outbox_id": outbox_id, "person_id": person_id, "at": now}
    insert_unless_there(conn, sensitive_message, values, ("outbox_id",), sensitive_message.c.outbox_id)


def messages(conn: Connection, person_id: int, since: datetime) -> list[int]:
    """The rows of the outbox with such messages after *since*, oldest first."""
    query = select(sensitive_message.c.outbox_id).where(
        sensitive_message.c.person_id == person_id, sensitive_message.c.at > since
    )
    return list(conn.execute(query.order_by(sensitive_message.c.outbox_id)).scalars())


def forget_message(conn: Connection, outbox_id: int) -> None:
    """It is gone from the chat."""
    conn.execute(delete(sensitive_message).where(sensitive_message.c.outbox_id == outbox_id))


def purge(conn: Connection, before: datetime) -> int:
    """Forget what is of no use any more: messages nobody can delete and moments nobody counts; how many."""
    old = conn.execute(delete(sensitive_message).where(sensitive_message.c.at < before)).rowcount
    return old + conn.execute(delete(care_moment).where(care_moment.c.at < before)).rowcount


def close_unanswered(conn: Connection, before: datetime, now: datetime) -> int:
    """Questions nobody answered: their words are not kept any longer; how many.

    A case that still counts down stays: after a long outage the silence has a person told first.
    """
    counts_down = exists().where(
        due.c.person_id == care_case.c.youth_id,
        due.c.kind == "danger_silence",
        due.c.occurrence == as_type(care_case.c.id, Text),
        due.c.state == "waiting",
    )
    old = select(care_case.c.id).where(
        care_case.c.state == "open", care_case.c.opened_at < before, ~counts_down
    )
    ids = list(conn.execute(old).scalars())
    for number in ids:
        settle(conn, number, "closed", now)
    return len(ids)


def _case(conn: Connection, row: Row[Any]) -> Case:
    text = sealed.opened(conn, care_case.c.words, row.id, row.words) if row.words else ""
    return Case(
        id=row.id,
        youth_id=row.youth_id,
        kind=row.kind,
        explicit=bool(row.explicit),
        quoted=bool(row.quoted),
        about=cast(About, row.about),
        why=tuple(key for key in row.why.split(",") if key),
        word=row.word,
        words=Words(text),
        state=cast(State, row.state),
        level=cast("Level | None", row.level),
        item_id=row.item_id,
        excluded_id=row.excluded_id,
        reading=cast("Reading | None", row.reading),
        reads_from=row.reads_from,
        silent=bool(row.silent),
        wiped=bool(row.wiped),
    )

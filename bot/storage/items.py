"""Items: what a youngster sent to a professional, or what needs one; and the answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.storage import sealed
from bot.storage.schema_talk import item, reply
from dialogs.words import Words

WAITING = ("sent", "opened")
SHARED = ("sent", "opened", "handled")
"""States in which a recipient may read it; a draft, what was kept and what was taken back stay the youngster's."""


@dataclass(frozen=True, slots=True)
class Item:
    """*content* is exactly what the recipient reads. States people see: sent, opened, handled.

    *reply_id*: the answer that it answers.
    """

    id: int
    youth_id: int
    kind: str
    level: str | None
    attempt_id: int | None
    recipient_id: int | None
    state: str
    content: Words
    left_out: frozenset[str]
    created_at: datetime
    sent_at: datetime | None
    passed_on_at: datetime | None
    opened_at: datetime | None
    handled_at: datetime | None
    handling: str | None
    handled_by: int | None = None
    reply_id: int | None = None

    @property
    def reference(self) -> str:
        """How people name it; it says nothing about anybody."""
        return f"A-{self.id}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a professional wrote back."""

    id: int
    item_id: int
    author_id: int
    youth_id: int
    content: Words
    opened_at: datetime | None
    sent_at: datetime


def add(conn: Connection, youth_id: int, kind: str, now: datetime, content: str = "", **values: Any) -> int:
    """A new item, as a draft unless *values* say more; returns its id."""
    defaults = {"youth_id": youth_id, "kind": kind, "state": "draft", "left_out": "", "created_at": now}
    return sealed.insert(conn, item, {**defaults, **values}, {"content": content}, owner=youth_id)


def load(conn: Connection, item_id: int) -> Item:
    """The item with this id."""
    return _item(conn, conn.execute(select(item).where(item.c.id == item_id)).one())


def about(conn: Connection, item_id: int) -> int | None:
    """The number of the youngster an item is about; none when it is gone."""
    number: int | None = conn.execute(
        select(item.c.youth_id).where(item.c.id == item_id)
    ).scalar_one_or_none()
    return number


def find(conn: Connection, item_id: int) -> Item | None:
    """The same, or nothing once it was erased."""
    row = conn.execute(select(item).where(item.c.id == item_id)).one_or_none()
    return _item(conn, row) if row else None


def write(conn: Connection, one: Item, content: str, left_out: frozenset[str]) -> None:
    """Replace what a draft would send."""
    sealed.update_sealed(conn, item, one.id, {"content": content}, owner=one.youth_id)
    conn.execute(update(item).where(item.c.id == one.id).values(left_out=",".join(sorted(left_out))))


def append(conn: Connection, one: Item, text: str) -> None:
    """Add more words to what the recipient reads."""
    sealed.update_sealed(
        conn, item, one.id, {"content": f"{one.content}\n{text}" if one.content else text}, owner=one.youth_id
    )


def unopened_replies(conn: Connection, youth_id: int) -> list[int]:
    """Answers a youngster has not opened, oldest first."""
    query = select(reply.c.id).where(reply.c.youth_id == youth_id, reply.c.opened_at.is_(None))
    return list(conn.execute(query.order_by(reply.c.id)).scalars())


def change(conn: Connection, item_id: int, **values: Any) -> None:
    """Set columns of an item (never its content)."""
    conn.execute(update(item).where(item.c.id == item_id).values(values))


def waiting_for(conn: Connection, recipient_id: int) -> list[Item]:
    """What somebody has not handled yet, oldest first."""
    query = (
        select(item)
        .where(item.c.recipient_id == recipient_id, item.c.state.in_(WAITING))
        .order_by(item.c.sent_at, item.c.id)
    )
    return [_item(conn, row) for row in conn.execute(query)]


def waiting_with_others(conn: Connection, youth_ids: Collection[int], own_id: int) -> list[Item]:
    """What other people have of these youngsters and did not handle yet, oldest first; alerts go their own way."""
    query = (
        select(item)
        .where(
            item.c.youth_id.in_(youth_ids),
            item.c.recipient_id.is_not(None),
            item.c.recipient_id != own_id,
            item.c.kind != "alert",
            item.c.state.in_(WAITING),
        )
        .order_by(item.c.sent_at, item.c.id)
    )
    return [_item(conn, row) for row in conn.execute(query)]


def shared_with(conn: Connection, youth_id: int, recipient_id: int) -> list[Item]:
    """What a youngster sent and this person may read, newest first; alerts are no messages of theirs."""
    return [
        one for one in sent_of(conn, youth_id) if one.recipient_id == recipient_id and one.state in SHARED
    ]


def waiting_about(conn: Connection, youth_id: int) -> list[Item]:
    """What is not handled yet about a youngster, oldest first."""
    query = (
        select(item)
        .where(item.c.youth_id == youth_id, item.c.state.in_(WAITING))
        .order_by(item.c.sent_at, item.c.id)
    )
    return [_item(conn, row) for row in conn.execute(query)]


def parts_left_out(conn: Connection, youth_id: int) -> dict[int, frozenset[str]]:
    """Of every attempt a youngster sent something about: which parts they took out."""
    query = select(item.c.attempt_id, item.c.left_out).where(
        item.c.youth_id == youth_id, item.c.attempt_id.is_not(None), item.c.state.in_(SHARED)
    )
    return {
        row.attempt_id: frozenset(row.left_out.split(",")) - {""}
        for row in conn.execute(query.order_by(item.c.id))
    }


def sent_of(conn: Connection, youth_id: int) -> list[Item]:
    """What a youngster sent or took back, newest first; alerts are no messages of theirs."""
    query = (
        select(item)
        .where(item.c.youth_id == youth_id, item.c.sent_at.is_not(None), item.c.kind != "alert")
        .order_by(item.c.sent_at.desc(), item.c.id.desc())
    )
    return [_item(conn, row) for row in conn.execute(query)]


def left_for_evening(conn: Connection, youth_id: int, handling: str, since: datetime | None) -> list[Item]:
    """What a professional left for the evening since *since* (None: ever), oldest first."""
    query = select(item).where(item.c.youth_id == youth_id, item.c.handling == handling)
    if since is not None:
        query = query.where(item.c.handled_at > since)
    return [_item(conn, row) for row in conn.execute(query.order_by(item.c.handled_at, item.c.id))]


def handled_together(conn: Connection, person_id: int, handling: str, at: datetime) -> list[Item]:
    """What somebody handled in one go, at that moment."""
    query = select(item).where(
        item.c.handled_by == person_id, item.c.handling == handling, item.c.handled_at == at
    )
    return [_item(conn, row) for row in conn.execute(query.order_by(item.c.id))]


def answer(conn: Connection, one: Item, author_id: int, content: str, now: datetime) -> int:
    """Store what a professional wrote back; returns its id."""
    values = {"item_id": one.id, "author_id": author_id, "youth_id": one.youth_id, "sent_at": now}
    return sealed.insert(conn, reply, values, {"content": content}, owner=one.youth_id)


def load_reply(conn: Connection, reply_id: int) -> Reply:
    """The answer with this id; without words once they were kept long enough."""
    row = conn.execute(select(reply).where(reply.c.id == reply_id)).one()
    text = sealed.opened(conn, reply.c.content, row.id, row.content) if row.content else ""
    return Reply(row.id, row.item_id, row.author_id, row.youth_id, Words(text), row.opened_at, row.sent_at)


def reply_opened(conn: Connection, reply_id: int, now: datetime) -> None:
    """The youngster tapped it open."""
    conn.execute(
        update(reply).where(reply.c.id == reply_id, reply.c.opened_at.is_(None)).values(opened_at=now)
    )


def _item(conn: Connection, row: Row[Any]) -> Item:
    return Item(
        id=row.id,
        youth_id=row.youth_id,
        kind=row.kind,
        level=row.level,
        attempt_id=row.attempt_id,
        recipient_id=row.recipient_id,
        state=row.state,
        content=Words(sealed.opened(conn, item.c.content, row.id, row.content) if row.content else ""),
        left_out=frozenset(part for part in row.left_out.split(",") if part),
        created_at=row.created_at,
        sent_at=row.sent_at,
        passed_on_at=row.passed_on_at,
        opened_at=row.opened_at,
        handled_at=row.handled_at,
        handling=row.handling,
        handled_by=row.handled_by,
        reply_id=row.reply_id,
    )

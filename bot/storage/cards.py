"""Emergency cards: whom to call about a youngster on the worst day. Opened on an alert only, every time noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage import sealed
from bot.storage.schema_alerts import card_view, emergency_card
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Card:
    """Either *contact* with *phone*, or *kept_at*: where the organisation keeps them."""

    contact: Words
    relation: Words
    phone: Words
    kept_at: Words
    filled_at: datetime


@dataclass(frozen=True, slots=True)
class View:
    """*viewer_id* opened the card of *youth_id* for this *reason*."""

    id: int
    youth_id: int
    viewer_id: int
    reason: str
    at: datetime
    told_at: datetime | None


def has(conn: Connection, youth_id: int) -> bool:
    """Whether a youngster has a card."""
    query = select(emergency_card.c.id).where(emergency_card.c.youth_id == youth_id)
    return conn.execute(query).first() is not None


def fill(
    conn: Connection,
    youth_id: int,
    filled_by: int,
    now: datetime,
    *,
    contact: str = "",
    relation: str = "",
    phone: str = "",
    kept_at: str = "",
) -> None:
    """Replace the card of a youngster."""
    conn.execute(delete(emergency_card).where(emergency_card.c.youth_id == youth_id))
    words = {"contact": contact, "relation": relation, "phone": phone, "kept_at": kept_at}
    values = {"youth_id": youth_id, "filled_by": filled_by, "filled_at": now}
    sealed.insert(conn, emergency_card, values, words, owner=youth_id)


def load(conn: Connection, youth_id: int) -> Card | None:
    """The card of a youngster."""
    row = conn.execute(select(emergency_card).where(emergency_card.c.youth_id == youth_id)).one_or_none()
    if row is None:
        return None
    names = ("contact", "relation", "phone", "kept_at")
    words = {
        name: Words(sealed.opened(conn, emergency_card.c[name], row.id, getattr(row, name))) for name in names
    }
    return Card(**words, filled_at=row.filled_at)


def note_view(
    conn: Connection, youth_id: int, item_id: int, viewer_id: int, reason: str, now: datetime
) -> int:
    """Somebody opened the card; the number of this view."""
    values = {
        "youth_id": youth_id,
        "item_id": item_id,
        "viewer_id": viewer_id,
        "reason": reason,
        "at": now,
    }
    number: int = conn.execute(insert(card_view).values(values).returning(card_view.c.id)).scalar_one()
    return number


def view(conn: Connection, number: int) -> View:
    """The view with this number."""
    row = conn.execute(select(card_view).where(card_view.c.id == number)).one()
    return View(row.id, row.youth_id, row.viewer_id, row.reason, row.at, row.told_at)


def views_of(conn: Connection, youth_id: int) -> list[View]:
    """Every time the card of a youngster was opened, oldest first."""
    query = select(card_view).where(card_view.c.youth_id == youth_id).order_by(card_view.c.id)
    return [
        View(row.id, row.youth_id, row.viewer_id, row.reason, row.at, row.told_at)
        for row in conn.execute(query)
    ]


def told(conn: Connection, number: int, now: datetime) -> None:
    """The youngster was told of this view."""
    conn.execute(update(card_view).where(card_view.c.id == number).values(told_at=now))

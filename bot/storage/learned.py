"""Cards: a sentence somebody learned or a thought that helps. They come back before a next attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, select, update

from bot.storage import sealed
from bot.storage.schema_exercises import card
from dialogs.words import Words

Source = Literal["exercise", "attempt"]


@dataclass(frozen=True, slots=True)
class Card:
    """*shown_at*: when it last came back; *retired_at*: when the youngster put it away."""

    id: int
    youth_id: int
    words: Words
    source: str
    created_at: datetime
    shown_at: datetime | None
    retired_at: datetime | None


def keep(conn: Connection, youth_id: int, words: str, source: Source, source_id: int, now: datetime) -> int:
    """A card with *words*; the same words on a card that is not put away are the same card. Returns its id."""
    there = next((one for one in active(conn, youth_id) if one.words == words), None)
    if there is not None:
        return there.id
    values = {"youth_id": youth_id, "source": source, "source_id": source_id, "created_at": now}
    return sealed.insert(conn, card, values, {"words": words}, owner=youth_id)


def load(conn: Connection, card_id: int) -> Card | None:
    """The card with this id; the caller checks whose it is."""
    row = conn.execute(select(card).where(card.c.id == card_id)).one_or_none()
    return _card(conn, row) if row else None


def active(conn: Connection, youth_id: int) -> list[Card]:
    """The cards that are not put away, newest first."""
    query = select(card).where(card.c.youth_id == youth_id, card.c.retired_at.is_(None))
    rows = conn.execute(query.order_by(card.c.created_at.desc(), card.c.id.desc()))
    return [_card(conn, row) for row in rows]


def upcoming(conn: Connection, youth_id: int) -> Card | None:
    """The card whose turn it is: one that never came back, the newest first; else the one that did so longest ago."""
    found = active(conn, youth_id)
    fresh = next((one for one in found if one.shown_at is None), None)
    return fresh or min(found, key=lambda one: one.shown_at or one.created_at, default=None)


def shown(conn: Connection, card_id: int, now: datetime) -> None:
    """It came back."""
    conn.execute(update(card).where(card.c.id == card_id).values(shown_at=now))


def retire(conn: Connection, card_id: int, now: datetime | None) -> None:
    """The youngster puts it away; with none for *now* it is back."""
    conn.execute(update(card).where(card.c.id == card_id).values(retired_at=now))


def forget(conn: Connection, youth_id: int, source: Source, source_id: int) -> None:
    """The card that came from something that was taken back goes with it."""
    mine = (card.c.youth_id == youth_id, card.c.source == source, card.c.source_id == source_id)
    conn.execute(delete(card).where(*mine))


def _card(conn: Connection, row: Row[Any]) -> Card:
    return Card(
        id=row.id,
        youth_id=row.youth_id,
        words=Words(sealed.opened(conn, card.c.words, row.id, row.words)),
        source=row.source,
        created_at=row.created_at,
        shown_at=row.shown_at,
        retired_at=row.retired_at,
    )

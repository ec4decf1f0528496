"""Answers of staff to a youngster: kept back for two minutes, taken back in that time, and then on their way."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, select, update

from bot.storage import items
from bot.storage.items import Reply
from bot.storage.schema_flow import outbox
from bot.storage.schema_people import account
from bot.storage.schema_talk import reply

HELD_FOR = timedelta(minutes=2)
"""How long an answer stays in the outbox, so that whoever wrote it can take it back."""


def key(reply_id: int) -> str:
    """What the message that announces an answer is known by in the outbox."""
    return f"reply:{reply_id}"


def leaves_at(one: Reply) -> datetime:
    """When an answer goes out; from then on it cannot be taken back."""
    return one.sent_at + HELD_FOR


def find(conn: Connection, reply_id: int | None) -> Reply | None:
    """The answer with this number; none when it was taken back or is gone."""
    known = select(reply.c.id).where(reply.c.id == reply_id)
    if reply_id is None or conn.execute(known).first() is None:
        return None
    return items.load_reply(conn, reply_id)


def hold_back(conn: Connection, one: Reply, now: datetime) -> bool:
    """Take what announces an answer out of the outbox; false when it went out, or may have."""
    # The sender holds the account while it takes what goes out: one of the two comes first.
    mine = select(account.c.id).where(account.c.person_id == one.youth_id)
    conn.execute(mine.with_for_update(key_share=True)).all()
    known = key(one.id)
    keyed = or_(outbox.c.dedupe_key == known, outbox.c.dedupe_key.startswith(f"{known}:", autoescape=True))
    perhaps = or_(outbox.c.state.in_(("sending", "sent", "uncertain")), outbox.c.doubted > 0)
    if conn.execute(select(outbox.c.id).where(keyed, perhaps)).first() is not None:
        return False
    values = {"state": "cancelled", "error": "taken_back", "sent_at": now, "payload": None}
    conn.execute(update(outbox).where(keyed, outbox.c.state == "ready").values(values))
    return True


def state_of(conn: Connection, one: Reply) -> str:
    """What became of the last message that announces it: ready, cancelled or sent; a message long gone was sent."""
    known = key(one.id)
    keyed = or_(outbox.c.dedupe_key == known, outbox.c.dedupe_key.startswith(f"{known}:", autoescape=True))
    last = select(outbox.c.state).where(keyed).order_by(outbox.c.id.desc()).limit(1)
    state = conn.execute(last).scalar_one_or_none()
    if state in ("ready", "sending"):
        return "ready"
    return "cancelled" if state in ("cancelled", "dead") else "sent"


def is_only(conn: Connection, one: Reply) -> bool:
    """Whether nothing else was answered to the same."""
    other = select(reply.c.id).where(reply.c.item_id == one.item_id, reply.c.id != one.id)
    return conn.execute(other).first() is None


def remove(conn: Connection, reply_id: int) -> None:
    """It was taken back: nothing of it is kept."""
    conn.execute(delete(reply).where(reply.c.id == reply_id))


def waits(conn: Connection, row_id: int | None, now: datetime) -> bool:
    """Whether this message of the outbox is still to come: its question may not be shown before."""
    later = (outbox.c.id == row_id, outbox.c.state == "ready", outbox.c.not_before > now)
    return row_id is not None and conn.execute(select(outbox.c.id).where(*later)).first() is not None

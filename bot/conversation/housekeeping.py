"""What is not kept: finished updates, addresses of strangers, old tries. Runs with the ticks, cheap when idle."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.conversation.strangers import FORGOTTEN_AFTER
from bot.storage import inbox, meta, outbox, people, throttle

EVERY = timedelta(hours=1)
TRIES_KEPT = timedelta(days=1)
_TIDIED = "tidied_at"


def tidy(conn: Connection, now: datetime) -> bool:
    """Forget what is past its time, at most once an hour; whether it was done now."""
    last = meta.get(conn, _TIDIED)
    if last is not None and now - datetime.fromisoformat(last) < EVERY:
        return False
    inbox.purge(conn, now)
    outbox.purge(conn, now)
    throttle.purge(conn, now - TRIES_KEPT)
    people.forget_strangers(conn, now - FORGOTTEN_AFTER)
    meta.put(conn, _TIDIED, now.isoformat())
    return True

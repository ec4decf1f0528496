"""What is not kept: finished updates, addresses of strangers, old tries. Runs with the ticks, cheap when idle."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from bot.conversation.passing import TYPED_BY_STAFF
from bot.conversation.strangers import FORGOTTEN_AFTER
from bot.conversation.world import PRIVATE_FOR, World
from bot.storage import (
    alarms,
    care,
    inbox,
    meta,
    outbox,
    people,
    retention,
    sessions,
    stranger_talks,
    throttle,
)

EVERY = timedelta(hours=1)
TRIES_KEPT = timedelta(days=1)
UNANSWERED_KEPT = timedelta(days=1)
"""How long words that sounded heavy wait for an answer; a silence that counts is dealt with long before."""

CARE_KEPT = timedelta(days=30)
"""How long it is remembered when somebody was asked whether they are all right, and which messages can be wiped."""

NIGHT = time(3, 30)
"""From this local time on the nightly clearing may run: once a day, at the first tick after it."""

_TIDIED = "tidied_at"
_CLEARED = "cleared_on"


def tidy(conn: Connection, now: datetime) -> bool:
    """Forget what is past its time, at most once an hour; whether it was done now."""
    last = meta.get(conn, _TIDIED)
    if last is not None and now - datetime.fromisoformat(last) < EVERY:
        return False
    inbox.purge(conn, now)
    outbox.purge(conn, now)
    throttle.purge(conn, now - TRIES_KEPT)
    alarms.purge(conn, now)
    care.purge(conn, now - CARE_KEPT)
    care.close_unanswered(conn, now - UNANSWERED_KEPT, now)
    stranger_talks.purge(conn, now - FORGOTTEN_AFTER)
    people.forget_strangers(conn, now - FORGOTTEN_AFTER)
    meta.put(conn, _TIDIED, now.isoformat())
    return True


def clear(conn: Connection, world: World, now: datetime) -> dict[str, int]:
    """Clear what is past its retention time, once a night; how much of each kind, empty when it was not due.

    The operator hears of a kind that could not be cleared; the others were.
    """
    local = now.astimezone(world.settings.zone)
    night = local.date() if local.time() >= NIGHT else local.date() - timedelta(days=1)
    if meta.get(conn, _CLEARED) == night.isoformat():
        return {}
    meta.put(conn, _CLEARED, night.isoformat())
    sessions.end_left(conn, TYPED_BY_STAFF, now - PRIVATE_FOR)
    cleared = retention.run(conn, now, world.settings.audit_years)
    for kind in retention.KINDS:
        if kind not in cleared:
            alarms.add(conn, "retention_failed", kind, now)
    return cleared

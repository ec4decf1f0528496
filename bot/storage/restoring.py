"""After a copy was put back: erased people go again, and what was waiting to be sent then is not sent once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.message import Lane, Promise
from bot.schedule import dose
from bot.storage import erasures
from bot.storage.ledger import Ledger
from bot.storage.schema_flow import due, outbox

REMINDERS = (*dose.PRECEDENCE, "nudge", "follow_up", "digest")
"""Moments that only make sense at their time; everything else (wiping, ageing, alerts, erasures) still happens."""

_STILL_GOES = (
    Promise.AT_LEAST_ONCE.value,
    Promise.ALERT.value,
    Promise.RELAY.value,
    Promise.IDEMPOTENT.value,
)


@dataclass(frozen=True, slots=True)
class Settled:
    """How many people were erased again, messages and moments cancelled, and messages marked as perhaps double."""

    erased: int
    cancelled: int
    moments: int
    marked: int

    def as_json(self) -> Mapping[str, int]:
        """For machines."""
        return {
            "erased_again": self.erased,
            "messages_cancelled": self.cancelled,
            "moments_cancelled": self.moments,
            "marked_as_double": self.marked,
        }


def settle(conn: Connection, found: Ledger, now: datetime) -> Settled:
    """Bring a database that was put back to *now*.

    The companion that wrote after the copy was made has very likely sent what was ready in it. So screens, reminders
    and digests are cancelled; what is promised at least once goes again, marked "mogelijk dubbel".
    """
    erased = erasures.replay(conn, found, now)
    waiting = outbox.c.state.in_(("ready", "sending"))
    values = {"payload": None, "error": "restored", "sent_at": now, "lease_until": None, "worker": None}
    dropped = (waiting, outbox.c.promise.not_in(_STILL_GOES), outbox.c.lane != int(Lane.ALERT))
    cancelled = conn.execute(update(outbox).where(*dropped).values(state="cancelled", **values)).rowcount
    again = (waiting, outbox.c.promise != Promise.IDEMPOTENT.value)
    marked = conn.execute(
        update(outbox)
        .where(*again)
        .values(state="ready", doubted=outbox.c.doubted + 1, lease_until=None, worker=None)
    ).rowcount
    past = (due.c.state == "waiting", due.c.not_before <= now, due.c.kind.in_(REMINDERS))
    moments = conn.execute(
        update(due).where(*past).values(state="cancelled", outcome="restored", done_at=now)
    ).rowcount
    return Settled(len(erased), cancelled, moments, marked)


def made_at(conn: Connection) -> datetime | None:
    """The last thing the copy knows of: nothing after it is in it."""
    from bot.storage.schema_people import audit

    found: datetime | None = conn.execute(
        select(audit.c.at).order_by(audit.c.id.desc()).limit(1)
    ).scalar_one_or_none()
    return found

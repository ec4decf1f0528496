"""Messages that go out: decided in a transaction, sent after it, in order per account, most urgent lane first.

``sending`` is committed before the call, so a row found in that state after a crash is doubtful: Telegram may
have accepted it. What then happens is decided per promise in ``bot.outbox_policy``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select, update

from bot.message import Lane, Promise
from bot.outbox_policy import after_doubt, wait_after_doubt
from bot.storage.dialect import insert_unless_there, unclaimed
from bot.storage.outbox_order import first_of_each_account, not_going_out
from bot.storage.schema_flow import outbox
from bot.storage.schema_people import account
from bot.storage.sealed import opened, update_sealed
from bot.vault import Shredded, Tampered

DEAD_KEPT = timedelta(days=14)


_target = outbox.alias("target")


@dataclass(frozen=True, slots=True)
class NewRow:
    """A message to send. *payload* comes from ``bot.message.dump``.

    *person_id*: whose words these are; they are sealed with that person's key. *edits*: the outbox row of the
    message to change. The same *dedupe_key* is stored once. *reference*: the short number shown to people.
    """

    account_id: int
    lane: Lane
    promise: Promise
    payload: str = field(repr=False)
    person_id: int | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    edits: int | None = None
    dedupe_key: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send now. *doubted* > 0: it may be a second copy. *edited_message*: the message to change."""

    id: int
    account_id: int
    channel: str
    address: str = field(repr=False)
    person_id: int | None
    lane: Lane
    promise: Promise
    payload: str = field(repr=False)
    edited_message: int | None
    not_after: datetime | None
    attempts: int
    doubted: int
    reference: str | None
    created_at: datetime


def add(conn: Connection, row: NewRow, now: datetime) -> int:
    """Store a message; its row number, or that of the earlier row with the same *dedupe_key*."""
    values = {
        "account_id": row.account_id,
        "person_id": row.person_id,
        "lane": int(row.lane),
        "promise": row.promise.value,
        "state": "ready",
        "edits": row.edits,
        "dedupe_key": row.dedupe_key,
        "not_before": row.not_before or now,
        "not_after": row.not_after,
        "reference": row.reference,
        "created_at": now,
    }
    row_id: int | None = insert_unless_there(conn, outbox, values, ("dedupe_key",), outbox.c.id)
    if row_id is None:
        same = select(outbox.c.id).where(outbox.c.dedupe_key == row.dedupe_key)
        earlier: int = conn.execute(same).scalar_one()
        return earlier
    update_sealed(conn, outbox, row_id, {"payload": row.payload}, row.person_id)
    return row_id


def claim(conn: Connection, now: datetime, worker: str, limit: int, lease: timedelta) -> list[Outgoing]:
    """What *worker* sends now, marked ``sending``. Commit before the first call.

    At most one row per account, never while another of that account is being sent. First drops what is not going
    out any more (see ``not_going_out``). A row that cannot be read becomes a dead letter.
    """
    for reason, ids in not_going_out(conn, now).items():
        _cancel(conn, ids, reason, now)
    ids = first_of_each_account(conn, now, limit)
    rows = conn.execute(
        select(outbox, account.c.channel, account.c.address, _target.c.message_id.label("edited_message"))
        .join(account, account.c.id == outbox.c.account_id)
        .outerjoin(_target, _target.c.id == outbox.c.edits)
        .where(outbox.c.id.in_(ids))
        .order_by(outbox.c.lane, outbox.c.id)
    ).all()
    claimed = []
    for row in rows:
        try:
            claimed.append(_outgoing(conn, row))
        except (Tampered, Shredded) as error:
            _update(conn, row.id, ("ready",), None, state="dead", error=type(error).__name__, payload=None)
    if claimed:
        conn.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in claimed]))
            .values(state="sending", lease_until=now + lease, worker=worker)
        )
    return claimed


def sent(conn: Connection, row_id: int, message_id: int | None, now: datetime) -> bool:
    """The channel accepted it. Also counts when it comes late, after the row was doubted. False: it was sent before."""
    return _update(
        conn,
        row_id,
        ("sending", "ready", "uncertain", "dead", "cancelled"),
        None,
        state="sent",
        message_id=message_id,
        sent_at=now,
        payload=None,
        error=None,
        **_FREE,
    )


def unsure(conn: Connection, row_id: int, now: datetime, worker: str | None = None) -> str:
    """Nobody answered: ``resend`` or ``give_up``, as its promise says; ``lost`` when *worker* no longer held it."""
    statement = select(outbox).where(outbox.c.id == row_id, outbox.c.state == "sending").with_for_update()
    if worker is not None:
        statement = statement.where(outbox.c.worker == worker)
    row = conn.execute(statement).one_or_none()
    return "lost" if row is None else _doubt(conn, row, now)


def later(conn: Connection, row_id: int, not_before: datetime, error: str, worker: str | None = None) -> bool:
    """It was surely not accepted: try again at *not_before*. *error* is the name of the error's class."""
    values = {"state": "ready", "not_before": not_before, "error": error, "attempts": outbox.c.attempts + 1}
    return _update(conn, row_id, ("sending",), worker, **values, **_FREE)


def dead(conn: Connection, row_id: int, error: str, now: datetime, worker: str | None = None) -> bool:
    """It can never be sent. The words stay 14 days, so that the operator can send it again."""
    return _update(conn, row_id, ("sending",), worker, state="dead", error=error, sent_at=now, **_FREE)


def requeue(conn: Connection, row_id: int, now: datetime) -> bool:
    """Try a dead letter again; False when its words are gone."""
    changed = conn.execute(
        update(outbox)
        .where(outbox.c.id == row_id, outbox.c.state == "dead", outbox.c.payload.is_not(None))
        .values(state="ready", not_before=now, attempts=0, error=None, sent_at=None)
    )
    return changed.rowcount == 1


def chat_waits(conn: Connection, account_id: int, until: datetime) -> None:
    """The channel asked for patience in this chat; nobody else waits."""
    longer = or_(account.c.wait_until.is_(None), account.c.wait_until < until)
    conn.execute(update(account).where(account.c.id == account_id, longer).values(wait_until=until))


def blocked(conn: Connection, account_id: int, now: datetime) -> list[int]:
    """The person blocked us: nothing goes to this account any more; the numbers of the rows that were cancelled."""
    conn.execute(update(account).where(account.c.id == account_id).values(state="blocked"))
    return empty(conn, account_id, "blocked", now)


def empty(conn: Connection, account_id: int, reason: str, now: datetime) -> list[int]:
    """Take back everything that waits for an account; the numbers of the rows."""
    waiting = select(outbox.c.id).where(
        outbox.c.account_id == account_id, outbox.c.state.in_(("ready", "sending"))
    )
    ids = list(conn.execute(waiting.order_by(outbox.c.id)).scalars())
    _cancel(conn, ids, reason, now)
    return ids


def recover(
    conn: Connection, now: datetime, worker: str | None = None, *, everyone: bool = False
) -> dict[int, str]:
    """Rows a dead process left ``sending``, each with its verdict (``resend`` or ``give_up``).

    Those whose lease ended; also all of *worker* (a process that starts holds nothing yet); with *everyone* simply
    all (at start on SQLite, where there is one process).
    """
    left = [outbox.c.lease_until <= now]
    if worker is not None:
        left.append(outbox.c.worker == worker)
    held = outbox.c.state == "sending"
    statement = select(outbox).where(held if everyone else and_(held, or_(*left))).order_by(outbox.c.id)
    return {row.id: _doubt(conn, row, now) for row in conn.execute(unclaimed(statement)).all()}


def cancel(conn: Connection, row_id: int, reason: str, now: datetime) -> bool:
    """Take back a message that was not sent yet."""
    values = {"state": "cancelled", "error": reason, "sent_at": now, "payload": None}
    return _update(conn, row_id, ("ready",), None, **values)


def cancel_keyed(conn: Connection, beginning: str, reason: str, now: datetime) -> int:
    """Take back messages that were not sent yet and whose *dedupe_key* begins so; how many."""
    values = {"state": "cancelled", "error": reason, "sent_at": now, "payload": None}
    keyed = (outbox.c.dedupe_key.startswith(beginning, autoescape=True), outbox.c.state == "ready")
    return conn.execute(update(outbox).where(*keyed).values(values)).rowcount


def supersede(conn: Connection, target: int, now: datetime) -> int:
    """A newer edit of message *target* comes: those that were not sent yet are not needed any more; how many."""
    values = {"state": "cancelled", "error": "superseded", "sent_at": now, "payload": None}
    older = (outbox.c.edits == target, outbox.c.state == "ready", outbox.c.attempts == 0)
    return conn.execute(update(outbox).where(*older).values(values)).rowcount


def purge(conn: Connection, now: datetime) -> int:
    """Forget the words of dead letters after 14 days."""
    old = (outbox.c.state == "dead", outbox.c.payload.is_not(None), outbox.c.sent_at < now - DEAD_KEPT)
    return conn.execute(update(outbox).where(*old).values(payload=None)).rowcount


_FREE: dict[str, Any] = {"lease_until": None, "worker": None}


def _doubt(conn: Connection, row: Row[Any], now: datetime) -> str:
    promise, doubted = Promise(row.promise), row.doubted + 1
    verdict = after_doubt(promise, doubted)
    values: dict[str, Any] = {"doubted": doubted, "attempts": row.attempts + 1, **_FREE}
    if verdict == "resend":
        values |= {"state": "ready", "not_before": now + wait_after_doubt(promise, doubted)}
    else:
        values |= {"state": "uncertain", "payload": None, "sent_at": now}
    _update(conn, row.id, ("sending",), None, **values)
    return verdict


def _cancel(conn: Connection, ids: list[int], reason: str, now: datetime) -> None:
    """A row that was doubted may have arrived, so it ends as uncertain, not as cancelled."""
    for state, doubtful in (("cancelled", outbox.c.doubted == 0), ("uncertain", outbox.c.doubted > 0)):
        if ids:
            conn.execute(
                update(outbox)
                .where(outbox.c.id.in_(ids), outbox.c.state.in_(("ready", "sending")), doubtful)
                .values(state=state, error=reason, payload=None, sent_at=now, **_FREE)
            )


def _update(
    conn: Connection, row_id: int, states: tuple[str, ...], holder: str | None, **values: Any
) -> bool:
    statement = update(outbox).where(outbox.c.id == row_id, outbox.c.state.in_(states))
    if holder is not None:
        statement = statement.where(outbox.c.worker == holder)
    return conn.execute(statement.values(**values)).rowcount == 1


def _outgoing(conn: Connection, row: Row[Any]) -> Outgoing:
    return Outgoing(
        id=row.id,
        account_id=row.account_id,
        channel=row.channel,
        address=opened(conn, account.c.address, row.account_id, row.address),
        person_id=row.person_id,
        lane=Lane(row.lane),
        promise=Promise(row.promise),
        payload=opened(conn, outbox.c.payload, row.id, row.payload),
        edited_message=row.edited_message,
        not_after=row.not_after,
        attempts=row.attempts,
        doubted=row.doubted,
        reference=row.reference,
        created_at=row.created_at,
    )

"""Which messages may go out now, and which never will."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, case, func, literal_column, or_, select, tuple_

from bot.message import Lane
from bot.storage.dialect import is_postgres
from bot.storage.schema_flow import outbox
from bot.storage.schema_people import account

_other = outbox.alias("other")
_target = outbox.alias("target")
GONE = ("dead", "cancelled", "uncertain")
"""States of a message that will not be there to be edited."""


def first_of_each_account(conn: Connection, now: datetime, limit: int) -> list[int]:
    """The rows to send now: one per account, by lane and then by age."""
    firsts = _firsts(conn, now, limit, None)
    if not (firsts and is_postgres(conn)):
        return list(firsts)
    # Two workers may look at the same time. Whoever holds the account looks again, and then sees what the other
    # one committed. NO KEY UPDATE, so that a turn may store a message for this account meanwhile.
    free = (
        select(account.c.id)
        .where(account.c.id.in_(firsts.values()))
        .with_for_update(key_share=True, skip_locked=True)
    )
    return list(_firsts(conn, now, limit, conn.execute(free).scalars().all()))


def not_going_out(conn: Connection, now: datetime) -> dict[str, list[int]]:
    """Ready rows that are not going to be sent, by reason.

    ``expired``: its time has passed; ``unreachable``: the person blocked us or left; ``target_gone``: it would change a
    message that never went out.
    """
    expired = outbox.c.not_after < now
    reason = case((expired, "expired"), (account.c.state != "active", "unreachable"), else_="target_gone")
    rows = conn.execute(
        select(outbox.c.id, reason.label("reason"))
        .join(account, account.c.id == outbox.c.account_id)
        .outerjoin(_target, _target.c.id == outbox.c.edits)
        .where(
            outbox.c.state == "ready",
            or_(expired, account.c.state != "active", _target.c.state.in_(GONE)),
        )
        .with_for_update(of=outbox, skip_locked=True)
    )
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[row.reason].append(row.id)
    return found


def _firsts(conn: Connection, now: datetime, limit: int, accounts: Collection[int] | None) -> dict[int, int]:
    """Row number -> account, of the first row of each account that may be sent now."""
    mine = _other.c.account_id == outbox.c.account_id
    in_flight = select(_other.c.id).where(mine, _other.c.state == "sending")
    # A message that failed keeps its place: what comes after it waits. Only an alert waits for nobody.
    ahead = select(_other.c.id).where(
        mine,
        # Written out, not as parameters: only then the small index of failed rows is used.
        _other.c.state == literal_column("'ready'"),
        _other.c.attempts > literal_column("0"),
        _other.c.not_before > now,
        tuple_(_other.c.lane, _other.c.id) < tuple_(outbox.c.lane, outbox.c.id),
    )
    target_sent = select(_other.c.id).where(_other.c.id == outbox.c.edits, _other.c.state == "sent")
    place = func.row_number().over(partition_by=outbox.c.account_id, order_by=(outbox.c.lane, outbox.c.id))
    may_go = (
        select(outbox.c.id, outbox.c.account_id, outbox.c.lane, place.label("place"))
        .join(account, account.c.id == outbox.c.account_id)
        .where(
            outbox.c.state == "ready",
            outbox.c.not_before <= now,
            account.c.state == "active",
            or_(account.c.wait_until.is_(None), account.c.wait_until <= now),
            ~in_flight.exists(),
            or_(outbox.c.lane == int(Lane.ALERT), ~ahead.exists()),
            or_(outbox.c.edits.is_(None), target_sent.exists()),
        )
    )
    if accounts is not None:
        may_go = may_go.where(outbox.c.account_id.in_(accounts))
    first = may_go.subquery()
    rows = conn.execute(
        select(first.c.id, first.c.account_id)
        .where(first.c.place == 1)
        .order_by(first.c.lane, first.c.id)
        .limit(limit)
    )
    return {row.id: row.account_id for row in rows}

"""Which messages may go out now, and which never will."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, or_, select, true, tuple_

from bot.message import Lane
from bot.storage.dialect import is_postgres
from bot.storage.people import REACHED
from bot.storage.schema_flow import outbox
from bot.storage.schema_people import account

_target = outbox.alias("target")
_PAGE = 500
_LAST = (len(Lane), 0)
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


def next_moment(conn: Connection, now: datetime) -> datetime | None:
    """When the first message goes out: *now* itself when one may go now; None when nothing waits.

    What waits behind a failed message, or in a chat that asked for patience, does not go now
    although its time has come.
    """
    if _firsts(conn, now, 1, None):
        return now
    waiting = select(func.min(outbox.c.not_before)).where(
        outbox.c.state == "ready", outbox.c.not_before > now
    )
    patient = (
        select(func.min(account.c.wait_until))
        .join(outbox, outbox.c.account_id == account.c.id)
        .where(outbox.c.state == "ready", account.c.wait_until > now)
    )
    found = (conn.execute(query).scalar() for query in (waiting, patient))
    return min((moment for moment in found if moment is not None), default=None)


def not_going_out(conn: Connection, now: datetime) -> dict[str, list[int]]:
    """Ready rows that are not going to be sent, by reason.

    ``expired``: its time has passed; ``unreachable``: the person blocked us or left; ``target_gone``: it would change a
    message that never went out.
    """
    expired = outbox.c.not_after < now
    reason = case((expired, "expired"), (account.c.state.not_in(REACHED), "unreachable"), else_="target_gone")
    rows = conn.execute(
        select(outbox.c.id, reason.label("reason"))
        .join(account, account.c.id == outbox.c.account_id)
        .outerjoin(_target, _target.c.id == outbox.c.edits)
        .where(
            outbox.c.state == "ready",
            or_(expired, account.c.state.not_in(REACHED), _target.c.state.in_(GONE)),
        )
        .with_for_update(of=outbox, skip_locked=True)
    )
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[row.reason].append(row.id)
    return found


def _firsts(conn: Connection, now: datetime, limit: int, accounts: Collection[int] | None) -> dict[int, int]:
    """Row number -> account, of the first row of each account that may be sent now."""
    mine = true() if accounts is None else outbox.c.account_id.in_(accounts)
    in_flight = conn.execute(select(outbox.c.account_id).where(outbox.c.state == "sending", mine))
    taken = set(in_flight.scalars())
    failed = _failed(conn, now, mine)
    found: dict[int, int] = {}
    for row in _may_go(conn, now, mine):
        # A message that failed keeps its place: what comes after it waits. Only an alert waits for nobody.
        held_back = row.lane != Lane.ALERT and failed.get(row.account_id, _LAST) < (row.lane, row.id)
        if row.account_id not in taken and not held_back:
            taken.add(row.account_id)
            found[row.id] = row.account_id
            if len(found) == limit:
                break
    return found


def _failed(conn: Connection, now: datetime, mine: ColumnElement[bool]) -> dict[int, tuple[int, int]]:
    """The place (lane, row number) of the first message of each account that waits for its next attempt."""
    waiting = (outbox.c.state == "ready", outbox.c.attempts > 0, outbox.c.not_before > now, mine)
    rows = conn.execute(
        select(outbox.c.account_id, outbox.c.lane, outbox.c.id)
        .where(*waiting)
        .order_by(outbox.c.lane.desc(), outbox.c.id.desc())
    )
    return {row.account_id: (row.lane, row.id) for row in rows}


def _may_go(conn: Connection, now: datetime, mine: ColumnElement[bool]) -> Iterator[Any]:
    """Rows whose time has come, by lane and age. Read in pages: usually the first page is enough."""
    target_sent = select(_target.c.id).where(_target.c.id == outbox.c.edits, _target.c.state == "sent")
    may_go = (
        select(outbox.c.id, outbox.c.account_id, outbox.c.lane)
        .join(account, account.c.id == outbox.c.account_id)
        .where(
            mine,
            outbox.c.state == "ready",
            outbox.c.not_before <= now,
            account.c.state.in_(REACHED),
            or_(account.c.wait_until.is_(None), account.c.wait_until <= now),
            or_(outbox.c.edits.is_(None), target_sent.exists()),
        )
        .order_by(outbox.c.lane, outbox.c.id)
        .limit(_PAGE)
    )
    seen = (-1, 0)
    while True:
        page = conn.execute(may_go.where(tuple_(outbox.c.lane, outbox.c.id) > seen)).all()
        yield from page
        if len(page) < _PAGE:
            return
        seen = (page[-1].lane, page[-1].id)

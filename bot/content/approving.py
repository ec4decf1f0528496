"""The approval of one text: by an admin who did not publish it, with the name of who read it. Written down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection

from bot.content.kinds import At
from bot.content.pages import Actor, allow, pages_of
from bot.storage import approvals, publications

Approved = Literal["approved", "already", "own", "outdated", "nameless", "gone"]
"""*own*: whoever approves published that text. *outdated*: another text stands than the one that was read.
*nameless*: what was given is no name."""


def is_name(said: str) -> bool:
    """Whether this can be the name of who read it: it has a letter."""
    return any(map(str.isalpha, said))


def approve(
    conn: Connection, at: At, revision: str, name: str, on: date, by: Actor, now: datetime
) -> Approved:
    """Record that *name* (with function) approved *revision*, the text that stands. ``Refused``: no editor."""
    current = publications.current(conn, *at)
    if current is None:
        return "gone"
    if not is_name(name):
        return "nameless"
    if current != revision:
        return "outdated"
    if published_by(conn, at, by):
        return "own"
    allow(conn, by, "approve_content", pages_of(conn, revision), now)
    if approvals.has(conn, revision):
        return "already"
    approvals.add(conn, *at, revision, name, on, by.id, now)
    return "approved"


def undo(conn: Connection, at: At, by: Actor, now: datetime) -> int:
    """The approval of the text that stands counts no more; how many there were. ``Refused`` as above."""
    current = publications.current(conn, *at)
    if current is None:
        return 0
    allow(conn, by, "undo_approval", pages_of(conn, current), now)
    return approvals.undo(conn, current, now)


def lapses(conn: Connection, before: str | None, after: str | None) -> bool:
    """Whether an approved text gives way to one that nobody approved: real youngsters are not given it any more."""
    if before is None or after is None or not approvals.has(conn, before):
        return False
    return not approvals.has(conn, after)


def published_by(conn: Connection, at: At, by: Actor) -> bool:
    """Whether *by* published the text that stands: nobody approves their own."""
    current = publications.current(conn, *at)
    lines = publications.history(conn, *at)
    return by.id is not None and by.id in {one.by_id for one in lines if one.revision == current}

"""Back to an earlier text, or to the release's; and what a release changed of which ours stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection

from bot.content.pages import Actor, Published, log, may_alone, pages_of
from bot.content.source import Kind
from bot.storage import owners, publications, withdrawals


@dataclass(frozen=True, slots=True)
class News:
    """A release changed a text of which ours stays: *before* is what it was when ours was made, empty when nothing."""

    kind: Kind
    key: str
    ours: str
    before: str
    theirs: str


def rollback(
    conn: Connection,
    kind: Kind,
    key: str,
    by: Actor,
    now: datetime,
    *,
    to: str = "",
    because: str = "",
    urgent: bool = False,
) -> Published:
    """An earlier text again: *to*, the beginning of its hash, else the one before the current.

    It was published before, so nothing is checked anew and nobody has to agree. A text that is withdrawn as a whole is
    passed over. What is *urgent* waits for no owner.
    """
    now_current = publications.current(conn, kind, key)
    earlier = [
        line.revision
        for line in publications.history(conn, kind, key)
        if line.action in ("release", "publish", "rollback", "adopt") and line.revision != now_current
    ]
    known = [name for name in dict.fromkeys(reversed(earlier)) if not withdrawals.whole(conn, name)]
    chosen = next((name for name in known if name.startswith(to)), None)
    if now_current is None or chosen is None:
        return Published("nothing")
    pages = pages_of(conn, chosen)
    if not urgent and not may_alone(owners.of(conn, kind, key), by):
        return Published("not_owner", chosen)
    log(conn, pages, "rollback", by, None, because, now)
    return Published("published", chosen, tuple(sorted(withdrawals.steps(conn, chosen))))


def adopt(conn: Connection, kind: Kind, key: str, by: Actor, now: datetime) -> Published:
    """The release's text again, now and after every release to come."""
    theirs = publications.shipped(conn).get((kind, key))
    if theirs is None or (kind, key) not in publications.local(conn):
        return Published("nothing", theirs or "")
    if not may_alone(owners.of(conn, kind, key), by):
        return Published("not_owner", theirs)
    log(conn, pages_of(conn, theirs), "adopt", by, None, "", now)
    return Published("published", theirs, tuple(sorted(withdrawals.steps(conn, theirs))))


def keep(conn: Connection, kind: Kind, key: str, by: Actor, now: datetime) -> Published:
    """Our text stays; what the release changed was seen and is not shown again."""
    ours = publications.local(conn).get((kind, key))
    if ours is None:
        return Published("nothing")
    log(conn, pages_of(conn, ours), "keep", by, None, "", now)
    return Published("published", ours)


def news(conn: Connection) -> list[News]:
    """The texts that a release changed while ours stays, until somebody adopts or keeps."""
    seen, theirs = publications.seen(conn), publications.shipped(conn)
    return [
        News(cast(Kind, at[0]), at[1], ours, seen.get(at, ""), theirs[at])
        for at, ours in sorted(publications.local(conn).items())
        if at in theirs and theirs[at] != ours and seen.get(at, "") != theirs[at]
    ]

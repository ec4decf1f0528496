"""Back to an earlier text, or to the release's; and what a release changed of which ours stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection

from bot.content.pages import Actor, Published, log, may_alone, pages_of
from bot.content.source import Kind
from bot.storage import audit, owners, publications, withdrawals
from bot.storage.publications import Publication


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
    """An earlier text again: *to*, the beginning of its hash, else the one that people got before the current.

    It was published before, so nothing is checked anew and nobody has to agree. A text that is withdrawn as a whole is
    passed over. What is *urgent* waits for no owner.
    """
    audit.alone(conn)
    chosen = earlier(conn, kind, key, to)
    if chosen is None:
        return Published("nothing")
    pages = pages_of(conn, chosen)
    if not urgent and not may_alone(owners.of(conn, kind, key), by):
        return Published("not_owner", chosen)
    log(conn, pages, "rollback", by, None, because, now)
    return Published("published", chosen, tuple(sorted(withdrawals.steps(conn, chosen))))


def earlier(conn: Connection, kind: Kind, key: str, to: str = "") -> str | None:
    """The text that would come back, as ``rollback`` chooses it; none when there is none."""
    now_current = publications.current(conn, kind, key)
    if now_current is None:
        return None
    lines = publications.history(conn, kind, key)
    had = [line.revision for line in lines if line.action not in ("gone", "keep")] if to else _had(lines)
    known = (
        name
        for name in dict.fromkeys(reversed(had))
        if name != now_current and not withdrawals.whole(conn, name)
    )
    return next((name for name in known if name.startswith(to)), None)


def _had(lines: Sequence[Publication]) -> list[str]:
    """The texts people got, oldest first: not what a release brought while ours stayed."""
    found: list[str] = []
    ours = False
    for line in lines:
        if line.action in publications.LOCAL:
            ours = line.action != "adopt"
            found.append(line.revision)
        elif line.action == "release" and not ours:
            found.append(line.revision)
    return found


def adopt(conn: Connection, kind: Kind, key: str, by: Actor, now: datetime) -> Published:
    """The release's text again, now and after every release to come."""
    audit.alone(conn)
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

"""The log of publishing: which revision of a file is current, since when, by whom and why. Rows are only added."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, select

from bot.storage import meta, sealed
from bot.storage.schema_content import publication, withdrawal
from dialogs.words import Words

Action = Literal["release", "gone", "publish", "rollback", "adopt", "keep"]
"""*release*: a release brought this text; *gone*: the release has it no more; *publish* and *rollback*: from now on
this text, whatever a release brings; *adopt*: the release's text again; *keep*: the release was seen, ours stays."""

LOCAL: tuple[Action, ...] = ("publish", "rollback", "adopt")
SHIPPED: tuple[Action, ...] = ("release", "gone")
STAMP = "content"
"""Under this name ``meta`` holds a stamp of everything published here: when it differs, a running bot reads anew."""

At = tuple[str, str]
"""Kind and key of a file."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One line of the log. *by_id* none: at the shell, or the program itself."""

    id: int
    kind: str
    key: str
    revision: str
    action: str
    by_id: int | None
    second_id: int | None
    because: Words
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to add."""

    kind: str
    key: str
    revision: str
    action: Action
    by_id: int | None = None
    second_id: int | None = None
    because: str = field(default="", repr=False)


def add(conn: Connection, entry: Entry, now: datetime) -> int:
    """Add a line; a running bot sees that something changed. Returns its number."""
    number = add_quietly(conn, entry, now)
    touch(conn)
    return number


def add_quietly(conn: Connection, entry: Entry, now: datetime) -> int:
    """The same for many lines at once: the caller calls ``touch`` at the end."""
    values = {
        "kind": entry.kind,
        "key": entry.key,
        "revision": entry.revision,
        "action": entry.action,
        "by_id": entry.by_id,
        "second_id": entry.second_id,
        "at": now,
    }
    words = {"because": entry.because} if entry.because else {}
    return sealed.insert(conn, publication, values, words)


def touch(conn: Connection) -> str:
    """Write the stamp of everything that is published or withdrawn here; returns it.

    Equal stamps mean equal content: it is a hash of what stands in the tables, also after a copy was put back.
    """
    digest = hashlib.sha256()
    for (kind, key), name in sorted(local(conn).items()):
        digest.update(f"{kind} {key} {name}\n".encode())
    query = select(withdrawal.c.revision, withdrawal.c.step).where(withdrawal.c.lifted_at.is_(None))
    for name, step in sorted((row.revision, row.step or "") for row in conn.execute(query)):
        digest.update(f"{name} {step}\n".encode())
    made = digest.hexdigest()
    if meta.get(conn, STAMP) != made:
        meta.put(conn, STAMP, made)
    return made


def stamp(conn: Connection) -> str:
    """The stamp as it was last written; empty when nothing was ever published here."""
    return meta.get(conn, STAMP) or ""


def local(conn: Connection) -> dict[At, str]:
    """The current text of every file that was published here and does not follow the release."""
    rows = _latest(conn, LOCAL)
    return {(row.kind, row.key): row.revision for row in rows if row.action != "adopt"}


def shipped(conn: Connection) -> dict[At, str]:
    """The text of every file as the release brought it that was last started here."""
    return {(row.kind, row.key): row.revision for row in _latest(conn, SHIPPED) if row.action != "gone"}


def seen(conn: Connection) -> dict[At, str]:
    """For every file published here: the text of the release that whoever decided last had before them."""
    found: dict[At, str] = {}
    release: dict[At, str] = {}
    query = select(publication.c.kind, publication.c.key, publication.c.revision, publication.c.action)
    for row in conn.execute(query.order_by(publication.c.id)):
        at = (row.kind, row.key)
        match row.action:
            case "release" | "gone":
                release[at] = row.revision if row.action == "release" else ""
            case "adopt":
                found.pop(at, None)
            case _:
                found[at] = release.get(at, "")
    return found


def current(conn: Connection, kind: str, key: str) -> str | None:
    """What people get now: the latest text published here, else that of the release; none when there is neither."""
    at = (kind, key)
    return local(conn).get(at) or shipped(conn).get(at)


def history(conn: Connection, kind: str, key: str) -> list[Publication]:
    """Every line about a file, oldest first."""
    query = select(publication).where(publication.c.kind == kind, publication.c.key == key)
    return [_publication(conn, row) for row in conn.execute(query.order_by(publication.c.id))]


def load(conn: Connection, publication_id: int) -> Publication:
    """The line with this number."""
    return _publication(
        conn, conn.execute(select(publication).where(publication.c.id == publication_id)).one()
    )


def _latest(conn: Connection, actions: Iterable[str]) -> list[Row[Any]]:
    last = (
        select(func.max(publication.c.id))
        .where(publication.c.action.in_(tuple(actions)))
        .group_by(publication.c.kind, publication.c.key)
    )
    return list(conn.execute(select(publication).where(publication.c.id.in_(last))))


def _publication(conn: Connection, row: Row[Any]) -> Publication:
    because = sealed.opened(conn, publication.c.because, row.id, row.because) if row.because else ""
    return Publication(
        row.id, row.kind, row.key, row.revision, row.action, row.by_id, row.second_id, Words(because), row.at
    )

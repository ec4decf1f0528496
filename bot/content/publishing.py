"""From a text somebody wrote to the text everybody gets: saved as a draft, published, confirmed by a second person.

Checking runs in a child process and never inside a transaction: ``pages.examined`` first, then a function with *conn*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.content.kinds import sources_of
from bot.content.pages import (
    MOST_WORDS,
    Actor,
    Examined,
    Pages,
    Published,
    State,
    allow,
    drafted,
    log,
    may_alone,
    pages_of,
)
from bot.content.source import read
from bot.storage import audit, drafts, owners, publications, revisions, withdrawals
from bot.storage.drafts import Draft


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft that was kept. *others* have a draft of the same file; *outdated*: the current text is another."""

    number: int
    others: tuple[Draft, ...]
    outdated: bool


def save(conn: Connection, pages: Pages, base: str | None, by: Actor, now: datetime) -> Saved:
    """Keep a text as the draft of its author. It must be readable as UTF-8; anything else may be wrong with it."""
    allow(conn, by, "save_draft", pages, now)
    number = drafts.save(conn, pages.kind, pages.key, pages.nl.decode(), pages.en.decode(), base, by.id, now)
    others = tuple(one for one in drafts.of_key(conn, pages.kind, pages.key) if one.author_id != by.id)
    return Saved(number, others, publications.current(conn, pages.kind, pages.key) != base)


def publish(
    conn: Connection,
    one: Examined,
    base: str | None,
    by: Actor,
    now: datetime,
    *,
    because: str = "",
    second: bool = False,
) -> Published:
    """From now on everybody who begins gets this text. With *second* it becomes a proposal that another confirms.

    *base* is the revision it was edited from: when that is not the current one nothing happens.
    """
    pages, name = one.pages, one.pages.revision
    audit.alone(conn)
    refused = _refused(conn, one, base, because)
    if refused is not None:
        return Published(refused, name)
    owner = owners.of(conn, pages.kind, pages.key)
    if not second and not may_alone(owner, by):
        return Published("not_owner", name)
    if second:
        allow(conn, by, "propose_content", pages, now)
        number = drafts.save(
            conn, pages.kind, pages.key, pages.nl.decode(), pages.en.decode(), base, by.id, now
        )
        drafts.propose(conn, number, because.strip()[:MOST_WORDS], now)
        return Published("proposed", name)
    return _publish(conn, pages, by, None, because, now)


def confirm(conn: Connection, one: Examined, proposal: Draft, by: Actor, now: datetime) -> Published:
    """A second person agrees with a proposal; *one* is its text, checked once more.

    *proposal* may have been read in an earlier transaction: what its author did since then counts.
    """
    pages, name = one.pages, one.pages.revision
    audit.alone(conn)
    stands = drafts.load(conn, proposal.id)
    if stands is None or stands.proposed_at is None or drafted(stands).revision != name:
        return Published("nothing", name)
    proposal = stands
    if proposal.author_id == by.id:
        return Published("same_person", name)
    refused = _refused(conn, one, proposal.base, str(proposal.because))
    if refused is not None:
        return Published(refused, name)
    owner = owners.of(conn, pages.kind, pages.key)
    if owner is not None and owner not in (proposal.author_id, by.id) and by.role != "operator":
        return Published("not_owner", name)
    author = Actor(proposal.author_id, "operator" if proposal.author_id is None else "admin")
    return _publish(conn, pages, author, by, str(proposal.because), now)


def _refused(conn: Connection, one: Examined, base: str | None, because: str) -> State | None:
    if one.errors:
        return "errors"
    current = publications.current(conn, one.pages.kind, one.pages.key)
    if current == one.pages.revision:
        return "unchanged"
    if current != base:
        return "outdated"
    return "reason" if one.warnings and not because.strip() else None


def _publish(
    conn: Connection, pages: Pages, by: Actor, second: Actor | None, because: str, now: datetime
) -> Published:
    name = pages.revision
    revisions.add(conn, name, pages.kind, pages.key, pages.nl.decode(), pages.en.decode(), "local", now)
    shipped = publications.shipped(conn).get((pages.kind, pages.key))
    log(conn, pages, "adopt" if shipped == name else "publish", by, second, because, now)
    for one in drafts.of_key(conn, pages.kind, pages.key):
        if drafted(one).revision == name:
            drafts.drop(conn, one.id)
    withdrawn, offered = _carry(conn, pages, now)
    return Published("published", name, withdrawn, offered)


def _carry(conn: Connection, pages: Pages, now: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A step that was withdrawn and did not change is withdrawn in the new text too."""
    new = _steps(pages)
    unchanged, changed = set[str](), set[str]()
    for one in withdrawals.standing(conn, pages.kind, pages.key):
        if one.revision == pages.revision:
            unchanged.add(one.step or "")
        elif one.step is None:
            changed.add("")
        elif one.step in new:
            same = _steps(pages_of(conn, one.revision)).get(one.step) == new[one.step]
            (unchanged if same else changed).add(one.step)
            if same:
                withdrawals.add(
                    conn, pages.kind, pages.key, [pages.revision], one.step, str(one.because), one.by_id, now
                )
    return tuple(sorted(unchanged)), tuple(sorted(changed - unchanged))


def _steps(pages: Pages) -> dict[str, Any]:
    """What each step of a challenge says, in both languages."""
    found: dict[str, Any] = {}
    for source in sources_of(pages.kind, pages.key, pages.nl, pages.en):
        document, _ = read(source)
        steps = document.data.get("steps") if document else None
        for key, step in (steps if isinstance(steps, dict) else {}).items():
            found.setdefault(key, {})[source.language] = step
    return found

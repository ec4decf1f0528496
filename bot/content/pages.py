"""One text in both languages, who handles it, and what became of it: what publishing works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import Connection

from bot.authorize import Role, authorize
from bot.content.child import Beside, examine_one
from bot.content.kinds import sources_of
from bot.content.library import revision
from bot.content.problem import Problem
from bot.content.source import Kind
from bot.errors import Refused
from bot.storage import audit, publications, revisions
from bot.storage.drafts import Draft
from bot.storage.publications import Action, Entry

State = Literal[
    "published",
    "proposed",
    "unchanged",
    "errors",
    "reason",
    "outdated",
    "not_owner",
    "same_person",
    "nothing",
]
"""*reason*: there are warnings, and nobody said why it may go out. *outdated*: the text it was edited from is not the
current one any more. *not_owner*: somebody else owns the file. *same_person*: a second person has to agree.
*nothing*: there is nothing to do this with."""

HASH = 12
"""Characters of a revision that stand in a document, and that a dialog remembers as a number."""

MOST_WORDS = 500
"""Characters of a reason that are kept."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who publishes; *id* none: at the shell."""

    id: int | None
    role: str


SHELL = Actor(None, "operator")


@dataclass(frozen=True, slots=True)
class Pages:
    """Both files of one text; *en* may be empty."""

    kind: Kind
    key: str
    nl: bytes = field(repr=False)
    en: bytes = field(default=b"", repr=False)

    @property
    def revision(self) -> str:
        """The hash they are known by."""
        return revision(self.kind, self.key, self.nl, self.en)

    @property
    def number(self) -> int:
        """The first part of that hash as a number: what a dialog remembers them by."""
        return int(self.revision[:HASH], 16)


@dataclass(frozen=True, slots=True)
class Examined:
    """A text with everything that is wrong with it."""

    pages: Pages
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.severity == "warning")


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it. *withdrawn* steps are withdrawn in the new text too, because they did not change.

    *offered* ones were withdrawn and are offered again, because they did; the empty name stands for the whole text.
    """

    state: State
    revision: str = ""
    withdrawn: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


def examined(pages: Pages, beside: Beside, today: date | None = None) -> Examined:
    """Check a text that nobody looked at yet, in a child process: within two seconds, whatever is in it."""
    sources = sources_of(pages.kind, pages.key, pages.nl, pages.en)
    return Examined(pages, tuple(examine_one(sources, beside, today)))


def pages_of(conn: Connection, name: str) -> Pages:
    """The text of a revision."""
    found = revisions.load(conn, name)
    return Pages(cast(Kind, found.kind), found.key, found.nl.encode(), found.en.encode())


def drafted(one: Draft) -> Pages:
    """The text of a draft."""
    return Pages(cast(Kind, one.kind), one.key, one.nl.encode(), one.en.encode())


def may_alone(owner: int | None, by: Actor) -> bool:
    """Whether somebody may publish a file alone: its owner, anybody when nobody owns it, and the shell."""
    return owner is None or owner == by.id or by.role == "operator"


def log(
    conn: Connection,
    pages: Pages,
    action: Action,
    by: Actor,
    second: Actor | None,
    because: str,
    now: datetime,
) -> None:
    """Note in both logs what text is current from now on. Raises ``Refused``."""
    entry = Entry(
        pages.kind,
        pages.key,
        pages.revision,
        action,
        by.id,
        second.id if second else None,
        because.strip()[:MOST_WORDS],
    )
    allow(conn, second or by, f"{action}_content", pages, now)
    publications.add(conn, entry, now)


def allow(conn: Connection, by: Actor, action: str, pages: Pages, now: datetime) -> None:
    """Ask whether somebody may edit content, and write it down. Raises ``Refused``."""
    allowed = authorize(cast(Role, by.role), "edit_content", "organisation")
    outcome = "done" if allowed else "refused"
    audit.add(conn, audit.Entry(by.id, by.role, action, pages.kind, None, None, outcome), now)
    if not allowed:
        raise Refused(by.role, "edit_content", pages.kind)

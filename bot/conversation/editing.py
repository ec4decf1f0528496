"""A text that somebody edited elsewhere and sent back: what it is, what is wrong with it, what changed in words.

Looking happens outside every transaction: ``order`` reads, ``examine`` checks in a child process, ``arrived`` keeps it
as a draft and answers. Nothing that is sent goes to anybody before its author taps for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Literal

from sqlalchemy import Connection

from bot.content.change import Change
from bot.content.child import Beside
from bot.content.difference import between
from bot.content.kinds import At, named_in
from bot.content.pages import HASH, Actor, Examined, Pages, drafted, examined, pages_of
from bot.content.problem import LANGUAGES, Language, Problem
from bot.content.publishing import save
from bot.content.source import MAX_BYTES
from bot.conversation import access, talk
from bot.conversation.turn import Turn
from bot.conversation.world import World
from bot.incoming import Attachment, Incoming, Unreadable
from bot.message import Document, Message
from bot.storage import drafts, people, publications, sessions
from bot.storage.people import Person
from dialogs.text import Span

ENDINGS = (".yaml", ".yml")
MOST_LINES, MOST_CHARACTERS = 8, 3500
"""What one message holds; longer lists come as a document."""

SENT = "content_sent"
"""The dialog about a text that was sent."""

NEW = "-"
"""Stands in a document in place of a revision when the text is new."""

_FROM = re.compile(rf"^# versie (nl|en) ([0-9a-f]{{{HASH}}}|-)[^\n]*\n?", re.MULTILINE)
_DUTCH_ONLY = re.compile(r"^(for|first|causes|bands|status):", re.MULTILINE)
_TRANSLATED = ("challenge", "dialog")

Trouble = Literal[
    "content_not_yaml",
    "content_too_big",
    "content_not_fetched",
    "content_not_checked",
    "content_not_utf8",
    "content_unknown",
    "content_language",
]


@dataclass(frozen=True, slots=True)
class Order:
    """Something to check: *before* is what it was edited from, as far as known; *now_current* what people get now."""

    pages: Pages
    language: Language
    base: str | None
    before: Pages | None
    beside: Beside
    today: date


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody sent, with everything that is wrong and everything that changed; or why it cannot be read."""

    trouble: Trouble | None = None
    one: Examined | None = None
    language: Language = "nl"
    base: str | None = None
    changes: tuple[Change, ...] = ()


def may_edit(person: Person) -> bool:
    """Whether documents of *person* are looked at: only of who looks after the texts."""
    return person.role == "admin" and person.state == "active"


def refused(file: Attachment) -> Trouble | None:
    """Why a file is not fetched at all, by its name and size."""
    if PurePath(file.name).suffix.lower() not in ENDINGS:
        return "content_not_yaml"
    return "content_too_big" if file.size is None or file.size > MAX_BYTES else None


def wanted(conn: Connection, world: World, channel: str, incoming: Incoming, now: datetime) -> bool:
    """Whether the file in *incoming* is to be fetched."""
    what = incoming.what
    if not isinstance(what, Unreadable) or what.file is None or refused(what.file) is not None:
        return False
    account = people.find_account(conn, channel, incoming.sender.account)
    if account is None or account.person_id is None:
        return False
    person = people.load(conn, account.person_id)
    return may_edit(person) and not access.is_doubted(Turn(conn, world, now), person, account)


def order(
    conn: Connection, world: World, channel: str, incoming: Incoming, content: bytes | None, now: datetime
) -> Order | Looked:
    """What to check: the file that was sent, with the other language as its author last had it, or as it is now."""
    if content is None:
        return Looked("content_not_fetched")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Looked("content_not_utf8")
    text = text.replace("\x00", "")
    at = named_in(text.encode())
    account = people.find_account(conn, channel, incoming.sender.account)
    if at is None or account is None or (at not in world.library.files() and at[0] != "challenge"):
        return Looked("content_unknown")
    found = _FROM.search(text)
    what = incoming.what
    name = what.file.name if isinstance(what, Unreadable) and what.file else ""
    language = _language(at, text, found[1] if found else "", name)
    if language is None:
        return Looked("content_language")
    text = _FROM.sub("", text)
    mine = _own(conn, at, account.person_id)
    # Without the line at the end it was edited from the author's last draft, or from what people get now.
    base = mine.base if mine else publications.current(conn, *at)
    if found is not None:
        base = None if found[2] == NEW else _revision(conn, at, found[2]) or base
    before = pages_of(conn, base) if base else None
    beside = drafted(mine) if mine and mine.base == base else before
    nl, en = (beside.nl, beside.en) if beside else (b"", b"")
    pages = Pages(*at, nl=text.encode(), en=en) if language == "nl" else Pages(*at, nl=nl, en=text.encode())
    today = now.astimezone(world.settings.zone).date()
    return Order(pages, language, base, before, world.library.beside(*at, conn), today)


def examine(one: Order | Looked) -> Looked:
    """Check it in a child process, and say what changed. Takes up to two seconds; never inside a transaction."""
    if isinstance(one, Looked):
        return one
    found = examined(one.pages, one.beside, one.today)
    changes = (
        () if found.errors else between(one.before or Pages(one.pages.kind, one.pages.key, b""), one.pages)
    )
    return Looked(None, found, one.language, one.base, changes)


def arrived(turn: Turn, person: Person, file: Attachment, looked: Looked | None) -> str:
    """Keep what somebody sent as their draft, and show what is wrong or what changed, with what can be done now."""
    trouble = refused(file) or (looked.trouble if looked else "content_not_fetched")
    if trouble is not None or looked is None or looked.one is None:
        _say(turn, person, trouble or "content_not_fetched")
        return "content_refused"
    one, pages = looked.one, looked.one.pages
    saved = save(turn.conn, pages, looked.base, Actor(person.id, person.role), turn.now)
    title = pages.key
    _list(turn, person, "content_problems", title, [_problem(turn, person, found) for found in one.problems])
    if not one.errors:
        language: Language = "en" if person.language == "en" else "nl"
        show_changes(turn, person, title, [change.words(language) for change in looked.changes])
    about = {
        "draft": saved.number,
        "checked": pages.number,
        "errors": len(one.errors),
        "warnings": len(one.warnings),
    }
    talk.begin(turn, person, SENT, about)
    return SENT


def found_of(conn: Connection, person_id: int, draft: drafts.Draft) -> dict[str, int] | None:
    """What was found in a draft when it was sent, as the dialog about it holds it; none when nobody knows any more."""
    number = drafted(draft).number
    for one in sessions.about(conn, person_id, SENT):
        about = one.subject
        if about.get("draft") == draft.id and about.get("checked") == number:
            return {name: about[name] for name in ("draft", "checked", "errors", "warnings")}
    return None


def show_changes(turn: Turn, person: Person, title: str, changes: list[str]) -> None:
    """What changes, in words."""
    _list(turn, person, "content_changes", title, [f"• {change}" for change in changes])


def document(pages: Pages, language: Language, *, new: bool = False) -> Document:
    """A file as somebody gets it to edit: the last line says from which text it was made."""
    content = pages.nl if language == "nl" else pages.en
    if content and not content.endswith(b"\n"):
        content += b"\n"
    base = NEW if new else pages.revision[:HASH]
    line = f"# versie {language} {base} - laat deze regel staan / keep this line\n"
    return Document(f"{pages.key}.{language}.yaml", content + line.encode())


def hand_over(turn: Turn, person: Person, pages: Pages, *, new: bool = False) -> None:
    """Send both files of a text to whoever is going to edit them."""
    for language in LANGUAGES:
        made = document(pages, language, new=new)
        caption = turn.phrase("content_document", person, title=pages.key, language=language)
        turn.tell(person, Message((Span(caption),), document=made))


def _language(at: At, text: str, said: str, name: str) -> Language | None:
    """In which language a file is: by its last line, else its name, else by what only a Dutch file holds."""
    # "Koffie-en-thee" is no English: behind a dash only the two files count that are always named by their language.
    before = r"\." if at[0] in _TRANSLATED else "[._-]"
    for language in LANGUAGES:
        if said == language or (re.search(rf"{before}{language}\b", PurePath(name).stem) and not said):
            return language
    if at[0] not in _TRANSLATED:
        return None
    return "nl" if _DUTCH_ONLY.search(text) else "en"


def _own(conn: Connection, at: At, author: int | None) -> drafts.Draft | None:
    return next((one for one in drafts.of_key(conn, *at) if one.author_id == author), None)


def _revision(conn: Connection, at: At, short: str) -> str | None:
    lines = publications.history(conn, *at)
    return next((line.revision for line in reversed(lines) if line.revision.startswith(short)), None)


def _problem(turn: Turn, person: Person, one: Problem) -> str:
    language: Language = "en" if person.language == "en" else "nl"
    _, _, shown = one.rendered(language).removeprefix(f"{one.file}:").partition(": ")
    spoken = one.file.split("/")[1] if one.file.count("/") == 2 else ""
    return turn.phrase("content_problem", person, line=one.line, language=spoken, what=shown)


def _list(turn: Turn, person: Person, heading: str, title: str, lines: list[str]) -> None:
    """A few lines are a message; many are a document with the first of them above it."""
    if not lines:
        return
    shown = lines[:MOST_LINES]
    while len("\n".join(shown)) > MOST_CHARACTERS and len(shown) > 1:
        shown.pop()
    said = "\n".join([turn.phrase(heading, person, title=title, count=len(lines)), *shown])[:MOST_CHARACTERS]
    turn.tell(person, Message((Span(said, "plain"),)))
    if len(shown) < len(lines):
        text = "\n".join(lines) + "\n"
        more = turn.phrase("content_whole_list", person, count=len(lines))
        turn.tell(person, Message((Span(more),), document=Document(f"{heading}.txt", text.encode())))


def _say(turn: Turn, person: Person, key: str) -> None:
    turn.tell(person, Message((Span(turn.phrase(key, person, limit=MAX_BYTES // 1024)),)))

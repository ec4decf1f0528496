"""The kinds of content files: one list of where each lies and what checks it. Publishing knows no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.content import helplines, screening
from bot.content.problem import LANGUAGES, Language, Problem
from bot.content.source import Kind, Source

Folder = Literal["dialogs", "challenge_catalog"]
At = tuple[Kind, str]
"""Kind and key of a content file: the two languages together are one file to whoever edits it."""

MOST_READ = 4096
"""How far the line is looked for that says what a file is."""


@dataclass(frozen=True, slots=True)
class ContentKind:
    """*only*: the name of the one file there is of this kind. *shared*: organisations give it to each other.

    *check* is for kinds with a form of their own; the others are a part of the library and checked with it.
    """

    folder: Folder
    only: str = ""
    shared: bool = False
    check: Callable[[Sequence[Source], date | None], list[Problem]] | None = None


KINDS: Mapping[Kind, ContentKind] = {
    "challenge": ContentKind("challenge_catalog", shared=True),
    "dialog": ContentKind("dialogs", shared=True),
    "phrases": ContentKind("dialogs", only="phrases"),
    "helplines": ContentKind("dialogs", only="helplines", check=helplines.problems_of),
    "screening": ContentKind("dialogs", only="screening", shared=True, check=screening.problems_of),
}

_FIRST_LINE = re.compile(
    r"^(dialog|challenge):[ \t]*[\"']?([a-z0-9_-]{1,32})[\"']?[ \t]*(?:#.*)?$", re.MULTILINE
)
_ONLY = re.compile(r"^(phrases|helplines|screening):[ \t]*(?:#.*)?$", re.MULTILINE)
_FILE = re.compile(r"(dialogs|challenge_catalog)/(nl|en)/([a-z0-9_-]{1,32})\.yaml")


def file_of(kind: Kind, key: str, language: Language) -> str:
    """Where a file lies: ``challenge_catalog/nl/groet.yaml``."""
    return f"{KINDS[kind].folder}/{language}/{key}.yaml"


def at_of(file: str) -> tuple[Kind, str, Language] | None:
    """What lies at a place as ``file_of`` writes it; none for any other."""
    found = _FILE.fullmatch(file)
    if found is None:
        return None
    folder, spoken, key = found.groups()
    language: Language = "nl" if spoken == "nl" else "en"
    only = {one.only: kind for kind, one in KINDS.items() if one.only and one.folder == folder}
    if key in only:
        return only[key], key, language
    kind: Kind = "challenge" if folder == "challenge_catalog" else "dialog"
    return kind, key, language


def named_in(content: bytes) -> At | None:
    """Which file a document says it is, by the name near its beginning; none when it does not say so."""
    text = content[:MOST_READ].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if found := _FIRST_LINE.search(text):
        return ("dialog" if found[1] == "dialog" else "challenge"), found[2]
    if found := _ONLY.search(text):
        kind: Kind = (
            "phrases" if found[1] == "phrases" else "helplines" if found[1] == "helplines" else "screening"
        )
        return kind, kind
    return None


def sources_of(kind: Kind, key: str, nl: bytes, en: bytes) -> list[Source]:
    """Both files of one text; a translation that is empty is none."""
    texts: tuple[tuple[Language, bytes], ...] = tuple(zip(LANGUAGES, (nl, en), strict=True))
    return [
        Source(kind, key, language, file_of(kind, key, language), text)
        for language, text in texts
        if text or language == "nl"
    ]

"""Words a professional writes for one youngster, held against the same rules as the sentences of a challenge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.problem import Language, Problem
from bot.content.samples import MOST_ON_BUTTON, MOST_ON_PHONE
from bot.content.source import Document, Path, Source
from bot.content.wording import matching, measured

ADVICE = frozenset({"hard_to_read", "long_word", "passive", "label_long"})
"""Remarks that a file may keep too; everything else is mended first."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """*wrong* has to be mended, *advice* may stay."""

    wrong: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()


def remarks(title: str, do: str, language: Language, *, under18: bool) -> Remarks:
    """What is to be said about the *title* and the text of one step, in the *language* the youngster reads."""
    source = Source("challenge", "", language, "", b"")
    document = Document(source, {"title": title, "do": do}, {}, {}, frozenset())
    found = [
        *_words(document, ("title",), title, under18=under18),
        *_words(document, ("do",), do, under18=under18),
        *_label(document, title),
    ]
    once = tuple(dict.fromkeys(found))
    return Remarks(
        tuple(one for one in once if one.kind not in ADVICE),
        tuple(one for one in once if one.kind in ADVICE),
    )


def _words(document: Document, at: Path, words: str, *, under18: bool) -> Iterator[Problem]:
    if any(mark in words for mark in ("{{", "{%", "{#")):
        yield document.problem(at, "gap_in_challenge")
        return
    for group in ("secrecy", "methods"):
        yield from matching(document, at, words, group, "error")
    if under18:
        yield from matching(document, at, words, "unsafe", "error")
    for group in ("banned", "formal", "passive"):
        yield from matching(document, at, words, group, "warning")
    yield from measured(document, at, words, is_message=at == ("do",))


def _label(document: Document, title: str) -> Iterator[Problem]:
    if len(title) > MOST_ON_BUTTON:
        yield document.problem(("title",), "label_too_long", count=str(len(title)), limit=str(MOST_ON_BUTTON))
    elif len(title) > MOST_ON_PHONE:
        yield document.problem(
            ("title",), "label_long", "warning", count=str(len(title)), limit=str(MOST_ON_PHONE)
        )

"""Texts that are no conversation, as they will be read: helplines, small sentences, and whatever else comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.age import Band
from bot.care.helplines import Helpline
from bot.content.kinds import sources_of
from bot.content.library import Library
from bot.content.pages import Pages, pages_of
from bot.content.problem import LANGUAGES, Language
from bot.content.source import read
from bot.conversation import wording
from bot.conversation.edition import lines_of
from bot.conversation.turn import Turn
from bot.storage import publications
from bot.storage.people import Person
from dialogs.text import Rendered, Span, plain
from dialogs.words import Words

MOST_LINES = 15
"""Lines of one language that are shown: somebody reads them on a phone."""
MOST_CHARACTERS = 3000
_BORN = {"under18": 16, "18plus": 20}


def shown(
    turn: Turn, person: Person, band: Band, pages: Pages, library: Library, samples: Mapping[str, Any]
) -> tuple[Rendered, ...]:
    """One message for each language. Of small sentences those that changed, or the first when none did."""
    told = []
    for language in LANGUAGES:
        reader = replace(person, language=language, role="youth", born=f"{turn.today.year - _BORN[band]}-01")
        match pages.kind:
            case "helplines":
                rows: tuple[Helpline, ...] = lines_of(_sources(pages))[language]
                text = wording.helplines_text(turn, reader, rows, reader.born, "")
            case "phrases":
                text = "\n".join(_phrases(turn, pages, library, language, {**samples, "language": language}))
            case _:
                text = "\n".join(_leaves(_data(pages, language)))
        title = turn.phrase(f"play_language_{language}", person)
        told.append((Span(f"{title}\n\n", "italic"), Span(text[:MOST_CHARACTERS], "plain")))
    return tuple(told)


def _sources(pages: Pages) -> Any:
    return sources_of(pages.kind, pages.key, pages.nl, pages.en)


def _data(pages: Pages, language: Language) -> Any:
    """What the file in *language* holds, else the Dutch one."""
    found = {one.language: read(one)[0] for one in _sources(pages)}
    document = found.get(language) or found.get("nl")
    return document.data if document is not None else {}


def _phrases(
    turn: Turn, pages: Pages, library: Library, language: Language, samples: Mapping[str, Any]
) -> Iterator[str]:
    name = publications.current(turn.conn, pages.kind, pages.key)
    before = _data(pages_of(turn.conn, name), language).get("phrases", {}) if name else {}
    now = _data(pages, language).get("phrases", {})
    changed = [key for key, said in now.items() if before.get(key) != said] or list(now)
    for key in changed[:MOST_LINES]:
        yield f"• {plain(library.phrases[language][key](_Anything(samples)))}"


def _leaves(value: Any) -> list[str]:
    """Every text in a file, in order."""
    if isinstance(value, Mapping):
        return [line for inner in value.values() for line in _leaves(inner)]
    if isinstance(value, list):
        return [line for inner in value for line in _leaves(inner)]
    return [f"• {value}"] if isinstance(value, str) else []


class _Anything(dict[str, Any]):
    """A name that is no fact is filled in by the code that says a sentence."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Words:
        return Words("Sam")

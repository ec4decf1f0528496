"""One change of a content file, and the sentence that tells it to a person."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from bot.content.problem import Language
from bot.content.source import Kind

Path = tuple[str, ...]

BANDS = ("under18", "18plus")
MOST_SHOWN = 300
"""Characters of one text that are quoted."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed. *path* is where in the file of *language*; *number* the place of its step, from 1."""

    what: str
    language: Language
    path: Path
    number: int = 0
    before: str = ""
    after: str = ""
    question: bool = False
    kind: Kind = "challenge"

    def words(self, language: Language) -> str:
        """The sentence for a person."""
        texts = _texts()
        before, after = (
            _apart(self.before, self.after) if self.what == "changed" else (self.before, self.after)
        )
        filled = {
            "place": self._place(language),
            "field": _field(self, language),
            "before": _cut(before),
            "after": _cut(after),
        }
        return _fill(texts["sentences"][self.what][language], filled)

    def _place(self, language: Language) -> str:
        places = _texts()["places"]
        match self.path:
            case ("steps", key, *_):
                place = _fill(places["step"][language], {"number": str(self.number), "key": key})
            case ("phrases", key, *_):
                place = _fill(places["phrase"][language], {"key": key})
            case ("helplines", key, *_):
                place = _fill(places["row"][language], {"key": key})
            case _:
                place = places["file"][language]
        return place if self.language == "nl" else _fill(places["translation"][language], {"place": place})


def _field(change: Change, language: Language) -> str:
    fields = _texts()["fields"]
    path = change.path
    band = path[-1] if path and path[-1] in BANDS else ""
    inner = [part for part in path if part not in BANDS]
    key, name = "", "words"
    match inner:
        case ("steps", _, *rest) if rest:
            key, name = _of_step(rest, change)
        case ("phrases", _, *_) if len(inner) > 1:
            name = "words"
        case ("helplines", _, *rest) if rest:
            name, key = rest[0], rest[0]
        case [*parts] if parts:
            name, key = parts[-1], parts[-1]
    if name not in fields:
        name = "other"
    said = _fill(fields[name][language], {"key": key})
    return _fill(fields[band][language], {"field": said}) if band else said


def _of_step(rest: list[str], change: Change) -> tuple[str, str]:
    """The key to fill in, and the name under [fields]."""
    match rest:
        case ["say"]:
            return "", "say_question" if change.question else "say"
        case ["do"]:
            return "", f"{change.kind}_do"
        case ["story" | "skip" as field, part]:
            return f"{field} {part}", f"{field}_{part}"
        case ["predictions", key]:
            return key, "predictions_one"
        case ["choices", key, *part] | ["text", "examples", key, *part]:
            group = "choices" if rest[0] == "choices" else "examples"
            return key, f"{group}_{'one' if part in ([], ['say']) else part[0]}"
        case ["text", "examples"]:
            return "", "examples"
        case _:
            return " ".join(rest), rest[-1]


def _apart(before: str, after: str) -> tuple[str, str]:
    """Both texts without the sentences at either end that are the same; where one was added its neighbour stays."""
    old, new = _SENTENCE.split(before.strip()), _SENTENCE.split(after.strip())
    least = min(len(old), len(new))
    head = next((place for place in range(least) if old[place] != new[place]), least)
    tail = next((place for place in range(least - head) if old[-1 - place] != new[-1 - place]), least - head)
    if head + tail == least:
        head, tail = (head - 1, tail) if head else (head, max(0, tail - 1))
    return " ".join(old[head : len(old) - tail]), " ".join(new[head : len(new) - tail])


def _cut(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= MOST_SHOWN else one_line[: MOST_SHOWN - 1] + "…"


def _fill(sentence: str, gaps: Mapping[str, str]) -> str:
    """Each gap once, from left to right: braces in somebody's text stay what they are."""
    made, rest = "", sentence
    while rest:
        head, brace, tail = rest.partition("{")
        name, closing, after = tail.partition("}")
        made += head
        if not brace:
            break
        made += gaps.get(name, "") if closing else ""
        rest = after
    return made


@functools.cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads((File(__file__).parent / "difference.toml").read_text("utf-8"))

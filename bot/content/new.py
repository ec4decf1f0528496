"""A new challenge from a few answers: both files, complete, with plain sentences where nothing was asked. Pure.

What is filled in by itself is good enough to check and to publish; whoever knows better writes it over.
"""

from __future__ import annotations

import functools
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as File

from bot.content.pages import Pages
from challenge_catalog.model import Band, Cause

LONGEST_KEY = 32
FEWEST, MOST = 4, 6
"""Steps of a challenge."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in both languages; without English the Dutch stands in until somebody translates it."""

    nl: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class NewStep:
    """*fears* are two to four things that could be seen or heard."""

    title: Said
    do: Said
    fears: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class NewChallenge:
    """What was answered; *steps* go from light to exciting."""

    title: Said
    about: Said
    causes: tuple[Cause, ...]
    bands: tuple[Band, ...]
    steps: tuple[NewStep, ...]


def written(one: NewChallenge) -> Pages:
    """Both files. The key of the challenge and of each step follows from its title."""
    key = key_of(one.title.nl, ())
    steps: dict[str, NewStep] = {}
    for step in one.steps:
        steps[key_of(step.title.nl, steps)] = step
    return Pages("challenge", key, _dutch(one, key, steps).encode(), _english(one, key, steps).encode())


def key_of(title: str, taken: Iterable[str]) -> str:
    """A name for files and buttons: small letters, digits and dashes; a number is added when it is *taken*."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].strip("-") or "naamloos"
    known = set(taken)
    key, number = base, 2
    while key in known:
        end = f"-{number}"
        key, number = base[: LONGEST_KEY - len(end)] + end, number + 1
    return key


def _dutch(one: NewChallenge, key: str, steps: dict[str, NewStep]) -> str:
    lines = [
        "# yaml-language-server: $schema=../challenge.schema.json",
        f"challenge: {key}",
        f"title: {_quoted(one.title.nl)}",
        f"about: {_quoted(one.about.nl)}",
        f"causes: [{', '.join(one.causes)}]",
        f"bands: [{', '.join(one.bands)}]",
        "status: example   # voorbeeld, nog te keuren",
        "steps:",
    ]
    for name, step in steps.items():
        lines += _step(name, [step.title.nl, step.do.nl], [fear.nl for fear in step.fears], step.fears)
        lines += [f"    {field}: {_quoted(said.nl)}" for field, said in _rest(one.bands)]
    return "\n".join(lines) + "\n"


def _english(one: NewChallenge, key: str, steps: dict[str, NewStep]) -> str:
    lines = [
        "# yaml-language-server: $schema=../challenge.schema.json",
        f"challenge: {key}",
        f"title: {_quoted(_en(one.title))}",
        f"about: {_quoted(_en(one.about))}",
        "steps:",
    ]
    for name, step in steps.items():
        lines += _step(name, [_en(step.title), _en(step.do)], [_en(fear) for fear in step.fears], step.fears)
        lines += [f"    {field}: {_quoted(said.en)}" for field, said in _rest(one.bands)]
    return "\n".join(lines) + "\n"


def _step(key: str, words: Sequence[str], fears: Sequence[str], named: Sequence[Said]) -> list[str]:
    taken: list[str] = []
    for fear in named:
        taken.append(key_of(fear.nl, taken))
    return [
        f"  {key}:",
        f"    title: {_quoted(words[0])}",
        f"    do: {_quoted(words[1])}",
        "    predictions:",
        *(f"      {name}: {_quoted(fear)}" for name, fear in zip(taken, fears, strict=True)),
    ]


def _rest(bands: Sequence[Band]) -> list[tuple[str, Said]]:
    """What was not asked; the adult who knows is named where somebody under 18 may read it."""
    told = [(name, Said(*words)) for name, words in _texts().items()]
    return [one for one in told if one[0] != "with_adult" or "under18" in bands]


@functools.cache
def _texts() -> Mapping[str, Sequence[str]]:
    return tomllib.loads((File(__file__).parent / "new.toml").read_text("utf-8"))


def _en(said: Said) -> str:
    return said.en.strip() or said.nl


def _quoted(text: str) -> str:
    """A text in double quotes, on one line: the same in JSON and YAML."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)

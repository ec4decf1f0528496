"""A new challenge from a few answers: both files, complete, with plain sentences where nothing was asked. Pure.

What is filled in by itself is good enough to check; what only the author knows is refused until it is written over.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import Any

from bot.content.pages import Pages
from bot.content.quoting import quoted
from challenge_catalog.model import Band, Cause

LONGEST_KEY = 32
FEWEST, MOST = 4, 6
"""Steps of a challenge."""
FEWEST_FEARS = 2
LONGEST_TITLE = 40
TO_FILL_IN, TO_TRANSLATE = "VUL IN: ", "FILL IN: "
"""Stand before what somebody still has to write over, in Dutch and in English."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in both languages; without English the Dutch stands in until somebody translates it."""

    nl: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class NewStep:
    """*fears* are two to four things that could be seen or heard. Without a *title* what to do gives one.

    A fear that nobody said is an example that the check names until somebody wrote over it.
    """

    title: Said
    do: Said
    fears: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class NewChallenge:
    """What was answered; *steps* go from light to exciting. *origin* says who wrote it, when that was asked."""

    title: Said
    about: Said
    causes: tuple[Cause, ...]
    bands: tuple[Band, ...]
    steps: tuple[NewStep, ...]
    origin: str = ""


def untranslated(dutch: str) -> Said:
    """What was said in Dutch alone: the check names its English until somebody translates it."""
    return Said(dutch, TO_TRANSLATE + dutch)


def written(one: NewChallenge) -> Pages:
    """Both files. The key of the challenge and of each step follows from its title."""
    one = _completed(one)
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
        *([f"origin: {_quoted(one.origin)}"] if one.origin.strip() else []),
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
        taken.append(key_of(fear.nl.removeprefix(TO_FILL_IN), taken))
    return [
        f"  {key}:",
        f"    title: {_quoted(words[0])}",
        f"    do: {_quoted(words[1])}",
        "    predictions:",
        *(f"      {name}: {_quoted(fear)}" for name, fear in zip(taken, fears, strict=True)),
    ]


def _rest(bands: Sequence[Band]) -> list[tuple[str, Said]]:
    """What was not asked; the adult who knows is named where somebody under 18 may read it."""
    told = [(name, Said(*words)) for name, words in _texts().items() if name != "fill_in"]
    return [one for one in told if one[0] != "with_adult" or "under18" in bands]


def _completed(one: NewChallenge) -> NewChallenge:
    """*one* with an example wherever nothing was said."""
    examples = _texts()["fill_in"]
    steps = []
    for step in one.steps:
        said = [fear for fear in step.fears if fear.nl.strip()]
        more = [Said(*examples[name]) for name in ("first", "second")][: max(0, FEWEST_FEARS - len(said))]
        title = step.title if step.title.nl.strip() else _title(step.do)
        steps.append(NewStep(title, step.do, (*said, *more)))
    about = one.about if one.about.nl.strip() else Said(*examples["about"])
    return replace(one, about=about, steps=tuple(steps))


def _title(do: Said) -> Said:
    english = _shortened(do.en.removeprefix(TO_TRANSLATE))
    return Said(_shortened(do.nl), TO_TRANSLATE + english if do.en.startswith(TO_TRANSLATE) else english)


def _shortened(text: str) -> str:
    """The beginning of a sentence, as a title."""
    words, title = re.split(r"[.,;:!?\n]", text.strip(), maxsplit=1)[0].split(), ""
    for word in words:
        if title and len(title) + 1 + len(word) > LONGEST_TITLE:
            break
        title = f"{title} {word}".strip()
    return title[:LONGEST_TITLE]


@functools.cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads((File(__file__).parent / "new.toml").read_text("utf-8"))


def _en(said: Said) -> str:
    return said.en.strip() or said.nl


def _quoted(text: str) -> str:
    """A text in double quotes, on one line."""
    return quoted(" ".join(text.split()))

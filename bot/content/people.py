"""Sample people for whom every sentence is filled in: ordinary ones, and those at the edges of what facts can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from dialogs.effects import Option
from dialogs.words import Words

LONG_NAME = "Maximiliaan-Alexander van den Oudenrijn"
LONG_TEXT = "Dit is een lang antwoord met gewone woorden erin. " * 6
ODD = "Zoë 🙂 **<b>{{ name }}</b>** @noor /stop \u202e\u200b'\"\n* _ [x](y)"
USUAL_NAME = 12
"""Longer words in a sample are no name but something that was typed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample person. Only an *ordinary* one has facts that go together, so only there a text may not be empty.

    *typed* is what this person writes; *skips* says whether they skip what may be skipped.
    """

    facts: Mapping[str, object]
    typed: Words
    ordinary: bool = False
    skips: bool = False


def people(facts: Mapping[str, object], maybe_none: Set[str]) -> tuple[Sample, ...]:
    """The sample people of a vocabulary. *maybe_none* are the facts that can be missing altogether."""
    usual = Words("**Ik** zei <b>hoi</b> tegen @noor")
    return (
        Sample(facts, usual, ordinary=True),
        Sample(facts, usual, ordinary=True, skips=True),
        Sample(dict(_flipped(facts)), usual),
        Sample(dict(_long(facts)), Words(LONG_TEXT)),
        Sample(dict(_odd(facts)), Words(ODD)),
        Sample(dict(_empty(facts, maybe_none)), Words("?"), skips=True),
    )


def _flipped(facts: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in facts.items():
        yield name, not value if isinstance(value, bool) else value


def _long(facts: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in facts.items():
        match value:
            case Words():
                yield name, Words(LONG_NAME if len(value) <= USUAL_NAME else LONG_TEXT)
            case tuple():
                yield name, value * 9
            case int() if not isinstance(value, bool):
                yield name, 999
            case _:
                yield name, value


def _odd(facts: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in facts.items():
        match value:
            case Words():
                yield name, Words(ODD)
            case tuple():
                yield name, tuple(Option(one.key, ODD) if isinstance(one, Option) else one for one in value)
            case _:
                yield name, value


def _empty(facts: Mapping[str, object], maybe_none: Set[str]) -> Iterator[tuple[str, object]]:
    for name, value in facts.items():
        match value:
            case _ if name in maybe_none:
                yield name, None
            case bool():
                yield name, False
            case int():
                yield name, 0
            case tuple():
                yield name, ()
            case Words():
                yield name, Words("")
            case str() if name != "band":
                yield name, ""
            case _:
                yield name, value

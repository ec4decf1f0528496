"""Everything a dialog needs to continue after a restart, and its JSON form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dialogs.effects import Option
from dialogs.words import Words

VERSION = 1

Plain = str | int | Words | None
"""An answer: a choice key, a number, typed words, or ``None`` for skipped."""

Answer = Plain | Mapping[str, Plain]
"""A plain answer, or one for each item of a question that was asked several times."""

EMPTY: Mapping[str, Any] = MappingProxyType({})


class StateError(ValueError):
    """A stored state that this version cannot read."""


@dataclass(frozen=True, slots=True)
class State:
    """*at* is the key of the current step, ``None`` once the dialog has ended.

    *screen* counts what was shown, *asked* is the question that has this number; *shown* are the options of the
    current screen; *awaiting* is the action that is being carried out; *typed* are the digits tapped so far on a
    number pad; *cut* is whether what was typed last was refused as too long, and may go on in the next message.
    *subject* holds row numbers the dialog is about, never words.
    """

    script: str
    at: str | None
    screen: int = 0
    answers: Mapping[str, Answer] = field(default_factory=lambda: EMPTY)
    labels: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    subject: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    shown: tuple[Option, ...] = ()
    item: str | None = None
    awaiting: str | None = None
    typed: str = ""
    asked: str | None = None
    cut: bool = False

    def __repr__(self) -> str:
        return f"State({self.script}, at={self.at!r}, screen={self.screen}, {len(self.answers)} answers)"


def dump(state: State) -> str:
    """The JSON form of *state*; words a person typed stay marked as such."""
    return json.dumps(
        {
            "version": VERSION,
            "script": state.script,
            "at": state.at,
            "screen": state.screen,
            "answers": {key: _packed(value) for key, value in state.answers.items()},
            "labels": dict(state.labels),
            "subject": dict(state.subject),
            "shown": [[option.key, option.label] for option in state.shown],
            "item": state.item,
            "awaiting": state.awaiting,
            "typed": state.typed,
            "asked": state.asked,
            "cut": state.cut,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load(text: str) -> State:
    """The state that *text* (made by ``dump``) holds.

    Raises ``StateError`` for another version.
    """
    data = json.loads(text)
    if data["version"] != VERSION:
        raise StateError(f"dialog state of version {data['version']}, this program reads {VERSION}")
    return State(
        script=data["script"],
        at=data["at"],
        screen=data["screen"],
        answers={key: _unpacked(value) for key, value in data["answers"].items()},
        labels=data["labels"],
        subject=data["subject"],
        shown=tuple(Option(key, label) for key, label in data["shown"]),
        item=data["item"],
        awaiting=data["awaiting"],
        typed=data["typed"],
        asked=data.get("asked"),
        cut=data.get("cut", False),
    )


def _packed(value: Answer) -> Any:
    if isinstance(value, Words):
        return {"words": str(value)}
    if isinstance(value, Mapping):
        return {"each": {key: _packed(inner) for key, inner in value.items()}}
    return value


def _unpacked(value: Any) -> Answer:
    if isinstance(value, dict):
        if "words" in value:
            return Words(value["words"])
        return {key: _unpacked(inner) for key, inner in value["each"].items()}  # type: ignore[misc]  # one level deep
    return value  # type: ignore[no-any-return]  # JSON scalars

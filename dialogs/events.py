"""What can happen to a dialog. Plain data; no Telegram, no database."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class TextReceived:
    text: Words


@dataclass(frozen=True, slots=True)
class ChoiceTapped:
    """A button of *screen* was tapped. Any client can send any pair, at any time, twice."""

    screen: int
    choice: str


@dataclass(frozen=True, slots=True)
class Performed:
    """The action that the dialog asked for was carried out, with the *result* it declares."""

    action: str
    result: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """The person comes back to an open question, or an interruption is over: the same screen is shown again."""


Event = TextReceived | ChoiceTapped | Performed | Resumed

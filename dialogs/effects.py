"""What a dialog asks the outside world to do. Plain data; performed by bot."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.text import Rendered


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person can tap: its key (never shown) and its label (shown)."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Say:
    """Show a screen. *rows* are the buttons; *question* is false for a message that only tells."""

    screen: int
    step: str
    text: Rendered
    rows: tuple[tuple[Option, ...], ...] = ()
    question: bool = False
    in_place: bool = False
    private: bool = False
    silent: bool = False
    picture: str | None = None
    keyboard: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """An answer was given on *screen*: its buttons may go and the chosen *label* may be shown there.

    The label is empty when the answer was typed: the person's own message shows it.
    """

    screen: int
    label: str


@dataclass(frozen=True, slots=True)
class Perform:
    """Carry out a declared action, then continue the dialog with ``Performed``."""

    action: str


@dataclass(frozen=True, slots=True)
class ExplainOutdated:
    """A button of an earlier screen was tapped; Telegram keeps those clickable for ever."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """Text arrived where no text was asked. It is not kept."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """More was typed than the field holds (*limit* characters). Nothing was taken: half an answer is a lost one."""

    limit: int


@dataclass(frozen=True, slots=True)
class Paused:
    """The person chose *later*. Every answer is kept."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The dialog reached the ending named *ending*; *then* names a dialog that follows, if any."""

    ending: str
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The script led nowhere (silent loop, unknown step). A visible failure, never a silent stop."""

    reason: str


Effect = Say | Chosen | Perform | ExplainOutdated | Unasked | TooLong | Paused | Ended | Failed

"""The grammar of a conversation: steps by key, the kinds of question, and where each answer leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.text import Condition, Text

LATER = "later"
SKIP = "skip"
DONE = "done"
RESERVED_CHOICES = frozenset({LATER, SKIP})

Audience = Literal["youth", "staff", "admin", "anyone"]


@dataclass(frozen=True, slots=True)
class Branch:
    """Go to step *to* when *when* holds; ``None`` always holds. The last branch of a list has none."""

    to: str
    when: Condition | None = None


Route = tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A written button. *goto* overrides the route of its step; *when* hides it."""

    key: str
    label: Text
    goto: str | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """One tap. *options* names a fact that holds more ``Option`` values, shown above the written choices.

    *columns* is the number of buttons a row holds. With *several*, the label of a last button, taps put a tick in
    front of an option or take it away until that button is tapped.
    """

    written: tuple[Choice, ...] = ()
    options: str | None = None
    columns: int = 1
    several: Text | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """A number from 0 to *top* in steps of *by*, with words for both ends (requirement 48 of the care research)."""

    low: Text
    high: Text
    top: int = 10
    by: int = 1


@dataclass(frozen=True, slots=True)
class FreeText:
    """Typed words, always with written *examples* to tap; typing is never needed (row 5).

    *limit* is the number of characters kept.
    """

    examples: tuple[Choice, ...] = ()
    limit: int = 500


@dataclass(frozen=True, slots=True)
class Code:
    """Digits on an inline number pad; they are never sent as a message (a chat keeps those).

    The answer is dropped from the state as soon as the next action was carried out.
    """

    length: int = 6


@dataclass(frozen=True, slots=True)
class Tell:
    """No question: show the sentence, if there is one, and go on."""


@dataclass(frozen=True, slots=True)
class Action:
    """No sentence: carry out a declared action, then follow the route on ``result``."""

    name: str


@dataclass(frozen=True, slots=True)
class End:
    """The last sentence, with the name of the ending and the dialog that may follow."""

    ending: str
    then: str | None = None


Kind = Choices | Scale | FreeText | Code | Tell | Action | End


@dataclass(frozen=True, slots=True)
class Step:
    """One screen or silent move.

    *save* names the answer it fills. *skip* is the label of the skip button (route: *skip_to*, else the ordinary one).
    *each* names a fact holding ``Option`` values: the question is asked once for every one, as ``item``.
    *in_place* edits the message that was tapped; *private* protects the message and wipes it within a day.
    *redraws*: asked again at once it is still the same question, so a button of the picture before counts as well.
    For lists of which every button says what it sets, and never for one whose second tap would undo the first.
    """

    key: str
    kind: Kind
    say: Text | None = None
    route: Route = ()
    save: str | None = None
    skip: Text | None = None
    skip_to: str | None = None
    each: str | None = None
    in_place: bool = False
    redraws: bool = False
    private: bool = False
    silent: bool = False
    picture: str | None = None
    keyboard: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """A whole dialog in one language. *later* is the label of the button that leaves without loss, if it has one.

    *help* says whether every question also carries the help button.
    """

    name: str
    first: str
    steps: Mapping[str, Step]
    audience: Audience = "youth"
    later: Text | None = None
    help: bool = True
    fields: frozenset[str] = field(default_factory=frozenset)

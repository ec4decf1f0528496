"""What a fact is asked about: the turn, the person whose dialog it is, and the rows the dialog is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.conversation.turn import Turn
from bot.storage.people import Person
from dialogs.state import State


@dataclass(frozen=True, slots=True)
class Asked:
    """*state* names the rows: ``state.subject`` holds their numbers.

    *found* keeps what several facts of one moment are read from.
    """

    turn: Turn
    person: Person
    state: State
    found: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def row(self, name: str) -> int:
        """The number of the *name* row the dialog is about; ``KeyError`` when it is about none."""
        return self.state.subject[name]

"""The facts a sentence may name, looked up only when one does, at most once a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.conversation import facts_staff, facts_youth, wording
from bot.conversation.asked import Asked
from bot.conversation.turn import Turn
from bot.storage.people import Person
from dialogs.state import State

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "name": lambda ask: ask.person.name,
    "band": lambda ask: ask.turn.band(ask.person),
    "minimum_age": lambda ask: ask.turn.world.settings.minimum_age,
    "role": lambda ask: ask.person.role,
    "language": lambda ask: ask.person.language,
    "practice": lambda ask: ask.person.practice,
    "working_hours": wording.working_hours,
    "working_now": wording.working_now,
    "reading_from": wording.reading_from,
    "helplines": wording.helplines,
    **facts_youth.LOOKUPS,
    **facts_staff.LOOKUPS,
}


class Facts(Mapping[str, Any]):
    """The facts about one person and the rows their dialog is about."""

    def __init__(self, turn: Turn, person: Person, state: State) -> None:
        self._ask = Asked(turn, person, state)
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = LOOKUPS[name](self._ask)
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in LOOKUPS

    def __iter__(self) -> Iterator[str]:
        return iter(LOOKUPS)

    def __len__(self) -> int:
        return len(LOOKUPS)

"""People the programme does not know (yet): they get help and information, and nothing of theirs is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from bot.conversation import wording
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.storage.people import Account
from dialogs import engine
from dialogs.effects import Say
from dialogs.text import Span

FORGOTTEN_AFTER = timedelta(days=1)
"""How long the address of a stranger is kept: long enough for the answer to arrive."""

ANSWER = Opening(Lane.REPLY, Promise.SCREEN)


class StrangerFacts(Mapping[str, Any]):
    """The few facts that can be told to anybody."""

    def __init__(self, turn: Turn) -> None:
        self._facts = {
            "band": "under18",
            "role": "stranger",
            "language": turn.language_of(None),
            "minimum_age": turn.world.settings.minimum_age,
            "consented": False,
            "has_open_question": False,
            "practice": False,
            "officer": turn.world.settings.officer,
            "helplines": wording.helplines_for(turn, None, None, turn.danger_kind),
        }

    def __getitem__(self, name: str) -> Any:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def show(turn: Turn, account: Account, script_name: str) -> None:
    """The sentences of a dialog up to its first question, without buttons."""
    script = turn.world.library.script(script_name, turn.language_of(None))
    _, effects = engine.start(script, {}, StrangerFacts(turn))
    for effect in effects:
        if isinstance(effect, Say):
            turn.send(None, account, Message(effect.text), ANSWER)


def say(turn: Turn, account: Account, phrase: str, **facts: Any) -> None:
    """One small sentence."""
    turn.send(None, account, Message((Span(turn.phrase(phrase, None, **facts)),)), ANSWER)

"""Which script and which facts a dialog runs on: a draft that its author tries has those of the draft, and samples.

Nothing of a draft that is tried is kept but where its author is, in their own session.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.content.templates import Unfit
from bot.conversation import example, scene
from bot.conversation.example import BROKEN, CAME_BACK, PAUSED, SCRIPT, STOPPED
from bot.conversation.turn import Turn
from bot.storage.people import Person
from dialogs import engine
from dialogs.actions import ACTIONS
from dialogs.effects import Chosen, Effect, Failed, Option, Paused, Perform, Say
from dialogs.engine import Sprint
from dialogs.events import ChoiceTapped, Event, TextReceived
from dialogs.script import LATER, Script
from dialogs.state import State
from dialogs.text import Span

STOP = "stop-playing"
OWN_FACTS = frozenset({"content_draft", "play_next", "play_then", "play_readers"})
"""Facts of ``content_play`` itself; every other fact a played text names is a sample."""


def script(turn: Turn, person: Person, name: str, subject: Mapping[str, int], pinned: str | None) -> Script:
    """The dialog *name*; when a draft is played, with that draft in it."""
    found = turn.world.library.script(name, person.language, pinned, turn.conn)
    part = scene.of(turn, person, subject) if name == SCRIPT else None
    if part is None:
        return found
    mark = (Span(turn.phrase("play_mark", person), "bold"), Span("\n\n"))
    sentences = example.Sentences(
        mark, lambda action: (Span(turn.phrase("play_result", person, action=action)),)
    )
    return example.dressed(found, part.script, sentences, ACTIONS)


def known(turn: Turn, person: Person, state: State) -> Mapping[str, Any]:
    """The facts a dialog may name; when a draft is played, samples."""
    from bot.conversation import (
        facts,  # facts come from pages that begin dialogs: at the top it would be a ring
    )

    real = facts.Facts(turn, person, state)
    part = scene.of(turn, person, state.subject) if state.script == SCRIPT else None
    return real if part is None else _Known(real, part.samples)


def step(
    turn: Turn, person: Person, running: Script, state: State, event: Event, known: Mapping[str, Any]
) -> Sprint:
    """One event of any dialog. A draft that is played can be left at every question, and never fails its turn."""
    if state.script != SCRIPT or state.at is None or not scene.plays(state.subject):
        return engine.step(running, state, event, known)
    stop = Option(STOP, turn.phrase("play_stop", person))
    if _leaves(event, stop) and not state.awaiting:
        return _jumped(state, STOPPED, (Chosen(state.screen, stop.label),))
    bare = replace(state, shown=tuple(one for one in state.shown if one.key != STOP))
    try:
        after, effects = engine.step(running, bare, event, known)
    except Unfit:
        return _jumped(state, BROKEN, ())
    kept = tuple(one for one in effects if not isinstance(one, Failed | Paused))
    if any(isinstance(one, Failed) for one in effects):
        return _jumped(replace(after, screen=max(after.screen, state.screen)), BROKEN, kept)
    if any(isinstance(one, Paused) for one in effects):
        return _jumped(after, PAUSED, kept)
    if not any(isinstance(one, Say) and one.question for one in effects):
        return (replace(after, shown=state.shown) if after.shown else after), effects
    return _with_stop(after, effects, stop)


def _leaves(event: Event, stop: Option) -> bool:
    match event:
        case ChoiceTapped(choice=choice):
            return choice == STOP
        case TextReceived(text=text):
            return text.strip().casefold() == stop.label.casefold()
        case _:
            return False


def _jumped(state: State, to: str, before: tuple[Effect, ...]) -> Sprint:
    """Out of the played text, at step *to*: ``content_play`` goes on from there."""
    at = replace(state, at=to, awaiting=CAME_BACK, shown=(), item=None, typed="")
    return at, (*before, Perform(CAME_BACK))


def _with_stop(after: State, effects: tuple[Effect, ...], stop: Option) -> Sprint:
    """A way out under each question of the text; its *later* only there."""
    shown, told = after.shown, list[Effect]()
    for one in effects:
        if isinstance(one, Say) and one.question and example.is_own(one.step):
            told.append(replace(one, rows=(*one.rows, (stop,))))
            shown = (*after.shown, stop)
        elif isinstance(one, Say) and one.question:
            rows = (tuple(option for option in row if option.key != LATER) for row in one.rows)
            told.append(replace(one, rows=tuple(row for row in rows if row)))
            shown = tuple(option for option in after.shown if option.key != LATER)
        else:
            told.append(one)
    return replace(after, shown=shown), tuple(told)


class _Known(Mapping[str, Any]):
    """Samples, and the few facts of ``content_play`` itself."""

    def __init__(self, real: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        self._real, self._given = real, given

    def __getitem__(self, name: str) -> Any:
        return self._real[name] if name in OWN_FACTS else self._given[name]

    def __contains__(self, name: object) -> bool:
        return name in OWN_FACTS or name in self._given

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

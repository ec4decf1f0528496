"""The examples in a dialog file: with these facts and these answers it ends there. They are played as tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.content.form import unknown
from bot.content.library import Vocabulary
from bot.content.problem import Problem
from bot.content.shape_dialog import DialogForm, ExampleForm
from bot.content.source import Document, Path
from bot.content.templates import Unfit
from dialogs import engine
from dialogs.effects import Effect, Ended, Failed, Option, Paused, TooLong
from dialogs.events import ChoiceTapped, Event, Performed, TextReceived
from dialogs.script import LATER, Code, FreeText, Script
from dialogs.state import State
from dialogs.words import Words

MOST_ACTIONS = 50
"""Actions in a row without an answer; a dialog that asks for more goes round in a circle."""

USUAL_RESULT = "ok"
"""What an action gives when the example does not say, if it can give this."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Why an example does not go as written: *part* of the example, *kind* of problem, *details* of its sentence.

    *known* are the names that would have been possible for *details*' word.
    """

    part: Path
    kind: str
    details: Mapping[str, str]
    known: tuple[str, ...] = ()


def example_problems(
    document: Document, form: DialogForm, scripts: Iterable[Script], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """What is wrong with the examples of *form*; each is played in all *scripts*, one for every language."""
    endings = {step.end for step in form.steps.values() if step.end} | {LATER}
    for place, example in enumerate(form.examples):
        here: Path = ("examples", place)
        found = [*_names(document, here, example, vocabulary)]
        if example.end not in endings:
            found.append(unknown(document, (*here, "end"), "unknown_ending", example.end, endings))
        for script in scripts:
            if found:
                break
            slip = played(script, example, vocabulary)
            if slip is not None:
                found.append(_told(document, here, slip))
        yield from found


def played(script: Script, example: ExampleForm, vocabulary: Vocabulary) -> Slip | None:
    """Play *example* in *script*; nothing when it ends as it says."""
    facts = {**vocabulary.facts, **dict(_given(example, vocabulary))}
    try:
        return _played(script, example, facts, vocabulary)
    except Unfit as unfit:
        return Slip((), "example_fails", {"words": unfit.kind})


def _played(
    script: Script, example: ExampleForm, facts: Mapping[str, Any], vocabulary: Vocabulary
) -> Slip | None:
    state, effects = engine.start(script, {}, facts)
    for place, answer in enumerate(example.answers):
        state, effects, slip = _settled(script, state, effects, example, facts, vocabulary)
        if slip or (slip := _over(effects, ("answers", place))):
            return slip
        events = list(_events(script, state, answer))
        for event in events:
            state, effects = engine.step(script, state, event, facts)
        if not events or any(isinstance(effect, TooLong) for effect in effects):
            return _unfit_answer(state, place, answer)
    state, effects, slip = _settled(script, state, effects, example, facts, vocabulary)
    if slip:
        return slip
    ending = _ending(effects)
    if ending is None:
        return Slip(("end",), "example_waits", {"word": example.end, "name": str(state.at)})
    if ending != example.end:
        return Slip(("end",), "example_end", {"word": example.end, "name": ending})
    return None


def _settled(
    script: Script,
    state: State,
    effects: tuple[Effect, ...],
    example: ExampleForm,
    facts: Mapping[str, Any],
    vocabulary: Vocabulary,
) -> tuple[State, tuple[Effect, ...], Slip | None]:
    """The dialog once every action it asks for has given its result."""
    for _ in range(MOST_ACTIONS):
        for effect in effects:
            if isinstance(effect, Failed):
                return state, effects, Slip((), "example_fails", {"words": effect.reason})
        if state.awaiting is None:
            return state, effects, None
        results = vocabulary.actions.get(state.awaiting, frozenset())
        result = example.results.get(state.awaiting)
        if result is None:
            if USUAL_RESULT not in results and len(results) > 1:
                details = {"word": state.awaiting, "known": ", ".join(sorted(results))}
                return state, effects, Slip((), "example_result", details)
            result = USUAL_RESULT if USUAL_RESULT in results else next(iter(results), USUAL_RESULT)
        state, effects = engine.step(script, state, Performed(state.awaiting, result), facts)
    return state, effects, Slip((), "example_fails", {"words": f"{state.awaiting} ..."})


def _events(script: Script, state: State, answer: str | int) -> Iterator[Event]:
    """What tapping or typing *answer* on the current screen means; nothing when it cannot be answered."""
    said = str(answer)
    step = script.steps[state.at or ""]
    if any(option.key == said for option in state.shown):
        yield ChoiceTapped(state.screen, said)
    elif isinstance(step.kind, Code) and said.isdigit() and len(said) == step.kind.length:
        yield from (ChoiceTapped(state.screen, digit) for digit in said)
    elif isinstance(step.kind, FreeText) and isinstance(answer, str):
        yield TextReceived(Words(said))


def _unfit_answer(state: State, place: int, answer: str | int) -> Slip:
    details = {"word": str(answer), "name": str(state.at)}
    return Slip(("answers", place), "example_answer", details, tuple(option.key for option in state.shown))


def _over(effects: tuple[Effect, ...], part: Path) -> Slip | None:
    ending = _ending(effects)
    return Slip(part, "example_over", {"name": ending}) if ending is not None else None


def _ending(effects: tuple[Effect, ...]) -> str | None:
    """How the dialog ended, or was left with *later*."""
    for effect in effects:
        match effect:
            case Ended(ending=ending):
                return ending
            case Paused():
                return LATER
            case _:
                continue
    return None


def _names(document: Document, here: Path, example: ExampleForm, vocabulary: Vocabulary) -> Iterator[Problem]:
    for name, value in example.given.items():
        path: Path = (*here, "given", name)
        if name not in vocabulary.facts:
            yield unknown(document, path, "unknown_fact", name, vocabulary.facts)
        elif not _fits(value, vocabulary.facts[name], nothing=name in vocabulary.maybe_none):
            yield document.problem(path, "example_given", word=name)
    for action, result in example.results.items():
        path = (*here, "results", action)
        if action not in vocabulary.actions:
            yield unknown(document, path, "unknown_action", action, vocabulary.actions)
        elif result not in vocabulary.actions[action]:
            yield unknown(document, path, "unknown_result", result, vocabulary.actions[action])


def _fits(value: Any, sample: object, *, nothing: bool) -> bool:
    """Whether *value* is of the kind of the fact whose *sample* this is."""
    if value is None:
        return nothing
    match sample:
        case bool():
            return isinstance(value, bool)
        case int() | float():
            return isinstance(value, int) and not isinstance(value, bool)
        case tuple():
            return isinstance(value, dict)
        case _:
            return isinstance(value, str)


def _given(example: ExampleForm, vocabulary: Vocabulary) -> Iterator[tuple[str, object]]:
    for name, value in example.given.items():
        match vocabulary.facts[name]:
            case Words() if isinstance(value, str):
                yield name, Words(value)
            case tuple():
                yield name, tuple(Option(str(key), str(label)) for key, label in (value or {}).items())
            case _:
                yield name, value


def _told(document: Document, here: Path, slip: Slip) -> Problem:
    path = (*here, *slip.part)
    if slip.kind != "example_answer":
        return document.problem(path, slip.kind, **slip.details)
    known = ", ".join(slip.known) or "-"
    return document.problem(path, slip.kind, **slip.details, known=known)

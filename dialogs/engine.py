"""The dialog state machine: state + event -> new state + effects. Performs nothing, mutates nothing.

A dialog moves in sprints: from one answer to the next question. An ``Action`` step ends a sprint early with
``Perform``; the outside world carries the action out and continues with ``Performed``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, assert_never

from dialogs import screens
from dialogs.effects import (
    Chosen,
    Effect,
    Ended,
    ExplainOutdated,
    Failed,
    Option,
    Paused,
    Perform,
    Say,
    TooLong,
    Unasked,
)
from dialogs.events import ChoiceTapped, Event, Performed, Resumed, TextReceived
from dialogs.script import (
    DONE,
    LATER,
    SKIP,
    Action,
    Choices,
    Code,
    End,
    FreeText,
    Route,
    Scale,
    Script,
    Step,
    Tell,
)
from dialogs.state import Answer, State
from dialogs.text import Rendered, Scope
from dialogs.words import Words

SILENT_LIMIT = 25
"""Steps one event may pass without a question; a script that needs more is a loop."""

CUT_FROM = 3000
"""UTF-16 units from which the app may have cut a message in two: the rest of it then comes as the next one."""

Facts = Mapping[str, Any]
Sprint = tuple[State, tuple[Effect, ...]]


def start(script: Script, subject: Mapping[str, int], facts: Facts) -> Sprint:
    """Open *script* about *subject* (row numbers) and show its first question."""
    state = State(script=script.name, at=script.first, subject=dict(subject))
    return _run(script, state, facts, ())


def step(script: Script, state: State, event: Event, facts: Facts) -> Sprint:
    """Advance the dialog by one event."""
    if state.at is None:
        return state, _after_the_end(event)
    here = script.steps.get(state.at)
    if here is None:
        return replace(state, at=None), (Failed(f"unknown step {state.at!r}"),)
    state = replace(state, cut=False)
    match event:
        case ChoiceTapped(screen=screen) if screen != state.screen or state.awaiting:
            return state, (ExplainOutdated(),)
        case ChoiceTapped(choice=choice):
            return _tapped(script, state, here, choice, facts)
        case TextReceived(text=text):
            return _typed(script, state, here, text, facts)
        case Performed(action=action, result=result):
            if state.awaiting != action:
                return state, ()
            done = replace(state, awaiting=None, answers=_without_codes(script, state.answers))
            return _follow(script, done, here.route, facts, (), result=result)
        case Resumed():
            if state.awaiting:
                return state, (Perform(state.awaiting),)
            fresh = _relabelled(script, state, here, facts)
            return fresh, (_say(script, fresh, here, facts),)
        case _:
            assert_never(event)


def wording(script: Script, state: State, facts: Facts) -> Rendered:
    """The sentence of the question that is open, without its buttons; empty when none is."""
    here = script.steps.get(state.at or "")
    return _say(script, state, here, facts).text if here is not None else ()


def scope(script: Script, state: State, facts: Facts, result: str | None = None) -> Scope:
    """What the sentences and conditions of *script* may name at this moment."""
    answers = dict.fromkeys(script.fields) | dict(state.answers)
    return screens.Layered(
        facts, {"answers": answers, "labels": state.labels, "result": result, "item": _item(state)}
    )


def _after_the_end(event: Event) -> tuple[Effect, ...]:
    match event:
        case ChoiceTapped():
            return (ExplainOutdated(),)
        case TextReceived():
            return (Unasked(),)
        case Performed() | Resumed():
            return ()
        case _:
            assert_never(event)


def _tapped(script: Script, state: State, here: Step, choice: str, facts: Facts) -> Sprint:
    option = next((option for option in state.shown if option.key == choice), None)
    if option is None:
        return state, (ExplainOutdated(),)
    if choice == LATER:
        return state, (Chosen(state.screen, option.label), Paused())
    if choice == SKIP:
        route = screens.to(here.skip_to) if here.skip_to else here.route
        return _answered(script, state, here, None, option.label, route, facts)
    match here.kind:
        case Code(length=length):
            return _digit(script, state, here, choice, length, facts)
        case Choices(several=several) if several is not None:
            return _ticked(script, state, here, option, facts)
        case Choices(written=written):
            chosen = next((one for one in written if one.key == choice), None)
            route = screens.to(chosen.goto) if chosen and chosen.goto else here.route
            return _answered(script, state, here, choice, option.label, route, facts)
        case Scale():
            return _answered(script, state, here, int(choice), option.label, here.route, facts)
        case FreeText(examples=examples):
            example = next(one for one in examples if one.key == choice)
            route = screens.to(example.goto) if example.goto else here.route
            # With a way of its own it is a way on, as skipping is, and not words of theirs.
            said = None if example.goto else option.label
            return _answered(script, state, here, said, option.label, route, facts)
        case Tell() | Action() | End():
            return state, (ExplainOutdated(),)
        case _:
            assert_never(here.kind)


def _typed(script: Script, state: State, here: Step, text: Words, facts: Facts) -> Sprint:
    wanted = text.strip().casefold()
    labels = ((option, option.label.removeprefix(screens.TICK).casefold()) for option in state.shown)
    match next((option for option, label in labels if label == wanted), None):
        case Option(key=key) if not isinstance(here.kind, Code):
            return _tapped(script, state, here, key, facts)
    if isinstance(here.kind, FreeText) and text.strip():
        if any(option.key == SKIP and _shortens(wanted, option.label) for option in state.shown):
            return _tapped(script, state, here, SKIP, facts)
        words = Words(text.strip())
        if len(words) > here.kind.limit:
            return replace(state, cut=_units(words) >= CUT_FROM), (TooLong(here.kind.limit),)
        return _answered(script, state, here, words, None, here.route, facts)
    return state, (Unasked(),)


def _units(words: Words) -> int:
    return len(words.encode("utf-16-le")) // 2


def _shortens(typed: str, label: str) -> bool:
    """Whether *typed* is *label* in fewer words: "dunno" for "I dunno yet"."""
    said, rest = re.findall(r"\w+", typed), iter(re.findall(r"\w+", label.casefold()))
    return bool(said) and said[0] == next(rest, None) and all(word in rest for word in said[1:])


def _ticked(script: Script, state: State, here: Step, option: Option, facts: Facts) -> Sprint:
    """A tick more or less; with the last button all that were ticked become the answer."""
    ticked = dict(screens.per_item(here, state))
    if option.key == DONE:
        label = ", ".join(str(one) for one in ticked.values())
        return _answered(script, state, here, ticked or None, label, here.route, facts)
    label = option.label.removeprefix(screens.TICK)
    if ticked.pop(option.key, None) is None:
        ticked[option.key] = label
    answered = replace(state, answers={**state.answers, here.save or "": ticked})
    rows = screens.rows(script, here, scope(script, answered, facts))
    shown = replace(answered, shown=tuple(one for row in rows for one in row))
    return shown, (replace(_say(script, shown, here, facts), in_place=True),)


def _digit(script: Script, state: State, here: Step, choice: str, length: int, facts: Facts) -> Sprint:
    typed = state.typed[:-1] if choice == screens.ERASE else (state.typed + choice)[:length]
    if len(typed) < length:
        waiting = replace(state, typed=typed)
        return waiting, (replace(_say(script, waiting, here, facts), in_place=True),)
    return _answered(script, replace(state, typed=""), here, typed, None, here.route, facts)


def _answered(
    script: Script, state: State, here: Step, answer: Answer, label: str | None, route: Route, facts: Facts
) -> Sprint:
    # A number pad is always changed in place. Other questions lose their buttons when a new message follows.
    coded = here.in_place and isinstance(here.kind, Code)
    seen: tuple[Effect, ...] = () if coded else (Chosen(state.screen, label or ""),)
    answers, labels = dict(state.answers), dict(state.labels)
    if here.save and here.each and state.item is not None and not isinstance(answer, Mapping):
        answers[here.save] = {**screens.per_item(here, state), state.item: answer}
    elif here.save:
        answers[here.save] = answer
        labels.pop(here.save, None)
        if label is not None:
            labels[here.save] = label
    answered = replace(state, answers=answers, labels=labels)
    if here.each and screens.next_item(here, answered, facts) is not None:
        return _run(script, answered, facts, seen)
    return _follow(script, replace(answered, item=None), route, facts, seen)


def _follow(
    script: Script,
    state: State,
    route: Route,
    facts: Facts,
    before: tuple[Effect, ...],
    result: str | None = None,
) -> Sprint:
    target = _target(script, state, route, facts, result)
    if target is None:
        return replace(state, at=None, shown=()), (*before, Failed(f"step {state.at!r} leads nowhere"))
    return _run(script, replace(state, at=target), facts, before)


def _target(
    script: Script, state: State, route: Route, facts: Facts, result: str | None = None
) -> str | None:
    names = scope(script, state, facts, result)
    return next((branch.to for branch in route if branch.when is None or branch.when(names)), None)


def _run(script: Script, state: State, facts: Facts, before: tuple[Effect, ...]) -> Sprint:
    effects = list(before)
    for _ in range(SILENT_LIMIT):
        here = script.steps.get(state.at or "")
        if here is None:
            return replace(state, at=None, shown=()), (*effects, Failed(f"unknown step {state.at!r}"))
        if here.each:
            item = screens.next_item(here, state, facts)
            if item is None:
                state = replace(state, item=None)
                state = replace(state, at=_target(script, state, here.route, facts))
                continue
            state = replace(state, item=item.key, labels={**state.labels, "item": item.label})
        match here.kind:
            case Action(name=name):
                return replace(state, awaiting=name, shown=()), (*effects, Perform(name))
            case End(ending=ending, then=then):
                if here.say is not None:
                    state = replace(state, screen=state.screen + 1, asked=None)
                    effects.append(_say(script, state, here, facts))
                return replace(state, at=None, shown=(), typed=""), (*effects, Ended(ending, then))
            case Tell():
                if here.say is not None:
                    state = replace(state, screen=state.screen + 1, asked=None)
                    effects.append(_say(script, state, here, facts))
                state = replace(state, at=_target(script, state, here.route, facts))
            case Choices() | Scale() | FreeText() | Code():
                rows = screens.rows(script, here, scope(script, state, facts))
                shown = tuple(option for row in rows for option in row)
                again = here.redraws and here.each is None and state.asked == here.key
                number = state.screen if again else state.screen + 1
                state = replace(state, screen=number, shown=shown, typed="", asked=here.key)
                return state, (*effects, _say(script, state, here, facts))
            case _:
                assert_never(here.kind)
    return replace(state, at=None, shown=()), (*effects, Failed("a loop of silent steps"))


def _say(script: Script, state: State, here: Step, facts: Facts) -> Say:
    names = scope(script, state, facts)
    text = here.say(names) if here.say else ()
    if isinstance(here.kind, Code):
        text = (*text, *screens.progress(here.kind, state.typed))
    if isinstance(here.kind, Scale):
        text = (*text, *screens.ends(here.kind, names))
    question = isinstance(here.kind, Choices | Scale | FreeText | Code)
    return Say(
        screen=state.screen,
        step=here.key,
        text=text,
        rows=screens.arranged(here, state.shown) if question else (),
        question=question,
        in_place=here.in_place,
        private=here.private,
        silent=here.silent,
        picture=here.picture,
        keyboard=here.keyboard,
    )


def _relabelled(script: Script, state: State, here: Step, facts: Facts) -> State:
    """The same buttons; those written in the script in the words it has now, for the language may have changed."""
    names = scope(script, state, facts)
    fresh = {one.key: one for one in screens.marked(here, names, tuple(screens.written(script, here, names)))}
    return replace(state, shown=tuple(fresh.get(option.key, option) for option in state.shown))


def _item(state: State) -> Option | None:
    return Option(state.item, state.labels.get("item", "")) if state.item is not None else None


def _without_codes(script: Script, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    secret = {one.save for one in script.steps.values() if isinstance(one.kind, Code)}
    return {key: value for key, value in answers.items() if key not in secret}

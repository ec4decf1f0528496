"""The buttons of a screen: which options a question offers and how they stand in rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from dialogs.effects import Option
from dialogs.script import (
    DONE,
    LATER,
    SKIP,
    Action,
    Branch,
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
from dialogs.state import Plain, State
from dialogs.text import Rendered, Scope, Span, plain

ERASE = "erase"
DIGITS = tuple("1234567890")
TICK = "✓ "
_PER_SCALE_ROW = 6
_MOST_WORDS = 3
"""Words that stand in one row at most: wider rows are for numbers."""

Rows = tuple[tuple[Option, ...], ...]


class Layered(Mapping[str, Any]):
    """Facts with the names of one dialog laid over them. Facts are looked up only when a sentence names them."""

    __slots__ = ("_over", "_under")

    def __init__(self, under: Mapping[str, Any], over: Mapping[str, Any]) -> None:
        self._under, self._over = under, over

    def __getitem__(self, name: str) -> Any:
        return self._over[name] if name in self._over else self._under[name]

    def __contains__(self, name: object) -> bool:
        return name in self._over or name in self._under

    def __iter__(self) -> Iterator[str]:
        yield from self._over
        yield from (name for name in self._under if name not in self._over)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def to(key: str) -> Route:
    """The route that always leads to *key*."""
    return (Branch(key),)


def rows(script: Script, here: Step, names: Scope) -> Rows:
    """Every option the question *here* offers, written and from facts, with skip and later last.

    A fact with options is a tuple, or a function of the names: the times of a day depend on the day that was chosen.
    """
    return arranged(here, marked(here, names, (*_from_facts(here, names), *written(script, here, names))))


def marked(here: Step, names: Scope, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """*options* with a tick in front of those that were tapped, where several may be."""
    if not (isinstance(here.kind, Choices) and here.kind.several):
        return options
    ticked = names["answers"][here.save or ""]
    if not isinstance(ticked, Mapping):
        return options
    return tuple(
        Option(one.key, TICK + one.label.removeprefix(TICK)) if one.key in ticked else one for one in options
    )


def written(script: Script, here: Step, names: Scope) -> Iterator[Option]:
    """The options whose words stand in the script itself, with skip and later last."""
    yield from _answers(here, names)
    if isinstance(here.kind, Choices) and here.kind.several is not None:
        yield Option(DONE, plain(here.kind.several(names)))
    if here.skip is not None:
        yield Option(SKIP, plain(here.skip(names)))
    if script.later is not None:
        yield Option(LATER, plain(script.later(names)))


def arranged(here: Step, options: tuple[Option, ...]) -> Rows:
    """*options* in rows: a scale in rows of six, a number pad in threes, others in the columns the step asks for.

    Under a grid of numbers the written choices stand in rows of their own.
    """
    ordinary = tuple(option for option in options if option.key not in (SKIP, LATER, DONE))
    done = tuple(option for option in options if option.key == DONE)
    last = tuple(option for option in options if option.key in (SKIP, LATER))
    match here.kind:
        case Scale():
            width = _PER_SCALE_ROW
        case Code():
            width = 3
        case Choices(columns=columns):
            width = columns
        case FreeText() | Tell() | Action() | End():
            width = 1
        case _:
            assert_never(here.kind)
    words: tuple[Option, ...] = ()
    if isinstance(here.kind, Choices) and here.kind.options is not None and width > _MOST_WORDS:
        keys = {choice.key for choice in here.kind.written}
        words = tuple(option for option in ordinary if option.key in keys)
        ordinary = tuple(option for option in ordinary if option.key not in keys)
    made = (*_in_rows(ordinary, width), *_in_rows(words, _MOST_WORDS))
    return tuple(row for row in (*made, done, last) if row)


def _in_rows(options: tuple[Option, ...], width: int) -> Rows:
    return tuple(options[start : start + width] for start in range(0, len(options), width))


def next_item(here: Step, state: State, facts: Mapping[str, Any]) -> Option | None:
    """The first item of ``here.each`` that has no answer yet."""
    answered = per_item(here, state)
    items: tuple[Option, ...] = facts[here.each or ""]
    return next((item for item in items if item.key not in answered), None)


def per_item(here: Step, state: State) -> Mapping[str, Plain]:
    """The answers so far to a question that is asked for several items."""
    answers = state.answers.get(here.save or "")
    return answers if isinstance(answers, Mapping) else {}


def progress(code: Code, typed: str) -> Rendered:
    """How many digits were tapped, never which."""
    return (Span("\n\n" + "● " * len(typed) + "○ " * (code.length - len(typed))),)


def ends(scale: Scale, names: Scope) -> Rendered:
    """Both ends of *scale* in words, so that no number stands without its meaning."""
    return (Span(f"\n\n0 = {plain(scale.low(names))}\n{scale.top} = {plain(scale.high(names))}"),)


def _from_facts(here: Step, names: Scope) -> Iterator[Option]:
    if isinstance(here.kind, Choices) and here.kind.options is not None:
        offered = names[here.kind.options]
        yield from offered(names) if callable(offered) else offered


def _answers(here: Step, names: Scope) -> Iterator[Option]:
    match here.kind:
        case Choices(written=choices) | FreeText(examples=choices):
            for choice in choices:
                if choice.when is None or choice.when(names):
                    yield Option(choice.key, plain(choice.label(names)))
        case Scale(top=top, by=by):
            yield from (Option(str(number), str(number)) for number in range(0, top + 1, by))
        case Code():
            yield from (Option(digit, digit) for digit in DIGITS)
            yield Option(ERASE, "⌫")
        case Tell() | Action() | End():
            return
        case _:
            assert_never(here.kind)

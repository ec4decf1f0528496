"""A text that is tried, dressed as an example: each message is marked, nothing is carried out, any ending comes back.

Pure. The steps of the text take the place of one step of ``content_play``, under names of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from bot.age import Band
from dialogs.screens import Layered, to
from dialogs.script import (
    Action,
    Branch,
    Choice,
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
from dialogs.text import Condition, Rendered, Scope, Text, literal

SCRIPT = "content_play"
SCENE = "scene"
"""The step of ``content_play`` in whose place the text comes; in a subject: which part of the text is played."""
NOWHERE = -1
"""The part of a text that is played while nothing is."""
BANDS: tuple[Band, ...] = ("under18", "18plus")
CAME_BACK = "play_ended"
"""The action with which a played text gives the floor back."""
STOPPED, PAUSED, BROKEN = "p!stopped", "p!later", "p!broken"
"""Steps from which ``content_play`` goes on when a text was left, paused, or cannot go on."""

USUAL = "ok"
"""What an action is taken to give; one that cannot give it asks whoever plays."""
_OWN, _END = "p.", "!"


@dataclass(frozen=True, slots=True)
class Sentences:
    """*mark* stands above each message; *result* asks how an action, by name, comes out."""

    mark: Rendered
    result: Callable[[str], Rendered]


def dressed(outer: Script, inner: Script, sentences: Sentences, results: Mapping[str, Set[str]]) -> Script:
    """*outer* with *inner* in the place of its step SCENE. *results* are what actions can give."""
    scene = outer.steps[SCENE]
    steps = dict(outer.steps)
    for step in inner.steps.values():
        for one in _dressed(step, scene.route, sentences, results):
            steps[one.key] = one
    for key in (STOPPED, PAUSED, BROKEN):
        steps[key] = Step(key, Action(CAME_BACK), route=scene.route)
    steps[SCENE] = Step(SCENE, Tell(), route=to(_OWN + inner.first))
    return replace(outer, steps=steps, later=inner.later, fields=outer.fields | inner.fields)


def is_own(step: str | None) -> bool:
    """Whether *step* is one of the text that is tried."""
    return step is not None and step.startswith(_OWN)


def ending_of(inner: Script, at: str | None) -> End | None:
    """The ending of *inner* at which ``CAME_BACK`` was asked for; none when it was left in another way."""
    step = inner.steps.get((at or "").removeprefix(_OWN).removesuffix(_END)) if is_own(at) else None
    return step.kind if step is not None and isinstance(step.kind, End) else None


def told(name: str, pages: tuple[Rendered, ...]) -> Script:
    """A script that only shows *pages*, each as a message: for texts that are no conversation."""
    steps = {
        f"t{place}": Step(f"t{place}", Tell(), say=_always(page), route=to(f"t{place + 1}"))
        for place, page in enumerate(pages)
    }
    last = f"t{len(pages)}"
    return Script(name, "t0", {**steps, last: Step(last, End("shown"))})


def _dressed(
    step: Step, back: Route, sentences: Sentences, results: Mapping[str, Set[str]]
) -> Iterator[Step]:
    key = _OWN + step.key
    one = replace(
        step,
        key=key,
        say=_marked(step.say, sentences.mark),
        route=tuple(replace(branch, to=_OWN + branch.to) for branch in step.route),
        skip_to=_OWN + step.skip_to if step.skip_to else None,
        private=False,
        picture=None,
        keyboard=False,
    )
    match step.kind:
        case Action(name=name):
            yield from _instead(one, name, sentences, sorted(results.get(name, {USUAL})))
        case End():
            yield replace(one, kind=Tell(), route=to(key + _END))
            yield Step(key + _END, Action(CAME_BACK), route=back)
        case Choices(written=written):
            yield replace(one, kind=replace(step.kind, written=_owned(written)))
        case FreeText(examples=examples):
            yield replace(one, kind=replace(step.kind, examples=_owned(examples)))
        case Scale() | Code() | Tell():
            yield one


def _instead(one: Step, action: str, sentences: Sentences, results: list[str]) -> Iterator[Step]:
    """In place of an action: its usual result, or the question which result is played."""
    if USUAL in results or len(results) < 2:
        result = USUAL if USUAL in results or not results else results[0]
        yield replace(one, kind=Tell(), say=None, route=_decided(one.route, result))
        return
    written = tuple(Choice(f"r-{result}", literal(result), f"{one.key}.{result}") for result in results)
    question = (*sentences.mark, *sentences.result(action))
    yield replace(one, kind=Choices(written), say=_always(question), route=to(f"{one.key}.{results[0]}"))
    for result in results:
        yield Step(f"{one.key}.{result}", Tell(), route=_decided(one.route, result))


def _decided(route: Route, result: str) -> Route:
    return tuple(Branch(branch.to, _given(branch.when, result)) for branch in route)


def _given(when: Condition | None, result: str) -> Condition | None:
    if when is None:
        return None
    return lambda names: when(Layered(names, {"result": result}))


def _owned(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple(replace(one, goto=_OWN + one.goto if one.goto else None) for one in choices)


def _marked(say: Text | None, mark: Rendered) -> Text | None:
    if say is None:
        return None

    def marked(names: Scope) -> Rendered:
        return (*mark, *say(names))

    return marked


def _always(rendered: Rendered) -> Text:
    return lambda names: rendered

"""Every sentence and condition filled in for sample people: both age bands, with answers given and skipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.content.library import Vocabulary
from bot.content.problem import Problem
from bot.content.sentences import BANDS, Compiled, is_label
from bot.content.shape import DialogForm, Form, SkipForm, StepForm
from bot.content.structure import kinds_of
from bot.content.templates import Unfit
from dialogs.effects import Option
from dialogs.text import plain
from dialogs.words import Words

MOST_ON_BUTTON = 64
MOST_ON_PHONE = 30

Scope = dict[str, Any]


def rendered_problems(compiled: Compiled, form: Form, vocabulary: Vocabulary) -> list[Problem]:
    """What goes wrong when *compiled* is filled in; at most one problem for each sentence."""
    for scope in scopes(compiled, form, vocabulary):
        try:
            result = compiled.call(scope)
        except Unfit as unfit:
            return [compiled.document.problem_in(compiled.path, unfit.line, unfit.kind, **unfit.details)]
        if isinstance(result, bool):
            continue
        text = plain(result)
        if not text:
            return [compiled.document.problem(compiled.path, "template_empty")]
        if is_label(compiled.at):
            found = _too_long(compiled, len(text))
            if found:
                return found
    return []


def _too_long(compiled: Compiled, count: int) -> list[Problem]:
    if count > MOST_ON_BUTTON:
        details = {"count": str(count), "limit": str(MOST_ON_BUTTON)}
        return [compiled.document.problem(compiled.path, "label_too_long", **details)]
    if count > MOST_ON_PHONE:
        details = {"count": str(count), "limit": str(MOST_ON_PHONE)}
        return [compiled.document.problem(compiled.path, "label_long", "warning", **details)]
    return []


def scopes(compiled: Compiled, form: Form, vocabulary: Vocabulary) -> Iterator[Scope]:
    """The sample people *compiled* is filled in for."""
    if not isinstance(form, DialogForm):
        for band in BANDS:
            yield _Anything({**vocabulary.facts, "band": band})
        return
    step = form.steps.get(str(compiled.at[1])) if compiled.at[0] == "steps" else None
    results: list[str | None] = [None]
    if step is not None and step.do is not None:
        results = [*sorted(vocabulary.actions.get(step.do, ()))] or [None]
    bands = [compiled.band] if compiled.band else BANDS
    for band in bands:
        for skipped in (False, True):
            answers, labels = _answers(form, vocabulary, skipped=skipped)
            for result in results:
                yield {
                    **vocabulary.facts,
                    "band": band,
                    "answers": answers,
                    "labels": labels,
                    "item": _item(step, vocabulary),
                    "result": result,
                }


class _Anything(Scope):
    """The scope of a phrase: a name that is no fact is filled in by the code that says it."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Words:
        return Words("Sam")


def _item(step: StepForm | None, vocabulary: Vocabulary) -> Option | None:
    if step is None or step.each is None:
        return None
    return _first(vocabulary.facts.get(step.each))


def _first(options: object) -> Option:
    every = options if isinstance(options, tuple) else ()
    return next((one for one in every if isinstance(one, Option)), Option("a", "A"))


def _answers(
    form: DialogForm, vocabulary: Vocabulary, *, skipped: bool
) -> tuple[dict[str, Any], dict[str, str]]:
    answers: dict[str, Any] = {}
    labels: dict[str, str] = {"item": "A"}
    for step in form.steps.values():
        if step.save is None:
            continue
        own_way = isinstance(step.skip, SkipForm) and step.skip.goto is not None
        given, label = _given(step, vocabulary)
        if skipped and step.skip is not None and not own_way:
            given = None
        elif label is not None:
            labels[step.save] = label
        answers.setdefault(step.save, given)
        if step.each is not None:
            answers[step.save] = {_first(vocabulary.facts.get(step.each)).key: given}
    return answers, labels


def _given(step: StepForm, vocabulary: Vocabulary) -> tuple[Any, str | None]:
    match kinds_of(step):
        case ("choices",):
            if step.choices:
                return next(iter(step.choices)), "A"
            return _first(vocabulary.facts.get(step.options or "")).key, "A"
        case ("scale",) | ("percent",):
            return 5, "5"
        case ("text",):
            return Words("**Ik** zei <b>hoi</b> tegen @noor"), None
        case ("code",):
            return "123456", None
        case _:
            return None, None

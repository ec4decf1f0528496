"""Every sentence and condition filled in for sample people: both age bands, with answers given and skipped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from bot.content.library import Vocabulary
from bot.content.people import Sample, people
from bot.content.problem import Problem
from bot.content.sentences import BANDS, Compiled, is_label
from bot.content.shape_dialog import DialogForm, StepForm
from bot.content.shape_sentence import Form, SkipForm
from bot.content.structure import kinds_of
from bot.content.templates import Unfit
from dialogs.effects import Option
from dialogs.text import plain
from dialogs.words import Words

MOST_ON_BUTTON = 64
MOST_ON_PHONE = 30

Scope = dict[str, Any]


class Samples:
    """The sample people of one vocabulary, made once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._people = people(vocabulary.facts, vocabulary.maybe_none)
        self._form: Form | None = None
        self._given: list[tuple[dict[str, Any], dict[str, str]]] = []

    def problems(self, compiled: Compiled, form: Form) -> list[Problem]:
        """What goes wrong when *compiled* is filled in; at most one problem for each sentence."""
        scopes = self._scopes(compiled, form)
        for sample, scope in islice(scopes, 1) if compiled.fixed else scopes:
            try:
                result = compiled.call(scope)
            except Unfit as unfit:
                return [compiled.document.problem_in(compiled.path, unfit.line, unfit.kind, **unfit.details)]
            if isinstance(result, bool):
                continue
            text = plain(result)
            if not text and sample.ordinary:
                return [compiled.document.problem(compiled.path, "template_empty")]
            if is_label(compiled.at) and sample.ordinary and (found := _too_long(compiled, len(text))):
                return found
        return []

    def _scopes(self, compiled: Compiled, form: Form) -> Iterator[tuple[Sample, Scope]]:
        bands = [compiled.band] if compiled.band else BANDS
        if not isinstance(form, DialogForm):
            for sample in self._people:
                for band in BANDS:
                    yield sample, _Anything({**sample.facts, "band": band}, sample)
            return
        step = form.steps.get(str(compiled.at[1])) if compiled.at[0] == "steps" else None
        results: list[str | None] = [None]
        if step is not None and step.do is not None:
            results = [*sorted(self._vocabulary.actions.get(step.do, ()))] or [None]
        for sample, (answers, labels) in zip(self._people, self._answers(form), strict=True):
            for band in bands if sample.ordinary else bands[:1]:
                for result in results:
                    yield (
                        sample,
                        {
                            **sample.facts,
                            "band": band,
                            "answers": answers,
                            "labels": labels,
                            "item": _item(step, sample),
                            "result": result,
                        },
                    )

    def _answers(self, form: DialogForm) -> list[tuple[dict[str, Any], dict[str, str]]]:
        """What each sample person answered in *form*. Kept for its other sentences: they come one after the other."""
        if form is not self._form:
            self._form, self._given = form, [_answers(form, sample) for sample in self._people]
        return self._given


def _too_long(compiled: Compiled, count: int) -> list[Problem]:
    if count > MOST_ON_BUTTON:
        details = {"count": str(count), "limit": str(MOST_ON_BUTTON)}
        return [compiled.document.problem(compiled.path, "label_too_long", **details)]
    if count > MOST_ON_PHONE:
        details = {"count": str(count), "limit": str(MOST_ON_PHONE)}
        return [compiled.document.problem(compiled.path, "label_long", "warning", **details)]
    return []


class _Anything(Scope):
    """The scope of a phrase: a name that is no fact is filled in by the code that says it."""

    def __init__(self, facts: Scope, sample: Sample) -> None:
        super().__init__(facts)
        self._said = Words("Sam") if sample.ordinary else sample.typed

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Words:
        return self._said


def _item(step: StepForm | None, sample: Sample) -> Option | None:
    if step is None or step.each is None:
        return None
    return _first(sample.facts.get(step.each))


def _first(options: object) -> Option:
    every = options if isinstance(options, tuple) else ()
    return next((one for one in every if isinstance(one, Option)), Option("a", "A"))


def _answers(form: DialogForm, sample: Sample) -> tuple[dict[str, Any], dict[str, str]]:
    answers: dict[str, Any] = {}
    labels: dict[str, str] = {"item": "A"}
    for step in form.steps.values():
        if step.save is None:
            continue
        own_way = isinstance(step.skip, SkipForm) and step.skip.goto is not None
        given, label = _given(step, sample)
        if sample.skips and step.skip is not None and not own_way:
            given = None
        elif label is not None:
            labels[step.save] = label
        answers.setdefault(step.save, given)
        if step.each is not None:
            answers[step.save] = {_first(sample.facts.get(step.each)).key: given}
    return answers, labels


def _given(step: StepForm, sample: Sample) -> tuple[Any, str | None]:
    match kinds_of(step):
        case ("choices",) if step.several is not None:
            return {"a": "A"}, "A"
        case ("choices",):
            if step.choices:
                return next(iter(step.choices)), "A"
            return _first(sample.facts.get(step.options or "")).key, "A"
        case ("scale",) | ("percent",):
            return 5, "5"
        case ("text",):
            return sample.typed, None
        case ("code",):
            return "123456", None
        case _:
            return None, None

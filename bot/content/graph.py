"""The steps of a dialog as a graph: where each leads, what is never reached, and circles without a question."""

from __future__ import annotations

from collections.abc import Iterator, Set

from bot.content.shape_dialog import DialogForm, StepForm
from bot.content.shape_sentence import LabelForm, SkipForm
from bot.content.source import Path


def ways(here: Path, step: StepForm) -> Iterator[tuple[Path, str]]:
    """Every step that *step* names as a next one, with the place where it does."""
    if isinstance(step.goto, str):
        yield (*here, "goto"), step.goto
    for place, branch in enumerate(step.goto if isinstance(step.goto, list) else ()):
        yield (*here, "goto", place, "to"), branch.to
    for key, label in (step.choices or {}).items():
        if isinstance(label, LabelForm) and label.goto:
            yield (*here, "choices", key, "goto"), label.goto
    for key, label in (step.text.examples if step.text else {}).items():
        if isinstance(label, LabelForm) and label.goto:
            yield (*here, "text", "examples", key, "goto"), label.goto
    if isinstance(step.skip, SkipForm) and step.skip.goto:
        yield (*here, "skip", "goto"), step.skip.goto


def dead_ends(form: DialogForm) -> Iterator[str]:
    """Steps with an answer, or a move, that leads nowhere."""
    for key, step in form.steps.items():
        if step.end or step.goto:
            continue
        labels = (step.choices or {}).values()
        all_lead = bool(labels) and all(isinstance(label, LabelForm) and label.goto for label in labels)
        skip_leads = step.skip is None or (isinstance(step.skip, SkipForm) and step.skip.goto is not None)
        if step.options or step.several or step.each or not all_lead or not skip_leads:
            yield key


def reached(form: DialogForm, backwards_from: Set[str] | None = None) -> frozenset[str]:
    """The steps that can be reached from the first one; or those from which *backwards_from* can be reached."""
    edges = [(key, target) for key, step in form.steps.items() for _, target in ways((), step)]
    seen = {form.first} if backwards_from is None else set(backwards_from)
    growing = True
    while growing:
        more = {
            (target if backwards_from is None else key)
            for key, target in edges
            if (key if backwards_from is None else target) in seen
        }
        growing = not more <= seen
        seen |= more
    return frozenset(seen)


def silent_circle(form: DialogForm) -> tuple[str, ...]:
    """A circle of steps that never waits for an answer, or nothing.

    A question asked for each item counts as silent: once all have an answer it is passed.
    """
    silent = {key for key, step in form.steps.items() if not step.end and (step.each or not _asks(step))}
    inside = {
        key: [target for _, target in ways((), form.steps[key]) if target in silent]
        for key in form.steps
        if key in silent
    }
    for begin in inside:
        trail, seen = [[begin]], {begin}
        while trail:
            way = trail.pop()
            for target in inside[way[-1]]:
                if target == begin:
                    return tuple(way)
                if target not in seen:
                    seen.add(target)
                    trail.append([*way, target])
    return ()


def _asks(step: StepForm) -> bool:
    return any((step.choices, step.options, step.scale, step.percent, step.text, step.code))

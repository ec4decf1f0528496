"""A question after a step always knows "not done", and not done has a way of its own. Source: product row 6."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import TemplateError, nodes

from bot.content.cage import Cage
from bot.content.problem import Problem
from bot.content.sentences import condition_paths
from bot.content.shape_dialog import DialogForm, StepForm
from bot.content.shape_sentence import LabelForm
from bot.content.source import Document

DONE = frozenset({"gedaan", "deels", "gelukt", "done", "partly"})
NOT_DONE = frozenset({"niet", "niet_gedaan", "niet_gelukt", "not_done"})
"""Keys of choices that say how a step went."""

RECORDS = "record_outcome"
OUTCOME = "outcome"
"""The action that notes how a step went, and the answer it reads."""


def outcome_problems(document: Document, form: DialogForm) -> Iterator[Problem]:
    """Where *form* asks how a step went without a branch for who did not do it."""
    asks = False
    for key, step in form.steps.items():
        choices: Mapping[str, object] = step.choices or {}
        if not choices.keys() & DONE:
            continue
        asks = asks or step.save == OUTCOME
        here = ("steps", key, "choices")
        for missed in [one for one in choices if one in NOT_DONE][:1]:
            if not _own_way(form, step, missed):
                yield document.problem((*here, missed), "not_done_same", word=missed)
            break
        else:
            yield document.problem(here, "missing_not_done")
    for key, step in form.steps.items():
        if step.do == RECORDS and not asks:
            yield document.problem(("steps", key, "do"), "no_outcome", word=RECORDS, name=OUTCOME)


def _own_way(form: DialogForm, step: StepForm, missed: str) -> bool:
    """Whether the answer *missed* leads somewhere that "done" does not, at once or later on."""
    choices = step.choices or {}
    ways = {key: label.goto for key, label in choices.items() if isinstance(label, LabelForm) and label.goto}
    if missed in ways and ways[missed] not in {way for key, way in ways.items() if key in DONE}:
        return True
    if step.save is None:
        return False
    cage = Cage("nl")
    return any(
        path[2] == "goto" and _names(cage, source, step.save, missed)
        for path, source in condition_paths(form)
    )


def _names(cage: Cage, source: str, saved: str, value: str) -> bool:
    """Whether a condition compares the answer *saved* with *value*."""
    try:
        tree = cage.parse("{{ (" + source + ") }}")
    except (TemplateError, RecursionError):
        return False
    return any(
        any(const.value == value for const in compare.find_all(nodes.Const))
        and any(_field(part) == saved for part in compare.find_all((nodes.Getattr, nodes.Getitem)))
        for compare in tree.find_all(nodes.Compare)
    )


def _field(part: nodes.Node) -> object:
    """The name after the point or between the brackets."""
    match part:
        case nodes.Getattr(attr=name):
            return name
        case nodes.Getitem(arg=nodes.Const(value=name)):
            return name
        case _:
            return None

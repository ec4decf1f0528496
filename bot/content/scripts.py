"""From the filled form of a dialog to the frozen script that the engine plays, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.content.sentences import Compiler, fields
from bot.content.shape_dialog import DialogForm, StepForm
from bot.content.shape_sentence import LabelForm, SkipForm
from bot.content.source import Path
from dialogs.script import (
    Action,
    Branch,
    Choice,
    Choices,
    Code,
    End,
    FreeText,
    Kind,
    Route,
    Scale,
    Script,
    Step,
    Tell,
)


def script(form: DialogForm, compiler: Compiler) -> Script:
    """The script of *form*; sentences with a mistake are empty and reported through *compiler*."""
    return Script(
        name=form.dialog,
        first=form.first,
        steps={key: _step(key, step, compiler) for key, step in form.steps.items()},
        audience=form.audience,
        later=compiler.text(("later",)) if form.later is not None else None,
        help=form.help,
        fields=fields(form),
    )


def _step(key: str, step: StepForm, compiler: Compiler) -> Step:
    here: Path = ("steps", key)
    return Step(
        key=key,
        kind=_kind(here, step, compiler),
        say=compiler.text((*here, "say")) if step.say is not None else None,
        route=_route(here, step, compiler),
        save=step.save,
        skip=compiler.text((*here, "skip")) if step.skip is not None else None,
        skip_to=step.skip.goto if isinstance(step.skip, SkipForm) else None,
        each=step.each,
        in_place=step.in_place,
        redraws=step.redraws,
        private=step.private,
        silent=step.silent,
        picture=step.picture,
        keyboard=step.keyboard,
    )


def _kind(here: Path, step: StepForm, compiler: Compiler) -> Kind:
    match step:
        case StepForm(do=str(name)):
            return Action(name)
        case StepForm(end=str(ending), then=then):
            return End(ending, then)
        case StepForm(scale=ends) if ends is not None:
            at = (*here, "scale")
            return Scale(compiler.text((*at, "low")), compiler.text((*at, "high")))
        case StepForm(percent=ends) if ends is not None:
            at = (*here, "percent")
            return Scale(compiler.text((*at, "low")), compiler.text((*at, "high")), top=100, by=10)
        case StepForm(text=text) if text is not None:
            return FreeText(_labels((*here, "text", "examples"), text.examples, compiler), text.limit)
        case StepForm(code=int(length)):
            return Code(length)
        case StepForm(choices=choices, options=options, columns=columns) if choices or options:
            several = compiler.text((*here, "several")) if step.several is not None else None
            return Choices(_labels((*here, "choices"), choices or {}, compiler), options, columns, several)
        case _:
            return Tell()


def _labels(at: Path, labels: Mapping[str, Any], compiler: Compiler) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            key=key,
            label=compiler.text((*at, key)),
            goto=label.goto if isinstance(label, LabelForm) else None,
            when=compiler.condition((*at, key, "if"), label.when)
            if isinstance(label, LabelForm) and label.when
            else None,
        )
        for key, label in labels.items()
    )


def _route(here: Path, step: StepForm, compiler: Compiler) -> Route:
    if step.goto is None:
        return ()
    if isinstance(step.goto, str):
        return (Branch(step.goto),)
    return tuple(
        Branch(
            branch.to, compiler.condition((*here, "goto", place, "if"), branch.when) if branch.when else None
        )
        for place, branch in enumerate(step.goto)
    )

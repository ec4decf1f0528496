"""How many taps a conversation takes: the fewest to each of its endings, and the most without going back.

Counted in the graph of steps, so a condition may ask for more than the fewest. A question costs one tap, a code one for
each digit, and a question that is asked for each item counts once. The tap that opens the conversation is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush
from pathlib import Path

from bot.content.graph import ways
from bot.content.library import Vocabulary
from bot.content.loader import build, gather
from bot.content.shape_dialog import DialogForm, StepForm

HEAD = "| dialog | fewest taps to each ending | most |\n|---|---|---|"


def fewest(form: DialogForm) -> dict[str, int]:
    """The fewest taps from the first step to each ending of *form*, the nearest ending first."""
    found: dict[str, int] = {}
    passed: set[str] = set()
    waiting = [(0, form.first)]
    while waiting:
        taps, key = heappop(waiting)
        if key in passed or key not in form.steps:
            continue
        passed.add(key)
        step = form.steps[key]
        if step.end:
            found.setdefault(step.end, taps)
        for _, target in ways((), step):
            heappush(waiting, (taps + _least(step), target))
    return found


def most(form: DialogForm) -> int:
    """The most taps that *form* takes from who answers everything and meets no step twice."""
    known: dict[tuple[str, frozenset[str]], int] = {}

    def from_here(key: str, passed: frozenset[str]) -> int:
        if (key, passed) not in known:
            step = form.steps[key]
            targets = {target for _, target in ways((), step)} - passed - {key}
            onward = (from_here(target, passed | {key}) for target in targets if target in form.steps)
            known[key, passed] = _most(step) + max(onward, default=0)
        return known[key, passed]

    return from_here(form.first, frozenset())


def of_youngsters(dialogs: Path, catalog: Path) -> tuple[DialogForm, ...]:
    """The conversations of young people in these folders, in order of name; what cannot be read is left out."""
    forms = (pair.form for pair in build(gather(dialogs, catalog)[0], Vocabulary()).pairs)
    found = (form for form in forms if isinstance(form, DialogForm) and form.audience == "youth")
    return tuple(sorted(found, key=lambda form: form.dialog))


def table(forms: Iterable[DialogForm]) -> str:
    """*forms* as rows of Markdown."""
    return "\n".join([HEAD, *map(_row, forms)])


def _row(form: DialogForm) -> str:
    endings = ", ".join(f"{ending} {taps}" for ending, taps in fewest(form).items())
    return f"| {form.dialog} | {endings} | {most(form)} |"


def _least(step: StepForm) -> int:
    """Taps to answer *step* as shortly as can be; none when it asks nothing."""
    if step.code:
        return step.code
    return int(any((step.choices, step.options, step.scale, step.percent, step.text)))


def _most(step: StepForm) -> int:
    """Taps of an answer: where several may be ticked it is one of them and the last button."""
    return _least(step) + (1 if step.several else 0)

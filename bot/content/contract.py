"""What the program relies on in its own files: a text that was changed here keeps it, or it could break a turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.content.cage import Cage
from bot.content.problem import Problem
from bot.content.source import Document, Source, read
from bot.content.templates import Unfit, parsed

REQUIRED_STEPS: Mapping[str, tuple[str, ...]] = {
    "welcome": ("start", "who", "seen", "seen_more", "consent", "more"),
}
"""Steps whose words the program shows elsewhere: the promise that is asked anew when it changes."""


def contract_problems(sources: Sequence[Source], shipped: Sequence[Source]) -> list[Problem]:
    """What *sources* lack that the program expects, which came with *shipped* texts of the same name."""
    before = {(one.kind, one.key, one.language): read(one)[0] for one in shipped}
    found: list[Problem] = []
    for source in sources:
        own, base = read(source)[0], before.get((source.kind, source.key, source.language))
        if own is None or base is None:
            continue
        match source.kind:
            case "dialog" if source.language == "nl":
                found += _dialog(own, base)
            case "phrases":
                found += _phrases(own, base)
    return found


def _dialog(own: Document, base: Document) -> Iterator[Problem]:
    if own.data.get("for") != base.data.get("for"):
        yield own.problem(("for",), "audience_changed", word=str(base.data.get("for")))
    steps = _mapping(own.data.get("steps"))
    for key in REQUIRED_STEPS.get(own.source.key, ()):
        if key not in steps:
            yield own.problem(("steps",), "step_needed", word=key)
    answers = dict(_answers(steps))
    for name, (path, choices) in _answers(_mapping(base.data.get("steps"))):
        if name not in answers:
            yield own.problem(("steps",), "answer_gone", "warning", word=name)
            continue
        at, offered = answers[name]
        for choice in sorted(choices - offered):
            yield own.problem(at or path, "choice_gone", "warning", word=choice, name=name)


def _answers(steps: Mapping[str, Any]) -> Iterator[tuple[str, tuple[tuple[str, ...], frozenset[str]]]]:
    """Every answer a dialog saves, where, and the choices it can be."""
    for key, step in steps.items():
        fields = _mapping(step)
        if isinstance(fields.get("save"), str):
            choices = frozenset(_mapping(fields.get("choices")))
            yield fields["save"], (("steps", key), choices)


def _phrases(own: Document, base: Document) -> Iterator[Problem]:
    """A sentence of the bot gets its facts from the code that says it: it can name no others."""
    cage = Cage(own.source.language)
    known = _mapping(base.data.get("phrases"))
    for key, said in _mapping(own.data.get("phrases")).items():
        if key not in known:
            yield own.problem(("phrases", key), "phrase_unknown", "warning", word=key)
            continue
        more = sorted(_names(cage, said) - _names(cage, known[key]) - {"band"})
        if more:
            yield own.problem(("phrases", key), "phrase_gap", word=more[0])


def _names(cage: Cage, said: Any) -> frozenset[str]:
    texts = said.values() if isinstance(said, dict) else (said,)
    names: frozenset[str] = frozenset()
    for text in texts:
        try:
            names |= parsed(cage, text).names if isinstance(text, str) and "{" in text else frozenset()
        except Unfit:
            continue
    return names


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}

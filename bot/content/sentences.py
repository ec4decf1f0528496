"""Where the sentences and conditions of a file stand, and their compilation into callables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.content.cage import Cage, Parsed
from bot.content.form import unknown
from bot.content.problem import Problem
from bot.content.shape_dialog import DialogForm
from bot.content.source import Document, Path
from bot.content.templates import Unfit, by_band, condition, is_fixed, sentence
from dialogs.text import Condition, Rendered, Scope, Text, literal

Made = TypeVar("Made")

BANDS = ("under18", "18plus")
OWN_NAMES = frozenset({"answers", "labels", "item", "result"})


def sentence_paths(form: DialogForm) -> Iterator[Path]:
    """Every place of *form* where a sentence stands, in reading order."""
    if form.later is not None:
        yield ("later",)
    for key, step in form.steps.items():
        here: Path = ("steps", key)
        if step.say is not None:
            yield (*here, "say")
        for choice in step.choices or {}:
            yield (*here, "choices", choice)
        if step.several is not None:
            yield (*here, "several")
        for name, ends in (("scale", step.scale), ("percent", step.percent)):
            if ends is not None:
                yield (*here, name, "low")
                yield (*here, name, "high")
        for example in step.text.examples if step.text else {}:
            yield (*here, "text", "examples", example)
        if step.skip is not None:
            yield (*here, "skip")


def condition_paths(form: DialogForm) -> Iterator[tuple[Path, str]]:
    """Every condition of *form* with its place."""
    for key, step in form.steps.items():
        here: Path = ("steps", key)
        for name, labels in (
            ("choices", step.choices),
            ("examples", step.text.examples if step.text else None),
        ):
            for choice, label in (labels or {}).items():
                if when := getattr(label, "when", None):
                    yield (*here, *(("text",) if name == "examples" else ()), name, choice, "if"), when
        for place, branch in enumerate(step.goto if isinstance(step.goto, list) else ()):
            if branch.when:
                yield (*here, "goto", place, "if"), branch.when


def is_label(path: Path) -> bool:
    """Whether the sentence at *path* stands on a button."""
    return path[0] != "phrases" and (
        path[-1] in ("later", "skip", "several") or path[-2] in ("choices", "examples")
    )


def words_at(document: Document | None, path: Path) -> Mapping[str, tuple[Path, str]]:
    """The words at *path*, by band; under the empty name when both bands read the same. Empty when there are none."""
    value: Any = document.data if document else None
    for part in path:
        if not isinstance(value, dict) or part not in value:
            return {}
        value = value[part]
    if isinstance(value, dict) and "say" in value:
        path, value = (*path, "say"), value["say"]
    if isinstance(value, str):
        return {"": (path, value)}
    if isinstance(value, dict):
        return {band: ((*path, band), value[band]) for band in BANDS if band in value}
    return {}


def fields(form: DialogForm) -> frozenset[str]:
    """The answers the dialog saves."""
    return frozenset(step.save for step in form.steps.values() if step.save)


@dataclass(frozen=True, slots=True)
class Compiled:
    """One sentence or condition with the place it has: *at* in the form, *path* in the file, for one band or both.

    *fixed*: nothing is filled in, so it reads the same for everybody.
    """

    document: Document
    at: Path
    path: Path
    band: str
    call: Callable[[Scope], Rendered | bool]
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles the sentences of one file in one language; words that *own* lacks are taken from *base*.

    Conditions are the same in every language and are compiled once, in *logic*.
    *facts* are the names a sentence may use; ``None`` for phrases, whose names come from the code that says them.
    """

    cage: Cage
    logic: Cage
    base: Document
    own: Document | None
    facts: Set[str] | None
    saved: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    compiled: list[Compiled] = field(default_factory=list)

    def text(self, path: Path) -> Text:
        """The sentence at *path*; a mistake is added to ``problems``."""
        document = self.own if self.own and words_at(self.own, path) else self.base
        texts = {}
        for band, (at, words) in words_at(document, path).items():
            made = self._tried(document, at, words, sentence)
            texts[band] = made or literal("")
            if made:
                self.compiled.append(Compiled(document, path, at, band, made, is_fixed(words)))
        return texts[""] if "" in texts else by_band(texts)

    def condition(self, path: Path, source: str) -> Condition:
        """The condition at *path*; a mistake is added to ``problems``."""
        made = self._tried(self.base, path, source, condition)
        if made and self.own is self.base:
            self.compiled.append(Compiled(self.base, path, path, "", made))
        return made or (lambda scope: False)

    def _tried(self, document: Document, path: Path, source: str, make: Callable[..., Made]) -> Made | None:
        try:
            cage = self.logic if make is condition else self.cage
            return make(cage, source, lambda tree: self._named(document, path, tree))
        except Unfit as unfit:
            self.problems.append(document.problem_in(path, unfit.line, unfit.kind, **unfit.details))
        except _Unknown as found:
            self.problems.append(found.problem)
        return None

    def _named(self, document: Document, path: Path, tree: Parsed) -> None:
        if self.facts is None:
            return
        facts = self.facts | OWN_NAMES
        for name in sorted(tree.names - facts):
            raise _Unknown(unknown(document, path, "unknown_fact", name, facts))
        for mention in sorted(tree.mentions):
            first, *rest = mention.split(".")
            known = self.saved | {"item"} if first == "labels" else self.saved
            if first in ("answers", "labels") and rest and rest[0] not in known:
                raise _Unknown(unknown(document, path, "unknown_answer", rest[0], self.saved))


class _Unknown(Exception):
    """A name that no fact or answer has."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem

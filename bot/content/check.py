"""The one checker, for both folders: every problem of every file at once, sorted by place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bot.content.child import Limits, examine
from bot.content.library import Vocabulary
from bot.content.loader import build, gather
from bot.content.problem import Problem
from bot.content.samples import rendered_problems
from bot.content.source import Source
from bot.content.wording import wording_problems


class Watch(Protocol):
    """Is told where the checker goes next."""

    def __call__(self, file: str, line: int = 1, column: int = 1) -> None: ...


def check(dialogs: Path, catalog: Path, limits: Limits | None = None) -> list[Problem]:
    """Everything wrong in both folders, errors and warnings. Runs what is written in them only in a child process."""
    sources, problems = gather(dialogs, catalog)
    return sorted([*problems, *examine(sources, limits)])


def problems_in(sources: Sequence[Source], vocabulary: Vocabulary, watch: Watch) -> list[Problem]:
    """Everything wrong in *sources*, in this process."""
    built = build(sources, vocabulary, watch)
    found = list(built.problems)
    for pair in built.pairs:
        watch(pair.document.source.file)
        found += wording_problems(pair.document, pair.form)
        if pair.translated is not None:
            found += wording_problems(pair.translated, pair.form)
    for form, one in built.compiled:
        watch(one.document.source.file, *one.document.place(one.path))
        found += rendered_problems(one, form, vocabulary)
    return sorted(set(found))

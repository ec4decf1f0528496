"""The one checker, for both folders: every problem of every file at once, sorted by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from bot.content.child import Limits, examine
from bot.content.examples import example_problems
from bot.content.kinds import KINDS
from bot.content.library import Vocabulary
from bot.content.loader import build, gather
from bot.content.problem import LANGUAGES, Problem
from bot.content.samples import Samples
from bot.content.shape_dialog import DialogForm
from bot.content.source import Source
from bot.content.translated import Record, behind_problems, load_records
from bot.content.wording import wording_problems

NOTHING: Mapping[str, Record] = MappingProxyType({})


class Watch(Protocol):
    """Is told where the checker goes next."""

    def __call__(self, file: str, line: int = 1, column: int = 1) -> None: ...


def check(dialogs: Path, catalog: Path, limits: Limits | None = None) -> list[Problem]:
    """Everything wrong in both folders, errors and warnings. Runs what is written in them only in a child process."""
    sources, problems = gather(dialogs, catalog)
    records = load_records({"dialogs": dialogs, "challenge_catalog": catalog})
    return sorted([*problems, *examine(sources, limits, records)])


def problems_in(
    sources: Sequence[Source],
    vocabulary: Vocabulary,
    watch: Watch,
    today: date | None = None,
    records: Mapping[str, Record] = NOTHING,
) -> list[Problem]:
    """Everything wrong in *sources*, in this process.

    *today* is for files whose rows grow old; *records* say from which Dutch words each translation was made.
    """
    built = build(sources, vocabulary, watch)
    found = list(built.problems)
    for pair in built.pairs:
        watch(pair.document.source.file)
        found += wording_problems(pair.document, pair.form)
        if pair.translated is not None:
            found += wording_problems(pair.translated, pair.form)
        record = records.get(f"{KINDS[pair.kind].folder}/{pair.key}", {})
        found += behind_problems(pair.document, pair.form, pair.translated, record)
    samples = Samples(vocabulary)
    for form, one in built.compiled:
        watch(one.document.source.file, *one.document.place(one.path))
        found += samples.problems(one, form)
    refused = {problem.file for problem in found if problem.severity == "error"}
    for pair in built.pairs:
        file = pair.document.source.file
        if isinstance(pair.form, DialogForm) and pair.form.examples and file not in refused:
            watch(file, *pair.document.place(("examples",)))
            scripts = [built.library.dialogs[pair.key, spoken] for spoken in LANGUAGES]
            found += example_problems(pair.document, pair.form, scripts, vocabulary)
    for kind, known in KINDS.items():
        own = [source for source in sources if source.kind == kind]
        if known.check is not None and own:
            watch(own[0].file)
            found += known.check(own, today)
    return sorted(set(found))

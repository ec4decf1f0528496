"""What everybody gets now: the texts of the release, with those that were published here in place of theirs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.care.helplines import Helpline, helplines_in
from bot.content.contract import contract_problems
from bot.content.kinds import At
from bot.content.library import Library, Vocabulary
from bot.content.loader import build
from bot.content.problem import LANGUAGES, Language, Problem
from bot.content.screening import Both, screening_of
from bot.content.source import Kind, Source
from bot.errors import ContentRefused
from dialogs.text import Text

Lines = Mapping[Language, tuple[Helpline, ...]]


@dataclass(frozen=True, slots=True)
class Edition:
    """*outdated*: texts published here that this version of the program cannot play, with the first reason."""

    library: Library
    helplines: Lines
    screening: Both = field(default_factory=dict)
    outdated: Mapping[At, Problem] = field(default_factory=dict)


def overlaid(
    release: Edition,
    ours: Mapping[At, str],
    texts: Mapping[At, list[Source]],
    shipped: Callable[[Kind, str], list[Source]],
    others: Mapping[str, str],
) -> Edition:
    """The *release* with *texts*, whose hashes are *ours*. One that this version cannot play stays out, whole.

    *shipped* gives the release's files of a text; *others* are its dialogs with their audience.
    """
    built = build([one for own in texts.values() for one in own], Vocabulary(others=others))
    outdated = errors_in(built.problems, texts)
    for at, own in texts.items():
        outdated = {**errors_in(contract_problems(own, shipped(*at)), texts), **outdated}
    lines, screening = release.helplines, release.screening
    for at, own in texts.items():
        if at[0] == "helplines":
            try:
                lines = lines_of(own)
            except ContentRefused as refused:
                outdated[at] = Problem(own[0].file, 1, 1, "helpline_wrong", (("what", refused.first),))
        if at[0] == "screening":
            try:
                screening = screening_of(own)
            except ContentRefused as refused:
                outdated[at] = Problem(own[0].file, 1, 1, "screening_wrong", (("what", refused.first),))
    good = {at: name for at, name in ours.items() if at not in outdated}
    before, mine = release.library, built.library
    phrases = mine.phrases if ("phrases", "phrases") in good else {}
    library = Library(
        dialogs={
            **before.dialogs,
            **{at: made for at, made in mine.dialogs.items() if ("dialog", at[0]) in good},
        },
        challenges={
            **before.challenges,
            **{at: made for at, made in mine.challenges.items() if ("challenge", at[0]) in good},
        },
        # A sentence that a release added is there, also when ours is older.
        phrases={language: _phrases(before, phrases, language) for language in LANGUAGES},
        revisions={**before.revisions, **good},
    )
    return Edition(library, lines, screening, outdated)


def errors_in(problems: Iterable[Problem], texts: Mapping[At, list[Source]]) -> dict[At, Problem]:
    """The first error in each of *texts* that has one."""
    files = {one.file: at for at, own in texts.items() for one in own}
    found: dict[At, Problem] = {}
    for problem in problems:
        if problem.severity == "error" and problem.file in files:
            found.setdefault(files[problem.file], problem)
    return found


def texts_of(sources: Iterable[Source]) -> tuple[str, str]:
    """The Dutch and English file; empty when there is none."""
    texts = {one.language: one.content.decode("utf-8") for one in sources}
    return texts.get("nl", ""), texts.get("en", "")


def lines_of(sources: Iterable[Source]) -> Lines:
    """The helplines in both files. ``ContentRefused`` when a row is not right."""
    nl, en = texts_of(sources)
    return {"nl": helplines_in(nl, nl, "nl"), "en": helplines_in(nl, en or nl, "en")}


def _phrases(
    release: Library, ours: Mapping[Language, Mapping[str, Text]], language: Language
) -> Mapping[str, Text]:
    return {**release.phrases[language], **ours.get(language, {})}

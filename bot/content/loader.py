"""The one loader: files in, a library out, or every problem at once. Both folders, both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.content.cage import Cage
from bot.content.catalog import challenge
from bot.content.challenge import challenge_problems
from bot.content.form import filled
from bot.content.library import Library, Vocabulary, revision
from bot.content.problem import LANGUAGES, ContentProblems, Language, Problem
from bot.content.scripts import script
from bot.content.sentences import Compiled, Compiler, fields
from bot.content.shape import PhrasesForm
from bot.content.shape_challenge import ChallengeForm, ChallengeWords
from bot.content.shape_dialog import DialogForm
from bot.content.shape_sentence import Form
from bot.content.source import MAX_BYTES, Document, Kind, Source, read
from bot.content.structure import dialog_problems
from bot.content.translation import translation_problems
from challenge_catalog.model import Challenge
from dialogs.script import Script
from dialogs.text import Text

PHRASES: Literal["phrases"] = "phrases"
SCRIPTED: frozenset[Kind] = frozenset({"dialog", "challenge", PHRASES})
"""Kinds of files that become a part of the library; others have a form of their own."""

NO_DIALOGS = frozenset({"helplines", "screening"})
"""Files beside the dialogs that other parts of the bot read."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One dialog, challenge or set of phrases: the Dutch file that leads, and its translation if it is readable."""

    kind: Kind
    key: str
    document: Document
    form: Form
    translated: Document | None = None
    words: Form | None = None


def load_folder(dialogs: Path, catalog: Path, vocabulary: Vocabulary | None = None) -> Library:
    """Everything in both folders, compiled.

    Raises ``ContentProblems`` (a ``ContentRefused``) with every error; warnings are only for ``check``.
    """
    return load(*gather(dialogs, catalog), vocabulary)


def load(
    sources: Iterable[Source], problems: Iterable[Problem], vocabulary: Vocabulary | None = None
) -> Library:
    """The library in *sources*; ``ContentProblems`` with every error, also those in *problems*."""
    built = build(sources, vocabulary or Vocabulary())
    errors = [problem for problem in (*problems, *built.problems) if problem.severity == "error"]
    if errors:
        raise ContentProblems(errors)
    return built.library


def gather(dialogs: Path, catalog: Path) -> tuple[list[Source], list[Problem]]:
    """The content files of both folders, unread, and which folders or names are not as they are meant to be."""
    sources: list[Source] = []
    problems: list[Problem] = []
    folders: tuple[tuple[Path, Kind], ...] = ((dialogs, "dialog"), (catalog, "challenge"))
    for folder, kind in folders:
        for language in LANGUAGES:
            place, shown = folder / language, f"{folder.name}/{language}"
            if not place.is_dir():
                problems.append(Problem(shown, 1, 1, "no_folder"))
                continue
            for path in sorted(place.iterdir()):
                file = f"{shown}/{path.name}"
                if path.suffix == ".yml":
                    problems.append(Problem(file, 1, 1, "not_yaml"))
                if path.suffix != ".yaml" or (kind == "dialog" and path.stem in NO_DIALOGS):
                    continue
                own: Kind = PHRASES if kind == "dialog" and path.stem == PHRASES else kind
                try:
                    with path.open("rb") as opened:
                        sources.append(Source(own, path.stem, language, file, opened.read(MAX_BYTES + 1)))
                except OSError:
                    problems.append(Problem(file, 1, 1, "unreadable"))
    return sources, problems


@dataclass(frozen=True, slots=True)
class Built:
    """A library with all that was found while it was made. It may be used only when no problem is an error."""

    library: Library
    pairs: tuple[Pair, ...]
    problems: tuple[Problem, ...]
    compiled: tuple[tuple[Form, Compiled], ...]


def build(
    sources: Iterable[Source], vocabulary: Vocabulary, watch: Callable[[str], None] = lambda file: None
) -> Built:
    """The library in *sources*. *watch* is told each file before it is read or compiled."""
    given = {
        (source.kind, source.key, source.language): source for source in sources if source.kind in SCRIPTED
    }
    pairs, problems = _paired(given, watch)
    cages = {language: Cage(language) for language in LANGUAGES}
    dialogs: dict[tuple[str, Language], Script] = {}
    challenges: dict[tuple[str, Language], Challenge] = {}
    phrases: dict[Language, Mapping[str, Text]] = {language: {} for language in LANGUAGES}
    compiled: list[tuple[Form, Compiled]] = []
    names = frozenset(key for kind, key, _ in given if kind == "dialog") | vocabulary.others.keys()
    audiences = {
        **vocabulary.others,
        **{pair.key: pair.form.audience for pair in pairs if isinstance(pair.form, DialogForm)},
    }
    not_for_youth = frozenset(key for key, audience in audiences.items() if audience != "youth")
    for pair in pairs:
        watch(pair.document.source.file)
        facts = None if pair.kind == "phrases" else vocabulary.facts.keys()
        problems += translation_problems(pair.document, pair.form, pair.translated, cages, facts)
        problems += _structure(pair, vocabulary, names, not_for_youth)
        for language in LANGUAGES:
            # What may be spent is spent on one language at a time: small sentences of ours stand together in one file.
            watch(pair.document.source.file)
            compiler = _compiler(pair, cages, language, facts)
            match pair.form:
                case DialogForm():
                    dialogs[pair.key, language] = script(pair.form, compiler)
                case ChallengeForm():
                    words = (
                        pair.words if language == "en" and isinstance(pair.words, ChallengeWords) else None
                    )
                    challenges[pair.key, language] = challenge(pair.form, words)
                case PhrasesForm():
                    phrases[language] = {name: compiler.text(("phrases", name)) for name in pair.form.phrases}
            problems += compiler.problems
            compiled += [(pair.form, one) for one in compiler.compiled]
    library = Library(dialogs, challenges, phrases, _revisions(pairs))
    return Built(library, tuple(pairs), tuple(sorted(set(problems))), tuple(compiled))


def _structure(
    pair: Pair, vocabulary: Vocabulary, names: frozenset[str], not_for_youth: frozenset[str]
) -> list[Problem]:
    match pair.form:
        case DialogForm():
            return dialog_problems(pair.document, pair.form, vocabulary, names)
        case ChallengeForm():
            return challenge_problems(pair.document, pair.form, pair.translated, names - not_for_youth)
        case _:
            return []


def _compiler(
    pair: Pair, cages: Mapping[Language, Cage], language: Language, facts: Set[str] | None
) -> Compiler:
    own = pair.document if language == "nl" else pair.translated
    saved = fields(pair.form) if isinstance(pair.form, DialogForm) else frozenset[str]()
    return Compiler(cages[language], cages["nl"], pair.document, own, facts, saved)


def _revisions(pairs: Iterable[Pair]) -> Mapping[tuple[Kind, str], str]:
    return {
        (pair.kind, pair.key): revision(
            pair.kind,
            pair.key,
            pair.document.source.content,
            pair.translated.source.content if pair.translated else b"",
        )
        for pair in pairs
    }


def _paired(
    given: Mapping[tuple[Kind, str, Language], Source], watch: Callable[[str], None]
) -> tuple[list[Pair], list[Problem]]:
    pairs: list[Pair] = []
    problems: list[Problem] = []
    seen: dict[tuple[Kind, str, Language], tuple[Document, Form] | None] = {}
    for at, source in given.items():
        seen[at] = None
        watch(source.file)
        document, found = read(source)
        problems += found
        if document is None:
            continue
        form, found = filled(document)
        problems += found
        if form is None:
            continue
        named = document.data.get(source.kind)
        if source.kind != "phrases" and named != source.key:
            problems.append(document.problem((source.kind,), "wrong_name", word=str(named), name=source.key))
        seen[at] = document, form
    for (kind, key, language), one in seen.items():
        if one is None:
            continue
        if language != "nl":
            if (kind, key, "nl") not in given:
                problems.append(one[0].problem((), "no_original", name=key))
            continue
        other = seen.get((kind, key, "en"))
        pairs.append(Pair(kind, key, *one, *(other or (None, None))))
        if (kind, key, "en") not in given:
            problems.append(one[0].problem((), "no_translation", "warning", name=key))
    return pairs, problems

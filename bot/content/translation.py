"""Whether the English file says the same as the Dutch one: every sentence, nothing more, the same facts in the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from bot.content.cage import Cage
from bot.content.problem import Language, Problem
from bot.content.sentences import OWN_NAMES, sentence_paths, words_at
from bot.content.shape import PhrasesForm
from bot.content.shape_challenge import ChallengeForm
from bot.content.shape_dialog import DialogForm
from bot.content.shape_sentence import Form
from bot.content.source import Document, Path
from bot.content.templates import Unfit, parsed

_ENTRIES = ("steps", "choices", "examples", "predictions", "phrases")
"""Mappings whose keys are names of our own; the other keys are words of the form."""
_SENTENCES = ("say", "skip", "several", "scale", "percent", "text", "where", "with_adult", "story")


def paths_of(form: Form) -> Iterator[Path]:
    """Every sentence of *form* that wants a translation."""
    match form:
        case DialogForm():
            yield from sentence_paths(form)
        case PhrasesForm():
            yield from (("phrases", key) for key in form.phrases)
        case ChallengeForm():
            yield from (("title",), ("about",))
            for key, step in form.steps.items():
                here: Path = ("steps", key)
                yield from ((*here, name) for name in ("title", "do", "take_to_meeting", "tip"))
                yield from ((*here, "predictions", name) for name in step.predictions)
                yield from ((*here, name) for name in ("where", "with_adult") if getattr(step, name))
                yield from ((*here, "story", name) for name in ("say", "origin") if step.story)


def translation_problems(
    base: Document, form: Form, own: Document | None, cages: Mapping[Language, Cage], known: Set[str] | None
) -> list[Problem]:
    """What *own*, the translation of *base*, lacks, has too much or fills in differently.

    *known* are the facts a sentence may use; ``None`` for phrases.
    """
    if own is None:
        return []
    found: list[Problem] = []
    for path in paths_of(form):
        here = words_at(own, path)
        there = words_at(base, path)
        if not here:
            line = str(base.place(path)[0])
            found.append(own.problem(path, "missing_translation", "warning", where=_shown(path), line=line))
            continue
        used, meant = _facts(cages["en"], here.values(), known), _facts(cages["nl"], there.values(), known)
        if used is not None and meant is not None and used != meant:
            at = next(iter(here.values()))[0]
            found.append(own.problem(at, "translation_differs", own=_listed(used), base=_listed(meant)))
    told: set[Path] = set()
    for path in _entries(own.data, ()):
        value: Any = base.data
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        if value is None and not any(path[:end] in told for end in range(1, len(path))):
            told.add(path)
            found.append(own.problem(path, "outdated_translation", "warning", where=_shown(path)))
    return found


def _entries(data: Any, path: Path) -> Iterator[Path]:
    """Names of our own in a translation, the outermost first; below an unknown one nothing more is said."""
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        here = (*path, key)
        is_step = len(path) == 2 and path[0] == "steps"
        if (path and path[-1] in _ENTRIES) or key == "later" or (is_step and key in _SENTENCES):
            yield here
        if key not in ("under18", "18plus"):
            yield from _entries(value, here)


def _facts(cage: Cage, words: Iterable[tuple[Path, str]], known: Set[str] | None) -> frozenset[str] | None:
    """The names in the gaps over all bands; ``None`` when a gap is wrong in itself, which is reported elsewhere."""
    names: set[str] = set()
    for _, source in words:
        if "{" not in source:
            continue
        try:
            tree = parsed(cage, source.rstrip())
        except Unfit:
            return None
        if known is not None and tree.names - known - OWN_NAMES:
            return None
        mentions = [mention.split(".") for mention in tree.mentions]
        names |= {".".join(mention[:2]) for mention in mentions if mention[0] in tree.names}
    return frozenset(names)


def _shown(path: Path) -> str:
    return " > ".join(str(part) for part in path)


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "-"

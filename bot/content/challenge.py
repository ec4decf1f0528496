"""What is wrong with a challenge beyond its form: unsafe places, unknown exercises, buttons that do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Set

from bot.content.form import unknown
from bot.content.problem import Problem
from bot.content.samples import MOST_ON_BUTTON, MOST_ON_PHONE
from bot.content.sentences import words_at
from bot.content.shape_challenge import ChallengeForm
from bot.content.source import Document, Path
from bot.content.translation import paths_of
from bot.content.wording import matching

SHOWN_TO_ALL = ("title", "about", "do", "where")
"""Where a place or an act stands that the youngster is invited to; ``with_adult`` may say what not to do."""


def challenge_problems(
    document: Document, form: ChallengeForm, translated: Document | None, exercises: Set[str]
) -> list[Problem]:
    """Everything wrong with *form*, in both languages. *exercises* are the dialogs a youngster can be given.

    Source: care research 6, safety notes for all.
    """
    found = [*_twice(document, form), *_exercises(document, form, exercises)]
    if "under18" in form.bands:
        found += _under18(document, form)
    for own in (document, translated):
        if own is not None:
            found += _words(own, form)
    return found


def _twice(document: Document, form: ChallengeForm) -> Iterator[Problem]:
    for name, values in (("causes", form.causes), ("bands", form.bands)):
        for place, value in enumerate(values):
            if value in values[:place]:
                yield document.problem((name, place), "same_value", word=value)


def _exercises(document: Document, form: ChallengeForm, exercises: Set[str]) -> Iterator[Problem]:
    for key, step in form.steps.items():
        if step.exercise is not None and step.exercise not in exercises:
            yield unknown(document, ("steps", key, "exercise"), "unknown_dialog", step.exercise, exercises)


def _under18(document: Document, form: ChallengeForm) -> Iterator[Problem]:
    for key, step in form.steps.items():
        if step.where is None:
            yield document.problem(("steps", key), "under18_place")
        if step.with_adult is None:
            yield document.problem(("steps", key), "under18_adult")


def _words(own: Document, form: ChallengeForm) -> Iterator[Problem]:
    for path in paths_of(form):
        for at, words in words_at(own, path).values():
            if "{{" in words or "{%" in words:
                yield own.problem(at, "gap_in_challenge")
            if "under18" in form.bands and path[-1] in SHOWN_TO_ALL:
                yield from matching(own, at, words, "unsafe", "error")
            named = path[-1] != "with_adult" or any(matching(own, at, words, "adult", "error"))
            if "under18" in form.bands and not named:
                yield own.problem(at, "no_adult_named")
            if path[-1] == "title" or path[-2:-1] == ("predictions",):
                yield from _too_long(own, at, len(words))


def _too_long(own: Document, at: Path, count: int) -> Iterator[Problem]:
    if count > MOST_ON_BUTTON:
        yield own.problem(at, "label_too_long", count=str(count), limit=str(MOST_ON_BUTTON))
    elif count > MOST_ON_PHONE:
        yield own.problem(at, "label_long", "warning", count=str(count), limit=str(MOST_ON_PHONE))

"""The model measured on authors it has not read, and its thresholds chosen on those scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from statistics import fmean

from bot.safety.detector import Weighed, heaviest, weigh
from bot.safety.training.corpus import Item
from bot.safety.training.fit import DEFAULT_THRESHOLDS, SEED, examples_of, speller_of, train

FOLDS = 5
FALSE_ORDINARY = 0.02
FALSE_LOOKALIKE = 0.06
"""Shares of false alerts out of fold, each author counting alike; our texts without danger were written to be hard."""

CONCERN_ORDINARY = 0.14
"""Share of ordinary text that may be asked about or alerted, out of fold and each author counting alike."""
CONCERN_FROM = 0.2
"""No question is asked below this: on the sentences kept apart -0.2 found half a point more and asked a third more."""


Scores = Mapping[str, Sequence[Weighed]]


def out_of_fold(
    items: Sequence[Item], say: Callable[[str], None] = lambda line: None
) -> dict[str, list[Weighed]]:
    """Scores per text of everything that was written, each by a model that read nothing of its author."""
    speller = speller_of(items)
    examples = examples_of(items, speller)
    part_of = parts_of(items)
    scores = {}
    for part in sorted({part_of[item.writer] for item in items if item.made == "written"}):
        say(f"without {part}")
        rest = [one for one in examples if part_of[one.item.writer] != part]
        model = train(rest, speller, kinds=False).model
        for item in items:
            if item.made == "written" and part_of[item.writer] == part:
                scores[item.text] = weigh(item.text, model)
    return scores


def parts_of(items: Sequence[Item]) -> dict[str, str]:
    """Which part each writer is left out with: the whole author; a fifth of the writers when there is one author."""
    authors = {item.writer: item.author for item in items}
    if len(set(authors.values())) > 1:
        return authors
    writers = sorted(authors)
    Random(SEED).shuffle(writers)  # noqa: S311  folds are no secret
    return {writer: f"part {at % FOLDS + 1}" for at, writer in enumerate(writers)}


def choose_thresholds(items: Sequence[Item], scores: Scores) -> dict[str, float]:
    """The lowest thresholds by which false alerts and questions stay within the limits above."""
    none = [item for item in items if scores.get(item.text) and item.label == "none"]
    ordinary = [item for item in none if not item.lookalike]
    lookalike = [item for item in none if item.lookalike]
    thresholds = dict(DEFAULT_THRESHOLDS)

    def share(of: Sequence[Item], labels: tuple[str, ...]) -> float:
        by_author: dict[str, list[bool]] = {}
        for item in of:
            label = heaviest(scores[item.text], thresholds)[0]
            by_author.setdefault(item.author, []).append(label in labels)
        return fmean(fmean(wrong) for wrong in by_author.values()) if by_author else 0.0

    steps = [step / 20 for step in range(-40, 81)]
    thresholds["concern"] = 99.0
    for thresholds["crisis"] in steps:
        if (
            share(ordinary, ("crisis",)) <= FALSE_ORDINARY
            and share(lookalike, ("crisis",)) <= FALSE_LOOKALIKE
        ):
            break
    for thresholds["concern"] in (step for step in steps if step >= CONCERN_FROM):
        if share(ordinary, ("crisis", "concern")) <= CONCERN_ORDINARY:
            break
    return thresholds

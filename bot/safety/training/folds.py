"""The model measured on writers it has not read, and its thresholds chosen on those scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from bot.safety.detector import Weighed, heaviest, weigh
from bot.safety.training.corpus import Item
from bot.safety.training.fit import DEFAULT_THRESHOLDS, SEED, examples_of, speller_of, train

FOLDS = 5
FALSE_ORDINARY = 0.02
FALSE_LOOKALIKE = 0.06
"""Shares of false alerts out of fold; our texts without danger were written to be hard."""

CONCERN_ORDINARY = 0.11
"""Share of ordinary text that may be asked about or alerted, out of fold."""

Scores = Mapping[str, Sequence[Weighed]]


def out_of_fold(
    items: Sequence[Item], say: Callable[[str], None] = lambda line: None
) -> dict[str, list[Weighed]]:
    """Scores per text of everything that was written, each by a model that read nothing of its writer."""
    speller = speller_of(items)
    examples = examples_of(items, speller)
    writers = sorted({item.writer for item in items if item.made == "written"})
    Random(SEED).shuffle(writers)  # noqa: S311  folds are no secret
    fold_of = {writer: at % FOLDS for at, writer in enumerate(writers)}
    scores = {}
    for fold in range(FOLDS):
        say(f"fold {fold + 1} of {FOLDS}")
        model = train(
            [one for one in examples if fold_of.get(one.item.writer) != fold], speller, kinds=False
        ).model
        for item in items:
            if item.made == "written" and fold_of[item.writer] == fold:
                scores[item.text] = weigh(item.text, model)
    return scores


def choose_thresholds(items: Sequence[Item], scores: Scores) -> dict[str, float]:
    """The lowest thresholds by which false alerts and questions to the first author stay within the limits above."""
    none = [
        item for item in items if scores.get(item.text) and item.label == "none" and item.author == "first"
    ]
    ordinary = [item for item in none if not item.lookalike]
    lookalike = [item for item in none if item.lookalike]
    thresholds = dict(DEFAULT_THRESHOLDS)

    def share(of: Sequence[Item], labels: tuple[str, ...]) -> float:
        found = [heaviest(scores[item.text], thresholds)[0] for item in of]
        return sum(label in labels for label in found) / max(1, len(of))

    steps = [step / 20 for step in range(-40, 81)]
    thresholds["concern"] = 99.0
    for thresholds["crisis"] in steps:
        if (
            share(ordinary, ("crisis",)) <= FALSE_ORDINARY
            and share(lookalike, ("crisis",)) <= FALSE_LOOKALIKE
        ):
            break
    for thresholds["concern"] in steps:
        if share(ordinary, ("crisis", "concern")) <= CONCERN_ORDINARY:
            break
    return thresholds

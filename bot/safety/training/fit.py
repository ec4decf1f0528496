"""Trains the model with scikit-learn. The same corpus gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from bot.safety.context import context
from bot.safety.detector import look, pieces, words_in
from bot.safety.features import SIZE, Features
from bot.safety.finding import KINDS
from bot.safety.lexicon import lexicon
from bot.safety.model import HEADS, KIND_BITS, Model, digest, kind_buckets, pair
from bot.safety.spelling import Speller
from bot.safety.training.corpus import Item
from bot.safety.training.typos import with_typos

STRENGTH = 12.0
"""Inverse of the regularisation of scikit-learn (C)."""

PARTS = ((0,), (1,), (2, 3, 4))
"""Groups of features that are learned apart and added: each has to know danger by itself. Errs less out of fold."""

SHARES = (2 / 3, 1 / 3, 1 / 3)
"""What each of these parts counts for, chosen with whole authors left out."""

WELL_SPELLED = 3
"""A word typed this often counts as well spelled."""

WEIGHTS = {"written": 1.0, "template": 0.5, "typo": 0.5}
AUTHORS = {"first": 0.5, "fifth": 2.0, "sixth": 2.0, "seventh": 2.0}
"""What a text of an author counts for: the first wrote most and must not drown the last three, who knew no pattern."""

KIND_STRENGTH = 4.0
TOLERANCE = 1e-3
PIECE_WEIGHT = 0.5
SEED = 20
DEFAULT_THRESHOLDS = {"crisis": 0.0, "concern": 0.0, "per_piece": 0.5}
FULL = 127
SAMPLES = 30


class ScikitMissing(ImportError):
    """scikit-learn is not installed."""


@dataclass(frozen=True, slots=True)
class Example:
    """What the trainer sees of an item or of a piece of it."""

    item: Item
    found: Features
    weight: float


@dataclass(frozen=True, slots=True)
class Trained:
    """The model, and of some texts the scores that scikit-learn itself gave them, before rounding to bytes."""

    model: Model
    samples: list[dict[str, Any]]


def speller_of(items: Iterable[Item]) -> Speller:
    """A speller that knows the words of the lexicon and those that are typed often in *items*."""
    counted = Counter(word for item in items if item.made != "typo" for word in words_in(item.text))
    often = [word for word, times in counted.most_common() if times >= WELL_SPELLED]
    return Speller([*often, *(word for word in lexicon().words if word not in counted or counted[word] < 3)])


def examples_of(items: Sequence[Item], speller: Speller, *, typos: bool = True) -> list[Example]:
    """Every item, and one copy with slips of each written one. Ordinary long texts are taken piece by piece."""
    context()
    random = Random(SEED)  # noqa: S311  slips of the keyboard are no secret
    examples = []
    for item in items:
        weight = AUTHORS.get(item.author, 1.0)
        examples.append(_example(item, item.text, speller, weight * WEIGHTS[item.made]))
        tokens = words_in(item.text)
        if item.label == "none":
            rest = list(pieces(tokens))[1:]
            examples += [Example(item, look(piece, speller).found, weight * PIECE_WEIGHT) for piece in rest]
        if typos and item.made == "written":
            examples.append(_example(item, with_typos(item.text, random), speller, weight * WEIGHTS["typo"]))
    return examples


def _example(item: Item, text: str, speller: Speller, weight: float) -> Example:
    return Example(item, look(words_in(text), speller).found, weight)


def train(
    examples: Sequence[Example],
    speller: Speller,
    thresholds: Mapping[str, float] = DEFAULT_THRESHOLDS,
    *,
    kinds: bool = True,
) -> Trained:
    """The model that *examples* teach; ``ScikitMissing`` without scikit-learn."""
    matrices = [_matrix([[one.found[at] for at in part] for one in examples], SIZE) for part in PARTS]
    weights = [example.weight for example in examples]
    wanted: tuple[Callable[[Item], bool], ...] = (_is_crisis, lambda item: item.label != "none")
    tables, scales, biases, scores = [], [], [], []
    for is_positive in wanted:
        answers = [is_positive(example.item) for example in examples]
        fitted = _sum([_fit(matrix, answers, weights, STRENGTH) for matrix in matrices])
        scale = max(map(abs, fitted.row)) / FULL or 1.0
        tables.append(array("b", [round(weight / scale) for weight in fitted.row]))
        scales.append(scale)
        biases.append(fitted.bias)
        scores.append(fitted.scores)
    rows, kind_biases, kind_scale = _kinds(examples) if kinds else ({}, {}, 1.0)
    model = Model(
        tables=tuple(tables),
        scales=tuple(scales),
        biases=tuple(biases),
        kinds=rows,
        kind_biases=kind_biases,
        kind_scale=kind_scale,
        thresholds=dict(thresholds),
        speller=speller,
        paired=pair(tuple(tables)),
    )
    short = [at for at, one in enumerate(examples) if one.item.made == "template"]
    chosen = short[:: max(1, len(short) // SAMPLES)]
    samples = [{"text": examples[at].item.text, "scores": [head[at] for head in scores]} for at in chosen]
    return Trained(model, samples)


def _is_crisis(item: Item) -> bool:
    return item.label == "crisis"


def _kinds(examples: Sequence[Example]) -> tuple[dict[str, array[int]], dict[str, float], float]:
    told = [one for one in examples if one.item.danger in KINDS]
    matrix = _matrix([(kind_buckets(one.found),) for one in told], 1 << KIND_BITS)
    weights = [one.weight for one in told]
    fitted = {}
    for kind in KINDS:
        answers = [one.item.danger == kind for one in told]
        if any(answers) and not all(answers):
            fitted[kind] = _fit(matrix, answers, weights, KIND_STRENGTH)
    scale = max((abs(weight) for one in fitted.values() for weight in one.row), default=1.0) / FULL
    rows = {kind: array("b", [round(weight / scale) for weight in one.row]) for kind, one in fitted.items()}
    return rows, {kind: one.bias for kind, one in fitted.items()}, scale


def _matrix(rows: Sequence[Sequence[Sequence[int]]], width: int) -> Any:
    try:
        from scipy.sparse import csr_matrix
    except ImportError:
        raise ScikitMissing from None
    starts, buckets, values = array("q", [0]), array("q"), array("d")
    for groups in rows:
        for group in groups:
            if not group:
                continue
            buckets.extend(group)
            values.extend([len(group) ** -0.5] * len(group))
        starts.append(len(buckets))
    matrix = csr_matrix((values, buckets, starts), shape=(len(rows), width))
    matrix.sum_duplicates()
    return matrix


@dataclass(frozen=True, slots=True)
class Fitted:
    """One head: its weights, its bias and the scores of the examples."""

    row: list[float]
    bias: float
    scores: list[float]


def _fit(matrix: Any, answers: Sequence[bool], weights: Sequence[float], strength: float) -> Fitted:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise ScikitMissing from None
    fitted = LogisticRegression(
        C=strength, solver="liblinear", dual=True, random_state=SEED, max_iter=1000, tol=TOLERANCE
    )
    fitted.fit(matrix, list(answers), sample_weight=list(weights))
    scores = [float(score) for score in fitted.decision_function(matrix)]
    return Fitted([float(weight) for weight in fitted.coef_[0]], float(fitted.intercept_[0]), scores)


def _sum(parts: Sequence[Fitted]) -> Fitted:
    """Models of different buckets as one, each by its share."""

    def shared(values: Sequence[float]) -> float:
        return sum(share * value for share, value in zip(SHARES, values, strict=True))

    return Fitted(
        [shared(weights) for weights in zip(*(part.row for part in parts), strict=True)],
        shared([part.bias for part in parts]),
        [round(shared(scores), 3) for scores in zip(*(part.scores for part in parts), strict=True)],
    )


def save(trained: Trained, folder: Path, corpus: Sequence[Item]) -> None:
    """Write the files of *trained* into *folder*: weights, words, samples, and what they are and were made from."""
    model = trained.model
    weights = b"".join(table.tobytes() for table in (*model.tables, *model.kinds.values()))
    words = "\n".join(model.speller.known).encode() + b"\n"
    told = "\n".join(json.dumps([one.text, one.label, one.kind], ensure_ascii=False) for one in corpus)
    about = {
        "weights": digest(weights),
        "words": digest(words),
        "corpus": hashlib.sha256(told.encode()).hexdigest(),
        "items": len(corpus),
        "size": SIZE,
        "heads": list(HEADS),
        "scales": model.scales,
        "biases": model.biases,
        "thresholds": model.thresholds,
        "kinds": model.kind_biases,
        "kind_scale": model.kind_scale,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.bin").write_bytes(weights)
    (folder / "words.txt").write_bytes(words)
    samples = json.dumps(trained.samples, ensure_ascii=False, indent=0)
    (folder / "samples.json").write_text(samples + "\n", "utf-8")
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")

"""The trained part of the detector: weights in a file, evaluated in plain Python. Pure but for reading its own files.

``model.json`` says what the other files are and what they were made from; ``model.bin`` holds the weights, one signed
byte each; ``words.txt`` the words that count as well spelled.
"""

from __future__ import annotations

import hashlib
import json
import math
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.errors import CompanionError
from bot.safety.features import SIZE, Features
from bot.safety.spelling import Speller

FOLDER = Path(__file__).parent
KIND_BITS = 12
HEADS = ("crisis", "danger")
_SHIFT = 22
_HALF = 1 << (_SHIFT - 1)
"""Two weights lie in one number, the second below: more than any sum of a piece can be."""


class ModelBroken(CompanionError):
    """A file of the detector's model is missing or is not the one that was trained."""


@dataclass(frozen=True, slots=True)
class Model:
    """*tables* and *kinds* hold one row of weights per head and per kind of danger; *paired* is ``pair(tables)``."""

    tables: tuple[array[int], ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    kinds: dict[str, array[int]]
    kind_biases: dict[str, float]
    kind_scale: float
    thresholds: dict[str, float]
    speller: Speller
    paired: list[int]

    def scores(self, found: Features) -> tuple[float, ...]:
        """Per head how far *found* is on the side of danger (log odds)."""
        totals = [0.0] * len(self.tables)
        for own in found:
            if own:
                size = math.sqrt(len(own))
                both = sum(map(self.paired.__getitem__, own))
                second = ((both + _HALF) & (2 * _HALF - 1)) - _HALF
                totals[0] += ((both - second) >> _SHIFT) / size
                totals[1] += second / size
        return tuple(
            bias + scale * total for bias, scale, total in zip(self.biases, self.scales, totals, strict=True)
        )

    def kind(self, found: Features) -> str:
        """The most likely kind of danger, given that there is danger."""
        buckets = kind_buckets(found)
        size = math.sqrt(len(buckets)) or 1.0
        return max(
            self.kinds,
            key=lambda kind: (
                self.kind_biases[kind]
                + self.kind_scale * sum(map(self.kinds[kind].__getitem__, buckets)) / size
            ),
        )


def pair(tables: tuple[array[int], ...]) -> list[int]:
    """Both weights of each bucket in one number, so that a bucket is looked up once."""
    first, second = tables
    known: dict[int, int] = {}
    paired = ((one << _SHIFT) + two for one, two in zip(first, second, strict=True))
    return [known.setdefault(both, both) for both in paired]


def kind_buckets(found: Features) -> list[int]:
    """The words and meanings of *found* in the smaller table of kinds."""
    small = (1 << KIND_BITS) - 1
    return sorted({(bucket ^ (bucket >> KIND_BITS)) & small for group in found[1:3] for bucket in group})


def probability(score: float) -> float:
    """Log odds as a number between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, score))))


def digest(content: bytes) -> str:
    """The hash by which a file is known."""
    return hashlib.sha256(content).hexdigest()


def read_model(folder: Path) -> Model:
    """The model in *folder*; ``ModelBroken`` when a file is missing or not the one described."""
    try:
        about = json.loads((folder / "model.json").read_text("utf-8"))
        weights = (folder / "model.bin").read_bytes()
        words = (folder / "words.txt").read_bytes()
    except (OSError, ValueError) as error:
        raise ModelBroken(f"The detector's model cannot be read: {error}") from None
    if (digest(weights), digest(words)) != (about["weights"], about["words"]) or about["size"] != SIZE:
        raise ModelBroken("The detector's model is not the one that was trained: its hash differs.")
    small = 1 << KIND_BITS
    tables = tuple(array("b", weights[SIZE * at : SIZE * (at + 1)]) for at in range(len(HEADS)))
    rest = weights[SIZE * len(HEADS) :]
    return Model(
        tables=tables,
        scales=tuple(about["scales"]),
        biases=tuple(about["biases"]),
        kinds={
            kind: array("b", rest[small * at : small * (at + 1)]) for at, kind in enumerate(about["kinds"])
        },
        kind_biases=about["kinds"],
        kind_scale=about["kind_scale"],
        thresholds=about["thresholds"],
        speller=Speller(words.decode().split()),
        paired=pair(tables),
    )


@cache
def model() -> Model:
    """The model of the product, read once."""
    return read_model(FOLDER)

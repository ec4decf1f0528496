"""The sentences the model is trained on, and who is meant to have written them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import CompanionError
from bot.safety.normal import normal

FOLDER = Path(__file__).parents[1] / "corpus"
LABELS = ("crisis", "concern", "none")
FIELDS = ("text", "lang", "label", "kind", "writer", "made")

_KIND = {
    "abuse_home": "abuse",
    "partner": "abuse",
    "stalking": "threat",
    "honour": "threat",
    "coercion": "sexual",
    "sextortion": "sexual",
    "grooming": "sexual",
    "staff": "sexual",
    "forced_marriage": "exploitation",
    "homeless": "runaway",
    "friend_in_danger": "friend",
    "selfharm": "self_harm",
    "past_abuse": "abuse",
    "acute": "suicide",
    "goodbye": "suicide",
    "friends": "bullying",
}
_LOOKALIKE = frozenset(
    (
        "hardneg",
        "hyperbole",
        "idiom",
        "negation",
        "game",
        "media",
        "family",
        "sport",
        "relation",
        "anger",
        "poetry",
        "song",
        "joke",
        "friend",
        "substance",
        "eating",
        "grief",
        "goodbye",
        "move",
        "health",
        "hobby",
        "tired",
        "look_alike",
    )
)


_AUTHORS = {
    "n": "second",
    "x": "second",
    "m": "third",
    "o": "third",
    "q": "fourth",
    "r": "fifth",
    "s": "sixth",
    "u": "seventh",
    "v": "eighth",
}


class CorpusWrong(CompanionError):
    """A line of a corpus file is not what it should be."""


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence. *made* says how: written, template (put together by rules) or typo (a copy with slips).

    *plain* marks a plain statement about the writer or a friend, where the author has said so.
    """

    text: str
    lang: str
    label: str
    kind: str
    writer: str
    made: str
    plain: bool = False

    @property
    def lookalike(self) -> bool:
        """Ordinary in what it means, but with words of danger or of what is near to it."""
        return self.label == "none" and self.kind in _LOOKALIKE

    @property
    def author(self) -> str:
        """Which of the real authors imagined the writer."""
        return _AUTHORS.get(self.writer[:1], "first")

    @property
    def danger(self) -> str:
        """The kind of danger as the detector names it; empty for ordinary text."""
        return _KIND.get(self.kind, self.kind) if self.label != "none" else ""


def read_corpus(paths: Sequence[Path]) -> list[Item]:
    """All items of *paths*, the first of equal texts only; ``CorpusWrong`` names the file and line of a mistake."""
    return list(
        {item.text: item for path in reversed(paths) for item in reversed(list(_read(path)))}.values()
    )[::-1]


def standard_files() -> list[Path]:
    """What the model of the product is trained on: every file of the corpus but the ones kept apart."""
    return sorted(path for path in FOLDER.glob("*.jsonl") if path not in {*heldout_files(), *outside_files()})


def training_items(paths: Sequence[Path]) -> list[Item]:
    """All items of *paths* but those that also stand in a file kept apart, however they are typed."""
    apart = {normal(item.text) for item in read_corpus([*heldout_files(), *outside_files()])}
    return [item for item in read_corpus(paths) if normal(item.text) not in apart]


def heldout_files() -> list[Path]:
    """Sentences that no model is trained on and no pattern was changed for."""
    return sorted(FOLDER.glob("heldout*.jsonl"))


def outside_files() -> list[Path]:
    """Sentences by an author who had read neither corpus nor patterns; never trained on, never tuned for."""
    return sorted(FOLDER.glob("outside*.jsonl"))


def _read(path: Path) -> Iterator[Item]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            item = Item(**{field: row[field] for field in FIELDS}, plain=row.get("plain") is True)
        except (ValueError, TypeError, KeyError):
            raise CorpusWrong(f"{path.name}, line {number}: should hold {', '.join(FIELDS)}") from None
        if item.label not in LABELS or not isinstance(item.text, str):
            raise CorpusWrong(f"{path.name}, line {number}: label should be one of {', '.join(LABELS)}")
        yield item

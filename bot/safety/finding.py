"""What the detector says about a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Label = Literal["crisis", "concern", "none"]
About = Literal["self", "other"]

KINDS = (
    "suicide",
    "self_harm",
    "abuse",
    "sexual",
    "threat",
    "harm_others",
    "exploitation",
    "runaway",
    "eating",
    "substance",
    "bullying",
    "friend",
    "mood",
)
"""What the danger is about: chooses the helplines. Stable names, also stored."""


@dataclass(frozen=True, slots=True)
class Finding:
    """*why* holds keys of ``reasons.toml``, the heaviest first; empty for none.

    *kind* is one of ``KINDS`` or empty. *score* is the model's probability of danger now, between 0 and 1.
    *explicit* says that a plain statement was found, whatever the model thinks; *quoted* that the words seem to come
    from a series, a song, a lesson or a game, which lowers crisis to concern; *about* who is in danger.
    """

    label: Label
    why: tuple[str, ...] = ()
    kind: str = ""
    score: float = 0.0
    explicit: bool = False
    quoted: bool = False
    about: About = "self"


NOTHING = Finding("none")

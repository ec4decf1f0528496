"""Which exercises fit: the causes a professional chose decide the order, and mixed causes mix.

Source: care research 1.1, mapping to the cause (Lodder). The professional sets the cause; nothing here infers one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain, zip_longest

from challenge_catalog.model import CAUSES, Cause

EXERCISES = (
    "five_g",
    "helping_thought",
    "positive_log",
    "experiment",
    "kinder",
    "ladder",
    "practice",
    "problem",
    "if_then",
    "places",
    "goal",
    "relapse_plan",
)
"""Every exercise, in the order of the whole list. Each is the name of a dialog."""

BY_CAUSE: dict[Cause, tuple[str, ...]] = {
    "skills": ("ladder", "practice"),
    "access": ("problem", "if_then", "places"),
    "thoughts": ("five_g", "experiment", "positive_log", "helping_thought"),
}

FOR_EVERYBODY = ("goal", "if_then", "kinder")
"""What fits with any cause, after what fits with the own ones."""

NEEDS_CHALLENGE = frozenset({"ladder", "experiment"})
"""What works with the steps of a challenge: before there is one, each only says so. In the whole list they stay."""

MOST = 4


def proposals(
    causes: Collection[str], beside_step: str = "", *, has_challenge: bool = True
) -> tuple[str, ...]:
    """At most four exercises, best first. *beside_step* is the one that the own step names: it comes first.

    Without a known cause all three count. Without a challenge what needs one is left out.
    """
    own = [cause for cause in CAUSES if cause in causes] or list(CAUSES)
    mixed = _interleaved(BY_CAUSE[cause] for cause in own)
    found = chain((beside_step,), mixed, FOR_EVERYBODY)
    fit = (name for name in found if name in EXERCISES and (has_challenge or name not in NEEDS_CHALLENGE))
    return tuple(dict.fromkeys(fit))[:MOST]


def _interleaved(lists: Iterable[tuple[str, ...]]) -> list[str]:
    return [name for rank in zip_longest(*lists) for name in rank if name is not None]

"""Signs in figures and taps: that somebody should look along, that a thought grew, that something surprised. Pure.

Source: care research 1.3 (branch), 1.4 (surprise) and 1.6 (a smaller thought).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

HEAVY = 8
ROSE = 20
SURPRISING = 40
HALF = 50
EMPTY = "leeg"


def chosen(ticked: Mapping[str, object] | None, key: str) -> bool:
    """Whether *key* is among the answers to a question that takes several."""
    return ticked is not None and key in ticked


def heavy(feelings: Mapping[str, object] | None, strength: int | None) -> bool:
    """Feeling empty at 8 or more: better with somebody beside you."""
    return chosen(feelings, EMPTY) and strength is not None and strength >= HEAVY


def rose(before: int | None, after: int | None) -> bool:
    """Whether a thought is believed 20 points more than before."""
    return before is not None and after is not None and after - before >= ROSE


def surprise(belief: int | None, feared: int | None) -> int | None:
    """How much an attempt differed from what was expected: from 100 (sure, and it did not happen) to -100.

    *belief* is the certainty beforehand, *feared* whether it happened, both 0 to 100; none when either is missing.
    """
    return None if belief is None or feared is None else belief - feared


def surprising(belief: int | None, feared: int | None) -> bool:
    """Whether it differed so much that another place teaches more than a harder step: 40 or more."""
    found = surprise(belief, feared)
    return found is not None and found >= SURPRISING


def hardly_believed(believed: int | None) -> bool:
    """Whether a thought that should help is believed for less than half: a smaller one helps more."""
    return believed is not None and believed < HALF


RULES: dict[str, Callable[..., bool]] = {
    "chosen": chosen,
    "heavy": heavy,
    "rose": rose,
    "surprising": surprising,
    "hardly_believed": hardly_believed,
}

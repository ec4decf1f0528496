"""Rules that go beyond a comparison, as named pure functions that a condition in a script may call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dialogs import signs

LARGEST_GAP = 3
GOOD_START = range(3, 6)


def ladder_gap(tensions: Sequence[int]) -> int | None:
    """The place (from 0) of the step after which the ladder jumps by more than 3 points, or ``None``.

    *tensions* are the youngster's ratings 0-10, in any order. Source: care research 1.5, "gap check".
    """
    ordered = sorted(tensions)
    return next(
        (place for place in range(len(ordered) - 1) if ordered[place + 1] - ordered[place] > LARGEST_GAP),
        None,
    )


def has_gap(tensions: Mapping[str, int | None] | None) -> bool:
    """Whether two neighbouring steps of the ladder differ by more than 3. Skipped ratings do not count."""
    return ladder_gap(_rated(tensions)) is not None


def good_start(tension: int | None) -> bool:
    """Whether a step rated *tension* is one to begin with: 3, 4 or 5 (care research 1.5)."""
    return tension is not None and tension in GOOD_START


def has_good_start(tensions: Mapping[str, int | None] | None) -> bool:
    """Whether any step of the ladder is one to begin with."""
    return any(map(good_start, _rated(tensions)))


def first_step(tensions: Mapping[str, int | None]) -> str | None:
    """The step to propose: rated 3-5 and lightest; without such a step the lightest of all (care research 1.5)."""
    rated = [(tension, key) for key, tension in tensions.items() if tension is not None]
    fitting = [pair for pair in rated if good_start(pair[0])]
    return min(fitting or rated, default=(0, None))[1]


def _rated(tensions: Mapping[str, int | None] | None) -> list[int]:
    return [tension for tension in (tensions or {}).values() if tension is not None]


RULES: dict[str, Callable[..., object]] = {
    "has_gap": has_gap,
    "good_start": good_start,
    "has_good_start": has_good_start,
    "first_step": first_step,
    **signs.RULES,
}

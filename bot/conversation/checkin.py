"""What a check-in would send: the parts of one attempt, which of them are left out, and the text. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from bot.storage.challenges import Attempt

WITH, WITHOUT = "with", "without"
FIXED = ("step", "outcome")
"""On the fixed list: always seen, so they cannot be left out."""

PARTS = (
    "prediction",
    "feared",
    "happened",
    "before",
    "tension",
    "after",
    "surprised",
    "learned",
    "belief_again",
)
"""What the youngster may add, in the order in which it is read."""


def parts_of(one: Attempt) -> tuple[str, ...]:
    """The parts that hold something for this attempt."""
    there: Mapping[str, object] = {
        "prediction": one.words.get("prediction"),
        "feared": one.feared,
        "happened": one.words.get("happened"),
        "before": one.tension,
        "tension": one.highest,
        "after": one.after,
        "surprised": one.words.get("surprised"),
        "learned": one.words.get("learned"),
        "belief_again": one.belief_again,
    }
    return tuple(part for part in PARTS if there[part] is not None)


def button(part: str, left_out: frozenset[str]) -> str:
    """The key of a button about a part: what a tap sets, so that the same tap twice is one."""
    return f"{WITH if part in left_out else WITHOUT}-{part}"


def toggled(left_out: frozenset[str], key: object, possible: Collection[str]) -> frozenset[str]:
    """What is left out after a tap; the same when it is no button of these."""
    wish, _, part = str(key).partition("-")
    if part not in possible or wish not in (WITH, WITHOUT):
        return left_out
    return left_out - {part} if wish == WITH else left_out | {part}


def told(one: Attempt, left_out: frozenset[str]) -> tuple[str, ...]:
    """The parts that would be sent beyond the fixed list."""
    return tuple(part for part in parts_of(one) if part not in left_out)


def text(one: Attempt, left_out: frozenset[str], line: Callable[[str, Attempt], str]) -> str:
    """Exactly what the professional gets; *line* words one part."""
    return "\n".join(line(part, one) for part in (*FIXED, *told(one, left_out)))

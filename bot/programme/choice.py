"""Which three challenges a professional is offered for one youngster: by cause, level and what was done. Pure.

The rules of the ladder (care research 1.5) hold between challenges as well as inside one: twice not done is a step
down, done while it stays very tense is the same again somewhere else, and going up is offered, never done by itself.
That somebody practises skills while the thoughts stand in the way helps little (Lodder), so the causes weigh first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from challenge_catalog.model import CAUSES, LEVELS, Cause, Level

PROPOSED = 3
MISSED_TWICE = 2
VERY_TENSE = 7
"""Tension 0-10 after a step from which the next thing asks no more than this one did (care research 1.5)."""

Why = Literal["begin", "down", "again", "same", "up"]
Before = Literal["declined", "resting", "done", "open"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A challenge that may be given to the youngster: approved where that is asked, of their band, not withdrawn."""

    key: str
    causes: tuple[Cause, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class Past:
    """A challenge the youngster had, as the fixed list and what they sent tell it. *did*: how many different steps were
    done; *missed*: how many attempts in a row, up to now, were not done; *after*: the last tension that was sent."""

    key: str
    level: Level
    state: Before
    steps: int
    did: int = 0
    tries: int = 0
    missed: int = 0
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What is known of a youngster. *causes*: what the professional decided; *shares*: of the first talk, 0-1 each."""

    causes: tuple[Cause, ...]
    shares: Mapping[Cause, float] = field(default_factory=dict)
    past: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """*causes*: which of theirs it is for, heaviest first. *why*: how the level follows from what was done; none when
    it is another level than that. *before*: what became of it when they had it."""

    key: str
    causes: tuple[Cause, ...]
    level: Level
    why: Why | None
    before: Before | None = None


def proposals(candidates: Sequence[Candidate], need: Need) -> tuple[Proposal, ...]:
    """At most three, best first. What is open or done is never among them; what they did not want, or let rest, comes
    only when there is nothing else."""
    weights = weights_of(need)
    wanted, why = level_of(need.past)
    before = {one.key: one.state for one in need.past}
    there = [one for one in candidates if before.get(one.key) not in ("open", "done")]

    def order(one: Candidate) -> tuple[bool, float, int, str]:
        fits = sum(weights.get(cause, 0.0) for cause in one.causes)
        others = sum(1 for cause in one.causes if cause not in weights)
        distance = abs(LEVELS.index(one.level) - LEVELS.index(wanted))
        return (one.key in before, -fits, 2 * distance + others, one.key)

    return tuple(
        Proposal(
            one.key,
            tuple(sorted((cause for cause in one.causes if cause in weights), key=lambda it: -weights[it])),
            one.level,
            why if one.level == wanted else None,
            before.get(one.key),
        )
        for one in sorted(there, key=order)[:PROPOSED]
    )


def weights_of(need: Need) -> dict[Cause, float]:
    """How heavily each cause counts: those the professional decided, the heavier the more the first talk showed.

    Without a decision the talk alone counts, and without either no cause does.
    """
    if need.causes:
        return {cause: 1.0 + need.shares.get(cause, 0.0) for cause in CAUSES if cause in need.causes}
    return {cause: share for cause in CAUSES if (share := need.shares.get(cause, 0.0)) > 0}


def level_of(past: Sequence[Past]) -> tuple[Level, Why]:
    """How much the next challenge may ask, and why."""
    tried = [one for one in past if one.tries]
    if not tried:
        return LEVELS[0], "begin"
    last = tried[-1]
    place = LEVELS.index(last.level)
    if last.missed >= MISSED_TWICE:
        return LEVELS[max(place - 1, 0)], "down"
    if last.after is not None and last.after >= VERY_TENSE:
        return last.level, "again"
    if last.state == "done" or 3 * last.did >= 2 * last.steps > 0:
        return LEVELS[min(place + 1, len(LEVELS) - 1)], "up"
    return last.level, "same"

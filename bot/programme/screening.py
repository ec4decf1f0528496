"""The talk before somebody joins, as points: which conditions are open, and which cause stands out. Pure.

The conditions are those of the programme: lonely for a long time and strongly, motivated, able to learn, of the right
age and municipality. The causes are Lodder's three. What follows from it is the professional's decision, never this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Cause = Literal["skills", "access", "thoughts"]
About = Literal["inclusion", "skills", "access", "thoughts"]
Known = Literal["age", "municipality"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
ABOUTS: tuple[About, ...] = get_args(About)
KNOWN: tuple[Known, ...] = get_args(Known)

PROPOSED_FROM = 0.5
"""A cause is proposed when it has half of its points, or is the heaviest of those that have any."""


@dataclass(frozen=True, slots=True)
class Answer:
    """*points*: how heavily it counts; none says nothing, so that the item stays open."""

    key: str
    say: str
    points: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """One question. *known*: the program fills it in. *met*: the answers with which a condition is met."""

    key: str
    about: About
    name: str
    ask: str
    met: frozenset[str] = frozenset()
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """The whole form in one language. *referral*: what is said for each place somebody is helped on to."""

    answers: tuple[Answer, ...]
    items: tuple[Item, ...]
    referral: Mapping[str, str] = field(default_factory=dict)

    def asked(self) -> tuple[Item, ...]:
        """The items that are asked, in order; those the program knows are not."""
        return tuple(one for one in self.items if one.known is None)


@dataclass(frozen=True, slots=True)
class Profile:
    """*met*, *not_met* and *open*: the conditions by key. *points*: share of the points per cause, 0-1, of what was
    answered; none when nothing was. *proposed*: the causes that stand out, heaviest first."""

    met: tuple[str, ...]
    not_met: tuple[str, ...]
    open: tuple[str, ...]
    points: Mapping[Cause, float | None]
    proposed: tuple[Cause, ...]


def profile(form: Screening, given: Mapping[str, str], known: Mapping[Known, bool | None]) -> Profile:
    """What the answers *given* (item to answer) say. *known*: what the program knows; none when it does not."""
    met: list[str] = []
    not_met: list[str] = []
    unsure: list[str] = []
    for item in (one for one in form.items if one.about == "inclusion"):
        fits = known.get(item.known) if item.known else _fits(form, item, given.get(item.key))
        (unsure if fits is None else met if fits else not_met).append(item.key)
    shares = {cause: _share(form, cause, given) for cause in CAUSES}
    there = {cause: share for cause, share in shares.items() if share}
    heaviest = max(there.values(), default=0.0)
    proposed = [one for one, share in there.items() if share >= PROPOSED_FROM or share == heaviest]
    ordered = sorted(proposed, key=lambda one: (-there[one], CAUSES.index(one)))
    return Profile(tuple(met), tuple(not_met), tuple(unsure), shares, tuple(ordered))


def _fits(form: Screening, item: Item, said: str | None) -> bool | None:
    answer = next((one for one in form.answers if one.key == said), None)
    if answer is None or answer.points is None:
        return None
    return answer.key in item.met


def _share(form: Screening, cause: Cause, given: Mapping[str, str]) -> float | None:
    most = max((one.points or 0 for one in form.answers), default=0)
    points = {one.key: one.points for one in form.answers}
    counted = [
        found
        for item in form.items
        if item.about == cause and (found := points.get(given.get(item.key, ""))) is not None
    ]
    return sum(counted) / (most * len(counted)) if counted and most else None

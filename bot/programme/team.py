"""Who leads a group and who looks after its youngsters: what may change without leaving anybody alone. Pure.

Two professionals lead a group in which youngsters are, and each youngster has two who read (the programme's own way of
working: cover, hand-over, holiday).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["main", "backup"]
"""*main*: reads what a youngster sends. *backup*: stands in."""
KINDS: tuple[Kind, ...] = ("main", "backup")
LEADERS = 2
"""So many lead a group in which youngsters are."""


@dataclass(frozen=True, slots=True)
class Leader:
    """*able*: has begun and gets messages. *load*: for how many youngsters they read first."""

    id: int
    able: bool
    load: int = 0


Pair = Mapping[Kind, int]
"""Who looks after a youngster now."""


def takers(leaders: Iterable[Leader], gone: int) -> list[Leader]:
    """Who of the others could take over, who has the fewest youngsters first."""
    return sorted((one for one in leaders if one.id != gone and one.able), key=lambda one: (one.load, one.id))


def heirs(pair: Pair, gone: int, leaders: Sequence[Leader]) -> dict[Kind, int] | None:
    """Who looks after a youngster once *gone* does not. Who stays becomes or stays the first: they are known.

    None when it would be one person alone.
    """
    stays = [pair[kind] for kind in KINDS if pair.get(kind) not in (None, gone)]
    for one in takers(leaders, gone):
        if one.id not in stays:
            stays.append(one.id)
    stays = list(dict.fromkeys(stays))
    return {"main": stays[0], "backup": stays[1]} if len(stays) >= len(KINDS) else None


def may_leave(leaders: Sequence[Leader], gone: int, inside: int) -> Literal["ok", "alone", "last"]:
    """Whether *gone* may stop leading a group with *inside* youngsters. *last*: nobody would be left."""
    left = [one for one in leaders if one.id != gone]
    if not left:
        return "last"
    return "ok" if not inside or len(takers(leaders, gone)) >= LEADERS else "alone"

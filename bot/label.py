"""What people in a list are called. There are no surnames: names alike are told apart by what is known. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a list knows them. *name* is as it was typed, with an initial when one was typed."""

    id: int
    name: str
    group: str
    since: str


def labels(people: Sequence[Named]) -> Mapping[int, str]:
    """A label for each: the name, and only for names alike the group, then since when, then a number.

    Two people never get the same label, and what somebody is called does not hang on the order of the list.
    """
    ordered = sorted(people, key=lambda one: one.id)
    groups = shortened([one.group for one in ordered])
    steps: list[Callable[[Named], str]] = [
        lambda one: " ".join(one.name.split()),
        lambda one: _with(one, groups[one.group]),
        lambda one: _with(one, f"{groups[one.group]}, {one.since}" if groups[one.group] else one.since),
    ]
    found: dict[int, str] = {}
    left = ordered
    taken: set[str] = set()
    for step in steps:
        counted = Counter(step(one).casefold() for one in left)
        for one in left:
            said = step(one)
            if counted[said.casefold()] == 1 and said.casefold() not in taken:
                found[one.id] = said
        left = [one for one in left if one.id not in found]
        taken.update(said.casefold() for said in found.values())
    for one in left:
        number, said = 1, ""
        while not said or said.casefold() in taken:
            said = f"{' '.join(one.name.split())} ({number})"
            number += 1
        taken.add(said.casefold())
        found[one.id] = said
    return found


def shortened(groups: Sequence[str]) -> Mapping[str, str]:
    """The names of groups without the words they all begin with: *Join Us 18-25* beside *Join Us 12-18* is *18-25*.

    One group alone tells nobody apart: its name is left out.
    """
    split = {one: one.split() for one in groups}
    if len(split) < 2:
        return dict.fromkeys(groups, "")
    common = 0
    shortest = min(len(words) for words in split.values())
    while common < shortest - 1 and len({words[common] for words in split.values()}) == 1:
        common += 1
    return {one: " ".join(words[common:]) for one, words in split.items()}


def _with(one: Named, more: str) -> str:
    name = " ".join(one.name.split())
    return f"{name} ({more})" if more else name

"""A long list of buttons in pages.

The step named ``<list>_on`` shows the next, ``<list>_back`` the one before, ``<list>_first`` begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from bot.conversation.asked import Asked
from bot.conversation.deed import Deed, Outcome

ON, BACK, FIRST = "_on", "_back", "_first"
ROWS, DAYS = 8, 21
"""So many buttons a page; of days that stand beside each other three weeks."""
T = TypeVar("T")


def first(names: Collection[str]) -> Mapping[str, int]:
    """What the subject of a dialog says when its lists begin anew."""
    return {_row(name): 0 for name in names}


def page(ask: Asked, name: str, found: Sequence[T], size: int = ROWS) -> Sequence[T]:
    """The part of a list that is shown now."""
    at = min(ask.state.subject.get(_row(name), 0), max(0, (len(found) - 1) // size))
    return found[at * size : (at + 1) * size]


def has_next(ask: Asked, name: str, found: Sequence[T], size: int = ROWS) -> bool:
    return len(found) > (ask.state.subject.get(_row(name), 0) + 1) * size


def has_previous(ask: Asked, name: str) -> bool:
    return ask.state.subject.get(_row(name), 0) > 0


def _turn(by: int, suffix: str) -> Callable[[Deed], Outcome]:
    def turn(deed: Deed) -> Outcome:
        row = _row(str(deed.session.state.at).removesuffix(suffix))
        return Outcome("ok", {row: max(0, deed.session.state.subject.get(row, 0) + by)})

    return turn


def _anew(deed: Deed) -> Outcome:
    return Outcome("ok", {_row(str(deed.session.state.at).removesuffix(FIRST)): 0})


def _row(name: str) -> str:
    return f"page_{name}"


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "show_next_page": _turn(1, ON),
    "show_previous_page": _turn(-1, BACK),
    "show_first_page": _anew,
}

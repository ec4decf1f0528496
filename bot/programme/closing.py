"""A group or an organisation that closes: how long before it is said, and who needs a way to go on. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from bot.programme.lifecycle import Phase

Way = Literal["group", "outflow", "ends"]
"""*group*: another group. *outflow*: going on alone, with a goodbye. *ends*: stopping, for who does not take part."""
Refusal = Literal["past", "soon"]

NOTICE = timedelta(weeks=4)
"""So long before, at the least, youngsters hear that their group closes: time for two evenings and a talk."""
WEEKS_OFFERED = (4, 8, 12)
KEPT = timedelta(days=14)
"""From the last day until who has left for good is erased."""
ON_THE_WAY_OUT: frozenset[Phase] = frozenset({"outflow", "aftercare", "left", "referred", "erased"})
"""Whose way is known already."""
SAYS_GOODBYE: frozenset[Phase | None] = frozenset({"participating", "paused", None})
"""Who can go on alone with a goodbye; of whom nothing is recorded takes part."""


def needs_way(phase: Phase | None, *, died: bool) -> bool:
    """Whether the group can only close once it is known how this youngster goes on."""
    return not died and phase not in ON_THE_WAY_OUT


def alone(phase: Phase | None) -> Way:
    """How somebody goes on without a group."""
    return "outflow" if phase in SAYS_GOODBYE else "ends"


def refusal(closes_on: date, today: date, without_way: int) -> Refusal | None:
    """Why a group cannot close on that day; with nobody inside it can be today."""
    if closes_on < today:
        return "past"
    return "soon" if without_way and closes_on < today + NOTICE else None

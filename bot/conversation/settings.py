"""How the bot speaks to a youngster: short or with explanation, and as often as usual or less."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.conversation.asked import Asked
from bot.conversation.deed import OK, Deed, Outcome
from bot.storage import preferences

EXPLAINED, QUIETER = "explained", "quieter"
OFFERED_AFTER = timedelta(weeks=2)
"""From then on the menu offers the short form, until a choice was made."""


def explained(ask: Asked) -> bool:
    """With explanation, unless they chose the short form."""
    return preferences.get(ask.turn.conn, ask.person.id, EXPLAINED) != "no"


def offers_short(ask: Asked) -> bool:
    """Whether somebody knows the bot long enough to be offered the short form, and never chose."""
    began = ask.person.began_at
    known = began is not None and ask.turn.now - began >= OFFERED_AFTER
    return known and preferences.get(ask.turn.conn, ask.person.id, EXPLAINED) is None


def set_explained(deed: Deed) -> Outcome:
    value = "no" if str(deed.answer("form")) == "kort" else "yes"
    preferences.put(deed.turn.conn, deed.person.id, EXPLAINED, value, deed.turn.now)
    return OK


def be_quieter(deed: Deed) -> Outcome:
    preferences.put(deed.turn.conn, deed.person.id, QUIETER, "yes", deed.turn.now)
    return OK


def be_usual(deed: Deed) -> Outcome:
    preferences.drop(deed.turn.conn, deed.person.id, QUIETER, deed.turn.now)
    return OK


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "set_explained": set_explained,
    "be_quieter": be_quieter,
    "be_usual": be_usual,
}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "explained": explained,
    "offers_short": offers_short,
    "quieter": lambda ask: preferences.get(ask.turn.conn, ask.person.id, QUIETER) is not None,
}

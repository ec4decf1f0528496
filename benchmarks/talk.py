"""The talk that every bot is measured on: a step is planned, done, told about and kept; sixteen turns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

OWN_WORDS = "Ze groette terug."
"""How everything begins that a scripted user types; what follows is theirs alone."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What the user does, and which button the answer must show (``""``: no button of the dialog at all).

    *pick* and *shows* are patterns of choices, the last part of a button's data. *own_words*: the answer must quote
    what this user typed in this very talk. *also*: a button of the question that follows the answer by itself.
    """

    do: Literal["menu", "tap", "type"]
    pick: str
    shows: str
    own_words: bool = False
    also: str = ""


DAY = r"\d{4}-\d\d-\d\d"
HOUR = r"\d{4}"
TURNS = (
    Turn("menu", "", "stap"),
    Turn("tap", "stap", "plannen"),
    Turn("tap", "plannen", DAY),
    Turn("tap", DAY, HOUR),
    Turn("tap", HOUR, "genoeg"),
    Turn("tap", "genoeg", ""),
    Turn("menu", "", "hoe"),
    Turn("tap", "hoe", "gedaan"),
    Turn("tap", "gedaan", "meer"),
    Turn("tap", "meer", "gestopt"),
    Turn("type", "", "7"),
    Turn("tap", "7", "4"),
    Turn("tap", "4", "aardig"),
    Turn("type", "", "viel_mee"),
    Turn("type", "", "niet", own_words=True),
    Turn("tap", "niet", "", also=r"\d+"),
)


def choice_of(data: str) -> str:
    """The choice in the data of a button: ``d.7.2.stap`` is *stap*; a fixed button has none."""
    kind, _, rest = data.partition(".")
    return rest.rsplit(".", 1)[-1] if kind == "d" else ""


def picked(pattern: str, data: list[str]) -> str | None:
    """The first button whose choice is *pattern*."""
    return next((one for one in data if re.fullmatch(pattern, choice_of(one))), None)


def fits(turn: Turn, text: str, data: list[str], own_words: str) -> bool:
    """Whether an answer is the one this turn must get."""
    # The companion breaks up long numbers with a sign that nobody sees, so that Telegram makes no link of them.
    if turn.own_words and own_words not in text.replace("\u2060", ""):
        return False
    if turn.shows:
        return picked(turn.shows, data) is not None
    return not any(choice_of(one) for one in data)

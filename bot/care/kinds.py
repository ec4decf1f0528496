"""From what a text seems to be about to the conversation and the helplines that fit. Pure."""

from __future__ import annotations

from typing import Literal

Branch = Literal["suicide", "unsafe", "body", "harm", "friend"]

_BRANCHES: dict[str, Branch] = {
    "suicide": "suicide",
    "self_harm": "suicide",
    "mood": "suicide",
    "abuse": "unsafe",
    "sexual": "unsafe",
    "threat": "unsafe",
    "exploitation": "unsafe",
    "bullying": "unsafe",
    "runaway": "unsafe",
    "eating": "body",
    "substance": "body",
    "harm_others": "harm",
    "friend": "friend",
}

HELP: dict[str, str] = {
    "suicide": "suicide",
    "self_harm": "self_harm",
    "mood": "talk",
    "abuse": "abuse",
    "sexual": "sexual",
    "threat": "threat",
    "exploitation": "sextortion",
    "bullying": "talk",
    "runaway": "outside",
    "eating": "eating",
    "substance": "eating",
    "harm_others": "harm_others",
    "friend": "friend",
}
"""The kind of helpline for each kind of finding."""


def branch_of(kind: str, about: str) -> Branch:
    """Which conversation fits; a friend in danger has its own, whatever the danger is."""
    return "friend" if about == "other" else _BRANCHES.get(kind, "unsafe")


def help_of(kind: str) -> str:
    """Which helplines come first."""
    return HELP.get(kind, "talk")

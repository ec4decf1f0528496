"""Whether something that was typed is a telephone number. Pure."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"(\+|00)?[\d\s().-]+")
FEWEST, MOST = 9, 15
"""Digits: a Dutch number has ten with its zero, E.164 allows fifteen."""


def phone_of(text: str) -> str | None:
    """The number in *text* as it can be dialled, with its spaces gone; none when it is no number of a person."""
    wanted = text.strip()
    if not _SHAPE.fullmatch(wanted):
        return None
    digits = re.sub(r"\D", "", wanted)
    international = wanted.startswith(("+", "00"))
    if not FEWEST <= len(digits) <= MOST or not (international or digits.startswith("0")):
        return None
    if len(set(digits)) < 3:
        return None
    if wanted.startswith("+"):
        return f"+{digits}"
    return digits if international or len(digits) == 10 else None

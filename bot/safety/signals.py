"""Weaker signs of danger, for the model to weigh: none of them says anything by itself. Pure.

The patterns lie in ``signals.toml``: one a line, by kind of danger.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from bot.safety.prefilter import Patterns

FILE = Path(__file__).with_name("signals.toml")


@cache
def signals() -> Patterns:
    """Every sign under its own name, its kind first; read once."""
    read = tomllib.loads(FILE.read_text("utf-8"))
    return Patterns(
        [
            (f"{kind} {number}", re.compile(pattern))
            for kind, lines in read.items()
            for number, pattern in enumerate(lines.strip().split("\n"))
        ]
    )


def signals_in(plain: str) -> list[str]:
    """The names of the signs in *plain*, of their kinds, and whether there are several."""
    found = signals().names_in(plain)
    names = [*found, *(f"some {name.partition(' ')[0]}" for name in found)]
    if len(found) > 1:
        names.append(f"signs {min(len(found), 4)}")
    return names

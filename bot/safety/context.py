"""What changes the meaning of a plain statement: idioms, denials, the past, a story, a laugh. Pure.

The patterns lie in ``context.toml``: one a line, tried as one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("context.toml")


@dataclass(frozen=True, slots=True)
class Context:
    """One pattern per way in which the meaning changes; see ``context.toml``."""

    mask: re.Pattern[str]
    negated: re.Pattern[str]
    past: re.Pattern[str]
    still: re.Pattern[str]
    quoted: re.Pattern[str]
    own: re.Pattern[str]
    light: re.Pattern[str]
    alone: re.Pattern[str]

    def is_quoted(self, plain: str) -> bool:
        """Whether *plain* tells of a series, song, lesson or game and not of the writer."""
        return bool(self.quoted.search(plain)) and not self.own.search(plain)

    def is_past(self, plain: str) -> bool:
        """Whether *plain* tells of something that is over."""
        return bool(self.past.search(plain)) and not self.still.search(plain)


@cache
def context() -> Context:
    """The patterns of the product, read once."""
    read = tomllib.loads(FILE.read_text("utf-8"))
    return Context(**{name: re.compile("|".join(lines.split("\n")[:-1])) for name, lines in read.items()})

"""Whether somebody asks if this is a person: the bot says that it is a computer (care research, requirement 53)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

LONGEST = 60
"""Whoever asks this asks only this; a longer text is an answer to something else."""


def asks(text: str) -> bool:
    """Whether the whole of *text* is this question."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = " ".join(
        re.findall(r"[a-z0-9]+", "".join(one for one in plain if not unicodedata.combining(one)))
    )
    if len(words) > LONGEST:
        return False
    if " " not in words and not text.rstrip().endswith("?"):
        # One word is this question only with its question mark.
        return False
    return _question().fullmatch(words) is not None


@cache
def _question() -> re.Pattern[str]:
    read = tomllib.loads(Path(__file__).with_name("identity.toml").read_text("utf-8"))
    questions = "|".join(read["questions"])
    for name in ("you", "filler", "somebody"):
        questions = questions.replace(f"{{{name}}}", read[name])
    return re.compile(f"{read['greeting']}(?:{questions})")

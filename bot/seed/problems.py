"""The mistakes of a seed file, all at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from bot.errors import SeedProblem


class SeedProblems(SeedProblem):
    """Several mistakes: *all* holds each as (place, problem), in the order of the file."""

    def __init__(self, path: Path, found: tuple[tuple[str, str], ...]) -> None:
        super().__init__(path, *found[0])
        self.args = (path, found)
        self.found = found

    def __str__(self) -> str:
        return "\n".join(f"{self.path}: {place}: {problem}" for place, problem in self.found)


def meant(word: str, known: Iterable[str]) -> str:
    """A hint for a word that is not *known*."""
    words = tuple(dict.fromkeys(known))
    close = difflib.get_close_matches(word, words, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"use one of: {', '.join(words)}" if words else "there is none"

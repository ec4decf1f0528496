"""Which classes of meaning a word belongs to. Pure; the words lie in ``lexicon.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("lexicon.toml")


class Lexicon:
    """Looks words up by themselves, else by their longest known beginning."""

    def __init__(self, classes: dict[str, str]) -> None:
        """*classes* gives per class its words, parted by spaces; a star stands for any ending."""
        whole: dict[str, list[str]] = {}
        begin: dict[str, list[str]] = {}
        for name, words in classes.items():
            for word in words.split():
                known = begin if word.endswith("*") else whole
                names = known.setdefault(word.rstrip("*"), [])
                if name not in names:
                    names.append(name)
        self.words = {word: tuple(names) for word, names in whole.items()}
        self._begin = {word: tuple(names) for word, names in begin.items()}
        self._lengths = sorted({len(word) for word in begin}, reverse=True)

    def classes(self, word: str) -> tuple[str, ...]:
        """The classes of *word*, the first being the one it is replaced by; empty when it has none."""
        found = self.words.get(word)
        if found is not None:
            return found
        for length in self._lengths:
            if length <= len(word) and (found := self._begin.get(word[:length])):
                return found
        return ()


@cache
def lexicon() -> Lexicon:
    """The lexicon of the product, read once."""
    return Lexicon(tomllib.loads(FILE.read_text("utf-8")))

"""The word that was meant, when an unknown word is one slip of the keyboard or the ear away from a known one. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("slips.toml")
SHORTEST = 5
LONGEST = 16

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch", "sg"),
        (r"ch|gh", "g"),
        (r"ij|ei|ey|y", "i"),
        (r"au|ou", "u"),
        (r"oe", "o"),
        (r"ck|c|q", "k"),
        (r"x", "ks"),
        (r"ph", "f"),
        (r"z", "s"),
        (r"v", "f"),
        (r"th|dt", "t"),
        (r"d\b", "t"),
        (r"b\b", "p"),
        (r"en\b", "e"),
        (r"(.)\1+", r"\1"),
    )
)


def sound(word: str) -> str:
    """How *word* sounds to a Dutch ear, roughly: words that are spelled by ear come out alike."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


class Speller:
    """Knows *words*, the most common first; a common word wins."""

    def __init__(self, words: Iterable[str]) -> None:
        self.known: dict[str, None] = {}
        self._near: dict[str, str] = {}
        self._sounds: dict[str, str] = {}
        self._slips = slips()
        for word in words:
            self.known[word] = None
            if len(word) >= SHORTEST:
                self._sounds.setdefault(sound(word), word)
            if SHORTEST <= len(word) <= LONGEST:
                for shorter in _without_one(word):
                    self._near.setdefault(shorter, word)

    def meant(self, word: str) -> str:
        """*word* itself when it is known, short or far from all known words."""
        if (slip := self._slips.get(word)) is not None:
            return slip
        if word in self.known or not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return word
        if (near := self._near.get(word)) is not None:
            return near
        if (alike := self._sounds.get(sound(word))) is not None:
            return alike
        for shorter in _without_one(word):
            if shorter in self.known and len(shorter) >= SHORTEST:
                return shorter
            near = self._near.get(shorter)
            if near is not None and len(near) == len(word) and near[0] == word[0]:
                return near
        return word


def _without_one(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


@cache
def slips() -> dict[str, str]:
    """Words of danger as they are often typed, each with the word that was meant."""
    read = tomllib.loads(FILE.read_text("utf-8"))["slips"]
    return {typed: meant for meant, spellings in read.items() for typed in spellings.split()}

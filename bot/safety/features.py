"""What the linear model looks at: pieces of letters, of words and of meaning, hashed into one table. Pure.

The trainer and the predictor use this one function, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from bot.safety.lexicon import Lexicon

LETTERS = (1 << 18) - 1
WORDS, FIRST_WORD = (1 << 17) - 1, 1 << 18
MEANING, FIRST_MEANING = (1 << 16) - 1, FIRST_WORD + (1 << 17)
SIZE = FIRST_MEANING + (1 << 16)
"""Buckets: those of letters, then of words, then of all that is known of their meaning; each part is learned apart."""

REACH = 7
"""Words between which two classes of meaning are seen together."""

GROUPS = ("letters", "words", "meaning", "pairs", "marks")
Features = tuple[list[int], ...]


def features(tokens: Sequence[str], plain: Sequence[str], marks: Sequence[str], lexicon: Lexicon) -> Features:
    """Buckets per group of ``GROUPS``: *tokens* as typed, *plain* the words meant, *marks* the rules that fired."""
    names = [lexicon.classes(word) for word in plain]
    return (letters(tokens), words(plain), meaning(plain, names), pairs(names), _marks(marks))


def letters(tokens: Sequence[str]) -> list[int]:
    """Pieces of three, four and five letters; a space stands at both ends of a word."""
    line = f" {' '.join(tokens)} ".encode()
    end = len(line)
    buckets = {crc32(line[at : at + 3]) & LETTERS for at in range(end - 2)}
    buckets.update([crc32(line[at : at + 4]) & LETTERS for at in range(end - 3)])
    buckets.update([crc32(line[at : at + 5]) & LETTERS for at in range(end - 4)])
    return list(buckets)


def words(plain: Sequence[str]) -> list[int]:
    """Single words, pairs and triples, and pairs with a word in between."""
    line = ["w", "^", *plain, "$"]
    buckets = {crc32(f"w {word}".encode()) & WORDS | FIRST_WORD for word in plain}
    for at in range(1, len(line) - 1):
        buckets.add(crc32(f"w {line[at]} {line[at + 1]}".encode()) & WORDS | FIRST_WORD)
        if at + 2 < len(line):
            buckets.add(crc32(f"w {line[at]} {line[at + 1]} {line[at + 2]}".encode()) & WORDS | FIRST_WORD)
            buckets.add(crc32(f"s {line[at]} {line[at + 2]}".encode()) & WORDS | FIRST_WORD)
    return list(buckets)


def meaning(plain: Sequence[str], names: Sequence[tuple[str, ...]]) -> list[int]:
    """The same for classes in the place of words, in runs of one to four."""
    line = ["^", *[own[0] if own else word for word, own in zip(plain, names, strict=True)], "$"]
    buckets = {crc32(f"m {name}".encode()) & MEANING | FIRST_MEANING for own in names for name in own}
    for size in (2, 3, 4):
        buckets.update(
            [
                crc32(f"m {' '.join(line[at : at + size])}".encode()) & MEANING | FIRST_MEANING
                for at in range(len(line) - size + 1)
            ]
        )
    return list(buckets)


def pairs(names: Sequence[tuple[str, ...]]) -> list[int]:
    """Two classes within reach, in order; and three that follow each other when other words are left out."""
    placed = [(at, name) for at, own in enumerate(names) for name in own[:2]]
    buckets = set()
    for index, (at, name) in enumerate(placed):
        for other_at, other in placed[index + 1 :]:
            if other_at - at > REACH:
                break
            if other_at > at:
                buckets.add(crc32(f"p {name} {other}".encode()) & MEANING | FIRST_MEANING)
    heads = [own[0] for own in names if own]
    buckets.update(
        [
            crc32(f"t {heads[at]} {heads[at + 1]} {heads[at + 2]}".encode()) & MEANING | FIRST_MEANING
            for at in range(len(heads) - 2)
        ]
    )
    return list(buckets)


def _marks(marks: Sequence[str]) -> list[int]:
    return [crc32(f"r {mark}".encode()) & MEANING | FIRST_MEANING for mark in sorted(set(marks))]

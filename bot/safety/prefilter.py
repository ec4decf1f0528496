"""Tries only those patterns that a text can match: the others lack a piece of text they cannot do without. Pure.

With some 150 patterns a message this saves nine tenths of the time. Which pieces a pattern needs is read from the
pattern itself, with the parser of the standard library; of a pattern it cannot read, nothing is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

SHORTEST = 2
START = 3
"""Letters of a piece by which it is looked up."""

MOST = 120
REMEMBERED = 8192
"""Words whose pieces are remembered, so that a long text of many words costs little."""

Needed = frozenset[str]

_BY_LENGTH = {1: 0.9, 2: 0.3, 3: 0.05, 4: 0.012}
_OFTEN = 0.25
_COMMON = frozenset(
    [
        "ik",
        "je",
        "de",
        "het",
        "een",
        "en",
        "of",
        "me",
        "mij",
        "mn",
        "mijn",
        "my",
        "is",
        "in",
        "op",
        "te",
        "van",
        "met",
        "dat",
        "die",
        "niet",
        "meer",
        "the",
        "to",
        "and",
        "my",
        "me",
        "it",
        "no",
        "not",
        "wil",
        "want",
        "zijn",
        "was",
        "als",
        "aan",
        "er",
        "ie",
        "he",
        "hij",
        "ze",
        "she",
        "for",
        "out",
        "geen",
        "naar",
        "door",
    ]
)


def needed(pattern: str) -> Needed | None:
    """Pieces of text of which every match of *pattern* holds at least one; None when there are none to name."""
    try:
        from re import _parser  # type: ignore[attr-defined]  # the same parser under the name it has since 3.11

        return _of_sequence(list(_parser.parse(pattern)))
    except (ImportError, AttributeError, TypeError, ValueError):
        return None


def _of_sequence(parts: Sequence[Any]) -> Needed | None:
    best: Needed | None = None
    run = ""
    for operation, argument in [*parts, (None, None)]:
        if str(operation) == "LITERAL":
            run += chr(argument)
            continue
        found = [frozenset((run,))] if len(run) >= SHORTEST else []
        run = ""
        inner = _of_part(str(operation), argument)
        if inner is not None:
            found.append(inner)
        for candidate in found:
            if best is None or _rarity(candidate) > _rarity(best):
                best = candidate
    return best


def _of_part(operation: str, argument: Any) -> Needed | None:
    if operation == "SUBPATTERN":
        return _of_sequence(list(argument[3]))
    if operation == "BRANCH":
        branches = [_of_sequence(list(branch)) for branch in argument[1]]
        if any(branch is None for branch in branches):
            return None
        joined = frozenset().union(*(branch for branch in branches if branch is not None))
        return joined if len(joined) <= MOST else None
    if operation in ("MAX_REPEAT", "MIN_REPEAT") and argument[0] >= 1:
        return _of_sequence(list(argument[2]))
    return None


def _rarity(pieces: Needed) -> float:
    """A rough guess of how rarely any of *pieces* stands in a text; higher is rarer."""
    return -sum(_OFTEN if piece.strip() in _COMMON else _BY_LENGTH.get(len(piece), 0.004) for piece in pieces)


def alternatives(pattern: str) -> list[str]:
    """The parts of *pattern* between the bars that stand in no group: together they match what it matches."""
    parts, depth, start, at = [], 0, 0, 0
    in_class = False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            parts.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*parts, pattern[start:]]


class Patterns:
    """Named patterns, of which only the possible ones are tried."""

    def __init__(self, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> None:
        """*patterns* are tried in this order, each alternative apart; a name may stand for several.

        Sets of alternatives are numbers with a bit for each. A piece of several words is looked up by its longest word.
        """
        self.patterns = tuple(patterns)
        self._parts = [(name, part) for name, pattern in patterns for part in alternatives(pattern.pattern)]
        self._always = 0
        self._by_start: dict[str, dict[str, int]] = {}
        self._longer: dict[str, dict[str, int]] = {}
        for at, (_, part) in enumerate(self._parts):
            for piece in needed(part) or {""}:
                self._learn(piece, 1 << at)
        self._seen = lru_cache(maxsize=REMEMBERED)(self._seen_in)
        self._compiled = lru_cache(maxsize=None)(re.compile)

    def names_in(self, plain: str) -> tuple[str, ...]:
        """The names of the patterns that *plain* matches, each once, in their order."""
        found: dict[str, None] = {}
        possible = self._possible(plain)
        while possible:
            lowest = possible & -possible
            possible ^= lowest
            name, part = self._parts[lowest.bit_length() - 1]
            if name not in found and self._compiled(part).search(plain):
                found[name] = None
        return tuple(found)

    def _learn(self, piece: str, bit: int) -> None:
        key = max(piece.split(), key=len, default="")
        if len(key) < SHORTEST:
            self._always |= bit
            return
        alone = self._by_start.setdefault(key[:START], {})
        alone[key] = alone.get(key, 0) | (bit if key == piece else 0)
        if key != piece:
            longer = self._longer.setdefault(key, {})
            longer[piece] = longer.get(piece, 0) | bit

    def _possible(self, plain: str) -> int:
        possible = self._always
        keys: set[str] = set()
        for word in set(plain.split()):
            alone, begun = self._seen(word)
            possible |= alone
            keys.update(begun)
        for key in keys:
            for piece, parts in self._longer[key].items():
                if parts & ~possible and piece in plain:
                    possible |= parts
        return possible

    def _seen_in(self, word: str) -> tuple[int, tuple[str, ...]]:
        """What *word* alone makes possible, and the words of longer pieces that it holds."""
        alone, begun = 0, []
        for at in range(len(word) - SHORTEST + 1):
            for start in {word[at : at + SHORTEST], word[at : at + START]}:
                for key, parts in self._by_start.get(start, {}).items():
                    if word.startswith(key, at):
                        alone |= parts
                        begun += [key] if key in self._longer else []
        return alone, tuple(begun)

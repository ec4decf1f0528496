"""Words of a person, made harmless: they stay readable, but Telegram finds nothing in them to turn into a link.

A WORD JOINER (U+2060) has no width and no width-changing effect; Telegram counts it neither as part of an address nor
as part of a name, so one at the right place breaks a link without being seen.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

JOINER = "\u2060"
_TRIGGERS = re.compile(r"[@#/$+\\＠＃＄](?=\S)")
_SCHEME = re.compile(r":(?=[^\s\d])")
_DOT = re.compile(r"[.．。｡](?=[^\s.．。｡])")
_NUMBER = re.compile(r"\d(?:[\s()./:-]{0,3}\d){6,}")
_DIGITS_TOGETHER = 3
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def utf16(text: str) -> int:
    """Length in UTF-16 code units: the unit of every limit and position of Telegram."""
    return len(text) + sum(character > "\uffff" for character in text)


def cleaned(text: str) -> str:
    """*text* without control characters (but with line breaks), bidi overrides and joiners of its own.

    An override could make the words around it read in another order. Half a surrogate pair cannot be sent at all.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(map(_character, text))


def breaks(text: str) -> list[int]:
    """The positions in *text* before which a joiner stops Telegram from recognising something, in order."""
    found = {match.end() for pattern in (_TRIGGERS, _SCHEME, _DOT) for match in pattern.finditer(text)}
    for number in _NUMBER.finditer(text):
        digits = [place for place in range(*number.span()) if text[place].isdecimal()]
        found.update(digits[_DIGITS_TOGETHER::_DIGITS_TOGETHER])
    return sorted(found)


def joined(text: str, places: list[int]) -> str:
    """*text* with a joiner before each of *places* (in order)."""
    borders = [0, *places, len(text)]
    return JOINER.join(text[start:stop] for start, stop in pairwise(borders))


def defused(text: str) -> str:
    """*text* cleaned, with joiners; without them it equals ``cleaned(text)``."""
    safe = cleaned(text)
    return joined(safe, breaks(safe))


def _character(character: str) -> str:
    if character in "\n\t":
        return character
    if character in _BIDI or character == JOINER:
        return ""
    kind = unicodedata.category(character)
    return "\ufffd" if kind == "Cs" else "" if kind == "Cc" else character

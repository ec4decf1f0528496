"""One plain form of what people type, so that a pattern sees the words and not the spelling. Pure."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_REPEATED = re.compile(r"(.)\1{2,}")
_MARKS = re.compile(r"(?:[^\w']|_)+")
_SPELLED = re.compile(r"\b(?:[a-z] ){3,}[a-z]\b")
_WHOLE = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "\u2019": "'"})
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
_WORD = re.compile(r"\S+")
_LEETS = re.compile(r"[013457@$]")


def normal(text: str) -> str:
    """Lower case, no accents, marks, emoji or unseen characters, at most two of a letter, spelled-out words joined."""
    bare = text.lower() if text.isascii() else _bare(text)
    plain = _WORD.sub(_without_leet, bare) if _LEETS.search(bare) else bare
    words = _MARKS.sub(" ", plain)
    joined = _SPELLED.sub(lambda found: found[0].replace(" ", ""), words)
    return _REPEATED.sub(r"\1\1", joined).strip()


def _bare(text: str) -> str:
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKD", text).casefold())
    return "".join([char for char in seen if not unicodedata.combining(char)]).translate(_WHOLE)


def _without_leet(found: re.Match[str]) -> str:
    word = found[0]
    return word.translate(_LEET) if any(char.isalpha() for char in word) else word

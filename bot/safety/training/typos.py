"""Copies of sentences with the slips people make, for training only: fingers, ears, haste. Repeatable."""

from __future__ import annotations

from random import Random

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    key: "".join(row[at + step] for step in (-1, 1) if 0 <= at + step < len(row))
    for row in _KEYS
    for at, key in enumerate(row)
}
_EARS = (
    ("ij", "ei"),
    ("ei", "ij"),
    ("ou", "au"),
    ("au", "ou"),
    ("cht", "gt"),
    ("ch", "g"),
    ("dt", "t"),
    ("en ", "e "),
    ("z", "s"),
    ("v", "f"),
    ("aa", "a"),
    ("oo", "o"),
    ("ee", "e"),
    ("mijn ", "me "),
    ("mijn ", "mn "),
    ("het ", "t "),
    ("niet", "nie"),
    ("ik ", "k "),
    ("mm", "m"),
    ("th", "f"),
    ("ing ", "in "),
    ("you", "u"),
    ("my ", "me "),
    ("ough", "uff"),
    ("tt", "t"),
    ("ll", "l"),
    ("d ", "t "),
)


def with_typos(text: str, random: Random) -> str:
    """*text* with a slip in about every fifth word, at least one."""
    heard = text.lower()
    for _ in range(random.randint(0, 3)):
        spelled, meant = random.choice(_EARS)
        heard = heard.replace(spelled, meant, random.randint(1, 2))
    letters = list(heard)
    for _ in range(max(1, len(letters) // 25)):
        place = random.randrange(len(letters)) if letters else 0
        if place + 1 < len(letters) and letters[place].isalpha():
            _slip(letters, place, random)
    return "".join(letters)


def _slip(letters: list[str], place: int, random: Random) -> None:
    which = random.randrange(5)
    if which == 0:
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
    elif which == 1:
        letters[place] = ""
    elif which == 2:
        letters[place] *= 2
    elif which == 3 and letters[place + 1] == " ":
        letters[place + 1] = ""
    else:
        letters[place] = random.choice(_NEIGHBOURS.get(letters[place], letters[place]))

"""How hard a text is to read, in figures: its sentences, its long words, its reading ease. Pure.

Source: care research 5.2. Syllables are counted as groups of vowels, which is right for nearly every Dutch word and
for most English ones; a figure from this file is a reason to look again, never proof that somebody understands it.
"""

from __future__ import annotations

import re

from bot.content.problem import Language

ENOUGH_FOR_EASE = 20
"""Words below which reading ease says nothing."""

MOST_ALTERNATIVES = 16
"""Ways to fill in the conditions of one text that are measured; the later ones repeat what the first ones have."""

_GAP = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%-?\s*(\w+)\s*(.*?)\s*-?%\}|\{#.*?#\}", re.DOTALL)
_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_TAPPED = re.compile(r"(?<!\w)/\w+|\b\w[\w.-]*\.(?:nl|org|eu|com)\b")
"""Commands and addresses: they are tapped, not read."""

_WORD = re.compile(r"[^\W_]+(?:['’.:-][^\W_]+)*")
_PART = re.compile(r"[^\W\d_]+")
_EQUALS = re.compile(r"([\w.]+) == ('[^']*'|\"[^\"]*\"|\d+)")
_SOUNDS: dict[Language, re.Pattern[str]] = {
    "nl": re.compile(
        r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.IGNORECASE
    ),
    "en": re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+", re.IGNORECASE),
}
_SILENT = re.compile(r"(?<![aeiouyl])es?$|(?<![aeiouydtl])ed$|(?<=[aeiou])le[sd]?$", re.IGNORECASE)

_Known = dict[str, bool]


def alternatives(words: str) -> list[str]:
    """The texts that *words* can become, with one word for a gap, command or address; loops run once."""
    pieces = _pieces(_TAPPED.sub("iets", _GAP.sub("iets", words)))
    made, _ = _choices(pieces, 0, [("", {})])
    return list(dict.fromkeys(text for text, _ in made))


def sentences(words: str) -> list[str]:
    """The sentences of one text without gaps."""
    return [sentence for sentence in _END.split(words) if sentence.strip()]


def words_in(sentence: str) -> list[str]:
    """The words of a sentence; an hour, a number or a composed word is one."""
    return _WORD.findall(sentence)


def syllables(word: str, language: Language) -> int:
    """How many syllables *word* has, at least one."""
    total = 0
    for part in _PART.findall(word):
        sound = _SILENT.sub("", part) if language == "en" else part
        total += max(1, len(_SOUNDS[language].findall(sound)))
    return max(1, total)


def longest_part(word: str, language: Language) -> int:
    """The syllables of the longest part of a word with hyphens: ``e-mailadres`` is read in two goes."""
    return max((syllables(part, language) for part in _PART.findall(word)), default=1)


def ease(words: str, language: Language) -> float | None:
    """Reading ease, higher is easier: Flesch-Douma for Dutch, Flesch for English; ``None`` for a short text."""
    said = sentences(words)
    every = [word for sentence in said for word in words_in(sentence)]
    if len(every) < ENOUGH_FOR_EASE:
        return None
    length = len(every) / len(said)
    weight = sum(syllables(word, language) for word in every) / len(every)
    if language == "nl":
        return 206.835 - 0.93 * length - 77 * weight
    return 206.835 - 1.015 * length - 84.6 * weight


def _pieces(words: str) -> list[tuple[str, str]]:
    """Text and statements in order: ``("", text)`` or ``(keyword, condition)``."""
    made, end = [], 0
    for match in _STATEMENT.finditer(words):
        made += [("", words[end : match.start()]), (match[1] or "", match[2] or "")]
        end = match.end()
    return [*made, ("", words[end:])]


def _choices(
    pieces: list[tuple[str, str]], place: int, made: list[tuple[str, _Known]]
) -> tuple[list[tuple[str, _Known]], int]:
    """Every way on from *place* until the statement that closes this level; conditions stay as they were chosen."""
    while place < len(pieces):
        word, rest = pieces[place]
        if word == "if":
            made, place = _branches(pieces, place, made)
        elif word in ("elif", "else", "endif", "endfor"):
            return made, place
        elif word == "for":
            made, place = _choices(pieces, place + 1, made)
        elif word == "":
            made = [(text + rest, known) for text, known in made]
        place += 1
    return made, place


def _branches(
    pieces: list[tuple[str, str]], place: int, before: list[tuple[str, _Known]]
) -> tuple[list[tuple[str, _Known]], int]:
    found: list[tuple[str, _Known]] = []
    waiting = before
    while place < len(pieces) and pieces[place][0] in ("if", "elif", "else"):
        word, condition = pieces[place]
        taken = [(text, new) for text, known in waiting if (new := _with(known, condition, word)) is not None]
        waiting = [
            (text, new) for text, known in waiting if (new := _without(known, condition, word)) is not None
        ]
        inside, place = _choices(pieces, place + 1, taken)
        found += inside
    return (found + waiting)[:MOST_ALTERNATIVES] or before, place


def _with(known: _Known, condition: str, word: str) -> _Known | None:
    if word == "else":
        return known
    return None if _value(known, condition) is False else {**known, **_meaning(condition, holds=True)}


def _without(known: _Known, condition: str, word: str) -> _Known | None:
    if word == "else" or _value(known, condition) is True:
        return None
    return {**known, **_meaning(condition, holds=False)}


def _meaning(condition: str, *, holds: bool) -> _Known:
    if condition.startswith("not "):
        return {condition.removeprefix("not ").strip(): not holds}
    return {condition: holds}


def _value(known: _Known, condition: str) -> bool | None:
    """What is already decided about *condition*: two values of one name never hold at once."""
    if condition.startswith("not "):
        opposite = _value(known, condition.removeprefix("not ").strip())
        return None if opposite is None else not opposite
    if condition in known:
        return known[condition]
    if match := _EQUALS.fullmatch(condition):
        others = (_EQUALS.fullmatch(other) for other, holds in known.items() if holds)
        if any(other and other[1] == match[1] for other in others):
            return False
    return None

"""One phone screen: how much of a list stands on it, and what comes on the next one. Pure.

The budget is that of a small phone (360 x 800 points) with letters of 16 points: beside the bars of the phone, two
rows of numbers and two of words there is room for twenty-one lines of thirty-eight characters. Every row of numbers
more takes the place of two lines. What does not fit is counted, and stands on the next screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, LINES = 38, 21
COLUMNS, MOST_ROWS = 8, 4
NUMBERS = COLUMNS * MOST_ROWS
"""Eight numbers beside each other are as wide as a thumb on that phone."""
ENTRY_LINES = 2
"""One line of the list takes two lines of the screen at most: the rest is on the card."""
_ROWS_WITHIN = 2
_LINES_FOR_ROW = 2
_REST_LINES = 2
"""An empty line, and the line that counts the rest."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the list, with the numbers that it names. Pieces after each other with one *label* share a line."""

    text: str
    numbers: tuple[int, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pieces *first* up to and not including *last*, and their *numbers*; *rest* numbers come later."""

    first: int
    last: int
    numbers: tuple[int, ...]
    rest: int


def height(text: str) -> int:
    """How many lines of the screen a text takes; an empty line takes one."""
    return sum(max(1, len(textwrap.wrap(line, WIDTH))) for line in text.split("\n"))


def lines(numbers: int) -> int:
    """How many lines of text a screen holds beside so many numbers."""
    rows = -(-numbers // COLUMNS)
    return LINES - max(0, rows - _ROWS_WITHIN) * _LINES_FOR_ROW


def fitted(text: str, lines: int = ENTRY_LINES) -> str:
    """*text* as one line of the list, as far as it fits on *lines* lines of the screen."""
    flat = " ".join(text.split())
    found, room = flat, WIDTH * lines
    while height(found) > lines:
        room -= 1
        found = flat[:room].rstrip() + "…"
    return found


def numbered(texts: Sequence[str]) -> tuple[Piece, ...]:
    """A list in which every line has its own number, from 1."""
    return tuple(Piece(text, (number,)) for number, text in enumerate(texts, start=1))


def gathered(label: str, names: Iterable[tuple[int, str]]) -> tuple[Piece, ...]:
    """Names under what they have in common, each with its number."""
    return tuple(Piece(fitted(f"{number} {name}", 1), (number,), label) for number, name in names)


def sheets(pieces: Sequence[Piece], blocks: Sequence[int], head: str, later_head: str) -> tuple[Sheet, ...]:
    """Divide a list over screens. *blocks* are the places before which an empty line stands.

    *head* stands over the first screen, *later_head* over the others. There is always one screen.
    """
    found: list[Sheet] = []
    first, seen = 0, set[int]()
    while True:
        above = height(later_head if found else head) + 1
        last = _last(pieces, blocks, first, above)
        if last < len(pieces):
            last = _last(pieces, blocks, first, above + _REST_LINES)
        last = max(last, min(first + 1, len(pieces)))
        numbers = _numbers(pieces[first:last])
        seen.update(numbers)
        rest = len(set(_numbers(pieces[last:])) - seen)
        found.append(Sheet(first, last, numbers, rest))
        if last == len(pieces):
            return tuple(found)
        first = last


def _last(pieces: Sequence[Piece], blocks: Sequence[int], first: int, above: int) -> int:
    """How far a screen reaches that begins at *first* with *above* lines already taken."""
    last = first
    while last < len(pieces):
        numbers = len(_numbers(pieces[first : last + 1]))
        taken = above + height(_said(pieces, blocks, first, last + 1))
        if numbers > NUMBERS or taken > lines(numbers):
            break
        last += 1
    return last


def _numbers(pieces: Sequence[Piece]) -> tuple[int, ...]:
    return tuple(sorted({number for one in pieces for number in one.numbers}))


def body(pieces: Sequence[Piece], blocks: Sequence[int], sheet: Sheet) -> str:
    """The lines of one screen, with an empty line between the blocks."""
    return _said(pieces, blocks, sheet.first, sheet.last)


def _said(pieces: Sequence[Piece], blocks: Sequence[int], first: int, last: int) -> str:
    said: list[str] = []
    for place in range(first, last):
        one = pieces[place]
        if place in blocks and place > first:
            said.append("")
        elif one.label and place > first and pieces[place - 1].label == one.label:
            said[-1] += f", {one.text}"
            continue
        said.append(f"{one.label}: {one.text}" if one.label else one.text)
    return "\n".join(said)

"""Cuts what is too long for one message, where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot.message import Message
from bot.telegram.defuse import utf16
from bot.telegram.entities import size, text_only
from bot.telegram.outbound import LONGEST_CAPTION, LONGEST_TEXT
from dialogs.text import Rendered, Span, plain

# From the best place to cut to the worst: paragraph, line, sentence, word.
_BORDERS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n\s*", r"\n\s*", r"(?<=[.!?…])\s+", r"\s+"))
_JOINS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_GAP = 2
_TAGS = range(0xE0020, 0xE0080)


def split(message: Message, longest: int = LONGEST_TEXT) -> list[Message]:
    """*message* as one or more messages that each fit; their words, read in order, are those of *message*.

    Buttons and keyboard go with the last, the doubt with the first. A picture whose text is too long goes ahead of it.
    ValueError for an edit that is too long: it has only one place to stand in.
    """
    # Whether it is sent a second time is known only later: the room for the doubt is kept free.
    reserve = utf16(message.doubt) + _GAP if message.doubt else 0
    longest -= reserve
    limit = LONGEST_CAPTION - reserve if message.picture is not None else longest
    if message.do not in ("send", "edit", "unbutton") or size(message.text) <= limit:
        return [message]
    if message.do != "send":
        raise ValueError("only a new message can be split")
    pieces = _pieces(message.text, longest)
    bare = replace(message, rows=(), keyboard=None, keyboard_rows=(), placeholder="", picture=None, doubt="")
    parts = [replace(bare, text=piece) for piece in pieces]
    if message.picture is not None:
        parts.insert(0, replace(bare, text=(), picture=message.picture))
    parts[0] = replace(parts[0], doubt=message.doubt)
    parts[-1] = replace(
        parts[-1],
        rows=message.rows,
        keyboard=message.keyboard,
        keyboard_rows=message.keyboard_rows,
        placeholder=message.placeholder,
    )
    return parts


def doubted(message: Message) -> Message:
    """*message* as it is sent a second time, after the answer to the first was lost: its doubt in front."""
    if not message.doubt:
        return message
    return replace(message, text=(Span(message.doubt + "\n" * _GAP), *message.text), doubt="")


def _pieces(spans: Rendered, longest: int) -> list[Rendered]:
    pieces = []
    rest = spans
    while plain(rest).strip():
        whole = plain(rest)
        stop, after = _next(rest, whole, longest)
        piece = _part(rest, 0, stop)
        if text_only(piece).strip():
            pieces.append(piece)
        rest = _part(rest, after, len(whole))
    if not pieces:
        raise ValueError("a message without text")
    return pieces


def _next(spans: Rendered, whole: str, longest: int) -> tuple[int, int]:
    fits = _fitting(spans, longest)
    while True:
        stop, after = (fits, fits) if fits == len(whole) else _cut(whole, fits)
        excess = size(_part(spans, 0, stop)) - longest
        if excess <= 0 or stop <= 1:
            return stop, after
        # Blanks that a long quotation loses at its end come back when the cut makes it short.
        fits = max(1, stop - excess)


def _fitting(spans: Rendered, longest: int) -> int:
    """How many characters, at least one, fit; a longer text never takes less room than its beginning, near enough."""
    whole = len(plain(spans))
    low, high = 1, min(whole, longest)
    if size(_part(spans, 0, high)) <= longest:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if size(_part(spans, 0, middle)) <= longest:
            low = middle
        else:
            high = middle
    return low


def _cut(text: str, fits: int) -> tuple[int, int]:
    """Where the part ends and where the next begins; the blanks between them go."""
    for border in _BORDERS:
        last = None
        for match in border.finditer(text, 0, fits + 1):
            # A very short part reads worse than a cut in a paragraph.
            if match.start() >= fits // 2 and match.start() <= fits:
                last = match
        if last is not None:
            blanks = re.compile(r"\s*").match(text, last.start())
            return last.start(), blanks.end() if blanks else last.end()
    stop = fits
    while stop > max(1, fits - 32) and _together(text, stop):
        stop -= 1
    return (stop, stop) if not _together(text, stop) else (fits, fits)


def _together(text: str, place: int) -> bool:
    """Whether the characters on both sides of *place* form one sign, as in a flag or a family."""
    before, after = text[place - 1], text[place]
    return (
        after in _JOINS
        or before == "\u200d"
        or ord(after) in _SKIN_TONES
        or ord(after) in _TAGS
        or unicodedata.combining(after) != 0
    )


def _part(spans: Rendered, start: int, stop: int) -> Rendered:
    kept = []
    position = 0
    for span in spans:
        first, last = max(start - position, 0), min(stop - position, len(span.text))
        if first < last:
            kept.append(Span(span.text[first:last], span.style))
        position += len(span.text)
    return tuple(kept)

"""Spans become a text with entities, so nothing is ever escaped and no word of a person can be markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby

from telegram import MessageEntity
from telegram.constants import MessageEntityType

from bot.telegram.defuse import breaks, cleaned, joined, utf16
from dialogs.text import Rendered, Style

MOST_ENTITIES = 100
_LONGEST_INLINE = 60
_ADDRESS = re.compile(r"(?:https?://)?(?P<host>[\w-]+(?:\.[\w-]+)+)(?:[:/?#]\S*)?")
_KINDS = {
    "bold": MessageEntityType.BOLD,
    "italic": MessageEntityType.ITALIC,
    "code": MessageEntityType.CODE,
}


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    style: Style
    quoted: bool = False


def entities(spans: Rendered) -> tuple[str, list[MessageEntity]]:
    """The text of *spans* and its entities, with positions in UTF-16 units; at most 100, in order.

    Words of a person become a quotation when they are long or have lines, and are made harmless either way: also where
    they touch our own text, because "@" from us and a name from them would be a mention together.
    """
    runs = _apart(_runs(spans))
    text = "".join(run.text for run in runs)
    places = _touching(text, breaks(text), runs)
    found: list[MessageEntity] = []
    start = offset = 0
    for run in runs:
        stop = start + len(run.text)
        inside = [place - start for place in places if start <= place < stop]
        # A joiner at the very border stays outside, so that an entity begins with what it is about.
        lead = 1 if inside[:1] == [0] else 0
        length = utf16(run.text) + len(inside) - lead
        entity = _entity(run, offset + lead, length)
        if entity is not None:
            found.append(entity)
        start, offset = stop, offset + lead + length
    return joined(text, places), found[:MOST_ENTITIES]


def size(spans: Rendered) -> int:
    """How many UTF-16 units *spans* take once they are sent."""
    return utf16(entities(spans)[0])


def _runs(spans: Rendered) -> list[_Run]:
    runs: list[_Run] = []
    for style, group in groupby(spans, key=lambda span: span.style):
        texts = [cleaned(span.text) for span in group]
        for text in texts if style == "link" else ["".join(texts)]:
            quoted = style == "words" and ("\n" in text.strip() or len(text) > _LONGEST_INLINE)
            if text:
                runs.append(_Run((text.strip() or text) if quoted else text, style, quoted))
    return runs


def _apart(runs: list[_Run]) -> list[_Run]:
    """A quotation stands on lines of its own."""
    apart: list[_Run] = []
    for run in runs:
        if apart and run.quoted != apart[-1].quoted and not _line_between(apart[-1], run):
            apart.append(_Run("\n", "plain"))
        apart.append(run)
    return apart


def _line_between(first: _Run, second: _Run) -> bool:
    return first.text.endswith("\n") or second.text.startswith("\n")


def _touching(text: str, places: list[int], runs: list[_Run]) -> list[int]:
    """Those of *places* that lie in an unbroken piece of text to which a person contributed."""
    theirs: list[tuple[int, int]] = []
    start = 0
    for run in runs:
        if run.style == "words":
            theirs.append((start, start + len(run.text)))
        start += len(run.text)
    pieces = [match.span() for match in re.finditer(r"\S+", text)]
    begins = [begin for begin, _ in pieces]
    kept = []
    for place in places:
        index = bisect_right(begins, place) - 1
        begin, end = pieces[index] if index >= 0 else (place, place)
        if any(begin < stop and end > first for first, stop in theirs):
            kept.append(place)
    return kept


def _entity(run: _Run, offset: int, length: int) -> MessageEntity | None:
    if not run.text.strip():
        return None
    if run.quoted:
        return MessageEntity(MessageEntityType.BLOCKQUOTE, offset, length)
    if run.style == "link":
        address = run.text.strip()
        if not _ADDRESS.fullmatch(address):
            return None
        url = address if "://" in address else f"https://{address}"
        return MessageEntity(MessageEntityType.TEXT_LINK, offset, length, url=url)
    if run.style in _KINDS:
        return MessageEntity(_KINDS[run.style], offset, length)
    return None

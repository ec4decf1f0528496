"""One YAML file as plain data in which every key still knows its line and column. Never raises for what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.content.problem import Language, Problem, Severity

Kind = Literal["dialog", "challenge", "phrases", "helplines", "screening"]
Path = tuple[str | int, ...]
Place = tuple[int, int]

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12

_INT = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_ODD_SPACE = re.compile("[ \t]*[\xa0\u2000-\u200b\u202f\u3000]")
_CURLY = re.compile("[:,{\\[-]\\s*([\u2018\u2019\u201a\u201c\u201d\u201e])")
_DISPUTED = re.compile("[\t\x85\u2028\u2029]")
"""What both parsers read differently: tabs within a word, and the ends of a line of YAML 1.1."""
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_SAYINGS = (
    ("mapping values are not allowed", "yaml_colon"),
    ("but got ':'", "yaml_colon"),
    ("\\t", "yaml_tab"),
    ("while scanning a quoted scalar", "yaml_quote"),
    ("expected <block end>", "yaml_indent"),
    ("while scanning a simple key", "yaml_key"),
)
READ_ONCE = 512
"""How many files are kept as they were read: the same bytes are read again whenever something else is published."""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file, wherever they come from: a folder, a document sent in the chat, a published row."""

    kind: Kind
    key: str
    language: Language
    file: str
    content: bytes

    def __repr__(self) -> str:
        return f"Source({self.file}, {len(self.content)} bytes)"


@dataclass(frozen=True, slots=True)
class Document:
    """*data* is plain; *keys* and *values* tell where each stands, *blocks* which values start on the next line."""

    source: Source
    data: dict[str, Any]
    keys: Mapping[Path, Place]
    values: Mapping[Path, Place]
    blocks: frozenset[Path]

    def place(self, path: Path) -> Place:
        """The line and column of the key at *path*, or of the nearest key above it that exists."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.keys:
                return self.keys[path[:end]]
        return 1, 1

    def inside(self, path: Path, line: int) -> Place:
        """The place of *line* (from 1) of the text at *path*."""
        first, column = self.values.get(path) or self.place(path)
        if path in self.blocks:
            return first + line, 1
        return (first, column) if line == 1 else (first + line - 1, 1)

    def problem(self, path: Path, kind: str, severity: Severity = "error", /, **details: str) -> Problem:
        """A problem at the key at *path*."""
        return Problem(self.source.file, *self.place(path), kind, tuple(details.items()), severity)

    def problem_in(self, path: Path, line: int, kind: str, /, **details: str) -> Problem:
        """A problem in *line* of the text at *path*."""
        return Problem(self.source.file, *self.inside(path, line), kind, tuple(details.items()))


@dataclass(slots=True)
class _Reading:
    """What is gathered while the events of one file pass."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    blocks: set[Path] = field(default_factory=set)

    def refuse(self, event: Event, kind: str, **details: str) -> None:
        self.problems.append(Problem(self.file, *_mark(event), kind, tuple(details.items())))

    def document(self, source: Source, data: dict[str, Any]) -> Document:
        """What was read, when nothing was wrong with it."""
        return Document(source, data, self.keys, self.values, frozenset(self.blocks))


def read(source: Source) -> tuple[Document | None, list[Problem]]:
    """The document in *source*, or ``None`` with every problem that can be told apart. Nobody changes a document."""
    document, problems = _read(source)
    return document, list(problems)


@lru_cache(maxsize=READ_ONCE)
def _read(source: Source) -> tuple[Document | None, list[Problem]]:
    if len(source.content) > MAX_BYTES:
        return None, [Problem(source.file, 1, 1, "too_big", (("limit", str(MAX_BYTES // 1024)),))]
    try:
        text = source.content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = source.content.count(b"\n", 0, broken.start) + 1
        column = broken.start - source.content.rfind(b"\n", 0, broken.start)
        return None, [Problem(source.file, line, column, "not_utf8")]
    if spaces := _odd_spaces(source.file, text):
        return None, spaces
    quick = _quickly(source, text)
    return (quick, []) if quick is not None else _slowly(source, text)


def _quickly(source: Source, text: str) -> Document | None:
    """The document by the parser of libyaml, ten times as fast; ``None`` at anything that has to be explained."""
    if _DISPUTED.search(text):
        return None
    reading = _Reading(source.file)
    try:
        data = _data(text, reading, pure=False)
    except (YAMLError, ValueError, _TooDeep):
        return None
    return None if reading.problems or not isinstance(data, dict) else reading.document(source, data)


def _slowly(source: Source, text: str) -> tuple[Document | None, list[Problem]]:
    """The document by the parser in Python, which names what is wrong in words that we know."""
    reading = _Reading(source.file)
    try:
        data = _data(text, reading, pure=True)
    except _TooDeep:
        return None, reading.problems
    except MarkedYAMLError as broken:
        return None, [*reading.problems, _syntax(source.file, text, broken)]
    except (YAMLError, ValueError) as broken:
        words = (("words", type(broken).__name__),)
        return None, [*reading.problems, Problem(source.file, *_unprintable(text), "yaml_syntax", words)]
    if reading.problems:
        return None, reading.problems
    if not isinstance(data, dict):
        return None, [Problem(source.file, 1, 1, "empty_file" if data is None else "no_keys")]
    return reading.document(source, data), []


def _data(text: str, reading: _Reading, *, pure: bool) -> Any:
    events = _events(text, reading, pure=pure)
    data = _value(events, next(events, None), (), reading)
    next(events, None)
    return data


class _TooDeep(Exception):
    """The file nests deeper than any of ours; reading stops, because recursion must."""


def _events(text: str, reading: _Reading, *, pure: bool) -> Iterator[Event]:
    yaml = YAML(typ="safe", pure=pure)
    if pure:
        yaml.version = (1, 2)
    documents = 0
    for event in yaml.parse(text):
        documents += isinstance(event, DocumentStartEvent)
        if documents > 1:
            reading.refuse(event, "yaml_one_document")
            return
        if isinstance(event, AliasEvent):
            reading.refuse(event, "yaml_alias")
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            if event.anchor is not None:
                reading.refuse(event, "yaml_alias")
            if event.tag is not None and str(event.tag) not in ("", "!"):
                reading.refuse(event, "yaml_tag")
            yield event
        elif isinstance(event, AliasEvent | MappingEndEvent | SequenceEndEvent):
            yield event


def _value(events: Iterator[Event], event: Event | None, path: Path, reading: _Reading) -> Any:
    if event is None or isinstance(event, AliasEvent):
        return None
    if len(path) > MAX_DEPTH:
        reading.refuse(event, "too_deep", limit=str(MAX_DEPTH))
        raise _TooDeep
    if isinstance(event, ScalarEvent):
        if event.value or event.style:
            reading.values[path] = _mark(event)
        if event.style in ("|", ">"):
            reading.blocks.add(path)
        return str(event.value) if event.style else _scalar(str(event.value))
    if isinstance(event, SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            reading.keys[*path, len(items)] = _mark(event)
            items.append(_value(events, event, (*path, len(items)), reading))
        return items
    made: dict[str, Any] = {}
    while not isinstance(event := next(events), MappingEndEvent):
        key = _value(events, event, (*path, ""), reading)
        if not isinstance(key, str):
            reading.refuse(event, "key_is_text", key="" if isinstance(key, list | dict) else str(key))
        elif key == "<<":
            reading.refuse(event, "yaml_alias")
        elif key in made:
            first = reading.keys[*path, key]
            reading.refuse(event, "duplicate_key", key=key, first=str(first[0]))
        name = key if isinstance(key, str) else f"?{len(made)}"
        if name not in made:
            reading.keys[*path, name] = _mark(event)
        inner = _value(events, next(events), (*path, name), reading)
        made.setdefault(name, inner)
    return made


def _scalar(text: str) -> str | int | float | bool | None:
    """A plain scalar by the core schema of YAML 1.2: ``no`` and ``19:00`` stay text."""
    lowered = (
        text
        if text.islower() or not text
        else (text.lower() if text in (text.title(), text.upper()) else text)
    )
    if lowered in _WORDS:
        return _WORDS[lowered]
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _mark(event: Event) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _odd_spaces(file: str, text: str) -> list[Problem]:
    """Lines that are indented with a space from a word processor: YAML takes it for a letter."""
    return [
        Problem(file, number, found.end(), "yaml_space")
        for number, line in enumerate(text.split("\n"), 1)
        if (found := _ODD_SPACE.match(line))
    ]


def _syntax(file: str, text: str, broken: MarkedYAMLError) -> Problem:
    words = f"{broken.context or ''} {broken.problem or ''}"
    kind = next((kind for part, kind in _SAYINGS if part in words), "yaml_syntax")
    mark = broken.problem_mark or broken.context_mark
    if kind == "yaml_quote":
        mark = broken.context_mark or mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    curly = (
        _CURLY.search(text.splitlines()[mark.line]) if mark and mark.line < len(text.splitlines()) else None
    )
    if curly:
        return Problem(file, place[0], curly.start(1) + 1, "yaml_curly")
    details = (("words", str(broken.problem)),) if kind == "yaml_syntax" else ()
    return Problem(file, place[0], place[1], kind, details)


def _unprintable(text: str) -> Place:
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    at = found.start() if found else 0
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)

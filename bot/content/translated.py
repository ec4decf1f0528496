"""Whether a translation is still of the Dutch sentence that stands there now.

A record keeps for every sentence a short hash of the Dutch words and of the English ones as they stood together. When
the Dutch differs and the English does not, the translation is behind. When the English was touched it counts as made
from the Dutch that stands there now. Nobody edits a record by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as File

from bot.content.form import filled
from bot.content.problem import Problem
from bot.content.sentences import words_at
from bot.content.shape_sentence import Form
from bot.content.source import Document, Path, Source, read
from bot.content.translation import paths_of

NAME = "translated.json"
"""The record of a folder, beside its schema."""

Record = Mapping[str, str]
"""By sentence (``steps/how/say``): the hash of the Dutch and of the English words, with a colon between."""


def record_of(base: Document, form: Form, own: Document | None) -> dict[str, str]:
    """The sentences of *base* and their translations in *own* as they stand now."""
    pairs = ((path, _hash(base, path), _hash(own, path)) for path in paths_of(form))
    return {_name(path): f"{dutch}:{english}" for path, dutch, english in pairs if dutch and english}


def carried(before: Record, now: Record) -> dict[str, str]:
    """*now*, but where a translation is behind, what it was made from stays remembered."""
    return {name: before[name] if _behind(before, name, mark) else mark for name, mark in now.items()}


def record_over(history: Iterable[Iterable[Source]]) -> dict[str, str]:
    """The record after a file stood in these versions, the oldest first; each holds both languages.

    In the first the translation counts as right: begin with the version that was published as such, or with a reason.
    """
    record: dict[str, str] = {}
    for version in history:
        documents = {source.language: read(source)[0] for source in version}
        base = documents.get("nl")
        form = filled(base)[0] if base is not None else None
        if base is not None and form is not None:
            record = carried(record, record_of(base, form, documents.get("en")))
    return record


def behind_problems(base: Document, form: Form, own: Document | None, before: Record) -> Iterator[Problem]:
    """The sentences of *own* that were made from other Dutch words than stand in *base*."""
    if own is None or not before:
        return
    now = record_of(base, form, own)
    for path in paths_of(form):
        name = _name(path)
        if name in now and _behind(before, name, now[name]):
            line = str(base.place(path)[0])
            yield own.problem(path, "translation_behind", "warning", line=line)


def load_records(folders: Mapping[str, File]) -> dict[str, Record]:
    """What the folders remember, by ``folder/key``; a record that cannot be read is as good as none."""
    found: dict[str, Record] = {}
    for folder, place in folders.items():
        try:
            kept = json.loads((place / NAME).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        for key, record in kept.items() if isinstance(kept, dict) else ():
            if isinstance(record, dict):
                found[f"{folder}/{key}"] = {str(name): str(mark) for name, mark in record.items()}
    return found


def text_of(records: Mapping[str, Record]) -> str:
    """The record of one folder as it is written: a line for every sentence, so that a change is easy to see."""
    return json.dumps(records, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _behind(before: Record, name: str, mark: str) -> bool:
    dutch, _, english = before.get(name, mark).partition(":")
    now_dutch, _, now_english = mark.partition(":")
    return english == now_english and dutch != now_dutch


def _hash(document: Document | None, path: Path) -> str:
    said = words_at(document, path)
    if not said:
        return ""
    text = "\n".join(f"{band} {' '.join(words.split())}" for band, (_, words) in sorted(said.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _name(path: Path) -> str:
    return "/".join(str(part) for part in path)

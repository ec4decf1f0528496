"""What somebody gets when they ask for their own data: a text to read and the same as JSON, in two files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation import looking, wording
from bot.conversation.turn import Turn
from bot.message import Document
from bot.storage import exports
from bot.storage.exports import Record, Value
from bot.storage.people import Person
from bot.storage.personal import owner_column
from bot.storage.schema import metadata

COUNTED = frozenset({"outbox", "due", "inbox", "sensitive_message"})
"""Tables about how messages travelled: the text says how many rows there are, the JSON shows them."""

_HIDDEN = frozenset({"id", "hash", "revision", "text_hash", "letter_hash", "organisation_id", "group_id"})
FORMAT = 1


def documents(turn: Turn, person: Person) -> tuple[Document, Document]:
    """Both files about *person*, in their language."""
    found = exports.gather(turn.conn, person.id)
    stem = turn.phrase("export_file", person)
    return (
        Document(f"{stem}.txt", readable(turn, person, found).encode()),
        Document(f"{stem}.json", machine(turn, found).encode()),
    )


def machine(turn: Turn, found: Mapping[str, list[Record]]) -> str:
    """The JSON form, with moments in UTC."""
    return json.dumps(
        {"format": FORMAT, "made_at": turn.now.isoformat(), "tables": found},
        ensure_ascii=False,
        indent=1,
        default=_plain,
    )


def readable(turn: Turn, person: Person, found: Mapping[str, list[Record]]) -> str:
    """The text form: a heading for each kind, a line for each value."""
    lines = [turn.phrase("export_head", person, day=wording.day_and_clock(turn, person, turn.now)), ""]
    for table, records in found.items():
        if table == "audit":
            continue
        lines += [
            _upper(turn.phrase(f"section_{table}", person)) if _has(turn, f"section_{table}") else table
        ]
        if table in COUNTED:
            lines += [turn.phrase("export_counted", person, count=len(records)), ""]
            continue
        for record in records:
            lines += [*_lines(turn, person, table, record), ""]
    lines += [_upper(turn.phrase("section_audit", person)), *looking.lines(turn, person), ""]
    return "\n".join([*lines, turn.phrase("export_foot", person), ""])


def _lines(turn: Turn, person: Person, table: str, record: Record) -> list[str]:
    owner = owner_column(metadata.tables[table])
    hidden = _HIDDEN | ({owner.name} if owner is not None else set())
    references = {key.parent.name for key in metadata.tables[table].foreign_keys}
    said = []
    for name, value in record.items():
        if name in hidden or value in ("", None) or (name in references and isinstance(value, int)):
            continue
        if isinstance(value, Mapping):
            said += [
                f"{_part(turn, person, part)}: {_value(turn, person, inner)}"
                for part, inner in value.items()
                if inner or inner == 0
            ]
        else:
            said.append(f"{_label(turn, person, name)}: {_value(turn, person, value)}")
    return said


def _label(turn: Turn, person: Person, column: str) -> str:
    key = f"column_{column}"
    return turn.phrase(key, person) if _has(turn, key) else column.replace("_", " ")


def _part(turn: Turn, person: Person, name: str) -> str:
    """What one answer is about."""
    key = f"field_{name}"
    return turn.phrase(key, person) if _has(turn, key) else name


def _has(turn: Turn, key: str) -> bool:
    return turn.world.library.has_phrase(key)


def _value(turn: Turn, person: Person, value: Value | Any) -> str:
    if isinstance(value, datetime):
        return wording.day_and_clock(turn, person, value) + f" {value.year}"
    if isinstance(value, bool):
        return turn.phrase("word_yes" if value else "word_no", person)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {inner}" for name, inner in value.items())
    return str(value)


def _upper(heading: str) -> str:
    return f"== {heading} =="


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)

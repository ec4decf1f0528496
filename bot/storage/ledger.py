"""The ledger of erasures: a file beside the key file, outside every database and backup, to which lines are added only.

A line holds a keyed hash of the person's number and of the moment their row was made, and the day of the erasure: no
name, no account. After a copy was put back, whoever stands in it is erased again.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.vault import Vault

ENDING = ".erased"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the file says. *broken* counts lines that cannot be read: somebody changed the file."""

    marks: frozenset[str]
    broken: int


def ledger_path(key_file: Path) -> Path:
    """Where the ledger of an installation is."""
    return key_file.with_name(key_file.name + ENDING)


def mark(vault: Vault, person_id: int, created_at: datetime) -> str:
    """What a person is known by in the ledger; another database gives the same number another mark."""
    return vault.lookup("erasure", f"{person_id}:{created_at.isoformat()}").hex()


def remember(path: Path, marked: str, now: datetime) -> None:
    """Add a line, on disk before this returns: the database forgets the mark only then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"erased": marked, "on": now.date().isoformat()})
    number = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
    with os.fdopen(number, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        torn = False
        if size:
            file.seek(size - 1)
            torn = file.read(1) != b"\n"
        file.write((b"\n" if torn else b"") + line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Ledger:
    """Every mark in the file; an empty ledger when there is none yet."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Ledger(frozenset(), 0)
    marks, broken = set(), 0
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            marks.add(str(json.loads(line)["erased"]))
        except (ValueError, KeyError, TypeError):
            broken += 1
    return Ledger(frozenset(marks), broken)

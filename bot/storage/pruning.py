"""Copies of the database that the companion made itself, beside it: they go after thirty days."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

COPIES_KEPT = timedelta(days=30)
_STAMPED = re.compile(r"\.(\d{8}-\d{6})$")
_OTHERS = re.compile(r"\.(before-[0-9a-z_]+|replaced(-wal|-shm)?|restored)$")


def prune_copies(path: Path, now: datetime) -> int:
    """Remove what ``db backup``, an upgrade or a restore left beside the database at *path*; how many files.

    The age of a backup is the moment in its name; of others, when the file was last written.
    """
    gone = 0
    for file in sorted(path.parent.glob(f"{path.name}.*")):
        made = _made_at(file, path.name)
        if made is not None and now - made >= COPIES_KEPT:
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def _made_at(file: Path, name: str) -> datetime | None:
    ending = file.name.removeprefix(name)
    stamped = _STAMPED.fullmatch(ending)
    if stamped:
        try:
            return datetime.strptime(stamped.group(1), "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None
    if _OTHERS.fullmatch(ending):
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return None

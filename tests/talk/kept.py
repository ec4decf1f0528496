"""What is kept: every sealed column opened, every other column as it stands, and the bytes of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from bot.storage import sealed
from bot.storage.columns import Sealed
from bot.storage.schema import metadata


def words(conn: Connection) -> Iterator[tuple[str, int, str]]:
    """Everything that is sealed, opened: its place (``item.content``), the number of its row, and the words."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, Sealed):
                continue
            for row in conn.execute(select(table.c.id, column).where(column.is_not(None))):
                if row[1]:
                    yield f"{table.name}.{column.name}", row[0], sealed.opened(conn, column, row[0], row[1])


def places_of(conn: Connection, text: str) -> set[str]:
    """The columns in which *text* stands, sealed or not."""
    found = {place for place, _, kept in words(conn) if text in kept}
    for table in metadata.sorted_tables:
        for row in conn.execute(select(table)):
            for column, value in zip(table.columns, row, strict=True):
                if text in _readable(value):
                    found.add(f"{table.name}.{column.name}")
    return found


def rows(conn: Connection) -> Counter[str]:
    """How many rows each table holds."""
    return Counter({table.name: len(conn.execute(select(table)).all()) for table in metadata.sorted_tables})


def changed(before: Counter[str], after: Counter[str]) -> dict[str, int]:
    """Which tables grew (or shrank), and by how much."""
    return {name: after[name] - before[name] for name in after | before if after[name] != before[name]}


def file_holds(path: Path, text: str) -> bool:
    """Whether the bytes of the database or its log hold *text*."""
    files = [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]
    return any(text.encode() in file.read_bytes() for file in files if file.exists())


def _readable(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)

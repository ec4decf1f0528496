"""Copies of an SQLite database while it is in use, and the check whether a database is whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, select, text

from bot.errors import CompanionError
from bot.storage.condition import check_condition, check_keys
from bot.storage.database import bare_engine, is_sqlite, make_private_file, place_of, transaction
from bot.storage.trouble import DatabaseDamaged
from bot.vault import Vault

_PAGES_AT_A_TIME = 1000


def copy_sqlite(path: Path, target: Path) -> Path:
    """Copy the database at *path* to *target*, whole and checked, while others may be writing.

    The copy is one file without side files. ``DatabaseDamaged`` when the copy is not sound; *target* is then not
    replaced. On PostgreSQL use ``pg_dump``.
    """
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    make_private_file(unfinished)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy, pages=_PAGES_AT_A_TIME)
            copy.execute("PRAGMA journal_mode=DELETE")
            found = copy.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise DatabaseDamaged(str(path))
        _to_disk(unfinished)
        unfinished.replace(target)
        _to_disk(target.parent)
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(str(path)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def restore_sqlite(copy: Path, path: Path) -> Path | None:
    """Put *copy* where the database is, while nothing runs (hold the lock of ``run``); where the old file went.

    ``DatabaseDamaged`` when the copy is not sound: then nothing has changed.
    """
    fresh = copy_sqlite(copy, path.with_name(path.name + ".restored"))
    old = path.with_name(path.name + ".replaced")
    existed = path.exists()
    # The write-ahead log belongs to the old file; beside another one it would be read as that file's.
    for ending in ("-wal", "-shm"):
        side = path.with_name(path.name + ending)
        if side.exists():
            side.replace(old.with_name(old.name + ending))
    if existed:
        path.replace(old)
    fresh.replace(path)
    _to_disk(path.parent)
    return old if existed else None


def verify(url: str, vault: Vault | None = None) -> list[str]:
    """What is wrong with the database, one sentence each; empty when it is whole.

    With *vault* every sealed value is opened once, so that a wrong key or a moved value is found as well.
    """
    try:
        check_condition(url)
    except CompanionError as error:
        return [str(error)]
    engine = bare_engine(url).execution_options(vault=vault)
    try:
        with transaction(engine, read_only=True) as conn:
            problems = _structure(conn) if is_sqlite(url) else []
            if vault is not None:
                problems += _words(conn, vault)
            return problems
    except CompanionError as error:
        return [f"{place_of(url)}: {error}"]
    finally:
        engine.dispose()


def _structure(conn: Connection) -> list[str]:
    found = [row[0] for row in conn.execute(text("PRAGMA integrity_check"))]
    problems = [] if found == ["ok"] else [f"The file is damaged: {line}" for line in found]
    loose = conn.execute(text("PRAGMA foreign_key_check")).all()
    return problems + [f"A row of {row[0]} refers to a row of {row[2]} that is not there." for row in loose]


def _words(conn: Connection, vault: Vault) -> list[str]:
    from bot.storage.columns import UNSEALED, Sealed
    from bot.storage.schema import metadata
    from bot.storage.sealed import opened
    from bot.vault import Shredded, Tampered

    check_keys(conn, vault)
    problems = []
    for table in metadata.sorted_tables:
        for column in table.c:
            if not isinstance(column.type, Sealed):
                continue
            (key,) = table.primary_key
            bad = erased = 0
            for row_id, blob in conn.execute(select(key, column).where(column.is_not(None))):
                try:
                    opened(conn, column, row_id, blob)
                except Shredded:
                    erased += 1
                except Tampered:
                    bad += blob != UNSEALED
            if bad:
                problems.append(f"{bad} sealed values in {table.name}.{column.name} were changed or moved.")
    return problems


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

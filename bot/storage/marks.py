"""From the database to the ledger: who was erased is marked in the transaction that erases, and in the file after it.

Written the other way round, a commit that failed would leave a mark for somebody who is still there, and who may take
the wish back: the next start would erase them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import DBAPIError

from bot.storage import ledger
from bot.storage.database import bare_engine, is_sqlite, sqlite_path, transaction
from bot.storage.schema_rights import erasure
from bot.storage.trouble import StorageTrouble


@dataclass(frozen=True, slots=True)
class Mark:
    """An erasure that was committed and does not stand in the file yet."""

    erasure_id: int
    mark: str
    at: datetime


def unwritten(conn: Connection) -> list[Mark]:
    """What the file does not hold yet, oldest first."""
    query = select(erasure.c.id, erasure.c.mark, erasure.c.done_at).where(erasure.c.mark.is_not(None))
    return [Mark(row.id, row.mark, row.done_at) for row in conn.execute(query.order_by(erasure.c.id))]


def write(path: Path, found: Sequence[Mark]) -> None:
    """Add them to the file, on disk before this returns. A mark that stands there twice means the same."""
    for one in found:
        ledger.remember(path, one.mark, one.at)


def written(conn: Connection, found: Sequence[Mark]) -> None:
    """They stand in the file; the database needs them no longer."""
    conn.execute(update(erasure).where(erasure.c.id.in_([one.erasure_id for one in found])).values(mark=None))


def bring_up_to_date(engine: Engine, path: Path) -> int:
    """Have the file hold every erasure that was committed; how many were added."""
    with transaction(engine, read_only=True) as conn:
        found = unwritten(conn)
    if found:
        write(path, found)
        with transaction(engine) as conn:
            written(conn, found)
    return len(found)


def rescue(url: str, path: Path) -> int:
    """The same from a database that is about to be replaced; one that cannot be read has nothing to give."""
    if not is_sqlite(url) or not sqlite_path(url).is_file():
        return 0
    engine = bare_engine(url)
    try:
        return bring_up_to_date(engine, path)
    except (DBAPIError, StorageTrouble):
        return 0
    finally:
        engine.dispose()

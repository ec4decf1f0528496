"""Sealing everything with the current master key, in batches; what was done stays done when it is interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import Any

from sqlalchemy import Column, Connection, Engine, select, update

from bot.storage import meta
from bot.storage.columns import Sealed
from bot.storage.condition import KEY_CHECK
from bot.storage.database import transaction
from bot.storage.schema import metadata
from bot.storage.schema_flow import person_key
from bot.vault import Vault, owner_of

BATCH = 200
_HEADER = Struct(">BHQ")


def reseal(engine: Engine, vault: Vault) -> dict[str, int]:
    """Wrap every person's key and seal every other sealed value anew where an older key was used; how many of each."""
    done = {"person_key.wrapped": 0}
    while count := _transaction(engine, lambda conn: _rewrap(conn, vault)):
        done["person_key.wrapped"] += count
    for column in _columns():
        place = f"{column.table.name}.{column.name}"
        done[place] = 0
        after = 0
        while True:
            count, last = _transaction(engine, lambda conn, c=column, a=after: _reseal(conn, vault, c, a))
            done[place] += count
            if last is None:
                break
            after = last
    with transaction(engine) as conn:
        meta.put(conn, KEY_CHECK, vault.check_value())
    return {place: count for place, count in done.items() if count}


def older(engine: Engine, vault: Vault) -> int:
    """How many keys and values still need an older master key."""
    with transaction(engine, read_only=True) as conn:
        count = len(
            conn.execute(select(person_key.c.person_id).where(person_key.c.key_id != vault.current)).all()
        )
        for column in _columns():
            blobs = conn.execute(select(column).where(column.is_not(None))).scalars()
            count += sum(_is_older(blob, vault) for blob in blobs)
    return count


def _transaction(engine: Engine, job: Any) -> Any:
    with transaction(engine) as conn:
        return job(conn)


def _columns() -> Iterator[Column[Any]]:
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed):
                yield column


def _rewrap(conn: Connection, vault: Vault) -> int:
    rows = conn.execute(select(person_key).where(person_key.c.key_id != vault.current).limit(BATCH)).all()
    for row in rows:
        wrapped = vault.rewrap(row.person_id, row.key_id, bytes(row.wrapped))
        conn.execute(
            update(person_key)
            .where(person_key.c.person_id == row.person_id)
            .values(key_id=vault.current, wrapped=wrapped)
        )
    return len(rows)


def _reseal(conn: Connection, vault: Vault, column: Column[Any], after: int) -> tuple[int, int | None]:
    (key,) = column.table.primary_key
    rows = conn.execute(
        select(key, column).where(column.is_not(None), key > after).order_by(key).limit(BATCH)
    ).all()
    place, count = f"{column.table.name}.{column.name}", 0
    for number, blob in rows:
        if _is_older(blob, vault):
            sealed = vault.seal(place, number, vault.open(place, number, blob))
            conn.execute(update(column.table).where(key == number).values({column.name: sealed}))
            count += 1
    return count, rows[-1][0] if rows else None


def _is_older(blob: bytes, vault: Vault) -> bool:
    if len(blob) < _HEADER.size or owner_of(blob):
        return False
    number: int = _HEADER.unpack_from(blob)[1]
    return number != vault.current

"""Sealing and opening the words in a row. The vault travels with the engine of the connection."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, Connection, Table, Update, bindparam, delete, select
from sqlalchemy import insert as insert_into
from sqlalchemy import update as update_of

from bot.storage.columns import UNSEALED, Sealed
from bot.storage.dialect import insert_unless_there
from bot.storage.schema_flow import person_key
from bot.vault import Shredded, Tampered, Vault, owner_of

__all__ = ["Sealed", "insert", "opened", "seal", "shred", "update_sealed", "vault_of"]


def vault_of(conn: Connection) -> Vault:
    """The vault that came with the engine of *conn*."""
    vault: Vault = conn.get_execution_options()["vault"]
    return vault


def seal(conn: Connection, column: Column[Any], row_id: int, text: str, owner: int | None = None) -> bytes:
    """*text*, sealed for *column* of row *row_id*. With *owner* (a person) it dies with that person's key."""
    vault = vault_of(conn)
    if owner is None:
        return vault.seal(_place(column), row_id, text)
    # Always read, never remembered: a key whose transaction was rolled back must not seal anything.
    return vault.seal_for(owner, _read_or_make(conn, vault, owner), _place(column), row_id, text)


def opened(conn: Connection, column: Column[Any], row_id: int, blob: bytes) -> str:
    """The words in *blob*, found in *column* of row *row_id*. ``Tampered``, ``Shredded`` or ``WrongKey``."""
    vault, place, owner = vault_of(conn), _place(column), owner_of(blob)
    if not owner:
        return vault.open(place, row_id, blob)
    cipher = vault.remembered(owner)
    if cipher is not None:
        try:
            return vault.open(place, row_id, blob, cipher)
        except Tampered:
            vault.evict(owner)
    cipher = _read(conn, vault, owner)
    if cipher is None:
        raise Shredded(place)
    return vault.open(place, row_id, blob, cipher)


def insert(
    conn: Connection,
    table: Table,
    values: Mapping[str, Any],
    sealed: Mapping[str, str],
    owner: int | None = None,
) -> int:
    """Insert a row whose columns *sealed* hold words; the number of the new row."""
    blank = dict.fromkeys(sealed, UNSEALED)
    row_id: int = conn.execute(
        insert_into(table).values({**values, **blank}).returning(table.c.id)
    ).scalar_one()
    update_sealed(conn, table, row_id, sealed, owner)
    return row_id


def update_sealed(
    conn: Connection, table: Table, row_id: int, sealed: Mapping[str, str | None], owner: int | None = None
) -> None:
    """Replace the words in columns *sealed* of row *row_id*; None empties a column."""
    if not sealed:
        return
    values = {
        name: None if text is None else seal(conn, table.c[name], row_id, text, owner)
        for name, text in sealed.items()
    }
    conn.execute(_update(table), {"of_row": row_id, **values})


def shred(conn: Connection, owner: int) -> None:
    """Destroy the key of person *owner*: everything sealed with it is unreadable from now on."""
    conn.execute(delete(person_key).where(person_key.c.person_id == owner))
    vault_of(conn).evict(owner)


@cache
def _update(table: Table) -> Update:
    # Kept, because putting a statement together takes longer than running it.
    return update_of(table).where(table.c.id == bindparam("of_row"))


_KEY_OF = select(person_key.c.key_id, person_key.c.wrapped).where(
    person_key.c.person_id == bindparam("owner")
)


def _place(column: Column[Any]) -> str:
    return f"{column.table.name}.{column.name}"


def _read(conn: Connection, vault: Vault, owner: int) -> AESGCM | None:
    row = conn.execute(_KEY_OF, {"owner": owner}).one_or_none()
    return None if row is None else vault.unwrap(owner, row.key_id, bytes(row.wrapped))


def _read_or_make(conn: Connection, vault: Vault, owner: int) -> AESGCM:
    found = _read(conn, vault, owner)
    if found is not None:
        return found
    values = {"person_id": owner, "key_id": vault.current, "wrapped": vault.new_person_key(owner)}
    # Another worker may have made one in the meantime; whoever was first, that key counts.
    insert_unless_there(conn, person_key, values, ("person_id",), person_key.c.person_id)
    made = _read(conn, vault, owner)
    if made is None:
        raise Shredded("person_key.wrapped")
    return made

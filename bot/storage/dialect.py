"""The few statements that SQLite and PostgreSQL spell differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Executable, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

_T = TypeVar("_T", bound=tuple[Any, ...])


def is_postgres(conn: Connection) -> bool:
    """Whether *conn* leads to PostgreSQL (otherwise it is SQLite)."""
    return conn.dialect.name == "postgresql"


def insert_unless_there(
    conn: Connection, table: Table, values: Mapping[str, Any], unique: Sequence[str], wanted: Column[Any]
) -> Any:
    """Insert unless a row with the same *unique* columns exists; *wanted* of the new row, or None."""
    statement = _insert(is_postgres(conn), table, tuple(unique), wanted)
    return conn.execute(statement, dict(values)).scalar_one_or_none()


@cache
def _insert(postgres: bool, table: Table, unique: tuple[str, ...], wanted: Column[Any]) -> Executable:
    # Kept, because putting a statement together takes longer than running it.
    make = postgresql.insert if postgres else sqlite.insert
    return make(table).on_conflict_do_nothing(index_elements=unique).returning(wanted)


def unclaimed(statement: Select[_T]) -> Select[_T]:
    """*statement*, skipping rows another worker holds. SQLite has one writer: nothing is left to skip."""
    return statement.with_for_update(skip_locked=True)

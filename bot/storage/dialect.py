"""The few statements that SQLite and PostgreSQL spell differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

_T = TypeVar("_T", bound=tuple[Any, ...])


def is_postgres(conn: Connection) -> bool:
    """Whether *conn* leads to PostgreSQL (otherwise it is SQLite)."""
    return conn.dialect.name == "postgresql"


def insert_unless_there(
    conn: Connection, table: Table, values: Mapping[str, Any], unique: Sequence[str], wanted: Column[Any]
) -> Any:
    """Insert unless a row with the same *unique* columns exists; *wanted* of the new row, or None."""
    make = postgresql.insert if is_postgres(conn) else sqlite.insert
    statement = make(table).values(values).on_conflict_do_nothing(index_elements=list(unique))
    return conn.execute(statement.returning(wanted)).scalar_one_or_none()


def unclaimed(statement: Select[_T]) -> Select[_T]:
    """*statement*, skipping rows another worker holds. SQLite has one writer: nothing is left to skip."""
    return statement.with_for_update(skip_locked=True)

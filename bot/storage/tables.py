"""One MetaData for all tables, and the way every table is made."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def table(name: str, *items: SchemaItem) -> Table:
    """A table with checked types on SQLite, whose row numbers are never used twice: sealed values are bound to them."""
    keys = [item for item in items if isinstance(item, Column) and item.primary_key]
    counted = len(keys) == 1 and isinstance(keys[0].type, Integer) and not keys[0].foreign_keys
    return Table(name, metadata, *items, sqlite_strict=True, sqlite_autoincrement=counted)


def identity() -> Column[int]:
    """The usual primary key: ``id``, given out by the database."""
    return Column("id", BigInteger, primary_key=True, autoincrement=True)

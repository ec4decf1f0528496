"""One MetaData for all tables, and what every table gets on SQLite."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, MetaData, Table, event

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


@event.listens_for(Table, "after_parent_attach")
def _strict_and_counted(table: Table, parent: Any) -> None:
    """Types are checked, and a row number is never used twice: sealed values and buttons are bound to it."""
    if parent is metadata:
        keys = list(table.primary_key)
        counted = len(keys) == 1 and isinstance(keys[0].type, Integer) and not keys[0].foreign_keys
        table.dialect_kwargs["sqlite_strict"] = True
        table.dialect_kwargs["sqlite_autoincrement"] = counted

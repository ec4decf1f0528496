"""Revision counters: other processes bump one, a running companion sees that it moved."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from bot.storage.dialect import insert_unless_there
from bot.storage.schema_flow import counter


def bump(conn: Connection, name: str) -> int:
    """Add one to counter *name*; its new value."""
    insert_unless_there(conn, counter, {"name": name, "value": 0}, ("name",), counter.c.name)
    changed = update(counter).where(counter.c.name == name).values(value=counter.c.value + 1)
    value: int = conn.execute(changed.returning(counter.c.value)).scalar_one()
    return value


def value(conn: Connection, name: str) -> int:
    """The value of counter *name*; 0 when it never moved."""
    found = conn.execute(select(counter.c.value).where(counter.c.name == name)).scalar_one_or_none()
    return found or 0

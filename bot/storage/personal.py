"""Whose data a row is. One place says it for every table; erasure, export and the documents read it from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, ForeignKey, Table, or_, select

from bot.storage.metadata import metadata
from bot.storage.schema_people import person

NUMBERS_ONLY = frozenset({"audit", "erasure", "retention_run"})
"""Tables that keep numbers, dates and codes after an erasure: they account for what was done."""

_OWNER = {"handle": "actor_id", "digest": "professional_id"}
_HANGING = frozenset({"alert_step", "alert_exclusion"})
"""Tables whose person is somebody who did something: the row hangs on another one and is its youngster's."""

_USUAL = ("youth_id", "person_id")
_LOOSE = frozenset({("session", "message_id"), ("outbox", "edits"), ("outbox", "account_id")})
"""References that do not make a row part of what it refers to."""


def owner_column(table: Table) -> Column[Any] | None:
    """The column that says whose row it is; none for tables about nobody."""
    if table.name in NUMBERS_ONLY | _HANGING:
        return None
    if table is person:
        return person.c.id
    names = (_OWNER[table.name],) if table.name in _OWNER else _USUAL
    return next((table.c[name] for name in names if name in table.c), None)


def rows_of(conn: Connection, person_id: int) -> Mapping[Table, ColumnElement[bool]]:
    """Every table that holds something of a person, parents first, with the condition for their rows.

    A row belongs to somebody when it names them as its owner, or hangs on a row that is theirs.
    """
    found: dict[Table, ColumnElement[bool]] = {}
    numbers: dict[Table, list[int]] = {}
    for table in _tables():
        clauses = []
        owner = owner_column(table)
        if owner is not None:
            clauses.append(owner == person_id)
        clauses += [
            key.parent.in_(numbers[key.column.table])
            for key in _strong(table)
            if numbers.get(key.column.table)
        ]
        if not clauses:
            continue
        keys = list(table.primary_key)
        if len(keys) != 1:
            found[table] = or_(*clauses)
            continue
        ids = list(conn.execute(select(keys[0]).where(or_(*clauses))).scalars())
        if ids:
            found[table] = keys[0].in_(ids)
            numbers[table] = ids
    return found


def numbers_of(
    conn: Connection, rows: Mapping[Table, ColumnElement[bool]], name: str, person_id: int
) -> set[int]:
    """The numbers of a person's rows in table *name*; of the person when *name* is ``youth``."""
    if name in ("youth", "invited", "person"):
        return {person_id}
    table = metadata.tables.get({"notice": "journal"}.get(name, name))
    if table is None or table not in rows:
        return set()
    (key,) = table.primary_key
    return set(conn.execute(select(key).where(rows[table])).scalars())


def _tables() -> list[Table]:
    from bot.storage import schema

    return list(schema.metadata.sorted_tables)


def _strong(table: Table) -> list[ForeignKey]:
    return [
        key
        for key in table.foreign_keys
        if key.column.table is not person
        and key.column.table is not table
        and (table.name, key.parent.name) not in _LOOSE
    ]

"""Bringing rows to what a plan says: added, changed, or left alone. Every function says what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from bot.schedule.series import Series
from bot.storage import calendars, changes, people
from bot.storage.schema_programme import group_staff

Done = str
"""added, changed, or nothing at all."""


def keyed(conn: Connection, table: Table, key: str, values: Mapping[str, Any]) -> tuple[int, Done]:
    """The row of *table* with this *key*, made to hold *values*: its id, and what was done."""
    row = conn.execute(select(table).where(table.c.key == key)).one_or_none()
    if row is None:
        statement = insert(table).values(key=key, **values).returning(table.c.id)
        return int(conn.execute(statement).scalar_one()), "added"
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if changed:
        conn.execute(update(table).where(table.c.id == row.id).values(changed))
    return int(row.id), "changed" if changed else ""


def staff_member(
    conn: Connection, key: str, name: str, values: Mapping[str, Any], language: str, now: datetime
) -> tuple[int, Done]:
    """The staff member with this *key*: person id, and what was done."""
    found = people.by_key(conn, key)
    if found is None:
        return people.add(conn, name, now, {**values, "key": key, "language": language}), "added"
    changed = {column: value for column, value in values.items() if getattr(found, column) != value}
    if changed:
        people.change(conn, found.id, **changed)
    if str(found.name) != name:
        people.rename(conn, found.id, name)
    return found.id, "changed" if changed or str(found.name) != name else ""


def leaders(conn: Connection, group_id: int, wanted: set[int]) -> tuple[set[int], set[int]]:
    """Make exactly *wanted* lead the group; who came and who went."""
    query = select(group_staff.c.person_id).where(group_staff.c.group_id == group_id)
    present = set(conn.execute(query).scalars())
    came, went = wanted - present, present - wanted
    if went:
        conn.execute(
            delete(group_staff).where(group_staff.c.group_id == group_id, group_staff.c.person_id.in_(went))
        )
    for person_id in sorted(came):
        conn.execute(insert(group_staff).values(group_id=group_id, person_id=person_id))
    return came, went


def series_decided(conn: Connection, group_id: int, wanted: Sequence[Series]) -> bool:
    """Whether people gave the group another weekday or time by chat, and the file says something else."""
    if changes.rhythm(conn, group_id) is None:
        return False
    return calendars.series_of(conn, group_id) != sorted(wanted, key=lambda one: one.first)


def series_of(conn: Connection, group_id: int, wanted: Sequence[Series]) -> Done:
    """Give the group these series and no others."""
    present = calendars.series_of(conn, group_id)
    if present == sorted(wanted, key=lambda one: one.first):
        return ""
    calendars.replace_series(conn, group_id, wanted)
    return "changed" if present else "added"

"""Everything kept about one person, opened and gathered table by table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Row, Table, or_, select

from bot.storage import sealed
from bot.storage.columns import Sealed
from bot.storage.personal import rows_of
from bot.storage.schema_flow import inbox
from bot.storage.schema_people import account, audit, person
from bot.vault import Shredded
from dialogs import state as states
from dialogs.words import Words

LEFT_OUT = frozenset({"person_key", "staff_code", "handle"})
"""Tables of keys and of random names of buttons: giving them away would unlock, not inform."""

FIGURES = frozenset({("exercise", "figures")})
"""Columns that hold numbers by field as JSON."""

Value = str | int | bool | None | datetime | Mapping[str, Any]
Record = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the audit trail about somebody: who did what, and whether it was allowed."""

    at: datetime
    actor_id: int | None
    role: str
    action: str
    kind: str
    object_id: int | None
    outcome: str


def gather(conn: Connection, person_id: int) -> dict[str, list[Record]]:
    """Every row that belongs to a person, by table; words opened, other people by name, keys and hashes left out."""
    names = _Names(conn)
    found: dict[str, list[Record]] = {}
    for table, mine in rows_of(conn, person_id).items():
        if table.name in LEFT_OUT:
            continue
        keys = [key.asc() for key in table.primary_key]
        rows = conn.execute(select(table).where(mine).order_by(*keys)).all()
        if rows:
            found[table.name] = [_record(conn, table, row, person_id, names) for row in rows]
    lookups = list(conn.execute(select(account.c.lookup).where(account.c.person_id == person_id)).scalars())
    if lookups:
        rows = conn.execute(
            select(inbox).where(inbox.c.account_lookup.in_(lookups)).order_by(inbox.c.id)
        ).all()
        if rows:
            found["inbox"] = [_record(conn, inbox, row, person_id, names) for row in rows]
    found["audit"] = [
        {
            "at": one.at,
            "actor": names.of(one.actor_id or 0) if _is_named(one, person_id) else one.role,
            "role": one.role,
            "action": one.action,
            "object_type": one.kind,
            "object_id": one.object_id,
            "outcome": one.outcome,
        }
        for one in looks(conn, person_id, own=True)
    ]
    return found


def looks(conn: Connection, person_id: int, *, own: bool) -> list[Look]:
    """What was done with somebody's data, oldest first; with *own* also what they did themselves."""
    about = audit.c.subject_id == person_id
    clause = or_(about, audit.c.actor_id == person_id) if own else about
    rows = conn.execute(select(audit).where(clause).order_by(audit.c.id))
    return [
        Look(row.at, row.actor_id, row.actor_role, row.action, row.object_type, row.object_id, row.outcome)
        for row in rows
        if own or row.actor_id != person_id
    ]


def _is_named(one: Look, person_id: int) -> bool:
    """Staff are named to who asks; another youngster who tapped where they may not is nobody's business."""
    return one.actor_id is not None and (one.role != "youth" or one.actor_id == person_id)


class _Names:
    """First names of the people that rows refer to, opened once each."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._known: dict[int, str] = {}

    def of(self, number: int) -> str:
        if number not in self._known:
            row = self._conn.execute(select(person.c.name).where(person.c.id == number)).one_or_none()
            blob = row.name if row else None
            self._known[number] = (
                sealed.opened(self._conn, person.c.name, number, blob) if blob else f"{number}"
            )
        return self._known[number]


def _record(conn: Connection, table: Table, row: Row[Any], person_id: int, names: _Names) -> Record:
    record: dict[str, Value] = {}
    for column in table.columns:
        value = getattr(row, column.name)
        if isinstance(column.type, LargeBinary) or value is None:
            continue
        if isinstance(column.type, Sealed):
            record[column.name] = _opened(conn, table, column, row.id, value)
        elif (table.name, column.name) in FIGURES:
            record[column.name] = json.loads(value)
        elif _refers_to_person(column) and value != person_id:
            record[column.name] = names.of(value)
        else:
            record[column.name] = value
    return record


def _refers_to_person(column: Column[Any]) -> bool:
    return any(key.column.table is person for key in column.foreign_keys)


def _opened(conn: Connection, table: Table, column: Column[Any], row_id: int, blob: bytes) -> Value:
    if not blob:
        return ""
    try:
        text = sealed.opened(conn, column, row_id, blob)
    except Shredded:
        return None
    match table.name, column.name:
        case "session", "state":
            state = states.load(text)
            return {
                name: state.labels.get(name, str(value) if isinstance(value, Words) else value)
                for name, value in state.answers.items()
            }
        case ("attempt", "words") | ("exercise", "answers"):
            words: dict[str, Any] = json.loads(text)
            return words
        case _:
            return text

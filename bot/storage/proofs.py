"""The proof of an erasure: what went, where was looked afterwards, and what was found there."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from bot.storage import sealed
from bot.storage.columns import Sealed
from bot.storage.metadata import metadata
from bot.storage.personal import NUMBERS_ONLY, owner_column
from bot.storage.schema_flow import inbox, throttle
from bot.storage.schema_people import person
from bot.vault import Shredded, Tampered, owner_of


@dataclass(frozen=True, slots=True)
class Proof:
    """What went and where was looked afterwards: numbers, table names and a date. *left* is empty when all is gone.

    *named* counts sealed texts elsewhere in which the same first name still stands: perhaps somebody else's.
    """

    person: int
    on: str
    erased: Mapping[str, int]
    searched: tuple[str, ...]
    left: Mapping[str, int]
    named: int

    @property
    def digest(self) -> str:
        """A hash over everything above, kept with the erasure."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def left(conn: Connection, person_id: int, lookups: list[bytes]) -> tuple[tuple[str, ...], dict[str, int]]:
    """Where was looked for anything of a person, and how much is there: rows that name them as owner, values sealed
    with their key, and the hashes of their accounts.
    """
    searched, found = [], {}
    for table in metadata.sorted_tables:
        owner = owner_column(table)
        if owner is not None:
            places = [(f"{table.name}.{owner.name}", owner == person_id)]
            if table is person:
                places = [("person.id", (owner == person_id) & (person.c.state != "erased"))]
            for place, clause in places:
                searched.append(place)
                found[place] = conn.execute(
                    select(func.count()).select_from(table).where(clause)
                ).scalar_one()
        for column in table.c:
            if isinstance(column.type, Sealed):
                place = f"{table.name}.{column.name}"
                searched.append(place)
                blobs = conn.execute(select(column).where(column.is_not(None))).scalars()
                found[place] = sum(owner_of(blob) == person_id for blob in blobs)
    for place, column in (
        ("inbox.account_lookup", inbox.c.account_lookup),
        ("throttle.who", throttle.c.who),
    ):
        searched.append(place)
        found[place] = (
            conn.execute(select(func.count()).where(column.in_(lookups))).scalar_one() if lookups else 0
        )
    return tuple(searched), {place: count for place, count in found.items() if count}


def prove(
    conn: Connection,
    person_id: int,
    name: str,
    lookups: list[bytes],
    erased: Mapping[str, int],
    now: datetime,
) -> Proof:
    """Look everywhere for what may be left of a person who was erased just now."""
    searched, found = left(conn, person_id, lookups)
    named = re.compile(rf"\b{re.escape(name)}\b") if name else None
    count = 0
    for table in metadata.sorted_tables:
        for column in table.c:
            if named and isinstance(column.type, Sealed) and table.name not in NUMBERS_ONLY:
                for row in conn.execute(select(table).where(column.is_not(None))).all():
                    count += bool(named.search(opened_or_empty(conn, table, column.name, row)))
    return Proof(person_id, now.date().isoformat(), dict(erased), searched, found, count)


def opened_or_empty(conn: Connection, table: Table, column: str, row: Row[Any]) -> str:
    """The words in a sealed column; empty when there are none or nobody can read them any more."""
    blob = getattr(row, column)
    if not blob:
        return ""
    try:
        return sealed.opened(conn, table.c[column], row.id, blob)
    except (Shredded, Tampered):
        return ""

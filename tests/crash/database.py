"""What a database says, read from outside: rows as people would tell them, and the words in them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, case, select

from bot.message import load
from bot.storage import audit
from bot.storage.columns import Sealed
from bot.storage.database import open_engine, transaction
from bot.storage.metadata import metadata
from bot.storage.schema_flow import outbox
from bot.storage.schema_people import account
from bot.storage.sealed import opened
from dialogs.text import plain
from tests.crash.programme import DATABASE, url_of, vault_of


@dataclass(frozen=True, slots=True)
class Flying:
    """A message that was on its way when the process died: whether Telegram has it, the dead cannot know."""

    row: int
    chat: int
    do: str
    text: str
    labels: tuple[str, ...]
    doubt: str


@contextmanager
def reading(folder: Path) -> Iterator[Connection]:
    """The database of an installation."""
    engine = open_engine(url_of(folder), vault_of(folder))
    try:
        with transaction(engine, read_only=True) as conn:
            yield conn
    finally:
        engine.dispose()


def flying(folder: Path) -> list[Flying]:
    """What was on its way when the process died."""
    with reading(folder) as conn:
        rows = conn.execute(
            select(outbox, account.c.address)
            .join(account, account.c.id == outbox.c.account_id)
            .where(outbox.c.state == "sending")
        ).all()
        return [_flying(conn, row) for row in rows]


def _flying(conn: Connection, row: Any) -> Flying:
    message = load(opened(conn, outbox.c.payload, row.id, row.payload))
    return Flying(
        row.id,
        int(opened(conn, account.c.address, row.account_id, row.address)),
        message.do,
        plain(message.text),
        tuple(button.label for line in message.rows for button in line),
        message.doubt,
    )


def state_of(folder: Path, row: int) -> str:
    """What became of a row of the outbox."""
    with reading(folder) as conn:
        return str(conn.execute(select(outbox.c.state).where(outbox.c.id == row)).scalar_one())


def words(folder: Path) -> dict[str, str]:
    """Every sealed word in the database, by table and column."""
    found: dict[str, str] = {}
    with reading(folder) as conn:
        for table in metadata.sorted_tables:
            for column in table.columns:
                if not isinstance(column.type, Sealed):
                    continue
                rows = conn.execute(select(table.c.id, column).where(column.is_not(None))).all()
                place = f"{table.name}.{column.name}"
                found[place] = "\n".join(opened(conn, column, row.id, row[1]) for row in rows if row[1])
    return found


SAID: dict[str, tuple[str, ...]] = {
    "person": ("role", "key", "born", "causes", "language", "state"),
    "account": ("person_id", "state"),
    "staff_code": ("person_id", "wrong"),
    "assignment": ("youth_id", "professional_id", "kind", "until"),
    "invitation": ("person_id", "used_at"),
    "consent": ("person_id", "purpose", "given", "at"),
    "handle": ("actor_id", "purpose", "object_id"),
    "audit": ("actor_role", "action", "object_type", "subject_id", "outcome"),
    "meeting": ("group_id", "local_date", "state"),
    "meeting_answer": ("meeting_id", "person_id", "answer", "changed_at"),
    "inbox": ("source", "update_id", "state", "outcome"),
    "due": ("person_id", "kind", "not_before", "not_after", "state", "outcome"),
    "session": ("person_id", "script", "status", "foreground"),
    "challenge": ("youth_id", "key", "state", "step"),
    "rating": ("challenge_id", "step", "tension"),
    "attempt": ("step", "planned_at", "state", "outcome", "belief", "tension", "highest", "feared", "belief_again"),
    "item": ("youth_id", "kind", "recipient_id", "state", "left_out", "sent_at", "opened_at", "handled_at", "handling"),
    "reply": ("item_id", "author_id", "youth_id", "sent_at", "opened_at"),
    "journal": ("youth_id", "kind", "value", "at"),
    "digest": ("professional_id", "since", "until", "opened_at"),
    "outbox": ("account_id", "lane", "promise", "state", "person_id"),
    "throttle": ("purpose",),
}  # fmt: skip
"""The columns that say what happened; the others hold numbers and moments of the work itself."""


def told(folder: Path) -> dict[str, Counter[tuple[Any, ...]]]:
    """What the database says happened, table by table."""
    with reading(folder) as conn:
        return {
            name: Counter(
                tuple(row) for row in conn.execute(select(*(_told(name, column) for column in columns)))
            )
            for name, columns in SAID.items()
        }


def _told(table: str, column: str) -> Any:
    if (table, column) == ("outbox", "state"):
        # An edit that a newer edit of the same message made needless is as good as shown.
        return case((outbox.c.error == "superseded", "sent"), else_=outbox.c.state)
    return metadata.tables[table].c[column]


def is_sound(folder: Path) -> list[str]:
    """What is wrong with the database itself; an empty list when nothing is."""
    wrong = []
    with sqlite3.connect(folder / DATABASE) as conn:
        checked = [row[0] for row in conn.execute("PRAGMA integrity_check")]
        wrong += [f"integrity: {line}" for line in checked if line != "ok"]
        wrong += [f"foreign key: {row}" for row in conn.execute("PRAGMA foreign_key_check")]
    conn.close()
    with reading(folder) as sound:
        if (line := audit.broken_at(sound)) is not None:
            wrong.append(f"the audit chain is broken at line {line}")
    return wrong

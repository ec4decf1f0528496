"""Speaking data for the tests of storage."""

import base64
import json
import os
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import select

from bot.keys import load_keys
from bot.message import Lane, Message, Promise, dump
from bot.storage import outbox, people
from bot.vault import Vault
from dialogs.text import Span

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEASE = timedelta(seconds=30)
CANARY = "kanarie-zit-alleen-op-zijn-kamer"
_numbers = count(1)


def seconds(number):
    return timedelta(seconds=number)


def write_key_file(path: Path, byte: int = 7) -> None:
    key, lookup = (base64.b64encode(bytes([byte + offset]) * 32).decode() for offset in (0, 1))
    path.write_text(json.dumps({"format": 1, "current": 1, "keys": {"1": key}, "lookup": lookup}))
    path.chmod(0o600)


def vault_from(path: Path) -> Vault:
    return Vault(load_keys(path), os.urandom)


def somebody(conn, name="Sam"):
    """A youngster with a linked account: person id, account id."""
    person_id = people.add(conn, name, NOW, {"role": "youth", "born": "2009-04"})
    number = next(_numbers)
    owner = people.add_account(conn, "telegram", number, number, NOW)
    people.link_account(conn, owner.id, person_id, NOW)
    return person_id, owner.id


def words(text="Hoi Sam"):
    return dump(Message((Span(text),)))


def message(conn, account_id, lane=Lane.REPLY, promise=Promise.AT_LEAST_ONCE, text="Hoi Sam", **more):
    return outbox.add(conn, outbox.NewRow(account_id, lane, promise, words(text), **more), NOW)


def claimed_ids(conn, now=NOW, limit=100, worker="one"):
    return [row.id for row in outbox.claim(conn, now, worker, limit, LEASE)]


def row(conn, table, row_id):
    return conn.execute(select(table).where(table.c.id == row_id)).one()

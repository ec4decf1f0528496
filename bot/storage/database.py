"""Opening a database, and transactions on it.

SQLite: WAL, ``synchronous=FULL`` (a commit survives a power cut), foreign keys, overwritten deletions, and every
writing transaction takes the write lock when it begins: Python's default loses concurrent updates silently.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError

from bot.storage.trouble import StorageTrouble, kind_of
from bot.vault import Vault

BUSY_MS = 5000


def open_engine(url: str, vault: Vault, *, busy_ms: int = BUSY_MS) -> Engine:
    """The engine for a database that exists, has this program's version, and fits the keys of *vault*.

    Raises ``DatabaseMissing``, ``DatabaseEmpty``, ``DatabaseOlder``, ``DatabaseNewer``, ``DatabaseDamaged``,
    ``WrongKey`` or ``StorageTrouble``. Never creates anything.
    """
    from bot.storage.condition import check_condition, check_keys

    check_condition(url)
    engine = bare_engine(url, busy_ms=busy_ms).execution_options(vault=vault)
    try:
        with transaction(engine, read_only=True) as conn:
            check_keys(conn, vault)
    except Exception:
        engine.dispose()
        raise
    return engine


def bare_engine(url: str, *, busy_ms: int = BUSY_MS, foreign_keys: bool = True) -> Engine:
    """An engine without keys or checks: for migrations, backups and checks themselves."""
    if is_sqlite(url):
        engine = create_engine(url, hide_parameters=True)
        prepare_sqlite(engine, busy_ms=busy_ms, foreign_keys=foreign_keys)
        return engine
    return create_engine(url, hide_parameters=True, pool_pre_ping=True)


def prepare_sqlite(
    engine: Engine, *, busy_ms: int = BUSY_MS, foreign_keys: bool = True, only_reads: bool = False
) -> None:
    """Give every SQLite connection of *engine* its settings and its way to begin."""
    pragmas = {
        "busy_timeout": busy_ms,
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "foreign_keys": "ON" if foreign_keys else "OFF",
        "secure_delete": "ON",
    }

    @event.listens_for(engine, "connect")
    def _settings(dbapi: Any, record: Any) -> None:
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        reading = only_reads or conn.get_execution_options().get("read_only")
        conn.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
        conn.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def _ended_by_itself(context: ExceptionContext) -> None:
        # SQLite may end a transaction on its own (disk full). What follows would be committed statement by statement,
        # so the connection is given up: SQLAlchemy then refuses everything until the transaction is rolled back.
        conn = context.connection
        if conn is not None and conn.in_transaction():
            driver: Any = conn.connection.driver_connection
            context.is_disconnect = not driver.in_transaction


@contextmanager
def transaction(engine: Engine, *, read_only: bool = False) -> Iterator[Connection]:
    """One transaction: committed at the end, rolled back on any error.

    Trouble of the database (busy, full, gone ...) comes out as ``StorageTrouble``; a broken rule of the schema stays
    an ``IntegrityError``.
    """
    try:
        with engine.connect() as conn:
            if read_only:
                conn = conn.execution_options(read_only=True, postgresql_readonly=True)
            with conn.begin():
                yield conn
    except DBAPIError as error:
        raise trouble(error) from error.orig


def trouble(error: DBAPIError) -> StorageTrouble | DBAPIError:
    """*error* as the one error that callers know; itself when it is a defect or a broken rule of the schema."""
    kind = kind_of(error)
    return error if kind is None else StorageTrouble(kind)


def is_sqlite(url: str) -> bool:
    """Whether *url* names an SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def sqlite_path(url: str) -> Path:
    """The file that the SQLite *url* names."""
    return Path(make_url(url).database or "")


def place_of(url: str) -> str:
    """Where the database is, for people: a path, or a URL without its password."""
    return str(sqlite_path(url)) if is_sqlite(url) else make_url(url).render_as_string(hide_password=True)


def make_private_file(path: Path) -> None:
    """Create *path* readable for its owner only, if it is not there; SQLite's side files inherit this."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))

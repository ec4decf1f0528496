"""Only one companion runs on a database. The lock is the operating system's, or the server's: kill -9 frees it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from bot.errors import AlreadyRunning
from bot.storage.database import bare_engine, is_sqlite, place_of, sqlite_path, trouble

Purpose = Literal["run", "upgrade"]
_FILES: dict[Purpose, str] = {"run": ".lock", "upgrade": ".upgrade.lock"}
_NUMBERS: dict[Purpose, int] = {"run": 0x4A6F696E5573, "upgrade": 0x4A6F696E5574}

StillHeld = Callable[[], bool]
"""Whether the lock is still ours. A server forgets it when the connection breaks; a file lock stays."""


@contextmanager
def hold(url: str, purpose: Purpose = "run") -> Iterator[StillHeld]:
    """Keep everybody else out until the end of the block; ``AlreadyRunning`` when somebody is in.

    Restoring and key rotation take the lock of ``run`` as well, so they refuse while the companion runs.
    """
    if is_sqlite(url):
        with _file_lock(url, purpose):
            yield lambda: True
    else:
        with _server_lock(url, purpose) as still_held:
            yield still_held


@contextmanager
def _file_lock(url: str, purpose: Purpose) -> Iterator[None]:
    path = sqlite_path(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(path.with_name(path.name + _FILES[purpose]), os.O_CREAT | os.O_RDWR, 0o600)
    with os.fdopen(number, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = file.read(20).strip()
            raise AlreadyRunning(
                place_of(url), f"process {holder}" if holder else "another process"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        # The file stays: removing it would let two processes lock two different files of the same name.
        yield


@contextmanager
def _server_lock(url: str, purpose: Purpose) -> Iterator[StillHeld]:
    engine = bare_engine(url)
    try:
        with _session(engine) as conn:
            if not conn.execute(
                text("SELECT pg_try_advisory_lock(:n)"), {"n": _NUMBERS[purpose]}
            ).scalar_one():
                raise AlreadyRunning(place_of(url), _holder(conn, purpose))
            yield lambda: _alive(conn)
    finally:
        engine.dispose()


def _session(engine: Engine) -> Connection:
    try:
        return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    except DBAPIError as error:
        raise trouble(error) from error.orig


def _alive(conn: Connection) -> bool:
    try:
        conn.execute(text("SELECT 1"))
    except DBAPIError:
        return False
    return True


def _holder(conn: Connection, purpose: Purpose) -> str:
    found = conn.execute(
        text(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1 "
            "AND (classid::bigint << 32) + objid::bigint = :n AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        ),
        {"n": _NUMBERS[purpose]},
    ).scalar_one_or_none()
    return "another process" if found is None else f"database session {found}"

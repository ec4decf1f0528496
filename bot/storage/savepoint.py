"""One part of a transaction that may fail alone: a bad row of one person may not stop what is done for the others."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.storage.trouble import StorageTrouble, kind_of


def apart(conn: Connection, act: Callable[[], object]) -> Exception | None:
    """Let *act* happen in a SAVEPOINT of its own: what went wrong, and then nothing of it is kept.

    Trouble of the database as a whole is raised: nobody's part would succeed.
    """
    savepoint = conn.begin_nested()
    try:
        act()
        savepoint.commit()
    except StorageTrouble:
        raise
    except DBAPIError as error:
        if kind_of(error) is not None:
            raise
        savepoint.rollback()
        failed: Exception | None = error
    except Exception as error:  # noqa: BLE001  # the caller says whose part it was, and goes on
        savepoint.rollback()
        failed = error
    else:
        failed = None
    if conn.invalidated:
        raise StorageTrouble("gone")
    return failed

"""In which condition a database is, before anything is done with it."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select, text

from bot.errors import DatabaseEmpty, DatabaseMissing, DatabaseNewer
from bot.storage import meta
from bot.storage.database import bare_engine, is_sqlite, place_of, sqlite_path, transaction
from bot.storage.migrations.steps import SHIPPED, Steps
from bot.storage.trouble import DatabaseDamaged, DatabaseOlder, StorageTrouble
from bot.vault import Vault

KEY_CHECK = "key_check"


def check_condition(url: str, steps: Steps = SHIPPED) -> None:
    """Nothing when the database can be used; otherwise the error that says why not."""
    found = found_revision(url)
    if found is None:
        raise DatabaseEmpty(place_of(url))
    if found not in steps.revisions:
        raise DatabaseNewer(place_of(url), found, steps.head)
    if found != steps.head:
        raise DatabaseOlder(place_of(url), found)


def found_revision(url: str) -> str | None:
    """The revision of the database; None when there is nothing in it. ``DatabaseMissing``, ``DatabaseDamaged``."""
    if is_sqlite(url):
        path = sqlite_path(url)
        if not path.is_file():
            raise DatabaseMissing(place_of(url))
        if path.stat().st_size == 0:
            return None
    engine = bare_engine(url)
    try:
        with transaction(engine, read_only=True) as conn:
            return _revision(conn, url)
    except StorageTrouble as error:
        if error.kind == "damaged":
            raise DatabaseDamaged(place_of(url)) from error
        if _no_such_database(error):
            raise DatabaseMissing(place_of(url)) from error
        raise
    finally:
        engine.dispose()


def check_keys(conn: Connection, vault: Vault) -> None:
    """``WrongKey`` unless the database was made with the keys of *vault*."""
    value = meta.get(conn, KEY_CHECK)
    if value is not None:
        vault.check(value)


def _revision(conn: Connection, url: str) -> str | None:
    names = inspect(conn).get_table_names()
    if not names:
        return None
    if "alembic_version" not in names:
        # Tables of something else: filling in ours would make a mess of both.
        raise DatabaseDamaged(place_of(url))
    version: str | None = conn.execute(select(text("version_num from alembic_version"))).scalar_one_or_none()
    return version


def _no_such_database(error: StorageTrouble) -> bool:
    # The server's refusal while connecting comes without an SQLSTATE, and its language is that of the server.
    cause = str(error.__cause__)
    return 'database "' in cause and "does not exist" in cause

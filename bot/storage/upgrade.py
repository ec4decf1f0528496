"""Making a database and bringing it to this program's version. Only ``init`` and ``db upgrade`` create one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.errors import DatabaseEmpty, DatabaseMissing, DatabaseNewer
from bot.storage import meta
from bot.storage.backup import copy_sqlite
from bot.storage.condition import KEY_CHECK, found_revision
from bot.storage.database import bare_engine, is_sqlite, make_private_file, place_of, sqlite_path, transaction
from bot.storage.lock import hold
from bot.storage.migrations.steps import SHIPPED, Steps, run_steps
from bot.vault import Vault


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which revision (None: there was nothing) to which, and the copy that was made before."""

    before: str | None
    after: str
    copy: Path | None

    @property
    def changed(self) -> bool:
        """Whether anything was done."""
        return self.before != self.after


def create(url: str, vault: Vault, steps: Steps = SHIPPED) -> Upgraded:
    """Make the database if there is none, fill it if it is empty, upgrade it otherwise."""
    with hold(url, "upgrade"):
        try:
            before = found_revision(url)
        except DatabaseMissing:
            if not is_sqlite(url):
                raise
            make_private_file(sqlite_path(url))
            before = None
        return _upgrade(url, vault, before, steps)


def upgrade(url: str, vault: Vault, steps: Steps = SHIPPED) -> Upgraded:
    """Upgrade a database that holds something; ``DatabaseMissing`` or ``DatabaseEmpty`` when it does not.

    Of an SQLite file a copy is made first, beside it. When a step fails, nothing has changed.
    """
    with hold(url, "upgrade"):
        before = found_revision(url)
        if before is None:
            raise DatabaseEmpty(place_of(url))
        return _upgrade(url, vault, before, steps)


def _upgrade(url: str, vault: Vault, before: str | None, steps: Steps) -> Upgraded:
    if before == steps.head:
        return Upgraded(before, steps.head, None)
    if before is not None and before not in steps.revisions:
        raise DatabaseNewer(place_of(url), before, steps.head)
    copy = None
    if before is not None and is_sqlite(url):
        path = sqlite_path(url)
        copy = copy_sqlite(path, path.with_name(f"{path.name}.before-{steps.head}"))
    # A step that rebuilds a table would otherwise empty the tables that refer to it; checked again at the end.
    engine = bare_engine(url, foreign_keys=False)
    try:
        with transaction(engine) as conn:
            run_steps(conn, steps, steps.head)
            if meta.get(conn, KEY_CHECK) is None:
                meta.put(conn, KEY_CHECK, vault.check_value())
            if is_sqlite(url) and conn.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise RuntimeError("a migration left rows that refer to nothing")
    finally:
        engine.dispose()
    return Upgraded(before, steps.head, copy)

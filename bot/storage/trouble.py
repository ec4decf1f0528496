"""What can be wrong with a database, and the one error that says so while the companion runs."""

from __future__ import annotations

from typing import Literal

from sqlalchemy.exc import DBAPIError, OperationalError

from bot.errors import CompanionError

Kind = Literal["locked", "full", "read_only", "damaged", "gone", "unknown_outcome", "stopped"]

_SQLITE: dict[str, Kind] = {
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_FULL": "full",
    "SQLITE_READONLY": "read_only",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CANTOPEN": "gone",
    "SQLITE_IOERR": "gone",
}
_POSTGRES: dict[str, Kind] = {
    "55P03": "locked",
    "40001": "locked",
    "40P01": "locked",
    "53100": "full",
    "25006": "read_only",
    "XX001": "damaged",
    "XX002": "damaged",
}
_SENTENCES: dict[Kind, str] = {
    "locked": "another program keeps the database busy",
    "full": "the disk is full",
    "read_only": "the database cannot be written",
    "damaged": "the database is damaged",
    "gone": "the database cannot be reached",
    "unknown_outcome": "the connection was lost while it wrote; what happened is not known",
    "stopped": "the companion is stopping",
}


class StorageTrouble(CompanionError):
    """Nothing of the transaction was kept, except perhaps for *kind* ``unknown_outcome``. Carries no words."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind = kind

    def __str__(self) -> str:
        return f"Storage: {_SENTENCES[self.kind]}."


class DatabaseDamaged(CompanionError):
    """The file is no database, or is broken."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return (
            f"The database at {self.place} is damaged, or is not a database. Keep the file, and put back a copy "
            "that 'companion db backup' made."
        )


class DatabaseOlder(CompanionError):
    """An earlier version of the companion made this database."""

    def __init__(self, place: str, found: str) -> None:
        super().__init__(place, found)
        self.place, self.found = place, found

    def __str__(self) -> str:
        return f"The database at {self.place} has version {self.found}. Run 'companion db upgrade' first."


def kind_of(error: DBAPIError) -> Kind | None:
    """Which trouble the driver reports; None when it is no trouble of the database but a defect of a statement."""
    name = getattr(error.orig, "sqlite_errorname", None)
    if isinstance(name, str):
        return next((kind for prefix, kind in _SQLITE.items() if name.startswith(prefix)), None)
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(state, str):
        lost = state.startswith(("08", "57P"))
        return "gone" if lost else _POSTGRES.get(state)
    return "gone" if error.connection_invalidated or isinstance(error, OperationalError) else None

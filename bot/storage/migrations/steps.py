"""Running the steps on a connection."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from bot.storage.migrations import REVISIONS


@dataclass(frozen=True, slots=True)
class Steps:
    """A folder of migrations and their revisions, oldest first."""

    folder: Path
    revisions: tuple[str, ...]

    @property
    def head(self) -> str:
        """The last revision: the tables as the code knows them."""
        return self.revisions[-1]


SHIPPED = Steps(Path(__file__).parent, REVISIONS)


def run_steps(conn: Connection, steps: Steps, until: str) -> None:
    """Bring the database of *conn* to revision *until*, within the transaction of the caller."""
    # Alembic is only needed here, and is slow to import.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(steps.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    command.upgrade(config, until)

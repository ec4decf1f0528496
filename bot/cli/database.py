"""`companion db`: the database by itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, private_folder, settings
from bot.cli.output import tell
from bot.errors import CompanionError, DatabaseMissing

if TYPE_CHECKING:
    from bot.config import Config
    from bot.keys import Vault


class NoCopyHere(CompanionError):
    """A copy cannot be made; *why* says what to do instead."""

    exit_code = 2

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"No copy was made: {self.why}."


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(help="Upgrade, copy and check the database.", rich_markup_mode=None)
    family.command()(upgrade)
    family.command()(backup)
    family.command()(verify)
    app.add_typer(family, name="db")


def upgrade(config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Make the database, or bring it to this version after a copy."""
    from bot.storage.condition import found_revision
    from bot.storage.database import is_sqlite, place_of, sqlite_path
    from bot.storage.lock import hold
    from bot.storage.migrations.steps import SHIPPED
    from bot.storage.upgrade import create

    chosen = settings(config)
    vault, url = _vault(chosen), chosen.database.url
    try:
        present = found_revision(url)
    except DatabaseMissing:
        present = None
    if present == SHIPPED.head:
        tell(
            [f"{place_of(url)} has this version already ({present})."],
            {"before": present, "after": present, "copy": None},
            as_json=as_json,
        )
        return 0
    if present is None and is_sqlite(url):
        private_folder(sqlite_path(url).parent)
    with hold(url):
        if present is not None:
            _refuse_other_keys(url, vault)
        done = create(url, vault)
    lines = [f"{place_of(url)}: from {done.before or 'nothing'} to {done.after}."]
    if done.copy:
        lines.append(f"The copy that was made before: {done.copy}")
    copy = str(done.copy) if done.copy else None
    tell(lines, {"before": done.before, "after": done.after, "copy": copy}, as_json=as_json)
    return 0


def backup(
    target: Annotated[
        Path | None, typer.Argument(metavar="[TARGET]", help="Where to; by default beside the database.")
    ] = None,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Copy the database while it is in use, and check the copy."""
    from bot.cli.server import wall_clock
    from bot.storage.backup import copy_sqlite
    from bot.storage.condition import check_condition
    from bot.storage.database import is_sqlite, sqlite_path

    chosen = settings(config)
    if not is_sqlite(chosen.database.url):
        raise NoCopyHere("PostgreSQL has its own tool, pg_dump")
    check_condition(chosen.database.url)
    path = sqlite_path(chosen.database.url)
    place = target or path.with_name(f"{path.name}.{wall_clock():%Y%m%d-%H%M%S}")
    if place.is_dir():
        place = place / f"{path.name}.{wall_clock():%Y%m%d-%H%M%S}"
    if place.exists():
        raise NoCopyHere(f"{place} exists already")
    if not place.parent.is_dir():
        raise NoCopyHere(f"the folder {place.parent} does not exist")
    copy_sqlite(path, place)
    size = place.stat().st_size
    lines = [f"{place} ({size} bytes). Keep it apart from the key file: together they are readable."]
    tell(lines, {"copy": str(place), "bytes": size}, as_json=as_json)
    return 0


def verify(config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Check structure, every sealed value, and the audit trail."""
    from bot.storage import audit
    from bot.storage import backup as copies
    from bot.storage.database import open_engine, transaction

    chosen = settings(config)
    vault = _vault(chosen)
    problems = copies.verify(chosen.database.url, vault)
    if not problems:
        engine = open_engine(chosen.database.url, vault)
        with transaction(engine, read_only=True) as conn:
            broken = audit.broken_at(conn)
        engine.dispose()
        if broken is not None:
            problems.append(
                f"The audit trail was changed: line {broken} does not follow from the one before it."
            )
    tell(problems or ["The database is whole."], {"problems": problems}, as_json=as_json)
    return int(bool(problems))


def _refuse_other_keys(url: str, vault: Vault) -> None:
    """``WrongKey`` before anything is touched, when the key file belongs to another database."""
    from bot.storage.condition import check_keys
    from bot.storage.database import bare_engine, transaction

    engine = bare_engine(url)
    try:
        with transaction(engine, read_only=True) as conn:
            check_keys(conn, vault)
    finally:
        engine.dispose()


def _vault(config: Config) -> Vault:
    from bot.keys import Vault, load_keys

    return Vault(load_keys(config.keys.file), os.urandom)

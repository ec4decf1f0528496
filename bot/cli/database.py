"""`companion db`: the database by itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, private_folder, settings
from bot.cli.output import tell
from bot.errors import CompanionError, ContentOutdated, DatabaseMissing

if TYPE_CHECKING:
    from bot.config import Config
    from bot.vault import Vault


class NoCopyHere(CompanionError):
    """A copy cannot be made; *why* says what to do instead."""

    exit_code = 2

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"No copy was made: {self.why}."


class NotRestored(CompanionError):
    """Nothing was put back; *why* says what to do instead."""

    exit_code = 2

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"Nothing was put back: {self.why}."


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(help="Upgrade, copy, put back, check and clear the database.", rich_markup_mode=None)
    family.command()(upgrade)
    family.command()(backup)
    family.command()(verify)
    family.command()(restore)
    family.command()(retention)
    app.add_typer(family, name="db")


def upgrade(
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also when texts published here cannot be played any more.")
    ] = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
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
    if present is not None and not anyway:
        _refuse_outdated(chosen, vault)
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


def _refuse_outdated(config: Config, vault: Vault) -> None:
    """``ContentOutdated`` when a text that was published here calls something that this version lacks."""
    from bot.installation import content_of
    from bot.storage import publications
    from bot.storage.database import open_engine, transaction

    engine = open_engine(config.database.url, vault)
    try:
        with transaction(engine, read_only=True) as conn:
            outdated = content_of(conn).outdated if publications.local(conn) else {}
    finally:
        engine.dispose()
    if outdated:
        named = "; ".join(f"{'/'.join(at)}: {problem.what('en')}" for at, problem in sorted(outdated.items()))
        raise ContentOutdated(named)


def backup(
    target: Annotated[
        Path | None, typer.Argument(metavar="[TARGET]", help="Where to; by default beside the database.")
    ] = None,
    noted: Annotated[
        bool, typer.Option("--noted", help="Only note that another tool, such as pg_dump, made a copy now.")
    ] = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Copy the database while it is in use, and check the copy."""
    from bot.cli.server import wall_clock
    from bot.storage.backup import copy_sqlite
    from bot.storage.condition import check_condition
    from bot.storage.database import is_sqlite, sqlite_path

    chosen = settings(config)
    if noted:
        check_condition(chosen.database.url)
        _note_copy(chosen.database.url)
        tell(["Noted: a copy was made now."], {"copy": None, "noted": True}, as_json=as_json)
        return 0
    if not is_sqlite(chosen.database.url):
        raise NoCopyHere(
            "PostgreSQL has its own tool, pg_dump; after it, 'companion db backup --noted' says that it ran"
        )
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
    _note_copy(chosen.database.url)
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


def _note_copy(url: str) -> None:
    """Remember when: without a fresh copy nobody new is admitted."""
    from bot.cli.server import wall_clock
    from bot.storage import copies
    from bot.storage.database import bare_engine, transaction

    engine = bare_engine(url)
    try:
        with transaction(engine) as conn:
            copies.note(conn, wall_clock())
    finally:
        engine.dispose()


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that 'companion db backup' made.")],
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Put a copy back while nothing runs: checked, erased people erased again, nothing old sent once more."""
    from bot.authorize import authorize
    from bot.cli.server import wall_clock
    from bot.errors import Refused
    from bot.storage import audit, ledger, marks, restoring
    from bot.storage.backup import restore_sqlite
    from bot.storage.backup import verify as problems_of
    from bot.storage.database import is_sqlite, open_engine, sqlite_path, transaction
    from bot.storage.lock import hold
    from bot.storage.upgrade import upgrade as bring_up

    chosen = settings(config)
    if not authorize("operator", "restore", "organisation"):
        raise Refused("operator", "restore", "database")
    url = chosen.database.url
    if not is_sqlite(url):
        raise NotRestored(
            "PostgreSQL has its own tool, pg_restore; the ledger is replayed when the bot starts"
        )
    if not file.is_file():
        raise NotRestored(f"{file} is not there")
    vault = _vault(chosen)
    with hold(url):
        _refuse_other_keys(f"sqlite:///{file.absolute()}", vault)
        marks.rescue(url, ledger.ledger_path(chosen.keys.file))
        replaced = restore_sqlite(file, sqlite_path(url))
        bring_up(url, vault)
        found = problems_of(url, vault)
        now = wall_clock()
        engine = open_engine(url, vault)
        try:
            with transaction(engine) as conn:
                made = restoring.made_at(conn)
                settled = restoring.settle(conn, ledger.read(ledger.ledger_path(chosen.keys.file)), now)
                entry = audit.Entry(None, "operator", "restore", "database", None, None, "done")
                audit.add(conn, entry, now)
        finally:
            engine.dispose()
    lines = [
        f"{sqlite_path(url)} was put back from {file}; the file before it is {replaced}.",
        f"It knows nothing after {made:%Y-%m-%d %H:%M} UTC." if made else "It holds no history.",
        f"Erased again: {settled.erased}. Cancelled: {settled.cancelled} messages, {settled.moments} reminders. "
        f"Sent once more, marked as perhaps double: {settled.marked}.",
        *found,
    ]
    data = {
        "replaced": str(replaced) if replaced else None,
        "made_at": made.isoformat() if made else None,
        "problems": found,
        **settled.as_json(),
    }
    tell(lines, data, as_json=as_json)
    return int(bool(found))


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how much is past its time.")] = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Clear what is past its retention time now; the running bot does it every night."""
    from bot.cli.server import wall_clock
    from bot.installation import open_installation
    from bot.storage import retention as rules
    from bot.storage.database import is_sqlite, sqlite_path, transaction
    from bot.storage.pruning import prune_copies

    chosen = settings(config)
    now, years = wall_clock(), chosen.privacy.audit_years
    with open_installation(chosen) as opened, transaction(opened.engine, read_only=dry_run) as conn:
        counts = rules.would_clear(conn, now, years) if dry_run else rules.run(conn, now, years)
    if not dry_run and is_sqlite(chosen.database.url):
        counts["backups"] = prune_copies(sqlite_path(chosen.database.url), now)
    lines = [f"{count:>6}  {kind}" for kind, count in counts.items() if count]
    head = "Past its time now:" if dry_run else "Cleared:"
    tell([head, *lines] if lines else ["Nothing is past its time."], {"counts": counts}, as_json=as_json)
    return 0


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
    from bot.keys import load_keys
    from bot.vault import Vault

    return Vault(load_keys(config.keys.file), os.urandom)

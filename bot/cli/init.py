"""`companion init`: configuration, keys, database and the first admin of a new installation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, private_folder, settings
from bot.cli.output import qr, tell
from bot.errors import CompanionError, DatabaseMissing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.cli.invitation import Invitation
    from bot.config import Config

FIRST_ADMIN = "Beheerder"
EXAMPLES = (
    Path(__file__).parents[2] / "config.example.toml",
    Path(__file__).parents[1] / "config" / "config.example.toml",
)


class InstallationExists(CompanionError):
    """*found* names what is there, *advice* what to do instead."""

    def __init__(self, found: str, advice: str) -> None:
        super().__init__(found, advice)
        self.found, self.advice = found, advice

    def __str__(self) -> str:
        return f"There is already {self.found}; nothing was changed. {self.advice}"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(init)


def init(
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Print the keys on paper, and do nothing else.")
    ] = False,
) -> int:
    """Make a new installation; print the first admin's invitation."""
    if sheet:
        return _print_sheet(config, as_json)
    from bot.cli.server import ask

    written = _write_config(config)
    try:
        chosen = settings(config)
        _refuse_existing(chosen)
    except CompanionError:
        if written:
            config.unlink()
        raise
    server = ask(chosen)
    invitation = install(chosen, server.name, server.now)
    _tell(config, chosen, invitation, written=written, as_json=as_json)
    return 0


def install(config: Config, bot_name: str, now: datetime, admin_name: str = FIRST_ADMIN) -> Invitation:
    """Make keys, database and the first admin, where *config* says; returns the admin's invitation."""
    from bot.cli.invitation import invite
    from bot.installation import open_installation
    from bot.keys import KEY_BYTES, make_key_file
    from bot.storage import people
    from bot.storage.database import is_sqlite, sqlite_path, transaction
    from bot.storage.upgrade import create
    from bot.vault import Vault

    url = config.database.url
    folders = [config.keys.file.parent, *([sqlite_path(url).parent] if is_sqlite(url) else [])]
    for folder in folders:
        private_folder(folder)
    keys = make_key_file(config.keys.file, os.urandom(2 * KEY_BYTES))
    create(url, Vault(keys, os.urandom))
    with open_installation(config) as opened, transaction(opened.engine) as conn:
        language = config.programme.language
        admin = people.add(conn, admin_name, now, {"role": "admin", "language": language})
        return invite(conn, admin, "admin", bot_name, now)


def _print_sheet(path: Path, as_json: bool) -> int:
    from bot.key_sheet import sheet
    from bot.keys import load_keys

    text = sheet(load_keys(settings(path).keys.file))
    tell([text], {"sheet": text}, as_json=as_json)
    return 0


def _write_config(path: Path) -> bool:
    """Write the example as configuration unless there is one; only its owner may read it, for it may hold a token."""
    if path.exists():
        return False
    text = next(example for example in EXAMPLES if example.is_file()).read_text("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return True


def _refuse_existing(config: Config) -> None:
    """``InstallationExists`` when keys or a database are there: data may depend on them."""
    from bot.storage.condition import found_revision
    from bot.storage.database import is_sqlite, place_of

    place = place_of(config.database.url)
    try:
        filled = found_revision(config.database.url) is not None
    except DatabaseMissing:
        if not is_sqlite(config.database.url):
            raise
        filled = False
    keys, database = f"a key file at {config.keys.file}", f"a database at {place}"
    match config.keys.file.exists(), filled:
        case True, True:
            advice = "'companion invite --role admin' makes a new invitation for an admin."
            raise InstallationExists(f"{keys} and {database}", advice)
        case True, False:
            advice = "'companion db upgrade' makes a database that fits these keys."
            raise InstallationExists(keys, advice)
        case False, True:
            advice = "Put back the key file that belongs to it: without it the database stays unreadable."
            raise InstallationExists(database, advice)


def _tell(config: Path, chosen: Config, invitation: Invitation, *, written: bool, as_json: bool) -> None:
    from bot.storage.database import place_of

    place = place_of(chosen.database.url)
    lines = [
        f"Configuration  {config}{' (new: put the token of the bot in it)' if written else ''}",
        f"Keys           {chosen.keys.file}",
        f"Database       {place}",
        "",
        "Print the key sheet with 'companion init --sheet' and put it in a safe: without the keys nobody can",
        "read the database. Never keep the key file and a copy of the database in one place.",
        "",
        "The invitation of the first admin, who looks after the texts:",
        *invitation.lines(chosen.programme.zone),
        "",
        "Next: 'companion check-config', 'companion seed FILE', 'companion run'.",
    ]
    data = {
        "config": str(config),
        "keys": str(chosen.keys.file),
        "database": place,
        "invitation": invitation.as_json(),
    }
    tell(lines, data, as_json=as_json)
    if invitation.link and not as_json:
        qr(invitation.link)

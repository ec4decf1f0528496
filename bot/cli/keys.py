"""`companion keys`: a new master key, while nothing runs."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, settings
from bot.cli.output import tell
from bot.errors import CompanionError


class StillNeeded(CompanionError):
    """*count* values were sealed with an older key."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        return f"{self.count} values still need an older key, so none is removed. Run 'companion keys rotate' first."


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(help="The keys that seal the database.", rich_markup_mode=None)
    family.callback()(_family)
    family.command()(rotate)
    app.add_typer(family, name="keys")


def _family() -> None:
    """The keys that seal the database."""


def rotate(
    forget: Annotated[
        bool,
        typer.Option(
            "--forget", help="Make no new key; remove older ones. Copies from before become unreadable."
        ),
    ] = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Make a new key and seal everything with it; goes on where an earlier rotation was interrupted."""
    from bot.authorize import authorize
    from bot.cli.server import wall_clock
    from bot.errors import Refused
    from bot.keys import load_keys, replace_keys, with_new_key, without_older_keys
    from bot.storage import audit
    from bot.storage.audit import Entry
    from bot.storage.database import open_engine, transaction
    from bot.storage.lock import hold
    from bot.storage.rotation import older, reseal
    from bot.vault import Vault

    chosen = settings(config)
    if not authorize("operator", "rotate_keys", "organisation"):
        raise Refused("operator", "rotate_keys", "keys")
    with hold(chosen.database.url):
        keys = load_keys(chosen.keys.file)
        # Opening checks that these keys belong to this database, before anything is changed.
        engine = open_engine(chosen.database.url, Vault(keys, os.urandom))
        try:
            waiting = older(engine, Vault(keys, os.urandom))
            if forget:
                if waiting:
                    raise StillNeeded(waiting)
                kept = without_older_keys(keys)
                replace_keys(kept)
                tell(
                    [
                        f"Removed {len(keys.keys) - 1} older keys; key {kept.current} is left. Print a new sheet."
                    ],
                    {"current": kept.current, "removed": len(keys.keys) - 1},
                    as_json=as_json,
                )
                return 0
            continued = waiting > 0
            if not continued:
                keys = with_new_key(keys, os.urandom(32))
                replace_keys(keys)
            vault = Vault(keys, os.urandom)
            fresh = engine.execution_options(vault=vault)
            done = reseal(fresh, vault)
            with transaction(fresh) as conn:
                entry = Entry(None, "operator", "rotate_keys", "keys", keys.current, None, "done")
                audit.add(conn, entry, wall_clock())
        finally:
            engine.dispose()
    lines = [
        f"{'Went on with' if continued else 'Made'} key {keys.current}; it sealed {sum(done.values())} values.",
        f"Keep {chosen.keys.file} safe and print the sheet anew: companion init --sheet",
        "Older keys stay in it for copies of up to 30 days ago; then: companion keys rotate --forget",
    ]
    tell(lines, {"current": keys.current, "continued": continued, "sealed": done}, as_json=as_json)
    return 0

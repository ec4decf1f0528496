"""The programme that the demo plays: its own settings, keys, database and people, all made up."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.options import private_folder
from bot.errors import CompanionError

if TYPE_CHECKING:
    from bot.config import Config
    from bot.installation import Installation
    from bot.sandbox.world import Settings

SEEDS = (
    Path(__file__).parents[2] / "deploy" / "example-seed.toml",
    Path(__file__).parents[1] / "seed" / "example-seed.toml",
)
ADMIN = "Joost"
"""The admin's phone; the others are named as in the seed file."""
YOUTH = "Sam"
INVITED_BY = "Vera"
COLLEAGUE = "Tom"
"""Leads the same group: without two who have begun nobody is invited into it."""
STEP = 100_000
DATABASE = "companion.db"
DECIDED = "made-up people only, 2026-01-01"


class FolderUnusable(CompanionError):
    """The demo cannot make its folder."""

    exit_code = 2

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(folder, why)
        self.folder, self.why = folder, why

    def __str__(self) -> str:
        return f"The demo cannot use the folder {self.folder}: {self.why}."


@dataclass(frozen=True, slots=True)
class DemoProgramme:
    """*payloads* are the unused invitations by name of the phone; *begun* the chats of an earlier demo.

    *first_number* keeps the numbers of a new sandbox apart from those an older one left in the database.
    """

    config_path: Path
    payloads: Mapping[str, str] = field(repr=False)
    bot_name: str
    begun: tuple[int, ...]
    begins: datetime
    first_number: int

    def sandbox(self) -> Settings:
        """The sandbox for this programme: each phone of staff holds its own invitation."""
        from bot.sandbox.phones import DEFAULT_PHONES
        from bot.sandbox.world import Settings

        phones = tuple(replace(phone, payload=self.payloads.get(phone.name, "")) for phone in DEFAULT_PHONES)
        return Settings(phones=phones, start=self.begins, first_number=self.first_number)

    def lines(self, url: str) -> list[str]:
        """For people."""
        return [
            f"The demo is ready:  {url}",
            "",
            f"Press Start on the phones of {INVITED_BY}, {COLLEAGUE}, Noor and {ADMIN}: "
            "their invitations are in the button.",
            f"{YOUTH} has none yet: {INVITED_BY} makes one, and {YOUTH} opens that link.",
            "",
            "The invitations, should you want to open one yourself:",
            *(f"  {name:6} {self._link(payload)}" for name, payload in self.payloads.items()),
            "",
            f"Other commands work beside it, with --config {self.config_path}",
            "Ctrl-C stops the demo.",
        ]

    def as_json(self, url: str) -> dict[str, Any]:
        """For machines."""
        invitations = {
            name: {"payload": payload, "link": self._link(payload)} for name, payload in self.payloads.items()
        }
        return {"url": url, "config": str(self.config_path), "invitations": invitations}

    def _link(self, payload: str) -> str:
        return f"https://t.me/{self.bot_name}?start={payload}"


def make_settings(folder: Path, page: int, http: int, *, keep: bool, youngest: int = 16) -> Config:
    """Settings of its own in an own *folder*, fresh unless *keep*; the environment has no say in a demo.

    *youngest*: from which age a made-up youngster may begin.
    """
    from bot.config import load_config
    from bot.sandbox.identity import SANDBOX_TOKEN
    from bot.storage.lock import hold

    path = folder / "config.toml"
    text = f"""\
[telegram]
token = "{SANDBOX_TOKEN}"
api_url = "http://127.0.0.1:{page}"
minimum_age = {youngest}
minimum_age_decided_by = "{DECIDED if youngest < 16 else ""}"

[database]
url = "sqlite:///{DATABASE}"

[keys]
file = "companion.keys"

[http]
listen = "127.0.0.1:{http}"

[log]
level = "warning"
"""
    try:
        if folder.exists() and not keep:
            if any(folder.iterdir()) and not path.is_file():
                raise FolderUnusable(folder, "it holds something else")
            # Held while it is wiped: a demo that runs there would go on with files that are gone.
            with hold(f"sqlite:///{(folder / DATABASE).resolve()}"):
                for inside in folder.iterdir():
                    if inside.name != f"{DATABASE}.lock":
                        shutil.rmtree(inside) if inside.is_dir() else inside.unlink()
        private_folder(folder)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise FolderUnusable(folder, error.strerror or "it cannot be written") from None
    return load_config(path, {})


def prepare(config: Config) -> DemoProgramme:
    """Make keys, database and the example programme, unless an earlier demo did; invite who has not begun."""
    from bot.cli.init import install
    from bot.cli.invitation import invite, waiting_admin
    from bot.cli.seed import sow
    from bot.installation import open_installation
    from bot.sandbox.clock import DEFAULT_START
    from bot.sandbox.identity import BOT_USERNAME
    from bot.storage.database import transaction

    payloads: dict[str, str] = {}
    fresh = not config.keys.file.exists()
    if fresh:
        payloads[ADMIN] = install(config, BOT_USERNAME, DEFAULT_START, ADMIN).payload
    with open_installation(config) as opened:
        begins, first_number, begun = _left_off(opened)
        example = next(path for path in SEEDS if path.is_file())
        invited = sow(opened, example, BOT_USERNAME, begins, renew=True)[1]
        if not fresh:
            with transaction(opened.engine) as conn:
                admin = waiting_admin(conn)
                if admin is not None:
                    payloads[ADMIN] = invite(conn, admin, "admin", BOT_USERNAME, begins).payload
    payloads = {**{one.name: one.invitation.payload for one in invited}, **payloads}
    config_path = config.keys.file.with_name("config.toml")
    return DemoProgramme(config_path, payloads, BOT_USERNAME, begun, begins, first_number)


def _left_off(opened: Installation) -> tuple[datetime, int, tuple[int, ...]]:
    """From which moment and number a sandbox can go on with this database, and which of its phones have begun."""
    from sqlalchemy import func, select

    from bot.running.services import CHANNEL
    from bot.sandbox.clock import DEFAULT_START
    from bot.sandbox.phones import DEFAULT_PHONES, FIRST_USER
    from bot.storage import people
    from bot.storage.database import transaction
    from bot.storage.schema_flow import due, inbox, outbox

    with transaction(opened.engine, read_only=True) as conn:
        moments = [
            conn.execute(select(func.max(column))).scalar_one()
            for column in (inbox.c.received_at, inbox.c.done_at, outbox.c.not_before, due.c.done_at)
        ]
        numbers = [
            conn.execute(select(func.max(column))).scalar_one() or 0
            for column in (inbox.c.update_id, outbox.c.message_id)
        ]
        ids = range(FIRST_USER, FIRST_USER + len(DEFAULT_PHONES))
        begun = tuple(number for number in ids if people.find_account(conn, CHANNEL, number))
    begins = max([DEFAULT_START, *(moment for moment in moments if moment is not None)])
    last = max(numbers)
    return begins, (last // STEP + 1) * STEP if last else 0, begun

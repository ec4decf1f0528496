"""`companion demo`: the whole product on this machine, with a seeded example programme. No token, no network."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import sys
import webbrowser
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, ConfigPath
from bot.cli.output import tell
from bot.cli.run import SANDBOX_PORT, until_stopped
from bot.errors import CompanionError

if TYPE_CHECKING:
    from bot.cli.seed import Invited
    from bot.config import Config
    from bot.sandbox.server import RunningSandbox

HTTP_PORT = 8080
PHONES = {"vera": "Vera", "noor": "Noor"}
ADMIN_PHONE = "Joost"
SEEDS = (
    Path(__file__).parents[2] / "deploy" / "example-seed.toml",
    Path(__file__).parents[1] / "seed" / "example-seed.toml",
)
LAST_MOMENT, LAST_NUMBER = "demo_moment", "demo_number"
NUMBERS_APART = 100_000
"""So far apart are the message numbers of two demos on one database: the sandbox forgets, the database does not."""


class NoRoom(CompanionError):
    """The demo cannot make its folder."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(folder, why)
        self.folder, self.why = folder, why

    def __str__(self) -> str:
        return f"The demo cannot use {self.folder}: {self.why}."


@dataclass(frozen=True, slots=True)
class Prepared:
    """A programme that waits for its sandbox. *admin* is the payload of the admin, *begins* the time it is there."""

    invited: tuple[Invited, ...]
    admin: str
    begins: datetime
    first_number: int


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(demo)


def demo(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Of the page; 0: any free one.")] = None,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its files.")] = Path("var/demo"),
    keep: Annotated[bool, typer.Option("--keep", help="Go on with the people of the last demo.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    config: ConfigPath | None = None,  # type: ignore[assignment]
    as_json: AsJson = False,
) -> int:
    """The bot with phones for every role in the browser. Needs no token and no network."""
    from bot.cli.logs import start_logging

    page = _free_port(SANDBOX_PORT if port is None else port, strict=bool(port))
    chosen = _settings(folder, page, _free_port(HTTP_PORT), keep=keep)
    start_logging("warning")
    prepared = _prepare(chosen)
    with contextlib.suppress(KeyboardInterrupt):
        until_stopped(_serve(chosen, prepared, page, browser=browser, as_json=as_json), chosen)
    tell(["The demo has stopped."], {"stopped": True}, as_json=as_json)
    return 0

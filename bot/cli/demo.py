"""`companion demo`: the whole product on this machine, with a seeded example programme. No token, no network."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage
from bot.cli.output import tell
from bot.cli.run import SANDBOX_PORT, until_stopped

if TYPE_CHECKING:
    from bot.cli.demo_programme import DemoProgramme
    from bot.cli.preview_page import Preview
    from bot.config import Config
    from bot.sandbox.server import RunningSandbox

HTTP_PORT = 8080
READY_CHECK = 0.05


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(demo)


def demo(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Of the page; 0: any free one.")] = None,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its files.")] = Path("var/demo"),
    keep: Annotated[bool, typer.Option("--keep", help="Go on with the people of the last demo.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Play with phones for every role in the browser; no token."""
    from bot.cli.demo_programme import make_settings, prepare
    from bot.cli.logs import start_logging

    page = SANDBOX_PORT if port is None else port
    page = free_port(page, any_other=port is None)
    chosen = make_settings(folder, page, free_port(HTTP_PORT, any_other=True), keep=keep)
    start_logging(chosen.log.level)
    programme = prepare(chosen)
    until_stopped(serve_page(chosen, programme, page, browser=browser, as_json=as_json))
    tell(["The demo has stopped."], {"stopped": True}, as_json=as_json)
    return 0


async def serve_page(
    config: Config, programme: DemoProgramme | Preview, page: int, *, browser: bool, as_json: bool
) -> None:
    """Serve the phone page at port *page* with the bot behind it, until it is stopped."""
    from bot import app
    from bot.sandbox.server import serve

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        sandbox = await serve(port=page, settings=programme.sandbox())
    except OSError:
        raise _taken(page) from None
    for chat_id in programme.begun:
        sandbox.world.chats[chat_id].started = True
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(app.run(config, stop=stop))
            group.create_task(_announce(sandbox, programme, stop, browser=browser, as_json=as_json))
    finally:
        await sandbox.stop()


async def _announce(
    sandbox: RunningSandbox,
    programme: DemoProgramme | Preview,
    stop: asyncio.Event,
    *,
    browser: bool,
    as_json: bool,
) -> None:
    """Say where the page is as soon as the bot follows its clock: then it fetches and answers as well."""
    while not sandbox.world.mover.bot_reporting and not stop.is_set():  # noqa: ASYNC110  # it tells nobody
        await asyncio.sleep(READY_CHECK)
    if stop.is_set():
        return
    tell(programme.lines(sandbox.url), programme.as_json(sandbox.url), as_json=as_json)
    sys.stdout.flush()
    if browser and sys.stdout.isatty():
        with contextlib.suppress(webbrowser.Error):
            await asyncio.to_thread(webbrowser.open, sandbox.url)


def free_port(wanted: int, *, any_other: bool) -> int:
    """*wanted* when it is free, another one when that will do; ``WrongUsage`` otherwise."""
    for port in (wanted, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                if not any_other:
                    raise _taken(wanted) from None
                continue
            return int(trial.getsockname()[1])
    raise _taken(wanted)


def _taken(port: int) -> WrongUsage:
    return WrongUsage("--port", f"{port} is in use; 0 takes any free one")

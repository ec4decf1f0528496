"""`companion run` and `companion sandbox`: what goes on until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage, settings
from bot.cli.output import tell
from bot.errors import CompanionError, DatabaseEmpty

if TYPE_CHECKING:
    from bot.config import Config

SANDBOX_PORT = 8081
logger = logging.getLogger(__name__)


class Crashed(CompanionError):
    """A defect of the program; where it is stands in the log."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def __str__(self) -> str:
        return f"The companion stopped by a defect of its own ({self.kind}); the log says where."


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(run)
    app.command()(sandbox)


def run(config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Run the bot until it is stopped; it upgrades first."""
    from bot.cli.logs import start_logging

    chosen = settings(config, needs_token=True)
    refuse_missing(chosen)
    start_logging(chosen.log.level)
    from bot import app

    until_stopped(app.run(chosen))
    return 0


def refuse_missing(config: Config) -> None:
    """The errors for missing keys or a missing or empty database, before anything is touched."""
    from bot.keys import load_keys
    from bot.storage.condition import found_revision
    from bot.storage.database import place_of

    load_keys(config.keys.file)
    if found_revision(config.database.url) is None:
        raise DatabaseEmpty(place_of(config.database.url))


def until_stopped(running: Coroutine[Any, Any, None]) -> None:
    """Run to the end; what goes wrong comes out as one ``CompanionError``."""
    try:
        asyncio.run(running)
    except KeyboardInterrupt:
        # Pressed before the companion listened for it; nothing had begun.
        return
    except BaseExceptionGroup as group:
        raise _known(list(_leaves(group))) from None
    except CompanionError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, it is logged without its words
        raise _known([error]) from None


def _known(errors: list[BaseException]) -> CompanionError:
    for error in errors:
        if isinstance(error, CompanionError):
            return error
    for error in errors:
        logger.critical("defect", exc_info=(type(error), error, error.__traceback__))
    return Crashed(", ".join(type(error).__name__ for error in errors))


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")] = SANDBOX_PORT,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Serve the sandbox and its page alone, for a run elsewhere."""
    try:
        asyncio.run(_sandbox(port, as_json))
    except OSError:
        raise WrongUsage("--port", f"{port} is in use; 0 takes any free one") from None
    except KeyboardInterrupt:
        return 0
    return 0


async def _sandbox(port: int, as_json: bool) -> None:
    from bot.sandbox.server import serve

    served = await serve(port=port)
    lines = [
        f"The page with phones:  {served.url}",
        "",
        "Run the bot against it in another terminal:",
        f"  COMPANION_TELEGRAM__API_URL={served.url} COMPANION_TELEGRAM__TOKEN={served.token} companion run",
        "",
        "Ctrl-C stops the sandbox; everything in it is forgotten.",
    ]
    tell(lines, {"url": served.url, "token": served.token}, as_json=as_json)
    sys.stdout.flush()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
    await served.stop()

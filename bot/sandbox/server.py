"""Starts the sandbox: in this process or on its own, on loopback only."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox import api, control, pages
from bot.sandbox.guard import LoopbackOnly, is_loopback
from bot.sandbox.identity import SANDBOX_TOKEN
from bot.sandbox.world import Settings, World

DEFAULT_PORT = 8081
_BOTH = ["GET", "POST"]


def create_app(
    settings: Settings | None = None, *, seconds: Callable[[], float] = time.monotonic
) -> Starlette:
    """The whole sandbox as an application; `app.state.world` is its World."""
    app = Starlette(
        routes=[
            *pages.routes(),
            *control.routes(),
            Route("/bot{token}/{method}", api.bot_api, methods=_BOTH),
            Route("/file/bot{token}/{path:path}", api.download, methods=["GET"]),
            Route("/{path:path}", api.unknown_path, methods=_BOTH),
        ],
        middleware=[Middleware(LoopbackOnly)],
    )
    app.state.world = World(settings or Settings(), seconds)
    return app


class _Protocol(H11Protocol):
    """Lets the application reach its connection, so that a fault can cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn's own annotation
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _Server(uvicorn.Server):
    """Leaves signals to whoever started it, and says when it serves."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.leave = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.leave.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """A sandbox that is serving; `stop()` ends it."""

    host: str
    port: int
    world: World
    token: str
    _server: _Server
    _task: asyncio.Task[None]

    @property
    def url(self) -> str:
        """The address of the page, and `api_url` for the bot."""
        return f"http://{self.host}:{self.port}"

    async def stop(self) -> None:
        """Let everything that waits go, then stop serving."""
        self.world.close()
        self._server.leave.set()
        await self._task

    async def wait(self) -> None:
        """Until it stops."""
        await asyncio.shield(self._task)


async def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    settings: Settings | None = None,
    *,
    seconds: Callable[[], float] = time.monotonic,
) -> RunningSandbox:
    """Start serving in this event loop (port 0: any free one). Raises ValueError off loopback, OSError when taken."""
    if not is_loopback(host):
        raise ValueError("the sandbox serves loopback only")
    app = create_app(settings, seconds=seconds)
    world: World = app.state.world
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    config = uvicorn.Config(
        app,
        http=_Protocol,
        lifespan="off",
        log_config=None,
        access_log=False,
        date_header=False,
        timeout_graceful_shutdown=1,
        ws="none",
    )
    server = _Server(config)
    task = asyncio.get_running_loop().create_task(server.serve(sockets=[bound]))
    ready = asyncio.ensure_future(server.ready.wait())
    await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
    if not ready.done():
        ready.cancel()
        task.result()
        raise OSError("the sandbox did not start")
    return RunningSandbox(host, bound.getsockname()[1], world, SANDBOX_TOKEN, server, task)

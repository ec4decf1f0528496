"""Health, readiness, figures and the webhook, on one small server."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence
from datetime import datetime

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import Connection
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.reader import read
from bot.running.services import Services
from bot.storage import due, duty, inbox, outbox_state
from bot.storage.trouble import StorageTrouble

NOT_HEARD_FOR = 120.0
"""Seconds without an answer of Telegram to a poll after which the receiving side counts as dead."""

OVERDUE = 120.0
"""Seconds a due moment may wait before the ticking side counts as dead."""


class Heard:
    """When Telegram last answered: on the steady clock, and as the *moment* it was."""

    def __init__(self, services: Services, *, needed: bool) -> None:
        self._services = services
        self._needed = needed
        self._at: float | None = None
        self.moment: datetime | None = None

    def __call__(self) -> None:
        self._at = self._services.steady()
        self.moment = self._services.clock.now()
        self._services.figures.heard.set(self.moment.timestamp())

    @property
    def recently(self) -> bool:
        """Whether updates come in, as far as that can be known."""
        return not self._needed or (
            self._at is not None and self._services.steady() - self._at < NOT_HEARD_FOR
        )


def application(services: Services, heard: Heard, extra: Sequence[BaseRoute]) -> Starlette:
    """The routes: /health, /ready, /metrics and what *extra* brings."""

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    def silent(conn: Connection) -> int:
        return 0 if services.world.settings.rings else duty.rosters(conn)

    async def ready(request: Request) -> Response:
        problems = [] if heard.recently else ["telegram"]
        warnings: list[str] = []
        now = services.clock.now()
        try:
            first = await read(services.reader, due.next_moment)
            if first is not None and (now - first).total_seconds() > OVERDUE:
                problems.append("ticking")
            warnings = ["on_call_without_alarm"] if await read(services.reader, silent) else []
        except StorageTrouble:
            problems.append("database")
        status = 503 if problems else 200
        said = {"ready": not problems, "problems": problems, "warnings": warnings}
        return JSONResponse(said, status_code=status)

    async def metrics(request: Request) -> Response:
        def count(conn: Connection) -> dict[str, dict[str, int]]:
            return {"inbox": inbox.counts(conn), "outbox": outbox_state.counts(conn)}

        try:
            services.figures.silent_rosters.set(await read(services.reader, silent))
            for table, states in (await read(services.reader, count)).items():
                for state, number in states.items():
                    services.figures.rows.labels(table, state).set(number)
        except StorageTrouble:
            services.alarms("storage")
        return Response(generate_latest(services.figures.registry), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[Route("/health", health), Route("/ready", ready), Route("/metrics", metrics), *extra]
    )


class _Server(uvicorn.Server):
    """Leaves signals to whoever started it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """The socket to serve on; ``OSError`` when the address cannot be had, before anything else has begun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


async def serve(app: Starlette, listening: socket.socket, stop: asyncio.Event) -> None:
    """Serve until *stop*."""
    config = uvicorn.Config(
        app, log_config=None, lifespan="off", access_log=False, timeout_graceful_shutdown=3
    )
    server = _Server(config)
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve(sockets=[listening]))
        await stop.wait()
        server.should_exit = True

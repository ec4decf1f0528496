"""A whole companion in this process, against a sandbox over real HTTP: what ``companion run`` is, at hand."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from sqlalchemy import Engine, insert

from bot import app
from bot.config import Config
from bot.keys import make_key_file
from bot.sandbox.phones import PhoneSpec
from bot.sandbox.server import RunningSandbox, serve
from bot.sandbox.world import Settings
from bot.storage import invitations, people
from bot.storage.database import open_engine, transaction
from bot.storage.schema_programme import location, meeting_group, municipality, organisation
from bot.storage.upgrade import create
from bot.vault import Vault

SAM, VERA = 1001, 1002
T = TypeVar("T")
LONG = 30.0
SECRET = "s" * 40


@dataclass(slots=True)
class Companion:
    """A running bot, its sandbox and its database."""

    config: Config
    sandbox: RunningSandbox
    engine: Engine
    http: aiohttp.ClientSession
    stop: asyncio.Event
    running: asyncio.Task[None]

    async def does(self, phone: int, what: str, **body: Any) -> dict[str, Any]:
        return await self.control("POST", f"phones/{phone}/{what}", body)

    async def control(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        async with self.http.request(method, f"{self.sandbox.url}/_sandbox/{path}", json=body) as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def messages(self, phone: int) -> list[str]:
        """What the bot sent to a phone."""
        calls = (await self.control("GET", f"calls?method=sendMessage&chat_id={phone}"))["calls"]
        return [call["params"]["text"] for call in calls if call["ok"]]

    async def sees(self, phone: int, text: str) -> str:
        """Wait until a message with *text* came."""

        async def there() -> str | None:
            return next((one for one in await self.messages(phone) if text in one), None)

        return await until(there)

    async def metric(self, line: str) -> float:
        async with self.http.get(f"http://{self.config.http.listen}/metrics") as answer:
            found = [row for row in (await answer.text()).splitlines() if row.startswith(line)]
        return float(found[0].rsplit(" ", 1)[1]) if found else 0.0

    def invite(self, role: str, name: str, **values: Any) -> str:
        """An invitation straight into the database; its token."""
        now = datetime(2026, 11, 20, 11, tzinfo=UTC)
        with transaction(self.engine) as conn:
            number = people.add(conn, name, now, {"role": role, **values})
            token = f"{number:022d}"
            invitations.add(conn, token, number, None, now, now + timedelta(days=7))
        return token

    def group(self) -> int:
        """A group with nobody in it."""
        with transaction(self.engine) as conn:

            def add(table: Any, **values: Any) -> int:
                return int(conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())

            common = {
                "organisation_id": add(organisation, key="welzijn", name="Welzijn Voorbeeld"),
                "municipality_id": add(municipality, key="noordwijk", name="Noordwijk"),
                "location_id": add(location, key="x-out", name="X-Out", place="Noordwijkerhout"),
            }
            return add(meeting_group, key="18-25", name="18-25", age_group="18-25", example=True, **common)


@asynccontextmanager
async def companion(
    folder: Path,
    *,
    url: str | None = None,
    mode: str = "polling",
    alarm_command: str = "",
    more: int = 0,
    overall_rate: float = 30,
) -> AsyncIterator[Companion]:
    """Start sandbox and bot; at the end both stop cleanly, or the test fails. *more*: phones besides those two."""
    others = [PhoneSpec(f"Youngster {number}", "jongere") for number in range(more)]
    phones = (PhoneSpec("Sam", "jongere"), PhoneSpec("Vera", "professional"), *others)
    sandbox = await serve("127.0.0.1", 0, Settings(phones=phones))
    port = free_port()
    config = Config.model_validate(
        {
            "telegram": {
                "token": sandbox.token,
                "api_url": sandbox.url,
                "poll_timeout": 2,
                "mode": mode,
                "webhook_url": f"http://127.0.0.1:{port}/webhook" if mode == "webhook" else "",
                "webhook_secret": SECRET if mode == "webhook" else "",
            },
            "database": {"url": url or f"sqlite:///{folder / 'companion.db'}"},
            "keys": {"file": str(folder / "companion.keys")},
            "http": {"listen": f"127.0.0.1:{port}"},
            "operator": {"alarm_command": alarm_command},
            "delivery": {"chat_rate": 30, "overall_rate": overall_rate},
        }
    )
    vault = Vault(make_key_file(config.keys.file, os.urandom(64)), os.urandom)
    create(config.database.url, vault)
    engine = open_engine(config.database.url, vault)
    stop = asyncio.Event()
    running = asyncio.get_running_loop().create_task(app.run(config, stop=stop))
    async with aiohttp.ClientSession() as http:
        made = Companion(config, sandbox, engine, http, stop, running)
        try:
            await until(lambda: _ready(made))
            yield made
        finally:
            stop.set()
            await asyncio.wait_for(running, LONG)
            engine.dispose()
            await sandbox.stop()


async def until(look: Callable[[], Awaitable[T | None]]) -> T:
    """What *look* finds, as soon as it finds something; a failure after half a minute."""
    async with asyncio.timeout(LONG):
        while (found := await look()) is None:  # noqa: ASYNC110  # another process and a database have no Event
            await asyncio.sleep(0.05)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _ready(made: Companion) -> bool | None:
    if made.running.done():
        made.running.result()
    try:
        async with made.http.get(f"http://{made.config.http.listen}/ready") as answer:
            return True if answer.status == 200 else None
    except aiohttp.ClientConnectionError:
        return None

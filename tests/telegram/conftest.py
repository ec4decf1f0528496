"""A bot on a server over real HTTP: the strict sandbox, or a server that misbehaves below HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.sandbox.phones import PhoneSpec
from bot.sandbox.server import RunningSandbox, serve
from bot.sandbox.world import Settings
from bot.telegram.request import Request, bot_at
from tests.telegram.raw_server import RawServer

SAM = 1001
VERA = 1002
TOKEN = "1:SANDBOX"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The sandbox and the hand on its phones."""

    running: RunningSandbox
    session: aiohttp.ClientSession

    @property
    def url(self) -> str:
        return self.running.url

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        """One call of the control API."""
        async with self.session.post(f"{self.url}/_sandbox/{path}", json=body) as response:
            answer: dict[str, Any] = await response.json()
        assert answer["ok"], answer
        return answer

    async def phone(self, account: int = SAM) -> dict[str, Any]:
        """What one phone shows."""
        async with self.session.get(f"{self.url}/_sandbox/state") as response:
            state = await response.json()
        return next(phone for phone in state["phones"] if phone["user_id"] == account)

    async def last(self, account: int = SAM) -> dict[str, Any]:
        """The latest message on one phone."""
        shown = (await self.phone(account))["messages"][-1]
        return {**shown["content"], "message_id": shown["message_id"], "buttons": shown["keyboard"]}

    async def texts(self, account: int = SAM) -> list[str]:
        """The texts on one phone, oldest first."""
        return [message["content"].get("text", "") for message in (await self.phone(account))["messages"]]

    async def calls(self, method: str) -> list[dict[str, Any]]:
        """Every call of *method* that was answered or refused."""
        async with self.session.get(f"{self.url}/_sandbox/calls?method={method}") as response:
            found: list[dict[str, Any]] = (await response.json())["calls"]
        return found


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    settings = Settings(phones=(PhoneSpec("Sam", "jongere"), PhoneSpec("Vera", "professional")))
    running = await serve("127.0.0.1", 0, settings)
    async with aiohttp.ClientSession() as session:
        yield Sandbox(running, session)
    await running.stop()


@pytest.fixture
async def raw_server() -> AsyncIterator[RawServer]:
    server = RawServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def request_() -> AsyncIterator[Request]:
    async with Request() as opened:
        yield opened


@pytest.fixture
def sandbox_bot(sandbox: Sandbox, request_: Request) -> Bot:
    return bot_at(sandbox.url, TOKEN, sending=request_, polling=request_)


@pytest.fixture
def raw_bot(raw_server: RawServer, request_: Request) -> Bot:
    return bot_at(raw_server.url, TOKEN, sending=request_, polling=request_)

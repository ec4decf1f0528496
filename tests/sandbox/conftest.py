"""A running sandbox, and hands to work it with."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.sandbox.phones import PhoneSpec
from bot.sandbox.server import RunningSandbox, serve
from bot.sandbox.world import Settings

SAM, VERA = 1001, 1002
PHONES = (PhoneSpec("Sam", "jongere", username="sam_test"), PhoneSpec("Vera", "professional"))


@dataclass
class Hands:
    """Calls the Bot API as a bot, and the control API as the people."""

    sandbox: RunningSandbox
    http: aiohttp.ClientSession

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One Bot API call with a JSON body."""
        url = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        async with self.http.post(url, json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    async def form(self, method: str, **params: Any) -> dict[str, Any]:
        """One Bot API call with a form."""
        url = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        async with self.http.post(url, data=params) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def ok(self, method: str, **params: Any) -> Any:
        """The result of a call that must be accepted."""
        body = await self.call(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """The description of a call that must be refused."""
        body = await self.call(method, **params)
        assert not body["ok"], body
        return str(body["description"])

    async def get(self, path: str, **query: str) -> Any:
        """Read from the control API."""
        async with self.http.get(f"{self.sandbox.url}/_sandbox/{path}", params=query) as answer:
            return await answer.json()

    async def do(self, path: str, body: Any = None) -> dict[str, Any]:
        """Act through the control API; must succeed."""
        async with self.http.post(f"{self.sandbox.url}/_sandbox/{path}", json=body or {}) as answer:
            done: dict[str, Any] = await answer.json()
            assert answer.status == 200, done
            return done

    async def try_to(self, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        """Act through the control API; status and answer."""
        async with self.http.post(f"{self.sandbox.url}/_sandbox/{path}", json=body) as answer:
            return answer.status, await answer.json()

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """getUpdates."""
        found: list[dict[str, Any]] = await self.ok("getUpdates", **params)
        return found

    async def warnings(self) -> list[str]:
        """What the page complains of."""
        return [warning["words"] for warning in (await self.get("state"))["warnings"]]


async def until(condition: Callable[[], bool]) -> None:
    """Let the server work until `condition` holds."""
    while not condition():  # noqa: ASYNC110 - what happens behind HTTP sets no event here
        await asyncio.sleep(0.001)


def polling(hands: Hands) -> Callable[[], bool]:
    """Whether a getUpdates is waiting."""
    return lambda: hands.sandbox.world.updates._poller is not None


@pytest.fixture
def settings() -> Settings:
    """Two phones, a clock that stands still."""
    return Settings(phones=PHONES, running=False, settle_timeout=5)


@pytest.fixture
async def hands(settings: Settings) -> AsyncIterator[Hands]:
    """A fresh sandbox over real HTTP."""
    sandbox = await serve(settings=settings)
    async with aiohttp.ClientSession() as http:
        yield Hands(sandbox, http)
    await sandbox.stop()


@pytest.fixture
async def chat(hands: Hands) -> Hands:
    """Sam pressed Start, and the bot has confirmed it."""
    await hands.do(f"phones/{SAM}/start")
    last = (await hands.updates())[-1]["update_id"]
    await hands.updates(offset=last + 1)
    return hands

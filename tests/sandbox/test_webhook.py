"""Webhook mode delivers for real."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from tests.sandbox.conftest import SAM, Hands, polling, until


@dataclass
class Receiver:
    """A bot's webhook that refuses the first `failures` deliveries."""

    url: str = ""
    failures: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.failures:
            self.failures -= 1
            return web.Response(status=503)
        self.bodies.append(await request.json())
        self.arrived.set()
        return web.Response()

    async def until(self, count: int) -> list[str]:
        while len(self.bodies) < count:
            self.arrived.clear()
            await self.arrived.wait()
        return [body["message"]["text"] for body in self.bodies]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    app = web.Application()
    app.router.add_post("/webhook", found.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
    yield found
    await runner.cleanup()


async def test_updates_are_delivered_in_order_with_the_secret(hands: Hands, receiver: Receiver) -> None:
    await hands.do(f"phones/{SAM}/send", {"text": "voor"})
    await hands.ok("setWebhook", url=receiver.url, secret_token="geheim_1")
    for word in ("een", "twee", "drie"):
        await hands.do(f"phones/{SAM}/send", {"text": word})
    assert await receiver.until(4) == ["voor", "een", "twee", "drie"]
    assert set(receiver.secrets) == {"geheim_1"}
    info = await hands.ok("getWebhookInfo")
    assert info["url"] == receiver.url


async def test_a_refused_delivery_is_tried_again_and_keeps_the_order(
    hands: Hands, receiver: Receiver
) -> None:
    receiver.failures = 2
    await hands.ok("setWebhook", url=receiver.url)
    await hands.do(f"phones/{SAM}/send", {"text": "een"})
    await hands.do(f"phones/{SAM}/send", {"text": "twee"})
    assert await receiver.until(2) == ["een", "twee"]
    info = await hands.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert receiver.secrets[0] is None


async def test_polling_and_webhook_exclude_each_other(hands: Hands, receiver: Receiver) -> None:
    poll = asyncio.ensure_future(hands.call("getUpdates", timeout=50))
    await until(polling(hands))
    await hands.ok("setWebhook", url=receiver.url)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    body = await hands.call("getUpdates")
    assert body["error_code"] == 409
    assert body["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    await hands.ok("deleteWebhook")
    assert await hands.updates() == []
    assert (await hands.ok("getWebhookInfo"))["url"] == ""


async def test_pending_updates_can_be_dropped(hands: Hands, receiver: Receiver) -> None:
    await hands.do(f"phones/{SAM}/send", {"text": "oud"})
    await hands.ok("deleteWebhook", drop_pending_updates=True)
    assert await hands.updates() == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "ftp://127.0.0.1/x"}, "An HTTPS URL must be provided"),
        ({"url": "https://example.org/x"}, "not on loopback"),
        ({"url": "niets"}, "invalid webhook URL"),
        ({"url": "http://127.0.0.1:99999/"}, "invalid webhook URL"),
        (
            {"url": "http://127.0.0.1:1/", "secret_token": "spatie erin"},
            "secret token contains unallowed characters",
        ),
        ({"url": "http://127.0.0.1:1/", "max_connections": 0}, "max_connections"),
    ],
)
async def test_webhooks_telegram_refuses(hands: Hands, params: dict[str, Any], words: str) -> None:
    assert words in await hands.refused("setWebhook", **params)


async def test_an_unreachable_webhook_keeps_its_updates(hands: Hands) -> None:
    await hands.ok("setWebhook", url="http://127.0.0.1:1/")
    await hands.do(f"phones/{SAM}/send", {"text": "bewaard"})
    await until(lambda: "last_error_message" in hands.sandbox.world.webhook.info())
    info = await hands.ok("getWebhookInfo")
    assert info["pending_update_count"] == 1
    await hands.ok("deleteWebhook")
    assert (await hands.updates())[0]["message"]["text"] == "bewaard"

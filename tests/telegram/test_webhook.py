"""200 means stored, a stranger gets nothing, and a body that is no update never comes back."""

from __future__ import annotations

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette
from telegram import Bot

from bot.telegram.inbound import KINDS
from bot.telegram.webhook import HEADER, LARGEST, set_webhook, webhook_is_ours, webhook_route
from tests.telegram.conftest import SAM, Sandbox
from tests.telegram.raw_server import RawServer, refusal

SECRET = "s3cret_" * 6


@dataclass
class Receiver:
    """A webhook on a real server, and what it stored."""

    url: str = ""
    stored: list[dict[str, Any]] = field(default_factory=list)
    quarantined: list[str] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    broken: bool = False

    async def store(self, updates: list[dict[str, Any]]) -> None:
        if self.broken:
            raise OSError("No space left on device")
        self.stored.extend(updates)

    async def quarantine(self, text: str) -> None:
        if self.broken:
            raise OSError("No space left on device")
        self.quarantined.append(text)

    async def answer(self, raw: dict[str, Any]) -> None:
        self.answered.append(raw["update_id"])

    def alarm(self, kind: str) -> None:
        self.alarms.append(kind)

    async def until_stored(self, count: int) -> None:
        async with asyncio.timeout(20):
            while len(self.stored) < count:  # noqa: ASYNC110 - the sender stands for another machine
                await asyncio.sleep(0.01)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    route = webhook_route(
        SECRET, found.store, quarantine=found.quarantine, answer=found.answer, alarm=found.alarm
    )
    bound = socket.create_server(("127.0.0.1", 0))
    found.url = f"http://127.0.0.1:{bound.getsockname()[1]}/webhook"
    config = uvicorn.Config(Starlette(routes=[route]), lifespan="off", log_config=None, ws="none")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve(sockets=[bound]))
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
            await asyncio.sleep(0.01)
    yield found
    server.should_exit = True
    await task


async def post(receiver: Receiver, body: bytes, secret: str | None = SECRET) -> tuple[int, bytes]:
    headers = {} if secret is None else {HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(receiver.url, data=body, headers=headers) as answer,
    ):
        return answer.status, await answer.read()


UPDATE = json.dumps({"update_id": 7, "message": {"text": "hoi"}}).encode()


async def test_an_update_is_stored_and_then_accepted(receiver: Receiver):
    assert await post(receiver, UPDATE) == (200, b"")
    assert [raw["update_id"] for raw in receiver.stored] == [7]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "é"])
async def test_without_the_secret_nothing_is_read(receiver: Receiver, secret: str | None):
    assert await post(receiver, UPDATE, secret) == (403, b"")
    assert receiver.stored == []


async def test_a_stranger_is_refused_before_sending_a_body(receiver: Receiver):
    host, port = receiver.url.removeprefix("http://").removesuffix("/webhook").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
    async with asyncio.timeout(10):
        assert (await reader.readline()).startswith(b"HTTP/1.1 403")
    writer.close()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"no": "id"}', b'{"update_id": "7"}', b"\xff\xfe", b"[" * 100_000]
)
async def test_a_body_that_is_no_update_is_kept_and_never_comes_back(receiver: Receiver, body: bytes):
    assert await post(receiver, body) == (200, b"")
    assert receiver.quarantined == [body.decode("utf-8", "replace")]
    assert receiver.alarms == ["unreadable_update"]
    assert receiver.stored == []


async def test_what_cannot_be_stored_is_answered_once_and_comes_back(receiver: Receiver):
    receiver.broken = True
    assert await post(receiver, UPDATE) == (503, b"")
    assert await post(receiver, UPDATE) == (503, b"")
    assert await post(receiver, b"{") == (503, b"")
    receiver.broken = False
    assert await post(receiver, UPDATE) == (200, b"")
    assert receiver.answered == [7]
    assert receiver.alarms == ["storage", "storage", "unreadable_update", "storage"]


async def test_a_body_can_be_too_large_with_and_without_saying_so(receiver: Receiver):
    async with (
        aiohttp.ClientSession() as session,
        session.post(receiver.url, data=io.BytesIO(bytes(LARGEST + 1)), headers={HEADER: SECRET}) as answer,
    ):
        assert answer.status == 413

    async def drip() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 65536 + 1):
            yield b"x" * 65536

    async with (
        aiohttp.ClientSession() as session,
        session.post(receiver.url, data=drip(), headers={HEADER: SECRET}) as answer,
    ):
        assert answer.status == 413
    assert receiver.quarantined == []


async def test_the_largest_body_is_accepted(receiver: Receiver):
    body = json.dumps({"update_id": 7, "x": ""}).encode()
    assert (await post(receiver, body[:-2] + b"x" * (LARGEST - len(body)) + body[-2:]))[0] == 200


async def test_only_posts_are_taken(receiver: Receiver):
    async with aiohttp.ClientSession() as session, session.get(receiver.url) as answer:
        assert answer.status == 405


async def test_a_webhook_without_a_secret_is_impossible():
    empty = Receiver()
    with pytest.raises(ValueError, match="secret"):
        webhook_route("", empty.store, quarantine=empty.quarantine, answer=empty.answer, alarm=empty.alarm)


async def test_the_strict_server_brings_every_update_even_after_a_full_disk(
    receiver: Receiver, sandbox: Sandbox, sandbox_bot: Bot
):
    await set_webhook(sandbox_bot, receiver.url, SECRET)
    params = (await sandbox.calls("setWebhook"))[-1]["params"]
    assert params["max_connections"] == 10
    assert params["allowed_updates"] == list(KINDS)
    await sandbox.post(f"phones/{SAM}/start")
    await receiver.until_stored(1)
    receiver.broken = True
    await sandbox.post(f"phones/{SAM}/send", text="/hulp")
    async with asyncio.timeout(20):
        while not receiver.answered:  # noqa: ASYNC110 - the sender stands for another machine
            await asyncio.sleep(0.01)
    receiver.broken = False
    await receiver.until_stored(2)
    assert [raw["message"]["text"] for raw in receiver.stored] == ["/start", "/hulp"]
    assert len(receiver.answered) == 1


async def test_somebody_elses_webhook_is_an_alarm(receiver: Receiver, sandbox: Sandbox, sandbox_bot: Bot):
    await set_webhook(sandbox_bot, receiver.url, SECRET)
    assert await webhook_is_ours(sandbox_bot, receiver.url, receiver.alarm)
    assert receiver.alarms == []
    await set_webhook(sandbox_bot, "http://127.0.0.1:1/theirs", SECRET)
    assert not await webhook_is_ours(sandbox_bot, receiver.url, receiver.alarm)
    assert receiver.alarms == ["foreign_webhook"]
    await sandbox_bot.delete_webhook()
    assert not await webhook_is_ours(sandbox_bot, receiver.url, receiver.alarm)


async def test_a_server_that_cannot_be_asked_is_no_proof_of_a_stranger(raw_server: RawServer, raw_bot: Bot):
    raw_server.usual = refusal(500, "Internal Server Error")
    alarms: list[str] = []
    assert await webhook_is_ours(raw_bot, "https://bot.example.org/webhook", alarms.append)
    assert alarms == []

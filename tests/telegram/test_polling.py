"""An update is confirmed to Telegram only when it is stored, and nothing a server does ends the polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Bot

from bot.telegram.polling import Pauses, Polling
from bot.telegram.request import Request, bot_at
from tests.telegram.conftest import SAM, Sandbox
from tests.telegram.raw_server import CUT_AFTER_READING, HANG, RawServer, answer, page, refusal

QUICK = Pauses(first=0.01, longest=0.02)


@dataclass
class Inbox:
    """What was committed, in order; `broken` is a disk that is full."""

    batches: list[list[dict[str, Any]]] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    broken: bool = False
    tries: int = 0
    heard: int = 0

    @property
    def ids(self) -> list[int]:
        return [raw["update_id"] for batch in self.batches for raw in batch]

    async def store(self, updates: list[dict[str, Any]]) -> None:
        self.tries += 1
        if self.broken:
            raise OSError("No space left on device")
        self.batches.append(updates)

    async def answer(self, raw: dict[str, Any]) -> None:
        self.answered.append(raw["update_id"])

    def alarm(self, kind: str) -> None:
        self.alarms.append(kind)

    def hear(self) -> None:
        self.heard += 1

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not true():  # noqa: ASYNC110 - what it waits for may be anything, also on the other side
                await asyncio.sleep(0.01)


@asynccontextmanager
async def polling(bot: Bot, request: Request, inbox: Inbox, timeout: int = 1) -> AsyncIterator[asyncio.Event]:
    poller = Polling(
        bot,
        request,
        inbox.store,
        answer=inbox.answer,
        alarm=inbox.alarm,
        heard=inbox.hear,
        timeout=timeout,
        pauses=QUICK,
    )
    stop = asyncio.Event()
    task = asyncio.create_task(poller.run(stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(5):
            await task


def updates(*ids: int) -> bytes:
    return answer([{"update_id": number, "message": {"text": "hoi"}} for number in ids])


async def test_updates_arrive_in_order_and_are_confirmed_after_storing(
    sandbox: Sandbox, sandbox_bot: Bot, request_: Request
):
    inbox = Inbox()
    await sandbox.post(f"phones/{SAM}/start")
    async with polling(sandbox_bot, request_, inbox):
        await inbox.until(lambda: len(inbox.ids) == 1)
        await sandbox.post(f"phones/{SAM}/send", text="een")
        await sandbox.post(f"phones/{SAM}/send", text="twee")
        await inbox.until(lambda: len(inbox.ids) == 3)
    texts = [raw["message"]["text"] for batch in inbox.batches for raw in batch]
    assert texts == ["/start", "een", "twee"]
    assert inbox.alarms == []
    assert inbox.heard >= 2


async def test_what_was_not_stored_comes_again_and_is_answered_once_meanwhile(
    sandbox: Sandbox, sandbox_bot: Bot, request_: Request
):
    inbox = Inbox(broken=True)
    await sandbox.post(f"phones/{SAM}/start")
    await sandbox.post(f"phones/{SAM}/send", text="/hulp")
    async with polling(sandbox_bot, request_, inbox):
        await inbox.until(lambda: inbox.tries >= 4)
        assert len(inbox.answered) == len(set(inbox.answered)) == 2
        inbox.broken = False
        await inbox.until(lambda: len(inbox.ids) == 2)
    assert set(inbox.alarms) == {"storage"}
    assert inbox.ids == inbox.answered


async def test_the_offset_moves_only_after_the_commit(raw_server: RawServer, raw_bot: Bot, request_: Request):
    raw_server.usual = answer([])
    raw_server.script.extend([answer(True), updates(5, 6), updates(5, 6)])
    inbox = Inbox(broken=True)
    async with polling(raw_bot, request_, inbox):
        await inbox.until(lambda: inbox.tries == 1)
        inbox.broken = False
        await inbox.until(lambda: len(raw_server.called("getUpdates")) >= 3)
    offsets = [given.get("offset") for given in raw_server.called("getUpdates")]
    assert offsets[:3] == [None, None, "7"]


async def test_a_random_lower_number_after_a_silent_week_is_confirmed_too(
    raw_server: RawServer, raw_bot: Bot, request_: Request
):
    raw_server.usual = answer([])
    raw_server.script.extend([answer(True), updates(900), updates(17)])
    inbox = Inbox()
    async with polling(raw_bot, request_, inbox):
        await inbox.until(lambda: len(raw_server.called("getUpdates")) >= 3)
    assert inbox.ids == [900, 17]
    assert [given.get("offset") for given in raw_server.called("getUpdates")][:3] == [None, "901", "18"]


async def test_an_unreadable_update_does_not_hold_up_its_batch(
    raw_server: RawServer, raw_bot: Bot, request_: Request
):
    raw_server.usual = answer([])
    raw_server.script.extend([answer(True), answer(["nonsense", {"no": "id"}, {"update_id": 3}, None])])
    inbox = Inbox()
    async with polling(raw_bot, request_, inbox):
        await inbox.until(lambda: len(raw_server.called("getUpdates")) >= 2)
    assert inbox.ids == [3]
    assert inbox.alarms == ["unreadable_update"] * 3
    assert raw_server.called("getUpdates")[1]["offset"] == "4"


async def test_a_full_waiting_room_is_an_alarm_of_its_own(
    raw_server: RawServer, raw_bot: Bot, request_: Request
):
    raw_server.usual = updates(*range(50))
    raw_server.script.extend([answer(True), updates(*range(49)), updates(*range(50))])
    inbox = Inbox(broken=True)
    async with polling(raw_bot, request_, inbox):
        await inbox.until(lambda: inbox.tries == 1)
        assert inbox.alarms in (["storage"], [])
        await inbox.until(lambda: inbox.tries == 3)
    assert inbox.alarms[:3] == ["storage", "storage", "backlog"]


@pytest.mark.parametrize(
    ("trouble", "alarms"),
    [
        (refusal(409, "Conflict: terminated by other getUpdates request"), ["second_poller"]),
        (refusal(401, "Unauthorized"), ["token"]),
        (refusal(404, "Not Found"), ["token"]),
        (refusal(500, "Internal Server Error"), []),
        (refusal(429, "Too Many Requests: retry after 1", retry_after=1), []),
        (page(502, b"<html>", "text/html"), []),
        (page(200, b'{"ok": true, "result": 5}'), []),
        (page(200, b'{"ok": true'), []),
        (CUT_AFTER_READING, []),
    ],
)
async def test_polling_goes_on_after_trouble(
    raw_server: RawServer, raw_bot: Bot, request_: Request, trouble: bytes | str, alarms: list[str]
):
    raw_server.usual = answer([])
    raw_server.script.extend([answer(True), trouble, updates(5)])
    inbox = Inbox()
    async with polling(raw_bot, request_, inbox):
        await inbox.until(lambda: inbox.ids == [5])
    assert inbox.alarms == alarms


async def test_a_webhook_that_was_set_is_removed_and_nothing_waiting_is_dropped(
    sandbox: Sandbox, sandbox_bot: Bot, request_: Request
):
    await sandbox.post(f"phones/{SAM}/start")
    await sandbox_bot.set_webhook("http://127.0.0.1:1/webhook", secret_token="s" * 32)
    inbox = Inbox()
    async with polling(sandbox_bot, request_, inbox):
        await inbox.until(lambda: len(inbox.ids) == 1)
    assert (await sandbox.calls("deleteWebhook"))[0]["params"].get("drop_pending_updates") is not True


async def test_a_webhook_set_meanwhile_is_an_alarm_and_is_removed(
    sandbox: Sandbox, sandbox_bot: Bot, request_: Request
):
    inbox = Inbox()
    async with polling(sandbox_bot, request_, inbox):
        await inbox.until(lambda: inbox.heard >= 1)
        await sandbox_bot.set_webhook("http://127.0.0.1:1/webhook", secret_token="s" * 32)
        await inbox.until(lambda: "foreign_webhook" in inbox.alarms)
        await sandbox.post(f"phones/{SAM}/start")
        await inbox.until(lambda: len(inbox.ids) == 1)


async def test_only_the_named_kinds_are_asked_for(raw_server: RawServer, raw_bot: Bot, request_: Request):
    raw_server.usual = answer([])
    inbox = Inbox()
    async with polling(raw_bot, request_, inbox, timeout=0):
        await inbox.until(lambda: inbox.heard >= 1)
    (asked, *_) = raw_server.called("getUpdates")
    assert asked == {
        "limit": "100",
        "timeout": "0",
        "allowed_updates": '["message", "edited_message", "callback_query", "my_chat_member"]',
    }


async def test_a_long_poll_ends_when_asked_to(raw_server: RawServer, raw_bot: Bot, request_: Request):
    raw_server.usual = HANG
    raw_server.script.append(answer(True))
    async with polling(raw_bot, request_, Inbox(), timeout=50):
        await Inbox().until(lambda: bool(raw_server.called("getUpdates")))


async def test_stopping_waits_for_what_is_being_stored(
    raw_server: RawServer, raw_bot: Bot, request_: Request
):
    raw_server.usual = answer([])
    raw_server.script.extend([answer(True), updates(5)])
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow_store(batch: list[dict[str, Any]]) -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    inbox, stop = Inbox(), asyncio.Event()
    poller = Polling(raw_bot, request_, slow_store, answer=inbox.answer, alarm=inbox.alarm, pauses=QUICK)
    task = asyncio.create_task(poller.run(stop))
    await begun.wait()
    stop.set()
    await asyncio.sleep(0.05)
    assert not task.done()
    may_end.set()
    await task
    assert ended.is_set()


async def test_an_answer_that_fails_is_tried_again_and_keeps_nobody_waiting(
    raw_server: RawServer, raw_bot: Bot, request_: Request
):
    raw_server.usual = updates(1, 2)
    raw_server.script.append(answer(True))
    inbox = Inbox(broken=True)
    asked: list[int] = []

    async def unreliable(raw: dict[str, Any]) -> None:
        asked.append(raw["update_id"])
        if raw["update_id"] == 1 and asked.count(1) < 3:
            raise OSError("no connection")

    stop = asyncio.Event()
    poller = Polling(raw_bot, request_, inbox.store, answer=unreliable, alarm=inbox.alarm, pauses=QUICK)
    task = asyncio.create_task(poller.run(stop))
    await inbox.until(lambda: inbox.tries >= 6)
    stop.set()
    await task
    assert sorted(asked) == [1, 1, 1, 2]


async def test_polling_waits_for_a_server_that_comes_up_later(request_: Request):
    server = RawServer(usual=answer([]))
    await server.start()
    url = server.url
    await server.stop()
    inbox = Inbox()
    bot = bot_at(url, "1:SANDBOX", sending=request_, polling=request_)
    async with polling(bot, request_, inbox):
        await asyncio.sleep(0.1)
        again = RawServer(usual=answer([]))
        await again.start(int(url.rpartition(":")[2]))
        again.script.extend([answer(True), updates(5)])
        await inbox.until(lambda: inbox.ids == [5])
    await again.stop()

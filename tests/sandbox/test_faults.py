"""Faults on order, and flood limits."""

import asyncio
import contextlib
from typing import Any

import aiohttp
import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import FloodLimits
from tests.sandbox.conftest import SAM, VERA, Hands


async def shown(hands: Hands, phone: int = 0) -> list[str]:
    messages = (await hands.get("state"))["phones"][phone]["messages"]
    return [message["content"]["text"] for message in messages if message["from_bot"]]


@pytest.mark.parametrize(
    ("fault", "status", "description"),
    [
        ({"kind": "429", "retry_after": 7}, 429, "Too Many Requests: retry after 7"),
        ({"kind": "403"}, 403, "Forbidden: bot was blocked by the user"),
        ({"kind": "400"}, 400, "Bad Request: chat not found"),
        (
            {"kind": "400", "description": "can't parse entities: x"},
            400,
            "Bad Request: can't parse entities: x",
        ),
        ({"kind": "500"}, 500, "Internal Server Error: sandbox fault"),
        ({"kind": "404"}, 404, "Not Found"),
    ],
)
async def test_a_fault_strikes_once_and_nothing_is_accepted(
    chat: Hands, fault: dict[str, Any], status: int, description: str
) -> None:
    await chat.do("faults", [{**fault, "method": "sendMessage"}])
    body = await chat.call("sendMessage", chat_id=SAM, text="een")
    assert (body["error_code"], body["description"]) == (status, description)
    if status == 429:
        assert body["parameters"] == {"retry_after": 7}
    assert await shown(chat) == []
    await chat.ok("sendMessage", chat_id=SAM, text="twee")
    assert await shown(chat) == ["twee"]


async def test_a_502_is_a_page_not_json(chat: Hands) -> None:
    await chat.do("faults", [{"kind": "502html"}])
    async with chat.http.post(f"{chat.sandbox.url}/bot{chat.sandbox.token}/getMe") as answer:
        assert answer.status == 502
        assert answer.content_type == "text/html"


async def test_cut_before_accepts_nothing_and_cut_after_accepts_without_saying_so(chat: Hands) -> None:
    await chat.do("faults", [{"kind": "cut_before"}, {"kind": "cut_after"}])
    for text in ("ervoor", "erna"):
        with pytest.raises(aiohttp.ClientError):
            await chat.call("sendMessage", chat_id=SAM, text=text)
    assert await shown(chat) == ["erna"]
    calls = (await chat.get("calls", method="sendMessage"))["calls"]
    assert [call["params"]["text"] for call in calls] == ["erna"]


async def test_a_hanging_call_ends_when_the_client_leaves(chat: Hands) -> None:
    await chat.do("faults", [{"kind": "hang", "method": "sendMessage"}])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(chat.call("sendMessage", chat_id=SAM, text="stil"), timeout=0.2)
    assert await shown(chat) == []


async def test_faults_choose_their_method_chat_and_turn(chat: Hands) -> None:
    await chat.do(f"phones/{VERA}/start")
    order = {"kind": "500", "method": "sendMessage", "chat_id": VERA, "nth": 2, "times": 2}
    await chat.do("faults", [order])
    await chat.ok("getMe")
    outcomes = []
    for n in range(5):
        await chat.ok("sendMessage", chat_id=SAM, text=str(n))
        outcomes.append((await chat.call("sendMessage", chat_id=VERA, text=str(n)))["ok"])
    assert outcomes == [True, False, False, True, True]
    assert (await chat.get("faults"))["faults"] == []


async def test_a_fault_without_end_lasts_until_it_is_cleared(chat: Hands) -> None:
    await chat.do("faults", {"kind": "500", "times": None})
    for _ in range(3):
        assert (await chat.call("getMe"))["ok"] is False
    async with chat.http.delete(f"{chat.sandbox.url}/_sandbox/faults") as answer:
        assert answer.status == 200
    assert (await chat.call("getMe"))["ok"] is True


@pytest.mark.parametrize(
    "order", [5, {"kind": "boom"}, {"kind": "500", "nth": "x"}, {"kind": "500", "on": 1}]
)
async def test_an_odd_order_is_refused(chat: Hands, order: Any) -> None:
    status, _ = await chat.try_to("faults", [order])
    assert status == 400


async def test_limits_are_off_until_switched_on(chat: Hands) -> None:
    for n in range(25):
        await chat.ok("sendMessage", chat_id=SAM, text=str(n))
    await chat.do("limits", {"enabled": True})
    bodies = [await chat.call("sendMessage", chat_id=SAM, text=str(n)) for n in range(30)]
    refused = [body for body in bodies if not body["ok"]]
    assert refused[0]["error_code"] == 429
    assert refused[0]["parameters"]["retry_after"] >= 1
    assert all(body["ok"] for body in bodies[:20])


def test_a_chat_gets_one_a_second_after_its_burst_and_all_together_thirty() -> None:
    now = 0.0
    limits = FloodLimits(lambda: now, enabled=True)

    def accepted(chat_id: int) -> bool:
        with contextlib.suppress(ApiError):
            limits.spend(chat_id)
            return True
        return False

    assert [accepted(1) for _ in range(21)] == [True] * 20 + [False]
    now = 1.0
    assert [accepted(1), accepted(1)] == [True, False]
    now = 100.0
    assert sum(accepted(chat_id) for chat_id in range(2, 40)) == 30

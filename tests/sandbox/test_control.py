"""The control API, its guard and its event stream."""

import asyncio
import json
from typing import Any

import pytest

from bot.sandbox.pages import _FILES
from bot.sandbox.server import serve
from tests.sandbox.conftest import SAM, Hands, polling, until


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "[::1]:8081"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "127.0.0.1@evil.example"}, 403),
        ({"Host": "127.0.0.1:port"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "localhost:5", "Origin": "http://localhost:5"}, 200),
        ({"Host": "localhost:5", "Origin": "http://localhost:6"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/", "/_sandbox/state", "/bot1:SANDBOX/getMe"])
async def test_only_this_machine_is_served(
    hands: Hands, path: str, headers: dict[str, str], status: int
) -> None:
    async with hands.http.get(hands.sandbox.url + path, headers=headers) as answer:
        assert answer.status == status


async def test_off_loopback_it_does_not_start() -> None:
    with pytest.raises(ValueError, match="loopback"):
        await serve("192.0.2.1")


async def test_a_port_in_use_is_told(hands: Hands) -> None:
    with pytest.raises(OSError, match="in use"):
        await serve(port=hands.sandbox.port)


async def test_the_page_comes_with_a_strict_policy(hands: Hands) -> None:
    for path in _FILES:
        async with hands.http.get(hands.sandbox.url + path) as answer:
            assert answer.status == 200
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            text = await answer.text()
            assert "http://" not in text.replace("http://www.w3.org", "")
            assert "innerHTML" not in text


async def test_events_tell_what_happens_and_can_be_resumed(hands: Hands) -> None:
    last = (await hands.get("state"))["last_event"]
    await hands.do(f"phones/{SAM}/start")
    await hands.ok("sendMessage", chat_id=SAM, text="Dag")

    async def read(count: int, **headers: str) -> list[tuple[str, str, Any]]:
        found = []
        async with hands.http.get(f"{hands.sandbox.url}/_sandbox/events", headers=headers) as stream:
            lines: dict[str, str] = {}
            async for raw in stream.content:
                line = raw.decode().rstrip("\n")
                if line:
                    name, _, value = line.partition(": ")
                    lines[name] = value
                elif "data" in lines:
                    found.append((lines["id"], lines["event"], json.loads(lines["data"])))
                    lines = {}
                    if len(found) == count:
                        break
        return found

    events = await asyncio.wait_for(read(4, **{"Last-Event-ID": str(last)}), timeout=10)
    assert [kind for _, kind, _ in events] == ["message", "chat", "message", "chat"]
    assert events[2][2]["message"]["content"]["text"] == "Dag"
    again = await asyncio.wait_for(read(1, **{"Last-Event-ID": events[2][0]}), timeout=10)
    assert again[0][0] == events[3][0]
    [reload] = await asyncio.wait_for(read(1, **{"Last-Event-ID": "999999"}), timeout=10)
    assert reload[1] == "reload"


async def test_the_transcript_reads_like_the_chat(chat: Hands) -> None:
    markup = {
        "inline_keyboard": [
            [{"text": "Kom", "callback_data": "1"}, {"text": "Kom niet", "callback_data": "0"}]
        ]
    }
    await chat.ok(
        "sendMessage", chat_id=SAM, text="Kom je?\nDinsdag", reply_markup=markup, disable_notification=True
    )
    async with chat.http.get(f"{chat.sandbox.url}/_sandbox/transcript?phone={SAM}") as answer:
        assert answer.headers["Content-Disposition"] == f'attachment; filename="chat-{SAM}.txt"'
        text = await answer.text()
    assert text.startswith("Sam (jongere)\n")
    assert "2026-11-20 12:00 Join Us [stil]\n  Kom je?\n  Dinsdag\n  [Kom] [Kom niet]\n" in text
    found = await chat.get("transcript", phone=str(SAM), format="json")
    assert found["messages"][-1]["keyboard"][0][0]["text"] == "Kom"


async def test_the_ledger_keeps_accepted_calls_and_refused_ones_on_request(chat: Hands) -> None:
    await chat.ok("sendMessage", chat_id=SAM, text="een")
    await chat.refused("sendMessage", chat_id=SAM, text="")
    calls = (await chat.get("calls", method="sendMessage", chat_id=str(SAM)))["calls"]
    assert [call["params"]["text"] for call in calls] == ["een"]
    assert calls[0]["result"]["text"] == "een"
    everything = (await chat.get("calls", method="sendMessage", refused="1"))["calls"]
    assert [call["ok"] for call in everything] == [True, False]
    assert (await chat.get("calls", after=str(calls[0]["number"])))["calls"] == []


async def test_a_reset_lets_a_waiting_poll_go(chat: Hands) -> None:
    poll = asyncio.ensure_future(chat.updates(timeout=50))
    await until(polling(chat))
    await chat.do("reset")
    assert await poll == []


async def test_reset_goes_back_to_the_beginning(chat: Hands) -> None:
    await chat.do("phones", {"name": "Milan"})
    await chat.do("clock", {"advance_seconds": 3600})
    await chat.do("reset")
    state = await chat.get("state")
    assert [phone["name"] for phone in state["phones"]] == ["Sam", "Vera"]
    assert state["phones"][0]["messages"] == []
    assert state["clock"]["now"] == state["clock"]["start"]
    await chat.do(f"phones/{SAM}/send", {"text": "opnieuw"})
    assert (await chat.updates())[0]["message"]["text"] == "opnieuw"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("phones", {"name": ""}, 400),
        ("phones", {"name": 5}, 400),
        ("phones/9/send", {"text": "x"}, 404),
        (f"phones/{SAM}/send", {}, 400),
        (f"phones/{SAM}/send", {"text": "  "}, 400),
        (f"phones/{SAM}/send", {"text": "x", "group": -5}, 404),
        (f"phones/{SAM}/send", {"text": "x", "reply_to": 99}, 404),
        (f"phones/{SAM}/edit", {"message_id": 1, "text": "x"}, 404),
        (f"phones/{SAM}/raw", {"update": 5}, 400),
        (f"phones/{SAM}/media", {"kind": "photo", "content": "???"}, 400),
        (f"phones/{SAM}/media", {"kind": "photo", "content": "YWJj"}, 400),
        (f"phones/{SAM}/media", {"kind": "location", "latitude": "noord"}, 400),
        ("clock/report", {"idle": "yes"}, 400),
        ("clock/report", {"idle": True}, 400),
    ],
)
async def test_odd_requests_are_refused(hands: Hands, path: str, body: Any, status: int) -> None:
    assert (await hands.try_to(path, body))[0] == status


async def test_a_blocked_phone_cannot_write_or_tap_and_start_unblocks(chat: Hands) -> None:
    await chat.do(f"phones/{SAM}/block")
    assert (await chat.try_to(f"phones/{SAM}/send", {"text": "x"}))[0] == 409
    assert (await chat.try_to(f"phones/{SAM}/tap", {"message_id": 1, "data": "x", "forged": True}))[0] == 409
    await chat.do(f"phones/{SAM}/start")
    assert (await chat.get("state"))["phones"][0]["blocked"] is False


async def test_a_person_can_delete_a_message(chat: Hands) -> None:
    sent = await chat.ok("sendMessage", chat_id=SAM, text="weg ermee")
    await chat.do(f"phones/{SAM}/delete", {"message_id": sent["message_id"]})
    words = await chat.refused("editMessageText", chat_id=SAM, message_id=sent["message_id"], text="x")
    assert words == "Bad Request: message to edit not found"

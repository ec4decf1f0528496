"""What is surely not sent, what may have arrived, and what the log may never hold."""

from __future__ import annotations

import asyncio
import json
import logging
import socket

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TimedOut

from bot.telegram.failures import AnswerLost, NotConnected, ServerError, TooManyRequests, Unrecognised
from bot.telegram.request import Request, bot_at
from tests.telegram.conftest import SAM
from tests.telegram.raw_server import (
    CUT_AFTER_READING,
    CUT_BEFORE_READING,
    HANG,
    RawServer,
    answer,
    in_chunks,
    message,
    page,
    refusal,
)

CANARY = "123456789:AAcanaryAAcanaryAAcanaryAAcanaryAAA"
HTML = b"<html><h1>502 Bad Gateway</h1></html>"


@pytest.mark.parametrize("cut", [CUT_BEFORE_READING, CUT_AFTER_READING])
async def test_a_cut_connection_may_have_arrived(raw_server: RawServer, raw_bot: Bot, cut: str):
    raw_server.script.append(cut)
    with pytest.raises(AnswerLost):
        await raw_bot.send_message(SAM, "hoi")
    assert len(raw_server.calls) <= 1, "a call that may have arrived was repeated"


async def test_a_call_cut_on_a_kept_connection_is_not_repeated(raw_server: RawServer, raw_bot: Bot):
    await raw_bot.send_message(SAM, "een")
    raw_server.script.append(CUT_AFTER_READING)
    with pytest.raises(AnswerLost):
        await raw_bot.send_message(SAM, "twee")
    assert [given["text"] for given in raw_server.called("sendMessage")] == ["een", "twee"]


async def test_a_silent_server_may_have_accepted(raw_server: RawServer):
    raw_server.usual = HANG
    async with Request(read_timeout=0.1) as request:
        bot = bot_at(raw_server.url, "1:SANDBOX", sending=request, polling=request)
        with pytest.raises(AnswerLost):
            await bot.send_message(SAM, "hoi")
    assert len(raw_server.calls) == 1


@pytest.mark.parametrize(
    "answered",
    [
        page(200, HTML, "text/html"),
        page(200, b'{"ok": true, "resu'),
        page(200, b"[]"),
        b'HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{"ok": true',
        in_chunks(json.dumps({"ok": True, "result": message()}).encode(), whole=False),
        refusal(504, "Gateway Time-out"),
        b"SSH-2.0-OpenSSH_9\r\nContent-Length: 9999\r\n\r\n",
    ],
    ids=["a login page", "cut JSON", "no object", "cut body", "cut chunks", "gateway timeout", "no HTTP"],
)
async def test_an_answer_that_cannot_be_read_may_hide_an_acceptance(
    raw_server: RawServer, raw_bot: Bot, answered: bytes, caplog: pytest.LogCaptureFixture
):
    raw_server.usual = answered
    with pytest.raises(AnswerLost):
        await raw_bot.send_message(SAM, "hoi")
    assert "Bad Gateway" not in caplog.text
    assert "resu" not in caplog.text


async def test_an_answer_in_chunks_is_an_answer(raw_server: RawServer, raw_bot: Bot):
    raw_server.usual = in_chunks(json.dumps({"ok": True, "result": message()}).encode())
    assert (await raw_bot.send_message(SAM, "hoi")).message_id == 5


@pytest.mark.parametrize(
    ("answered", "kind"),
    [
        (page(502, HTML, "text/html"), ServerError),
        (page(403, HTML, "text/html"), ServerError),
        (page(400, HTML, "text/html"), ServerError),
        (page(404, HTML, "text/html"), Unrecognised),
        (b"HTTP/1.1 302 X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", ServerError),
        (refusal(500, "Internal Server Error"), ServerError),
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refusal(401, "Unauthorized"), Unrecognised),
        (refusal(409, "Conflict"), Conflict),
        (refusal(413, "Request Entity Too Large"), BadRequest),
        (refusal(400, "Bad Request: chat not found"), BadRequest),
    ],
)
async def test_only_telegram_gives_a_verdict(
    raw_server: RawServer, raw_bot: Bot, answered: bytes, kind: type[Exception]
):
    raw_server.usual = answered
    with pytest.raises(kind) as caught:
        await raw_bot.send_message(SAM, "hoi")
    assert type(caught.value) is kind
    assert "<html>" not in str(caught.value)
    assert len(raw_server.calls) == 1


@pytest.mark.parametrize(
    ("parameters", "seconds"),
    [({"retry_after": 9}, 9), ({"retry_after": 0}, 1), ({}, 1), ({"retry_after": "x"}, 1)],
)
async def test_too_many_requests_always_says_how_long(
    raw_server: RawServer, raw_bot: Bot, parameters: dict[str, object], seconds: int
):
    raw_server.usual = refusal(429, "Too Many Requests", **parameters)
    with pytest.raises(TooManyRequests) as caught:
        await raw_bot.send_message(SAM, "hoi")
    assert caught.value.seconds == seconds


async def test_nobody_listening_means_surely_not_sent(request_: Request):
    bot = bot_at("http://127.0.0.1:1", CANARY, sending=request_, polling=request_)
    with pytest.raises(NotConnected):
        await bot.send_message(SAM, "hoi")


async def test_an_unknown_host_means_surely_not_sent(request_: Request):
    bot = bot_at("http://telegram.invalid", CANARY, sending=request_, polling=request_)
    with pytest.raises(NotConnected):
        await bot.send_message(SAM, "hoi")


async def test_a_server_that_never_takes_the_connection_means_surely_not_sent(request_: Request):
    # A full queue of a listening socket that nobody serves: connecting waits until its timeout.
    listening = socket.create_server(("127.0.0.1", 0), backlog=0)
    waiting = [socket.socket() for _ in range(4)]
    for one in waiting:
        one.setblocking(False)
        one.connect_ex(listening.getsockname())
    await asyncio.sleep(0.1)
    bot = bot_at(f"http://127.0.0.1:{listening.getsockname()[1]}", CANARY, sending=request_, polling=request_)
    try:
        with pytest.raises(NotConnected) as caught:
            await bot.send_message(SAM, "hoi", connect_timeout=0.3)
    finally:
        for one in (*waiting, listening):
            one.close()
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None, "the cause quotes the address with the token"
    assert caught.value.__suppress_context__


async def test_no_free_connection_means_surely_not_sent(raw_server: RawServer):
    raw_server.usual = HANG
    async with Request(pool=1, read_timeout=5) as request:
        bot = bot_at(raw_server.url, "1:SANDBOX", sending=request, polling=request)
        first = asyncio.create_task(bot.send_message(SAM, "een"))
        await raw_server.called_once.wait()
        with pytest.raises(NotConnected):
            await bot.send_message(SAM, "twee", connect_timeout=0.1)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
    assert [given["text"] for given in raw_server.called("sendMessage")] == ["een"]


async def test_a_closed_request_means_surely_not_sent(raw_server: RawServer):
    request = Request()
    bot = bot_at(raw_server.url, "1:SANDBOX", sending=request, polling=request)
    with pytest.raises(NotConnected):
        await bot.send_message(SAM, "hoi")


def test_both_kinds_stay_within_the_librarys_own_family():
    assert issubclass(NotConnected, NetworkError)
    assert not issubclass(NotConnected, TimedOut)
    assert issubclass(AnswerLost, TimedOut)


async def test_connections_are_kept(raw_server: RawServer, raw_bot: Bot):
    for _ in range(5):
        await raw_bot.send_message(SAM, "hoi")
    assert raw_server.connections == 1


async def test_a_file_travels_whole_beside_its_caption(raw_server: RawServer, raw_bot: Bot):
    content = bytes(range(256)) * 5000
    await raw_bot.send_photo(SAM, InputFile(content, "picture.png"), caption="Noordwijk 😀")
    (body,) = raw_server.bodies
    assert content in body
    assert "Noordwijk 😀".encode() in body


async def test_text_that_cannot_be_encoded_is_refused_without_being_quoted(
    raw_server: RawServer, raw_bot: Bot
):
    with pytest.raises(BadRequest) as caught:
        await raw_bot.send_message(SAM, "geheim \ud83d")
    assert "geheim" not in str(caught.value)
    assert raw_server.calls == []


async def test_the_probe_sees_both_sides_of_every_call(raw_server: RawServer):
    seen: list[str] = []
    async with Request(probe=seen.append) as request:
        bot = bot_at(raw_server.url, "1:SANDBOX", sending=request, polling=request)
        await bot.send_message(SAM, "hoi")
        raw_server.script.append(CUT_AFTER_READING)
        with pytest.raises(AnswerLost):
            await bot.delete_message(SAM, 5)
    assert seen == [
        "http.before:sendMessage",
        "http.after:sendMessage",
        "http.before:deleteMessage",
        "http.after:deleteMessage",
    ]


async def test_the_bare_result_comes_back_as_it_was(raw_server: RawServer, raw_bot: Bot, request_: Request):
    raw_server.usual = answer([{"update_id": 1, "nonsense": [1]}])
    found = await request_.call(raw_bot, "getUpdates", {"timeout": 0, "allowed_updates": ["message"]}, 5)
    assert found == [{"update_id": 1, "nonsense": [1]}]
    assert raw_server.called("getUpdates") == [{"timeout": "0", "allowed_updates": '["message"]'}]


async def test_the_log_holds_neither_token_nor_words(
    raw_server: RawServer, request_: Request, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    bot = bot_at(raw_server.url, CANARY, sending=request_, polling=request_)
    secret = "".join(("gehe", "ime woorden"))
    for action in (CUT_AFTER_READING, page(502, secret.encode()), page(200, secret.encode())):
        raw_server.script.append(action)
        try:
            await bot.send_message(SAM, secret)
        except NetworkError:
            logging.getLogger(__name__).exception("sending failed")
    assert len(raw_server.calls) == 3
    assert "canary" not in caplog.text
    assert secret not in caplog.text

"""A Bot API server that costs almost nothing, so that the bot is what is measured: raw asyncio, nothing checked.

It is no sandbox: that one (``bot/sandbox``) is as strict as Telegram, and slower than the bots measured here.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "4242:benchmark-without-a-telegram"  # noqa: S105  # the stub takes any
NAME = "companion_bench_bot"
_ME = {"id": 4242, "is_bot": True, "first_name": "Bench", "username": NAME}
_ME_ANSWER = {
    **_ME,
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}

Said = Callable[[int, int, str, list[str]], None]
"""Told chat, message number, text and button data of every message the bot sends."""


class Stub:
    """One bot's server. *said* hears what the bot sends; ``push`` gives it an update."""

    def __init__(self, said: Said) -> None:
        self.calls: Counter[str] = Counter()
        self.polled = asyncio.Event()
        self._said = said
        self._updates: list[dict[str, Any]] = []
        self._numbers = itertools.count(1)
        self._messages = itertools.count(1)
        self._waiting: _Connection | None = None
        self._server: asyncio.Server | None = None
        self._connections: set[_Connection] = set()

    async def __aenter__(self) -> Stub:
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Connection(self), "127.0.0.1", 0
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for connection in list(self._connections):
            connection.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def push(self, update: dict[str, Any]) -> None:
        """Let something happen; a poll that waits is answered at once."""
        self._updates.append({"update_id": next(self._numbers), **update})
        if self._waiting is not None:
            connection, self._waiting = self._waiting, None
            connection.answer(self._updates[:100])

    def asked(self, connection: _Connection, method: str, fields: dict[str, str]) -> None:
        """One call of the bot."""
        self.calls[method] += 1
        if method == "getUpdates":
            self._poll(connection, fields)
            return
        match method:
            case "getMe":
                connection.answer(_ME_ANSWER)
            case "getMyDescription":
                connection.answer({"description": ""})
            case "getMyShortDescription":
                connection.answer({"short_description": ""})
            case "getMyCommands":
                connection.answer([])
            case "sendMessage":
                number = next(self._messages)
                connection.answer(_message(number, fields))
                self._said(int(fields["chat_id"]), number, fields["text"], _button_data(fields))
            case "editMessageText" | "editMessageReplyMarkup":
                connection.answer(_message(int(fields["message_id"]), fields))
            case _:
                connection.answer(True)

    def _poll(self, connection: _Connection, fields: dict[str, str]) -> None:
        offset = int(fields.get("offset", 0))
        self._updates = [one for one in self._updates if one["update_id"] >= offset]
        if self._updates or fields.get("timeout", "0") == "0":
            connection.answer(self._updates[:100])
            self.polled.set()
            return
        self._waiting = connection
        asyncio.get_running_loop().call_later(float(fields["timeout"]), self._nothing, connection)
        self.polled.set()

    def _nothing(self, connection: _Connection) -> None:
        if self._waiting is connection:
            self._waiting = None
            connection.answer([])

    def joined(self, connection: _Connection) -> None:
        """A connection was made."""
        self._connections.add(connection)

    def left(self, connection: _Connection) -> None:
        """A connection is gone; a poll that waited on it gets nothing any more."""
        self._connections.discard(connection)
        if self._waiting is connection:
            self._waiting = None


class _Connection(asyncio.Protocol):
    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._stub.joined(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stub.left(self)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            first, *lines = self._received[:end].decode("latin-1").split("\r\n")
            pairs = (line.partition(":") for line in lines)
            headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
            length = int(headers.get("content-length", 0))
            if len(self._received) < end + 4 + length:
                return
            body = self._received[end + 4 : end + 4 + length]
            self._received = self._received[end + 4 + length :]
            path, _, query = first.split(" ")[1].partition("?")
            fields = dict(parse_qsl(query)) | _fields(headers.get("content-type", ""), body)
            self._stub.asked(self, path.rsplit("/", 1)[-1], fields)

    def answer(self, result: object) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        body = json.dumps({"ok": True, "result": result}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode("ascii") + body)


def _fields(kind: str, body: bytes) -> dict[str, str]:
    if kind.startswith("application/json"):
        given: dict[str, Any] = json.loads(body)
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    return dict(parse_qsl(body.decode("ascii"))) if kind.startswith("application/x-www-form") else {}


def _button_data(fields: dict[str, str]) -> list[str]:
    rows = json.loads(fields.get("reply_markup", "{}")).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _message(number: int, fields: dict[str, str]) -> dict[str, Any]:
    chat = int(fields["chat_id"])
    message: dict[str, Any] = {
        "message_id": number,
        "from": _ME,
        "chat": {"id": chat, "type": "private", "first_name": "Sam"},
        "date": int(time.time()),
        "text": fields.get("text", ""),
    }
    if "inline_keyboard" in fields.get("reply_markup", ""):
        message["reply_markup"] = json.loads(fields["reply_markup"])
    return message

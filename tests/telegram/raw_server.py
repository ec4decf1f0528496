"""A server that misbehaves on order, below HTTP: it can close, hang, cut an answer short or answer nonsense."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

CUT_BEFORE_READING = "cut before reading"
CUT_AFTER_READING = "cut after reading"
HANG = "hang"


def answer(result: Any) -> bytes:
    """A whole answer of Telegram's."""
    return page(200, json.dumps({"ok": True, "result": result}).encode())


def refusal(status: int, description: str, **parameters: Any) -> bytes:
    """A refusal in Telegram's shape."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return page(status, json.dumps(body).encode())


def page(status: int, body: bytes, kind: str = "application/json") -> bytes:
    """Any answer."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def in_chunks(body: bytes, *, whole: bool = True) -> bytes:
    """An answer without a length, in chunks of five bytes; without its end when not *whole*."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b"".join(
        f"{len(body[at : at + 5]):x}\r\n".encode() + body[at : at + 5] + b"\r\n"
        for at in range(0, len(body), 5)
    )
    return head + chunks + (b"0\r\n\r\n" if whole else b"")


def message(text: str = "hoi") -> dict[str, Any]:
    """What Telegram gives back for a message."""
    return {"message_id": 5, "date": 1795172400, "chat": {"id": 1001, "type": "private"}, "text": text}


@dataclass(slots=True)
class RawServer:
    """Answers each call with the next of `script`, and when that is empty with `usual`."""

    usual: bytes | str = field(default_factory=lambda: answer(message()))
    script: deque[bytes | str] = field(default_factory=deque)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0
    called_once: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    _server: asyncio.Server | None = None
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    def called(self, method: str) -> list[dict[str, str]]:
        """The parameters of every call of *method* so far."""
        return [given for name, given in self.calls if name == method]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.transport.abort()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if self.script and self.script[0] == CUT_BEFORE_READING:
            await reader.read(1)
            self.script.popleft()
            return False
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = next(
            (int(line.partition(":")[2]) for line in head.splitlines() if line.lower().startswith("content-length")), 0
        )  # fmt: skip
        if "chunked" in head.lower():
            body = b""
            while (size := int(await reader.readline(), 16)) > 0:
                body += await reader.readexactly(size)
                await reader.readline()
            await reader.readline()
        else:
            body = await reader.readexactly(length)
        self.bodies.append(body)
        form = (
            {} if "multipart" in head else {name: value[0] for name, value in parse_qs(body.decode()).items()}
        )
        self.calls.append((head.split()[1].rsplit("/", 1)[-1], form))
        self.called_once.set()
        action = self.script.popleft() if self.script else self.usual
        if action == CUT_AFTER_READING:
            return False
        if action == HANG:
            await reader.read()
            return False
        assert isinstance(action, bytes)
        writer.write(action)
        await writer.drain()
        # A length that is longer than the body is an answer that was cut.
        return b"Content-Length: 9999\r\n" not in action and (
            b"chunked" not in action or action.endswith(b"0\r\n\r\n")
        )

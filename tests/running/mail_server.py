"""A mail server on loopback: just enough of RFC 5321 for one client, honest about what it refuses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass(slots=True)
class MailServer:
    """*letters* are what it accepted; while *refuses* it answers every letter with a temporary failure."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refuses: bool = False
    refused: int = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client until it leaves."""
        to: list[str] = []

        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        await say("220 localhost")
        while line := (await reader.readline()).decode().strip():
            command = line.split(" ", 1)[0].upper()
            match command:
                case "EHLO":
                    await say("250-localhost")
                    await say("250 8BITMIME")
                case "MAIL" | "HELO" | "RSET" | "NOOP":
                    await say("250 OK")
                case "RCPT":
                    to.append(line.partition("<")[2].partition(">")[0])
                    await say("250 OK")
                case "DATA" if self.refuses:
                    self.refused += 1
                    await say("451 Try again later")
                case "DATA":
                    await say("354 Go on")
                    body = await reader.readuntil(b"\r\n.\r\n")
                    self.letters.append(_letter(body))
                    self.recipients.append(to)
                    to = []
                    await say("250 OK")
                case "QUIT":
                    await say("221 Bye")
                    break
                case _:
                    await say("502 Not here")
        writer.close()


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """A server until the end of the block."""
    server = MailServer()
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server


def _letter(body: bytes) -> EmailMessage:
    unstuffed = body.removesuffix(b"\r\n.\r\n").replace(b"\r\n..", b"\r\n.")
    return message_from_bytes(unstuffed, policy=policy.default)

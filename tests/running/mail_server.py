"""A mail server on loopback: just enough of RFC 5321 for one client, honest about what it refuses.

With a certificate it speaks TLS too: after STARTTLS (RFC 3207), or from the first byte.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass(slots=True)
class MailServer:
    """*letters* are what it accepted; while *refuses* it answers every letter with a temporary failure.

    *upgrades*: it offers STARTTLS with this certificate, and takes neither letter nor password before it. *logins* are
    the name and password of each login, *in_clear* the commands it was given before everything was encrypted.
    """

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refuses: bool = False
    refused: int = 0
    upgrades: ssl.SSLContext | None = None
    logins: list[tuple[str, str]] = field(default_factory=list)
    in_clear: list[str] = field(default_factory=list)

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client until it leaves, politely or not."""
        try:
            await self.talk(reader, writer)
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            writer.transport.abort()
        finally:
            writer.close()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client until it leaves."""
        to: list[str] = []

        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        await say("220 localhost")
        while line := (await reader.readline()).decode().strip():
            command = line.split(" ", 1)[0].upper()
            encrypted = writer.get_extra_info("ssl_object") is not None
            if not encrypted:
                self.in_clear.append(command)
            match command:
                case "EHLO":
                    await say("250-localhost")
                    if encrypted:
                        await say("250-AUTH PLAIN")
                    elif self.upgrades:
                        await say("250-STARTTLS")
                    await say("250 8BITMIME")
                case "STARTTLS" if self.upgrades and not encrypted:
                    await say("220 Go ahead")
                    await writer.start_tls(self.upgrades)
                case "MAIL" | "AUTH" if self.upgrades and not encrypted:
                    await say("530 Must issue a STARTTLS command first")
                case "AUTH" if encrypted:
                    _, name, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
                    self.logins.append((name, password))
                    await say("235 Welcome")
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


@asynccontextmanager
async def mail_server(
    *, upgrades: ssl.SSLContext | None = None, encrypted: ssl.SSLContext | None = None
) -> AsyncIterator[MailServer]:
    """A server until the end of the block; *encrypted* from the first byte, or one that *upgrades*."""
    server = MailServer(upgrades=upgrades)
    listening = await asyncio.start_server(server.meet, "127.0.0.1", 0, ssl=encrypted)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server


def _letter(body: bytes) -> EmailMessage:
    unstuffed = body.removesuffix(b"\r\n.\r\n").replace(b"\r\n..", b"\r\n.")
    return message_from_bytes(unstuffed, policy=policy.default)

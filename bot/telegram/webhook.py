"""Receives updates that Telegram brings. 200 means: stored."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.alarm import Alarm
from bot.telegram.fallback import Answer, Fallback
from bot.telegram.inbound import KINDS, Received, received
from bot.telegram.polling import Store, silently

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1024 * 1024
MAX_CONNECTIONS = 10
logger = logging.getLogger(__name__)

Quarantine = Callable[[str], Awaitable[None]]
"""Keeps a text that is no update, or raises."""


class _TooLarge(Exception):
    """More than an update can be."""


def webhook_route(
    secret: str, store: Store, *, quarantine: Quarantine, answer: Answer, alarm: Alarm, path: str = "/webhook"
) -> Route:
    """The route for Telegram's calls.

    Without the right secret 403, and the body stays unread. A body that is no update is quarantined and answered with
    200: with any other answer Telegram would bring it again and again. When storing fails *answer* gets the update
    once, and Telegram hears 503 so that it comes back. ValueError for an empty secret.
    """
    if not secret:
        raise ValueError("a webhook needs a secret")
    fallback = Fallback(answer)

    async def receive(request: Request) -> Response:
        given = request.headers.get(HEADER, "").encode("latin-1")
        if not hmac.compare_digest(given, secret.encode("latin-1")):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except _TooLarge:
            return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        raw = _parsed(body)
        readable = isinstance(received(raw), Received)
        try:
            if isinstance(raw, dict) and readable:
                await store([raw])
                fallback.forget([raw])
            else:
                alarm("unreadable_update")
                await quarantine(body.decode("utf-8", "replace"))
        except Exception as error:  # noqa: BLE001 - whatever keeps us from storing, help must still be answered
            logger.error("an update could not be stored: %s", type(error).__name__)  # noqa: TRY400 - a trace may quote
            alarm("storage")
            if isinstance(raw, dict) and readable:
                await fallback.answer([raw])
            return Response(status_code=503)
        return Response(status_code=200)

    return Route(path, receive, methods=["POST"])


async def set_webhook(bot: Bot, url: str, secret: str) -> None:
    """Ask Telegram to bring updates to *url*; those that wait are kept. Raises TelegramError."""
    await bot.set_webhook(
        url,
        secret_token=secret,
        max_connections=MAX_CONNECTIONS,
        allowed_updates=KINDS,
        drop_pending_updates=False,
    )


async def webhook_is_ours(bot: Bot, url: str, alarm: Alarm, heard: Callable[[], None] = silently) -> bool:
    """Whether Telegram brings updates to *url*; if elsewhere, ``foreign_webhook``. True when it cannot be asked.

    *heard* is called when Telegram says that it does.
    """
    try:
        found = (await bot.get_webhook_info()).url
    except TelegramError:
        return True
    if found == url:
        heard()
        return True
    alarm("foreign_webhook")
    return False


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST:
        raise _TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise _TooLarge
    return bytes(body)


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None

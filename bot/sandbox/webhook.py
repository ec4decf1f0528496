"""Webhook mode: delivers for real, in order, and tries again until the bot says 2xx."""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.updates import UpdateQueue

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DELIVERY_TIMEOUT = 30.0
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


class Webhook:
    """At most one address; one delivery at a time, so the order never changes."""

    def __init__(self, updates: UpdateQueue, now: Callable[[], datetime]) -> None:
        self._updates = updates
        self._now = now
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._secret = ""
        self._max_connections = 40
        self._error: tuple[int, str] | None = None
        self.url = ""

    def set(self, params: dict[str, Any]) -> None:
        """setWebhook; raises ApiError 400 for an address or secret Telegram refuses."""
        url = params["url"].strip()
        if url:
            check_url(url)
        secret = params.get("secret_token", "")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        if not 1 <= params.get("max_connections", 40) <= 100:
            raise bad_request("max_connections must be between 1 and 100")
        if params.get("drop_pending_updates"):
            self._updates.drop_all()
        self.stop()
        self.url = url
        self._secret = secret
        self._max_connections = params.get("max_connections", 40)
        if url:
            self._updates.terminate_poller(conflict("terminated by setWebhook request"))
            self._updates.subscribe(params.get("allowed_updates"))
            self._task = asyncio.get_running_loop().create_task(self._deliver(url, secret))

    def stop(self) -> None:
        """No more deliveries."""
        if self._task is not None:
            self._task.cancel()
        self._task = None
        self.url = ""
        self._error = None

    def wake(self) -> None:
        """There may be something to deliver."""
        self._news.set()

    def info(self) -> dict[str, Any]:
        """As Telegram's WebhookInfo."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.url:
            info["ip_address"] = "127.0.0.1"
            info["max_connections"] = self._max_connections
        if self._updates.allowed:
            info["allowed_updates"] = list(self._updates.allowed)
        if self._error is not None:
            info["last_error_date"], info["last_error_message"] = self._error
        return info

    async def _deliver(self, url: str, secret: str) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        timeout = aiohttp.ClientTimeout(total=DELIVERY_TIMEOUT)
        pause = FIRST_PAUSE
        async with aiohttp.ClientSession(timeout=timeout, headers=headers) as session:
            while True:
                pending = self._updates.first()
                if pending is None:
                    self._news.clear()
                    await self._news.wait()
                    continue
                problem = await _post(session, url, pending.body)
                if problem is None:
                    self._updates.confirm_one(pending.update_id)
                    pause = FIRST_PAUSE
                    continue
                self._error = (int(self._now().timestamp()), problem)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)


async def _post(session: aiohttp.ClientSession, url: str, body: dict[str, Any]) -> str | None:
    """One delivery; the problem in Telegram's words, None when it was taken."""
    try:
        async with session.post(url, json=body, allow_redirects=False) as answer:
            await answer.read()
            if 200 <= answer.status < 300:
                return None
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except TimeoutError:
        return "Read timeout expired"
    except (aiohttp.ClientError, OSError, ValueError):
        return "Connection refused"


def check_url(url: str) -> None:
    """HTTPS, or plain HTTP on loopback (the sandbox never leaves this machine); raises ApiError 400."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        port = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if host is None or port == 0:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if host not in _LOOPBACK:
        raise bad_request(
            "bad webhook: IP address is not on loopback",
            warning="setWebhook to an address outside this machine",
        )
    if parts.scheme not in {"http", "https"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")

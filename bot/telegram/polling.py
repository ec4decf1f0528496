"""Fetches updates. An update is confirmed to Telegram only after it was stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.telegram.alarm import Alarm
from bot.telegram.failures import AnswerLost, TooManyRequests
from bot.telegram.fallback import Answer, Fallback, Raw
from bot.telegram.inbound import KINDS, Received, received
from bot.telegram.request import Request

Store = Callable[[list[Raw]], Awaitable[None]]
"""Commits a batch, or raises. What was stored before is stored once; the ids tell."""

BATCH = 100
BACKLOG = 50
_ANSWER_WITHIN = 10.0
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds between tries that fail: *first*, then twice as long each time, up to *longest*."""

    first: float = 1.0
    longest: float = 30.0


def silently() -> None:
    """For whoever does not watch how long ago Telegram answered."""


class Polling:
    """One poller. *heard* is called after every good answer: its age is the readiness of the receiving side.

    *answer* gets each update that could not be stored, once; see ``Fallback``.
    """

    def __init__(
        self,
        bot: Bot,
        request: Request,
        store: Store,
        *,
        answer: Answer,
        alarm: Alarm,
        heard: Callable[[], None] = silently,
        timeout: int = 30,
        pauses: Pauses = Pauses(),
    ) -> None:
        self._bot = bot
        self._request = request
        self._store = store
        self._fallback = Fallback(answer)
        self._alarm = alarm
        self._heard = heard
        self._timeout = timeout
        self._pauses = pauses
        self._pause = pauses.first
        self._offset: int | None = None
        self._unhooked = False
        self._answered = False
        self._storing = asyncio.Lock()

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until *stop* is set; then end at once, but never in the middle of storing."""
        async with asyncio.TaskGroup() as group:
            fetching = group.create_task(self._forever())
            await stop.wait()
            async with self._storing:
                fetching.cancel()

    async def _forever(self) -> None:
        while True:
            pause = await self._round()
            await asyncio.sleep(pause)

    async def _round(self) -> float:
        """One fetch; the seconds to wait before the next."""
        try:
            batch = await self._fetch()
        except TelegramError as error:
            return self._after(error)
        self._answered = True
        self._heard()
        updates = self._readable(batch)
        if not updates:
            return self._grown() if batch else self._fresh()
        try:
            async with self._storing:
                await self._store(updates)
                # Not the highest number ever seen: after a week of silence Telegram starts anew at a random one.
                self._offset = updates[-1]["update_id"] + 1
        except Exception as error:  # noqa: BLE001 - whatever keeps us from storing, help must still be answered
            logger.error("updates could not be stored: %s", type(error).__name__)  # noqa: TRY400 - a trace may quote
            self._alarm("storage")
            if len(batch) >= BACKLOG:
                self._alarm("backlog")
            await self._fallback.answer(updates)
            return self._grown()
        self._fallback.forget(updates)
        return self._fresh()

    async def _fetch(self) -> list[Any]:
        if not self._unhooked:
            await self._bot.delete_webhook(drop_pending_updates=False)
            self._unhooked = True
        # The first question is not held open, so that it is known at once whether Telegram answers at all.
        timeout = self._timeout if self._answered else 0
        asked: dict[str, Any] = {"limit": BATCH, "timeout": timeout, "allowed_updates": list(KINDS)}
        if self._offset is not None:
            asked["offset"] = self._offset
        batch = await self._request.call(self._bot, "getUpdates", asked, self._timeout + _ANSWER_WITHIN)
        if not isinstance(batch, list):
            raise AnswerLost("updates are not a list")
        return batch

    def _readable(self, batch: list[Any]) -> list[Raw]:
        """What has an id. The rest cannot be stored or confirmed; it goes when a later one is confirmed."""
        updates = [raw for raw in batch if isinstance(received(raw), Received)]
        for _ in range(len(batch) - len(updates)):
            self._alarm("unreadable_update")
        return updates

    def _after(self, error: TelegramError) -> float:
        logger.warning("updates could not be fetched: %s", type(error).__name__)
        match error:
            case TooManyRequests(seconds=seconds):
                return float(seconds)
            case InvalidToken():
                self._alarm("token")
                return self._pauses.longest
            case Conflict():
                # Telegram says the same of a second poller and of a webhook that somebody set meanwhile.
                self._unhooked = "webhook" not in error.message.lower()
                self._alarm("second_poller" if self._unhooked else "foreign_webhook")
        return self._grown()

    def _grown(self) -> float:
        pause, self._pause = self._pause, min(2 * self._pause, self._pauses.longest)
        return pause

    def _fresh(self) -> float:
        self._pause = self._pauses.first
        return 0.0

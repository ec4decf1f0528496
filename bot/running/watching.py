"""The watcher: is there still ticking, does the inbox grow, when did Telegram last answer? It alarms, and notes."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from bot.conversation import outage
from bot.reader import read
from bot.running.services import Services
from bot.running.ticking import Ticking
from bot.running.web import Heard
from bot.storage import inbox
from bot.storage.trouble import StorageTrouble

EVERY = 5.0
NOT_TICKED_FOR = 60.0
"""Seconds without a tick after which the ticking side counts as dead."""

MOST_WAITING = 50
"""Updates that may wait in the inbox; a webhook brings, and polling sees, no more than about as many at once."""

NOTED_EVERY = timedelta(minutes=1)
logger = logging.getLogger(__name__)


class Watching:
    """*lives*: the clock is the wall's, so that a long silence of Telegram is a real one."""

    def __init__(self, services: Services, heard: Heard, ticking: Ticking, *, lives: bool) -> None:
        self._services = services
        self._heard = heard
        self._ticking = ticking
        self._lives = lives

    async def run(self) -> None:
        """Watch until *stop*."""
        services = self._services
        while not services.stop.is_set():
            try:
                await self.look()
            except StorageTrouble as trouble:
                services.alarms(f"storage_{trouble.kind}")
            except Exception as error:  # noqa: BLE001  # whatever it is, watching goes on
                logger.error("watching failed: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote words
                services.alarms("watching_failed")
            try:
                await asyncio.wait_for(services.stop.wait(), EVERY)
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Look once."""
        services = self._services
        if services.steady() - self._ticking.ran_at > NOT_TICKED_FOR:
            services.alarms("ticking_dead")
        await self._note_contact()
        waiting = (await read(services.reader, inbox.counts)).get("waiting", 0)
        if waiting > MOST_WAITING:
            services.alarms("backlog")

    async def _note_contact(self) -> None:
        """Remember when Telegram last answered; after more than a day everybody hears which hours are missing."""
        moment = self._heard.moment
        if not self._lives or moment is None:
            return
        services = self._services
        noted = await read(services.reader, outage.last_contact)
        if noted is not None and moment - noted < NOTED_EVERY:
            return
        if await services.writer.run(lambda conn: outage.contact(conn, services.world, moment)):
            services.alarms("outage")

"""The metronome: every few seconds, what is due since last time? The truth is the table, not the timer."""

from __future__ import annotations

import asyncio
import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection

from bot.conversation import housekeeping, moments
from bot.running.services import Services
from bot.storage import due, marks, outbox
from bot.storage.pruning import prune_copies
from bot.storage.trouble import StorageTrouble

EVERY_SECONDS = 2
MOST_AT_ONCE = 500
"""Moments one tick handles before others get a turn; the next tick goes on."""

logger = logging.getLogger(__name__)


class Ticking:
    """Lets due moments happen, one transaction each, in order of time. *ran_at*: when that was last done."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._scheduler = AsyncIOScheduler()
        self._busy = asyncio.Lock()
        self.ran_at = services.steady()

    def start(self) -> None:
        """Begin to tick. One job only: it is never late for anything, because it asks what is due."""
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=EVERY_SECONDS,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more, and let a tick that is under way come to its end: shutting down would cut it off."""
        self._scheduler.remove_all_jobs()
        async with self._busy:
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> int:
        """Let everything happen that is due; how many moments that were."""
        async with self._busy:
            count = await self._tick()
            self.ran_at = self._services.steady()
            return count

    async def _tick(self) -> int:
        services = self._services
        try:
            await self._read_anew()
            await self._look_ahead()
            for count in range(MOST_AT_ONCE):
                if services.stop.is_set():
                    return count
                if not await self._one():
                    await self._tidy()
                    return count
        except StorageTrouble as trouble:
            services.alarms(f"storage_{trouble.kind}")
            return 0
        return MOST_AT_ONCE

    async def _read_anew(self) -> None:
        """Use what was published since the last tick, by this process or another. What fails changes nothing."""
        services = self._services
        now = services.clock.now()
        try:
            await services.writer.run(lambda conn: moments.read_anew(conn, services.world, now))
        except StorageTrouble:
            raise
        except Exception as error:  # noqa: BLE001  # the texts that are there still serve everybody
            logger.error("reading texts failed: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote
            services.alarms("content_failed")

    async def _look_ahead(self) -> None:
        services = self._services
        now = services.clock.now()
        try:
            alarms = await services.writer.run(lambda conn: moments.look_ahead(conn, services.world, now))
        except StorageTrouble:
            raise
        except Exception as error:  # noqa: BLE001  # what is planned already must still happen
            logger.error("looking ahead failed: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote
            services.alarms("planning_failed")
            return
        for kind, _ in alarms:
            services.alarms.was_kept(kind)

    async def _one(self) -> bool:
        services = self._services
        now = services.clock.now()
        try:
            found, alarms = await services.writer.run(
                lambda conn: moments.next_due(conn, services.world, now)
            )
        except StorageTrouble:
            raise
        except Exception as error:  # noqa: BLE001  # one moment that fails may not stop the others
            logger.error("a due moment failed: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote
            services.alarms("moment_failed")
            return await self._put_off(type(error).__name__)
        if found:
            services.figures.moments.inc()
            services.leaves.set()
        for kind, _ in alarms:
            services.alarms.was_kept(kind)
        return found

    async def _tidy(self) -> None:
        """Forget what is old, and take back messages whose sender died or failed."""
        now = self._services.clock.now()
        await self._services.writer.run(lambda conn: housekeeping.tidy(conn, now))
        await self._clear()
        await self._remember()
        verdicts = await self._services.writer.run(lambda conn: outbox.recover(conn, now))
        for verdict in verdicts.values():
            self._services.leaves.set()
            if verdict != "resend":
                self._services.alarms("given_up")

    async def _clear(self) -> None:
        """The nightly clearing, with its counts; one that fails is an alarm and stops nothing else."""
        services = self._services
        now = services.clock.now()
        try:
            cleared = await services.writer.run(lambda conn: housekeeping.clear(conn, services.world, now))
        except StorageTrouble:
            raise
        except Exception as error:  # noqa: BLE001  # messages must still go out
            logger.error("the nightly clearing failed: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote
            services.alarms("retention_failed")
            return
        for kind, count in cleared.items():
            services.figures.cleared.labels(kind).inc(count)
        if cleared and services.copies is not None:
            gone = await asyncio.to_thread(prune_copies, services.copies, now)
            services.figures.cleared.labels("backups").inc(gone)

    async def _remember(self) -> None:
        """Who was erased goes into the ledger, after the commit; a file that cannot be written is tried again."""
        services = self._services
        found = await services.writer.run(marks.unwritten)
        if not found:
            return
        try:
            await asyncio.to_thread(marks.write, services.world.settings.ledger, found)
        except OSError as error:
            logger.error("the ledger cannot be written: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote
            services.alarms("ledger_unwritten")
            return
        await services.writer.run(lambda conn: marks.written(conn, found))

    async def _put_off(self, kind: str) -> bool:
        """The first moment in line failed: it is tried again later, the others go on."""
        services = self._services
        now = services.clock.now()

        def put_off(conn: Connection) -> bool:
            failed = due.claim(conn, now, 1)
            for one in failed:
                due.failed(conn, one.id, kind, now)
            return bool(failed)

        return await services.writer.run(put_off)

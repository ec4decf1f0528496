"""Turns: one update at a time per person, many persons at once, each in a savepoint of a shared transaction."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.conversation import routes
from bot.conversation.editing import Looked
from bot.conversation.routes import Done
from bot.incoming import Incoming, Tapped, words_of
from bot.running import attaching
from bot.running.receiving import help_from_memory
from bot.running.services import CHANNEL, Services, nudged
from bot.safety.statements import Finding, classify
from bot.storage import inbox
from bot.storage.inbox import Received
from bot.storage.trouble import StorageTrouble
from bot.telegram.inbound import Unparsable, read
from bot.telegram.outbound import acknowledge, leave

BATCH = 64
LEASE = timedelta(minutes=2)
IDLE = 1.0
AFTER_TROUBLE = 2.0
logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has the update now."""


class Working:
    """Takes what waits in the inbox until it is told to stop."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._documents: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Work until *stop*; the turn that runs, and answers to taps that are under way, are finished first.

        A document that is still being fetched is let go: its update waits and is handled at the next start.
        """
        services = self._services
        async with asyncio.TaskGroup() as answers:
            while not services.stop.is_set():
                try:
                    busy = await self.round(answers)
                except StorageTrouble as trouble:
                    services.alarms(f"storage_{trouble.kind}")
                    await asyncio.sleep(AFTER_TROUBLE)
                    await self._let_go()
                    continue
                if not busy:
                    await nudged(services.came, IDLE)
            for document in self._documents:
                document.cancel()

    async def round(self, answers: asyncio.TaskGroup) -> bool:
        """Handle what waits now, at most one update per person; whether there was anything."""
        services = self._services
        now = services.clock.now()
        waiting = await services.writer.run(
            lambda conn: inbox.claim(conn, now, BATCH, services.worker_name, LEASE)
        )
        if waiting:
            outcomes = await asyncio.gather(
                *(self._guarded(row, answers) for row in waiting), return_exceptions=True
            )
            for outcome in outcomes:
                if isinstance(outcome, BaseException):
                    raise outcome
        return bool(waiting)

    async def _guarded(self, row: Received, answers: asyncio.TaskGroup) -> None:
        """One update that fails in a way nobody foresaw is tried again when its lease ends; the others go on."""
        try:
            await self._one(row, answers)
        except StorageTrouble:
            raise
        except Exception as error:  # noqa: BLE001  # see above
            logger.error("an update failed: %s", _place(error))  # noqa: TRY400  # a trace may quote words
            self._services.alarms("turn_failed")

    async def _let_go(self) -> None:
        """After trouble nothing is held any more: help must not wait for a lease to end."""
        with contextlib.suppress(StorageTrouble):
            await self._services.writer.run(lambda conn: inbox.recover(conn, self._services.worker_name))

    async def _one(self, row: Received, answers: asyncio.TaskGroup) -> None:
        services = self._services
        incoming = _parsed(row.payload)
        if isinstance(incoming, Unparsable):
            services.figures.updates.labels("quarantined").inc()
            services.alarms("unreadable_update")
            now = services.clock.now()
            await services.writer.run(lambda conn: inbox.quarantine(conn, row.id, "unreadable", now))
            return
        if incoming is None:
            now = services.clock.now()
            await services.writer.run(lambda conn: inbox.done(conn, row.id, "ignored", now))
            return
        if await attaching.is_wanted(services, incoming):
            # Fetching and checking take seconds, and nobody else may wait for them.
            document = answers.create_task(self._document(row, incoming, answers))
            self._documents.add(document)
            document.add_done_callback(self._documents.discard)
            return
        await self._handled(row, incoming, None, answers)

    async def _document(self, row: Received, incoming: Incoming, answers: asyncio.TaskGroup) -> None:
        """An update with a document, beside all others; its sender's next update waits for it as ever."""
        try:
            looked = await attaching.looked(self._services, incoming)
            await self._handled(row, incoming, looked, answers)
        except StorageTrouble as trouble:
            self._services.alarms(f"storage_{trouble.kind}")
        except Exception as error:  # noqa: BLE001  # tried again when its lease ends; the others go on
            logger.error("a document failed: %s", _place(error))  # noqa: TRY400  # a trace may quote words
            self._services.alarms("turn_failed")
        self._services.came.set()

    async def _handled(
        self, row: Received, incoming: Incoming, looked: Looked | None, answers: asyncio.TaskGroup
    ) -> None:
        services = self._services
        done = await self._turn(row, incoming, looked)
        services.figures.updates.labels(done.outcome).inc()
        services.leaves.set()
        for kind, _ in done.alarms:
            services.alarms.was_kept(kind)
        # Best effort, beside the outbox: a tap's answer expires within seconds.
        if isinstance(incoming.what, Tapped):
            answers.create_task(self._acknowledge(incoming.what.query, done.toast))
        if done.leave:
            answers.create_task(self._leave(incoming.sender.chat))

    async def _turn(self, row: Received, incoming: Incoming, looked: Looked | None) -> Done:
        """Try once with the others, once more alone; then set it aside, honestly."""
        services = self._services
        finding = classify(str(words_of(incoming)))
        for last in (False, True):
            now = services.clock.now()

            def turn(conn: Connection, now: datetime = now) -> Done:
                done = routes.handle(conn, services.world, CHANNEL, incoming, finding, now, looked)
                if not inbox.done(conn, row.id, done.outcome, now, services.worker_name):
                    # Somebody else took it over while this worker slept: what was decided here must not count.
                    raise LeaseLost
                return done

            try:
                return await services.writer.run(turn)
            except StorageTrouble:
                raise
            except LeaseLost:
                return Done("taken_over")
            except Exception as error:  # noqa: BLE001  # one turn that fails may not stop its neighbours
                logger.error("a turn failed: %s", _place(error))  # noqa: TRY400  # a trace may quote words
                if last:
                    return await self._set_aside(row, incoming, finding, type(error).__name__)
        raise AssertionError

    async def _set_aside(self, row: Received, incoming: Incoming, finding: Finding, kind: str) -> Done:
        """Keep the update for the operator; help first, if the words were about danger, without any table."""
        services = self._services
        now = services.clock.now()
        await services.writer.run(lambda conn: inbox.quarantine(conn, row.id, kind, now))
        services.alarms("turn_failed")
        if finding.label == "crisis":
            services.alarms("danger_without_alert")
            await help_from_memory(services, incoming)
            return Done("failed")
        try:
            await services.writer.run(
                lambda conn: routes.apologise(conn, services.world, CHANNEL, incoming, now)
            )
        except StorageTrouble:
            raise
        except Exception as error:  # noqa: BLE001  # the same row may be what cannot be read
            logger.error("an apology failed: %s", _place(error))  # noqa: TRY400  # a trace may quote words
        return Done("failed")

    async def _acknowledge(self, query: str, toast: str) -> None:
        await acknowledge(self._services.bot, query, toast)

    async def _leave(self, chat: int) -> None:
        await leave(self._services.bot, chat)


def _parsed(payload: str) -> Incoming | Unparsable | None:
    try:
        raw = json.loads(payload)
    except ValueError:
        return Unparsable("not JSON")
    return read(raw) if isinstance(raw, dict) else Unparsable("not an object")


def _place(error: BaseException) -> str:
    """Which error and where, without its text."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"

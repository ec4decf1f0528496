"""Delivers what was decided: in order per chat, urgent lanes first, within Telegram's rates. Decides nothing."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from sqlalchemy import Connection

from bot.conversation import blocking
from bot.message import Lane, Message, load
from bot.running.buckets import Bucket, Buckets
from bot.running.services import Services, nudged
from bot.storage import alarms as kept
from bot.storage import outbox
from bot.storage.outbox import Outgoing
from bot.storage.trouble import StorageTrouble
from bot.telegram.outbound import deliver
from bot.telegram.outcomes import (
    Accepted,
    Ambiguous,
    ChatWaits,
    Misconfigured,
    NotSent,
    Outcome,
    PersonBlocked,
    Refused,
    ServerTrouble,
    TargetGone,
    Unchanged,
)
from dialogs.text import Span

AT_ONCE = 16
LEASE = timedelta(minutes=2)
IDLE = 1.0
AFTER_TROUBLE = 2.0
LONGEST_WAIT = timedelta(minutes=5)
MISCONFIGURED_WAIT = timedelta(seconds=30)
ALARM_AFTER = 10
"""Failed attempts after which the operator hears of it; the row goes on waiting."""

NOTE_AGAIN = 1.0
logger = logging.getLogger(__name__)


class Sending:
    """Sends until it is told to stop."""

    def __init__(self, services: Services, overall: Bucket, chats: Buckets) -> None:
        self._services = services
        self._overall = overall
        self._chats = chats
        self._under_way = 0

    async def run(self) -> None:
        """Claim, commit, send, note; a call that is under way at the end is waited for."""
        services = self._services
        async with asyncio.TaskGroup() as calls:
            while not services.stop.is_set():
                try:
                    claimed = await self._claim()
                except StorageTrouble as trouble:
                    services.alarms(f"storage_{trouble.kind}")
                    await asyncio.sleep(AFTER_TROUBLE)
                    continue
                for row in claimed:
                    self._under_way += 1
                    calls.create_task(self._guarded(row))
                if not claimed:
                    await nudged(services.leaves, IDLE)

    async def _guarded(self, row: Outgoing) -> None:
        """One message that fails in a way nobody foresaw is found again when its lease ends; the others go on."""
        try:
            await self._one(row)
        except StorageTrouble as trouble:
            self._services.alarms(f"storage_{trouble.kind}")
        except Exception as error:  # noqa: BLE001  # see above
            logger.error("sending failed: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote words
            self._services.alarms("sending_failed")
        finally:
            self._under_way -= 1
            self._services.leaves.set()

    async def _claim(self) -> list[Outgoing]:
        services = self._services
        room = AT_ONCE - self._under_way
        if room <= 0:
            return []
        now = services.clock.now()
        return await services.writer.run(
            lambda conn: outbox.claim(conn, now, services.worker_name, room, LEASE)
        )

    async def _one(self, row: Outgoing) -> None:
        services = self._services
        await self._chats.take(row.account_id)
        await self._overall.take()
        message = load(row.payload)
        if row.doubted and message.doubt:
            message = replace(message, text=(Span(f"{message.doubt}\n\n"), *message.text))
        outcome = await self._deliver(row, message)
        services.figures.messages.labels(type(outcome).__name__).inc()
        for kind in await self._noted(row, outcome):
            services.alarms.was_kept(kind)

    async def _noted(self, row: Outgoing, outcome: Outcome) -> tuple[str, ...]:
        """Write down what is known until it is written: forgetting it would send the message again."""
        while True:
            try:
                return await self._note(row, outcome)
            except StorageTrouble as trouble:
                self._services.alarms(f"storage_{trouble.kind}")
                if trouble.kind == "stopped":
                    raise
                await asyncio.sleep(NOTE_AGAIN)

    async def _deliver(self, row: Outgoing, message: Message) -> Outcome:
        chat = int(row.address)
        bot = self._services.bot
        try:
            outcome = await deliver(bot, chat, message, row.edited_message)
            if isinstance(outcome, Refused) and message.do == "send":
                # What Telegram cannot format it may still take as plain text: words are never dropped for their looks.
                outcome = await deliver(bot, chat, message, row.edited_message, plain=True)
        except ValueError:
            return Refused("impossible message")
        return outcome

    async def _note(self, row: Outgoing, outcome: Outcome) -> tuple[str, ...]:
        services = self._services
        now = services.clock.now()
        world = services.world
        undelivered = ("alert_undelivered",) if row.lane is Lane.ALERT else ()
        raised: list[str] = []  # kept already, by the turn that raised them

        def note(conn: Connection) -> tuple[str, ...]:
            found = came_of_it(conn)
            for kind in found:
                kept.add(conn, kind, "", now)
            return (*raised, *found)

        def came_of_it(conn: Connection) -> tuple[str, ...]:
            match outcome:
                case Accepted(message_id=number):
                    outbox.sent(conn, row.id, number or row.edited_message, now)
                case Unchanged():
                    outbox.sent(conn, row.id, row.edited_message, now)
                case ChatWaits(seconds=seconds):
                    outbox.chat_waits(conn, row.account_id, now + timedelta(seconds=seconds))
                    outbox.later(conn, row.id, now + timedelta(seconds=seconds), "ChatWaits")
                case PersonBlocked():
                    outbox.dead(conn, row.id, "PersonBlocked", now)
                    found = blocking.found_blocked(conn, world, row.account_id, now)
                    raised.extend(kind for kind, _ in found)
                    return undelivered
                case Ambiguous():
                    verdict = outbox.unsure(conn, row.id, now)
                    return () if verdict == "resend" else ("given_up",)
                case NotSent() | ServerTrouble():
                    # Never given up: what is promised at least once outlives any outage; the rest has a last moment.
                    outbox.later(conn, row.id, now + backoff(row.attempts, row.lane), type(outcome).__name__)
                    return ("undelivered",) if row.attempts == ALARM_AFTER else ()
                case Refused():
                    outbox.dead(conn, row.id, "Refused", now)
                    return ("dead_letter", *undelivered)
                case TargetGone():
                    outbox.dead(conn, row.id, "TargetGone", now)
                    return () if row.lane is Lane.TIDY else ("dead_letter", *undelivered)
                case Misconfigured():
                    outbox.later(conn, row.id, now + MISCONFIGURED_WAIT, "Misconfigured")
                    return ("token",)
                case _:
                    assert_never(outcome)
            return ()

        return await services.writer.run(note)


def backoff(attempts: int, lane: Lane) -> timedelta:
    """How long to wait after so many failed attempts; an alert never waits longer than half a minute."""
    longest = timedelta(seconds=30) if lane is Lane.ALERT else LONGEST_WAIT
    return min(timedelta(seconds=2 ** min(attempts, 10)), longest)

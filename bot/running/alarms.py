"""The operator hears of trouble: a line in the log, a count, a command that reaches a phone, perhaps a mail.

An alarm is kept in the database until the command took it. While nothing can be kept it rings from memory.
No words, no names: a kind and a reference.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from bot.reader import read
from bot.running.figures import Figures
from bot.running.mail import Mail, MailFailed
from bot.storage import alarms as kept
from bot.storage.alarms import EACH_TIME, Alarm
from bot.storage.trouble import StorageTrouble
from bot.writer import Writer

CHECK = 5.0
"""Seconds after which the table is looked at without being asked: other processes raise alarms as well."""

COMMAND_WITHIN = 60.0
FIRST_WAIT, LONGEST_WAIT = 30.0, 900.0
QUIET_FOR = 300.0
"""Seconds in which, while nothing can be kept, the same alarm rings only once."""

MAILED_FOR = timedelta(days=1)
"""An alarm older than this is no longer mailed."""

MAIL_FAILED = "mail_failed"
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Retry:
    """When something that failed is tried again: each time later, on the steady clock."""

    at: float = 0.0
    wait: float = FIRST_WAIT

    def failed(self, now: float) -> None:
        self.at, self.wait = now + self.wait, min(2 * self.wait, LONGEST_WAIT)


@dataclass(slots=True)
class Alarms:
    """*argv* is the operator's command, run with kind and reference as its last two arguments; no shell reads it."""

    argv: Sequence[str]
    mail: Mail | None
    clock: Clock
    writer: Writer
    reader: AsyncEngine
    figures: Figures
    steady: Callable[[], float]
    check: float = CHECK
    _fresh: list[tuple[str, str, datetime]] = field(default_factory=list)
    _shouted: dict[tuple[str, str], float] = field(default_factory=dict)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _retries: dict[tuple[str, str], Retry] = field(default_factory=dict)
    _mailing: Retry = field(default_factory=Retry)

    def __call__(self, kind: str, reference: str = "") -> None:
        """Raise an alarm of *kind* that is not in the database yet."""
        now = self.clock.now()
        known = any((kind, reference) == (one, other) for one, other, _ in self._fresh)
        if kind in EACH_TIME or not known:
            self._fresh.append((kind, reference, now))
        self.was_kept(kind)

    def was_kept(self, kind: str) -> None:
        """An alarm was raised within a transaction that was committed: count it, and have it ring."""
        self.figures.alarms.labels(kind).inc()
        logger.warning("alarm: %s", kind)
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Pass alarms on until *stop*, and once more then; what fails stays for the next start."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ringing(stop))
            if self.mail is not None:
                group.create_task(self._posting(self.mail, stop))

    async def _ringing(self, stop: asyncio.Event) -> None:
        last = False
        while not last:
            last = stop.is_set()
            try:
                await self._keep()
                await self._ring()
            except StorageTrouble:
                await self._shout()
            except Exception as error:  # noqa: BLE001  # nothing may silence the alarms that come after
                logger.error("an alarm failed: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote
            if not last:
                await _first(self._woken, stop, self.check)

    async def _keep(self) -> None:
        """Write down what was raised outside a transaction."""
        batch = tuple(self._fresh)
        if not batch:
            return
        await self.writer.run(lambda conn: [kept.add(conn, *one) for one in batch])
        del self._fresh[: len(batch)]

    async def _ring(self) -> None:
        """Run the command, once for each kind and reference, those about a person first."""
        if not self.argv:
            return
        waiting: dict[tuple[str, str], list[Alarm]] = {}
        for one in await read(self.reader, kept.unrung):
            waiting.setdefault((one.kind, one.reference), []).append(one)
        self._retries = {what: retry for what, retry in self._retries.items() if what in waiting}
        for what in sorted(waiting, key=lambda one: one[0] not in EACH_TIME):
            retry = self._retries.get(what)
            if retry is not None and self.steady() < retry.at:
                continue
            if not await self._command(*what):
                self._retries.setdefault(what, Retry()).failed(self.steady())
                continue
            await self.writer.run(partial(_rung, [one.id for one in waiting[what]], self.clock.now()))

    async def _shout(self) -> None:
        """Nothing can be kept: the command runs from memory."""
        for kind, reference, _ in tuple(self._fresh):
            now = self.steady()
            if now - self._shouted.get((kind, reference), float("-inf")) < QUIET_FOR:
                continue
            self._shouted[kind, reference] = now
            if self.argv:
                await self._command(kind, reference)

    async def _posting(self, mail: Mail, stop: asyncio.Event) -> None:
        last = False
        while not last:
            last = stop.is_set()
            try:
                await self._post(mail)
            except StorageTrouble:
                logger.warning("a mail waits: the database cannot be used")
            except Exception as error:  # noqa: BLE001  # a mail is an extra: it never stops anything
                logger.error("a mail failed: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote
            if not last:
                await _first(None, stop, self.check)

    async def _post(self, mail: Mail) -> None:
        if self.steady() < self._mailing.at:
            return
        since = self.clock.now() - MAILED_FOR
        waiting = await read(self.reader, lambda conn: kept.unmailed(conn, since))
        # A mail about mails that fail would fail as well; the command and `doctor` tell of those.
        told = [one for one in waiting if one.kind != MAIL_FAILED]
        if not told:
            return
        try:
            await mail.send(told)
        except MailFailed as failure:
            logger.warning("the mail server did not take a mail: %s", failure.kind)
            self._mailing.failed(self.steady())
            self(MAIL_FAILED)
            return
        self._mailing = Retry()
        now = self.clock.now()
        await self.writer.run(lambda conn: kept.mailed(conn, [one.id for one in told], now))

    async def _command(self, kind: str, reference: str) -> bool:
        """Whether the operator's command ran and said that all is well."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self.argv,
                kind,
                reference,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
        except OSError as error:
            logger.error("the alarm command failed: %s", type(error).__name__)  # noqa: TRY400  # the trace says no more
            return False
        try:
            status = await asyncio.wait_for(process.wait(), COMMAND_WITHIN)
        except TimeoutError:
            process.kill()
            logger.error("the alarm command did not end in time")  # noqa: TRY400  # the trace says no more
            return False
        if status:
            logger.error("the alarm command ended with %d", status)
        return status == 0


def _rung(numbers: Sequence[int], now: datetime, conn: Connection) -> None:
    kept.rung(conn, numbers, now)


async def _first(woken: asyncio.Event | None, stop: asyncio.Event, seconds: float) -> None:
    """Wait until *woken* (then clear it) or *stop*, at most *seconds*."""
    events = [stop] if woken is None else [stop, woken]
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    if woken is not None:
        woken.clear()

"""Six weeks with a draft, played in a process of its own while everybody else is answered; one play at a time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import tempfile

from bot.conversation import weeks_asked
from bot.conversation.weeks_asked import Failure, Weeks
from bot.rehearsal.child import COMMAND, ROOT, Calendar, Order, calendar_in, packed
from bot.running.services import Services
from bot.storage.trouble import StorageTrouble

EVERY = 1.0
AFTER_TROUBLE = 2.0
KEPT = ("PATH", "LANG", "PYTHONPATH")
"""Of the environment; secrets of the bot are not for a text that somebody tries."""
LONGEST = 180.0
"""Seconds a play may take; six weeks take some twenty on a quiet machine."""

logger = logging.getLogger(__name__)


class Rehearsing:
    """Plays what authors asked for. What was asked stands in their sessions: a restart plays it again."""

    def __init__(self, services: Services, longest: float = LONGEST) -> None:
        self._services = services
        self._longest = longest
        self._left: frozenset[int] = frozenset()

    async def run(self) -> None:
        """Look for what waits until *stop*; a play that is under way is ended then."""
        stop = self._services.stop
        while not stop.is_set():
            try:
                busy = await self.one()
            except StorageTrouble as trouble:
                self._services.alarms(f"storage_{trouble.kind}")
                busy = False
                await asyncio.sleep(AFTER_TROUBLE)
            except Exception as error:  # noqa: BLE001  # trying a text may never stop the bot
                logger.error("a rehearsal failed: %s", type(error).__name__)  # noqa: TRY400  # a trace may quote
                self._services.alarms("turn_failed")
                busy = False
            if not busy:
                try:
                    await asyncio.wait_for(stop.wait(), EVERY)
                except TimeoutError:
                    continue

    async def one(self) -> bool:
        """Play what was asked for first; whether there was anything."""
        services, left = self._services, self._left
        now = services.clock.now()
        weeks = await services.writer.run(
            lambda conn: weeks_asked.next_asked(conn, services.world, now, left)
        )
        if weeks is None:
            return False
        try:
            played = await self._play(weeks)
            if played is None:
                return False
            await self._answer(weeks, played)
        except StorageTrouble:
            raise
        except Exception:
            # One author who cannot be answered may not keep the others waiting.
            self._left |= {weeks.session}
            raise
        services.leaves.set()
        return True

    async def _answer(self, weeks: Weeks, played: Calendar | Failure) -> None:
        services = self._services
        now = services.clock.now()
        if isinstance(played, Calendar):
            lines, counted = played.lines, played.counted
            await services.writer.run(
                lambda conn: weeks_asked.came_back(conn, services.world, now, weeks.session, lines, counted)
            )
        else:
            why = played
            await services.writer.run(
                lambda conn: weeks_asked.failed(conn, services.world, now, weeks.session, why)
            )

    async def _play(self, weeks: Weeks) -> Calendar | Failure | None:
        """The calendar, or why there is none; nothing when the bot stops meanwhile."""
        order = Order(
            weeks.texts, weeks.persona, weeks.challenge, language=weeks.language, reads=weeks.language
        )
        # What a process that is killed leaves behind goes with this folder.
        with tempfile.TemporaryDirectory(prefix="weeks-") as folder:
            process = await asyncio.create_subprocess_exec(
                *COMMAND,
                cwd=ROOT,
                env={**{name: os.environ[name] for name in KEPT if name in os.environ}, "TMPDIR": folder},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            async with asyncio.TaskGroup() as tasks:
                stopping = tasks.create_task(self._ends(process))
                try:
                    async with asyncio.timeout(self._longest):
                        output, _ = await process.communicate(packed(order))
                except TimeoutError:
                    process.kill()
                    await process.wait()
                    return "weeks_too_long"
                finally:
                    stopping.cancel()
        if self._services.stop.is_set():
            return None
        return calendar_in(output) or "weeks_failed"

    async def _ends(self, process: asyncio.subprocess.Process) -> None:
        """When the bot stops, nobody waits for weeks."""
        await self._services.stop.wait()
        with contextlib.suppress(ProcessLookupError):
            process.kill()

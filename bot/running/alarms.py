"""The operator hears of trouble: a line in the log, a count, and a command that reaches a phone. No words, no names."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.running.figures import Figures

QUIET_FOR = 300.0
"""Seconds in which the same kind runs the command only once; an alert about a person always runs it."""

CHECK = 1.0
ALWAYS = frozenset(
    {"alert", "alert_unseen", "alert_reaches_nobody", "alert_undelivered", "danger_without_alert"}
)
logger = logging.getLogger(__name__)


class Alarms:
    """*argv* is the operator's command, run with kind and reference as its last two arguments; no shell reads it."""

    def __init__(self, argv: Sequence[str], figures: Figures, steady: Callable[[], float]) -> None:
        self._argv = tuple(argv)
        self._figures = figures
        self._steady = steady
        self._last: dict[str, float] = {}
        self._waiting: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    def __call__(self, kind: str, reference: str = "") -> None:
        """Raise an alarm of *kind*."""
        self._figures.alarms.labels(kind).inc()
        logger.warning("alarm: %s", kind)
        now = self._steady()
        if kind not in ALWAYS and now - self._last.get(kind, float("-inf")) < QUIET_FOR:
            return
        self._last[kind] = now
        if self._argv:
            self._waiting.put_nowait((kind, reference))

    async def run(self, stop: asyncio.Event) -> None:
        """Run the command for each alarm until *stop*; what still waits then is run as well."""
        while not (stop.is_set() and self._waiting.empty()):
            try:
                kind, reference = await asyncio.wait_for(self._waiting.get(), CHECK)
            except TimeoutError:
                continue
            await self._run(kind, reference)

    async def _run(self, kind: str, reference: str) -> None:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._argv,
                kind,
                reference,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            status = await asyncio.wait_for(process.wait(), 60)
        except (OSError, TimeoutError) as error:
            logger.error("the alarm command failed: %s", type(error).__name__)  # noqa: TRY400  # the trace says no more
            return
        if status:
            logger.error("the alarm command ended with %d", status)

"""The one clock of a running companion. Everything else is told the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """The wall clock, or the clock of a sandbox once it has been set. *wall* and *steady* are the machine's own."""

    def __init__(self, wall: Callable[[], datetime], steady: Callable[[], float]) -> None:
        self._wall = wall
        self._steady = steady
        self._base: datetime | None = None
        self._since = 0.0
        self._running = True

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        if self._base is None:
            return self._wall()
        passed = self._steady() - self._since if self._running else 0.0
        return self._base + timedelta(seconds=passed)

    def follow(self, moment: datetime, *, running: bool) -> None:
        """From now on it is *moment* (and time goes on, if *running*)."""
        self._base = moment.astimezone(UTC)
        self._since = self._steady()
        self._running = running

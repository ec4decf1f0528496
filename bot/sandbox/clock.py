"""The sandbox's own time: runs with real time from a fixed start, can be held and set."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DEFAULT_START = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam")).astimezone(UTC)


class SandboxClock:
    """Aware UTC time; `seconds` is a monotonic source of real seconds."""

    def __init__(self, start: datetime, seconds: Callable[[], float], *, running: bool = True) -> None:
        if start.tzinfo is None:
            raise ValueError("the start of the sandbox clock needs a time zone")
        self.start = start.astimezone(UTC)
        self._seconds = seconds
        self._base = self.start
        self._since = seconds()
        self._running = running
        self.revision = 0

    @property
    def running(self) -> bool:
        """False while the clock stands still."""
        return self._running

    def now(self) -> datetime:
        """The present in the sandbox."""
        if not self._running:
            return self._base
        return self._base + timedelta(seconds=self._seconds() - self._since)

    def hold(self) -> None:
        """Stand still at the present."""
        self._base = self.now()
        self._running = False
        self.revision += 1

    def set(self, moment: datetime) -> None:
        """Jump forward to `moment`; going back raises ValueError."""
        if moment < self.now():
            raise ValueError("the sandbox clock never goes back")
        self._base = moment.astimezone(UTC)
        self._since = self._seconds()
        self.revision += 1

    def touch(self) -> None:
        """Let those who wait for a new revision look again."""
        self.revision += 1

    def run(self) -> None:
        """Run with real time again."""
        self._base = self.now()
        self._since = self._seconds()
        self._running = True
        self.revision += 1

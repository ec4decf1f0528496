"""Moves the clock due by due: never past a moment on which the bot still has work to do."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import ControlError

SAME_MOMENT = timedelta(milliseconds=1)
# One report may have been on its way already when the last update was confirmed; the second one cannot.
FRESH_REPORTS = 2
# Moments in a row that may pass unseen: a fortnight of tidying up is a few dozen.
MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Report:
    """What the bot last said of itself; `at` is real seconds."""

    next_due: datetime | None
    idle: bool
    seen_now: datetime
    at: float


@dataclass(frozen=True, slots=True)
class Move:
    """The outcome of one move: the moments visited, and why it stopped early (None when it arrived)."""

    now: datetime
    steps: tuple[datetime, ...]
    stopped: str | None

    def as_json(self) -> dict[str, Any]:
        """For the control API."""
        return {
            "ok": self.stopped is None,
            "now": self.now.isoformat(),
            "steps": [step.isoformat() for step in self.steps],
            "stopped": self.stopped,
        }


class ClockMover:
    """Owns every change of the clock, and the bot's reports that allow them."""

    def __init__(
        self,
        clock: SandboxClock,
        seconds: Callable[[], float],
        unconfirmed: Callable[[], int],
        changed: Callable[[], None],
        *,
        settle_timeout: float,
        report_stale: float,
    ) -> None:
        self.clock = clock
        self.report: Report | None = None
        self.target: datetime | None = None
        self.last_move: Move | None = None
        self.settle_timeout = settle_timeout
        self._seconds = seconds
        self._unconfirmed = unconfirmed
        self._changed = changed
        self._report_stale = report_stale
        self._closed = False
        self._reports = 0
        self._fresh_from = 0
        self._news = asyncio.Event()
        self._revised = asyncio.Event()

    @property
    def moving(self) -> bool:
        """True while a move is under way."""
        return self.target is not None

    @property
    def bot_reporting(self) -> bool:
        """True when a bot reported lately, so that moves wait for it."""
        return self.report is not None and self._seconds() - self.report.at <= self._report_stale

    def take_report(
        self, next_due: datetime | None, idle: bool, seen_now: datetime, revision: int | None = None
    ) -> None:
        """Keep the bot's latest report; `revision` is that of the clock it was made from, when it says so."""
        changed = self.report is None or self.report.next_due != next_due
        self.report = Report(next_due, idle, seen_now, self._seconds())
        self._reports += FRESH_REPORTS if revision is not None and revision >= self._fresh_from else 1
        self._news.set()
        if changed:
            self._changed()

    def note_updates(self) -> None:
        """An update came or was confirmed: reports made before do not count."""
        self._reports = 0
        self._fresh_from = self.clock.revision + 1
        if self.moving:
            self.clock.touch()
            self._wake_readers()
        self._news.set()

    def close(self) -> None:
        """End a move under way (the server is stopping)."""
        self._closed = True
        self._news.set()

    def hold(self) -> None:
        """Stop the clock; refused during a move."""
        self._refuse_while_moving()
        self.clock.hold()
        self._announce()

    def run(self) -> None:
        """Start the clock; refused during a move."""
        self._refuse_while_moving()
        self.clock.run()
        self._announce()

    async def move(
        self,
        target: datetime | None,
        *,
        require_bot: bool = False,
        until: Callable[[], bool] = lambda: True,
    ) -> Move:
        """Go to `target`, or to the bot's next due moment when it is None, and on to the next one unless `until`."""
        self._refuse_while_moving()
        was_running = self.clock.running
        self.clock.hold()
        now = self.clock.now()
        if target is not None and target < now:
            if was_running:
                self.clock.run()
            raise ControlError(400, "the clock only goes forward")
        self.target = target or now
        self._announce()
        try:
            move = await self._steps(target, require_bot, until)
        finally:
            self.target = None
            if was_running:
                self.clock.run()
            self._announce()
        self.last_move = move
        self._changed()
        return move

    async def _steps(self, target: datetime | None, require_bot: bool, until: Callable[[], bool]) -> Move:
        steps: list[datetime] = []
        follow = require_bot or self.bot_reporting
        if not follow:
            if target is None:
                return self._stop(steps, "no bot reports its next moment")
            return self._jump(target, steps)
        reason = await self._settled()
        if reason is None and target is None:
            return await self._from_due_to_due(steps, until)
        while reason is None and target is not None and self.clock.now() < target:
            due = self.report.next_due if self.report is not None else None
            self.clock.set(target if due is None else min(target, max(due, self.clock.now())))
            steps.append(self.clock.now())
            self._announce()
            reason = await self._settled()
        return self._stop(steps, reason)

    async def _from_due_to_due(self, steps: list[datetime], until: Callable[[], bool]) -> Move:
        reason = None
        while reason is None:
            due = self.report.next_due if self.report is not None else None
            if due is None:
                return self._stop(steps, "the bot has nothing planned")
            self.target = due
            self.clock.set(max(due, self.clock.now()))
            steps.append(self.clock.now())
            self._announce()
            reason = await self._settled()
            if reason is None and until():
                break
            if len(steps) == MOST_STEPS:
                reason = f"nothing to see in {MOST_STEPS} moments"
        return self._stop(steps, reason)

    def _jump(self, target: datetime, steps: list[datetime]) -> Move:
        self.clock.set(target)
        steps.append(target)
        self._announce()
        return self._stop(steps, None)

    def _stop(self, steps: list[datetime], reason: str | None) -> Move:
        return Move(self.clock.now(), tuple(steps), reason)

    async def _settled(self) -> str | None:
        """Wait until the bot is done with this very moment; the reason when it was not in time."""
        deadline = self._seconds() + self.settle_timeout
        while (reason := self._unsettled()) is not None:
            left = deadline - self._seconds()
            if self._closed:
                return "the sandbox stops"
            if left <= 0:
                return f"stopped after {self.settle_timeout:g} s: {reason}"
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), timeout=left)
            except TimeoutError:
                continue
        return None

    def _unsettled(self) -> str | None:
        now = self.clock.now()
        if self.report is None:
            return "no bot reported"
        if abs(self.report.seen_now - now) > SAME_MOMENT:
            return "the bot has not seen this moment yet"
        if not self.report.idle:
            return "the bot is still busy"
        if self.report.next_due is not None and self.report.next_due <= now:
            return "the bot still has a due moment to handle"
        if self._unconfirmed():
            return "there are updates the bot has not fetched and confirmed"
        if self._reports < FRESH_REPORTS:
            return "the bot has not reported since the last update"
        return None

    def _refuse_while_moving(self) -> None:
        if self.moving:
            raise ControlError(409, "the clock is already moving")

    async def wait_for_change(self, revision: int, seconds: float) -> None:
        """Return as soon as the clock's revision is no longer `revision`, at most after `seconds`."""
        if self.clock.revision != revision:
            return
        try:
            await asyncio.wait_for(self._revised.wait(), timeout=seconds)
        except TimeoutError:
            return

    def _announce(self) -> None:
        self._changed()
        self._news.set()
        self._wake_readers()

    def _wake_readers(self) -> None:
        revised, self._revised = self._revised, asyncio.Event()
        revised.set()

    def state(self) -> dict[str, Any]:
        """What `/_sandbox/clock` answers."""
        report = self.report
        return {
            "sandbox": True,
            "now": self.clock.now().isoformat(),
            "start": self.clock.start.isoformat(),
            "running": self.clock.running,
            "moving": self.moving,
            "target": self.target.isoformat() if self.target else None,
            "revision": self.clock.revision,
            "bot_reporting": self.bot_reporting,
            "next_due": report.next_due.isoformat() if report and report.next_due else None,
            "idle": report.idle if report else None,
            "unconfirmed_updates": self._unconfirmed(),
            "last_move": self.last_move.as_json() if self.last_move else None,
        }


def parse_moment(text: object) -> datetime:
    """An aware ISO moment in UTC; anything else is a ControlError."""
    if not isinstance(text, str):
        raise ControlError(400, "a moment is an ISO string with a time zone")
    try:
        moment = datetime.fromisoformat(text)
        utc = moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        utc = None
    if utc is None:
        raise ControlError(400, "a moment is an ISO string with a time zone")
    return utc

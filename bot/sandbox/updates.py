"""The queue of updates: kept until confirmed, one reader at a time, as Telegram does it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.errors import ApiError, bad_request, conflict

KEPT_FOR = timedelta(hours=24)
FUTURE_TOLERANCE = 10
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(frozen=True, slots=True)
class Pending:
    """One update that nobody confirmed yet."""

    update_id: int
    body: dict[str, Any]
    at: datetime


class UpdateQueue:
    """Pending updates in order, the remembered subscription and the waiting poller."""

    def __init__(self, now: Callable[[], datetime], first_id: int = 1000) -> None:
        self._now = now
        self._next_id = first_id
        self._pending: list[Pending] = []
        self._arrived = asyncio.Event()
        self._poller: asyncio.Future[ApiError | None] | None = None
        self.allowed: tuple[str, ...] | None = None
        self.changed: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue `content` as an update of `kind`; None when the bot did not subscribe to it."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if not wanted:
            return None
        return self._append({"update_id": self._next_id, kind: content})

    def add_raw(self, body: dict[str, Any]) -> int:
        """Queue any object at all; a missing or odd update_id is given one."""
        given = body.get("update_id")
        if isinstance(given, int) and not isinstance(given, bool) and self._next_id <= given < 2**31 - 1:
            self._next_id = given
        return self._append({**body, "update_id": self._next_id})

    def skip_ids(self, next_id: int) -> None:
        """Go on numbering somewhere else, as Telegram does after a quiet week."""
        if self._pending:
            raise ValueError("ids change only while nothing is pending")
        self._next_id = next_id

    def _append(self, body: dict[str, Any]) -> int:
        pending = Pending(self._next_id, body, self._now())
        self._next_id += 1
        self._pending.append(pending)
        self._arrived.set()
        self.changed()
        return pending.update_id

    def first(self) -> Pending | None:
        """The oldest pending update (for the webhook)."""
        self._expire()
        return self._pending[0] if self._pending else None

    def confirm_one(self, update_id: int) -> None:
        """The webhook took this one."""
        self._keep(pending for pending in self._pending if pending.update_id != update_id)

    def drop_all(self) -> None:
        """Forget everything pending (`drop_pending_updates`)."""
        self._keep(())

    def subscribe(self, allowed: list[str] | None) -> None:
        """Remember `allowed_updates`; None keeps what was, an empty list means the default."""
        if allowed is not None:
            self.allowed = tuple(allowed) or None

    def terminate_poller(self, error: ApiError) -> None:
        """End the waiting getUpdates, if any, with `error`."""
        self._end_poller(error)

    def release_poller(self) -> None:
        """End the waiting getUpdates, if any, with nothing."""
        self._end_poller(None)

    def _end_poller(self, error: ApiError | None) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(error)

    async def get(
        self,
        *,
        offset: int,
        limit: int,
        hold: float,
        gone: Callable[[], Awaitable[None]],
    ) -> list[dict[str, Any]]:
        """One getUpdates call: confirm, then wait at most `hold` seconds; `gone` ends it early."""
        self.terminate_poller(conflict(OTHER_POLLER))
        self._expire()
        self._confirm(offset)
        batch = self._batch(limit)
        if batch or hold <= 0:
            return batch
        own: asyncio.Future[ApiError | None] = asyncio.get_running_loop().create_future()
        self._poller = own
        left = asyncio.ensure_future(gone())
        try:
            await self._hold(own, left, hold)
        finally:
            left.cancel()
            if self._poller is own:
                self._poller = None
        if own.done():
            error = own.result()
            if error is not None:
                raise error
            return []
        if left.done() and not left.cancelled():
            return []
        return self._batch(limit)

    async def _hold(
        self, own: asyncio.Future[ApiError | None], left: asyncio.Future[None], hold: float
    ) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + hold
        while not self._pending:
            self._arrived.clear()
            arrived = asyncio.ensure_future(self._arrived.wait())
            waiting: set[asyncio.Future[Any]] = {own, left, arrived}
            done, _ = await asyncio.wait(
                waiting,
                timeout=max(0.0, deadline - loop.time()),
                return_when=asyncio.FIRST_COMPLETED,
            )
            arrived.cancel()
            if not done or own in done or left in done:
                return

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._keep(self._pending[offset:])
        elif 0 < offset <= self._next_id + FUTURE_TOLERANCE:
            self._keep(pending for pending in self._pending if pending.update_id >= offset)

    def _batch(self, limit: int) -> list[dict[str, Any]]:
        return [pending.body for pending in self._pending[:limit]]

    def _expire(self) -> None:
        oldest = self._now() - KEPT_FOR
        self._keep(pending for pending in self._pending if pending.at >= oldest)

    def _keep(self, kept: Iterable[Pending]) -> None:
        before = len(self._pending)
        self._pending = list(kept)
        if len(self._pending) != before:
            self.changed()


def clamp_limit(limit: int | None) -> int:
    """The number of updates asked for: 1-100."""
    if limit is None:
        return 100
    if not 1 <= limit <= 100:
        raise bad_request("limit must be between 1 and 100", warning=f"getUpdates with limit {limit}")
    return limit

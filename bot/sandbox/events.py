"""What the page hears: numbered events, a short memory for those who reconnect."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

MEMORY = 2000
HEARTBEAT = 15.0


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, ready for the wire."""

    number: int
    kind: str
    data: str

    def as_sse(self) -> str:
        """Server-sent event text."""
        return f"id: {self.number}\nevent: {self.kind}\ndata: {self.data}\n\n"


class Broadcaster:
    """Hands every event to all listeners."""

    def __init__(self) -> None:
        self.last = 0
        self._memory: deque[Event] = deque(maxlen=MEMORY)
        self._news = asyncio.Event()
        self._closed = False

    def publish(self, kind: str, data: dict[str, Any]) -> None:
        """Tell everybody; `data` must be JSON."""
        self.last += 1
        self._memory.append(Event(self.last, kind, json.dumps(data, ensure_ascii=False)))
        self._wake()

    def close(self) -> None:
        """End every stream (the server is stopping)."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def since(self, after: int) -> list[Event] | None:
        """Events after number `after`; None when that is too long ago to catch up."""
        if after > self.last or (self._memory and after < self._memory[0].number - 1):
            return None
        return [event for event in self._memory if event.number > after]

    async def stream(self, after: int) -> AsyncIterator[str]:
        """Server-sent events from `after` on, until the server closes."""
        yield "retry: 1000\n\n"
        while not self._closed:
            news = self._news
            events = self.since(after)
            if events is None:
                after = self.last
                yield Event(self.last, "reload", "{}").as_sse()
                continue
            for event in events:
                after = event.number
                yield event.as_sse()
            if events:
                continue
            try:
                await asyncio.wait_for(news.wait(), timeout=HEARTBEAT)
            except TimeoutError:
                yield ": still here\n\n"

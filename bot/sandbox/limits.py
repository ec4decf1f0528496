"""Telegram's flood limits as token buckets: off by default, strict when on."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many

CHAT_RATE = 1.0
CHAT_BURST = 20
GROUP_RATE = 20 / 60
ALL_RATE = 30.0
ALL_BURST = 30


@dataclass(slots=True)
class _Bucket:
    """`level` tokens at real second `at`."""

    level: float
    at: float

    def wait(self, rate: float, size: float, now: float) -> float:
        """Seconds until one token is there (0: it is)."""
        self.level = min(size, self.level + (now - self.at) * rate)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / rate


class FloodLimits:
    """1 message a second per chat (a burst of 20 passes), 20 a minute per group, 30 a second overall."""

    def __init__(self, seconds: Callable[[], float], *, enabled: bool = False) -> None:
        self.enabled = enabled
        self._seconds = seconds
        self._chats: dict[int, _Bucket] = {}
        self._all = _Bucket(ALL_BURST, seconds())

    def spend(self, chat_id: int) -> None:
        """Count one message to `chat_id`; raises ApiError 429 with retry_after."""
        if not self.enabled:
            return
        now = self._seconds()
        chat = self._chats.setdefault(chat_id, _Bucket(CHAT_BURST, now))
        rate = GROUP_RATE if chat_id < 0 else CHAT_RATE
        wait = max(chat.wait(rate, CHAT_BURST, now), self._all.wait(ALL_RATE, ALL_BURST, now))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        chat.level -= 1
        self._all.level -= 1

"""A token bucket: how fast something may happen, over time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

_REMEMBERED = 10_000


class Bucket:
    """*rate* a second on average, *burst* at once. *steady* is a clock that only goes forward."""

    def __init__(self, rate: float, burst: float, steady: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = burst
        self._steady = steady
        self._level = burst
        self._at = steady()

    @property
    def is_full(self) -> bool:
        """Whether it has rested long enough to be as new."""
        return self._level + (self._steady() - self._at) * self._rate >= self._burst

    async def take(self) -> None:
        """Wait until one more may happen."""
        while True:
            now = self._steady()
            self._level = min(self._burst, self._level + (now - self._at) * self._rate)
            self._at = now
            if self._level >= 1:
                self._level -= 1
                return
            await asyncio.sleep((1 - self._level) / self._rate)


class Buckets:
    """One bucket for each of many, made when first used; those that are full again are forgotten."""

    def __init__(self, rate: float, burst: float, steady: Callable[[], float]) -> None:
        self._rate, self._burst, self._steady = rate, burst, steady
        self._buckets: dict[int, Bucket] = {}

    async def take(self, number: int) -> None:
        """Wait until one more may happen for *number*."""
        if len(self._buckets) > _REMEMBERED:
            self._buckets = {key: bucket for key, bucket in self._buckets.items() if not bucket.is_full}
        bucket = self._buckets.get(number)
        if bucket is None:
            bucket = self._buckets[number] = Bucket(self._rate, self._burst, self._steady)
        await bucket.take()

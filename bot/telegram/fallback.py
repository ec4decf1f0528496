"""Answers while nothing can be stored: help must not wait for a disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

Raw = dict[str, Any]
Answer = Callable[[Raw], Awaitable[None]]
logger = logging.getLogger(__name__)
_REMEMBERED = 10_000


class Fallback:
    """Gives each unstored update to *answer* once. An answer that raises is tried again when the update returns."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._answered: dict[int, None] = {}

    async def answer(self, updates: Iterable[Raw]) -> None:
        """Answer those of *updates* (each with an id) that were not answered yet, all at the same time."""
        async with asyncio.TaskGroup() as group:
            for raw in updates:
                if raw["update_id"] not in self._answered:
                    group.create_task(self._one(raw))

    def forget(self, updates: Iterable[Raw]) -> None:
        """*updates* were stored after all."""
        for raw in updates:
            self._answered.pop(raw["update_id"], None)

    async def _one(self, raw: Raw) -> None:
        try:
            await self._answer(raw)
        except Exception as error:  # noqa: BLE001 - one answer that fails must not keep the others from theirs
            logger.warning("answer from memory failed: %s", type(error).__name__)
            return
        self._answered[raw["update_id"]] = None
        while len(self._answered) > _REMEMBERED:
            del self._answered[next(iter(self._answered))]

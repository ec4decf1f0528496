"""Following the clock of a sandbox: it moves due by due, and only while this companion has nothing left to do."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import aiohttp

from bot.running.rest import at_rest
from bot.running.services import Services
from bot.running.ticking import Ticking

WAIT = 1.0
"""Seconds one question for the time is held open by the sandbox."""

STEP = 0.02


class Following:
    """Keeps the clock in step with the sandbox at *url*, and reports when everything due there is done."""

    def __init__(self, services: Services, ticking: Ticking, url: str) -> None:
        self._services = services
        self._ticking = ticking
        self._url = f"{url}/_sandbox/clock"
        self._ticked: datetime | None = None

    async def run(self) -> None:
        """Follow until *stop*. A sandbox that is gone is asked again."""
        services = self._services
        revision, wait = -1, WAIT
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            while not services.stop.is_set():
                try:
                    state = await self._ask(session, revision, wait)
                    revision = state["revision"]
                    # A clock that moves waits for a second look of ours; nothing else will wake us for it.
                    wait = STEP if state["moving"] else WAIT
                    await self._report(session, state)
                except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
                    await asyncio.sleep(WAIT)

    async def start(self) -> None:
        """Take over the time once, before anything else happens."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            await self._ask(session, -1, 0)

    async def _ask(self, session: aiohttp.ClientSession, revision: int, wait: float) -> dict[str, Any]:
        question = {"after": str(revision), "wait": str(wait)} if revision >= 0 else {}
        async with session.get(self._url, params=question) as answer:
            state: dict[str, Any] = await answer.json()
        moment = datetime.fromisoformat(state["now"])
        self._services.clock.follow(moment, running=state["running"] and not state["moving"])
        return state

    async def _report(self, session: aiohttp.ClientSession, state: dict[str, Any]) -> None:
        services = self._services
        moment = datetime.fromisoformat(state["now"])
        if state["moving"] and moment != self._ticked:
            self._ticked = moment
            await self._tick()
        rest = await at_rest(services, moment)
        while state["moving"] and not rest.idle and not services.stop.is_set():
            if rest.due:
                await self._tick()
            await asyncio.sleep(STEP)
            rest = await at_rest(services, moment)
        next_due = rest.next_moment.isoformat() if rest.next_moment else None
        report = {
            "next_due": next_due,
            "idle": rest.idle,
            "seen_now": state["now"],
            "revision": state["revision"],
        }
        async with session.post(self._url + "/report", json=report):
            pass

    async def _tick(self) -> None:
        await self._ticking.tick()
        self._services.came.set()
        self._services.leaves.set()

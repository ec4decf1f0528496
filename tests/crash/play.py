"""Playing a journey with the real process against the sandbox, through kills and faults."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Awaitable, Iterable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import aiohttp

from bot.sandbox.identity import SANDBOX_TOKEN
from bot.sandbox.server import RunningSandbox, serve
from bot.sandbox.world import Settings
from tests.crash import scene as scenes
from tests.crash.database import Flying, flying, state_of
from tests.crash.journey import CODE, LINK, MARKERS, STEPS, Step
from tests.crash.phones import SPECS, Phones, Seen, Stuck
from tests.crash.process import Companion, Nursery, Strike
from tests.crash.programme import KEYS, install, url_of
from tests.crash.scene import Scene

T = TypeVar("T")
_PAYLOAD = re.compile(r"start=([A-Za-z0-9_-]+)")
MOST_RESTARTS = 200


@dataclass(slots=True)
class Kill:
    """One kill: where it struck, and what was on its way to Telegram at that moment."""

    step: int
    point: str
    flying: list[Flying]


@dataclass(slots=True)
class Played:
    """What came of a journey or a part of it. *again* counts what a person had to do twice."""

    points: list[list[str]] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    again: list[str] = field(default_factory=list)


class Play:
    """One sandbox, one database, one companion at a time; used as ``async with``."""

    def __init__(
        self, nursery: Nursery, start: Scene | None = None, mutant: str = "", patience: float = 60
    ) -> None:
        self._nursery, self._start, self._mutant, self._patience = nursery, start, mutant, patience
        self._stack = AsyncExitStack()
        self._strikes: list[Strike] = []
        self._keeper: asyncio.Task[None] | None = None
        self._step = -1
        self.known: dict[str, str] = {}
        self.played = Played()
        self.sandbox: RunningSandbox
        self.phones: Phones
        self.companion: Companion
        self.folder: Path

    async def __aenter__(self) -> Play:
        enter = self._stack.enter_async_context
        self.folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="crash-")))
        settings = Settings(phones=SPECS, running=False, settle_timeout=self._patience)
        self.sandbox = await serve(settings=settings)
        self._stack.push_async_callback(self.sandbox.stop)
        if self._start is None:
            self.known = {name: f"{name}{random.randrange(16**8):08x}" for name in MARKERS}
            self.known["vera"] = install(self.folder)
        else:
            self.known = scenes.lay_out(self._start, self.folder, self.sandbox.world)
        http = await enter(aiohttp.ClientSession())
        self.phones = Phones(self.sandbox, http)
        self.companion = await enter(Companion(self._nursery, self.folder, self._config(), self._mutant))
        return self

    async def __aexit__(self, *error: Any) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.wait({self._keeper})
        await self._stack.aclose()

    def _config(self) -> dict[str, Any]:
        return {
            "telegram": {"token": SANDBOX_TOKEN, "api_url": self.sandbox.url, "poll_timeout": 1},
            "database": {"url": url_of(self.folder)},
            "keys": {"file": str(self.folder / KEYS)},
            "http": {"listen": "127.0.0.1:0"},
            "delivery": {"chat_rate": 30, "overall_rate": 30},
        }

    def keep(self, before: int) -> Scene:
        """This moment; only while everything is at rest."""
        return scenes.keep(before, self.known, self.folder, self.sandbox.world)

    async def begin(self) -> None:
        """Start the first process, and wait until it is at rest."""
        await self._live()
        await self._guarded(self.phones.time_passes(seconds=0))

    async def _live(self) -> None:
        await self.companion.start()
        self._keeper = asyncio.get_running_loop().create_task(self._keep())

    def strike(self, *strikes: Strike) -> None:
        """From now on: the first strikes the process that lives, each next one its successor."""
        self.companion.strike(strikes[0])
        self._strikes = list(strikes[1:])

    async def steps(self, numbers: Iterable[int]) -> None:
        """Play these steps."""
        for number in numbers:
            await self.step(number)

    async def step(self, number: int, *, begin: bool = False) -> None:
        """Play one step: do it, let time pass, look. *begin*: the first process starts when it was done."""
        one, self._step = STEPS[number], number
        before = {who: set(self.phones.screen(who)) for who, _ in one.sees}
        self.companion.mark()
        if begin:
            await self._do(one)
            await self._live()
        else:
            await self._guarded(self._do(one))
        await self._guarded(self.phones.time_passes())
        if self._missing(one, before):
            if self.given_up():
                return
            await self._try_again(one)
            missing = self._missing(one, before)
            if missing:
                raise Stuck(f"after {one.name!r} {missing} is not there: {self._latest(one)}")
        self.played.points.append(self.companion.since_mark())
        self._remember(one)

    def given_up(self) -> list[Flying]:
        """Messages that were in doubt twice, which the promise then lets go."""
        flown = (one for kill in self.played.kills for one in kill.flying)
        return [one for one in flown if one.row and state_of(self.folder, one.row) == "uncertain"]

    async def _do(self, one: Step) -> None:
        phones = self.phones
        match one.kind:
            case "tap":
                await phones.tap(one.who, one.what)
            case "type":
                await phones.type(one.who, one.words(self.known))
            case "open":
                await phones.open(one.who, one.words(self.known))
            case "wait":
                await phones.time_passes(until=one.moment)
            case "code":
                await self._code(one.who)

    async def _code(self, who: str) -> None:
        for digit in CODE:
            before = self.phones.screen(who)
            await self.phones.tap(who, digit)
            await self.phones.time_passes(seconds=0)
            if self.phones.screen(who) == before:
                await self.phones.time_passes()

    async def _try_again(self, one: Step) -> None:
        """Like a person whose message seems lost. Counted: only a message that was given up may lead here."""
        self.played.again.append(one.name)
        if one.kind in ("tap", "type", "open"):
            # The button may be gone, because the tap was seen: then there is nothing to try.
            with suppress(Stuck):
                await self._guarded(self._do(one))
            await self._guarded(self.phones.time_passes())

    def _missing(self, one: Step, before: dict[str, set[Seen]]) -> list[tuple[str, str]]:
        return [
            (who, what)
            for who, what in one.sees
            if not any(
                seen.from_bot and seen.shows(what) and seen not in before[who]
                for seen in self.phones.screen(who)
            )
        ]

    def _latest(self, one: Step) -> Sequence[Any]:
        return [
            (who, [(seen.text, seen.labels) for seen in self.phones.screen(who)[-3:]]) for who, _ in one.sees
        ]

    def _remember(self, one: Step) -> None:
        if one.sees[0][1] == LINK:
            found = _PAYLOAD.search(self.phones.screen(one.who)[-1].text)
            assert found is not None
            self.known["sam"] = found[1]
        if one.what == "Klaar" and ("Sam", "Niet sturen") in one.sees:
            preview = next(s for s in reversed(self.phones.screen("Sam")) if s.shows("Niet sturen"))
            self.known["preview"] = preview.text.partition("\n\n")[2]

    async def _guarded(self, doing: Awaitable[T]) -> T:
        """*doing*, unless a process ends by itself meanwhile."""
        assert self._keeper is not None
        task = asyncio.ensure_future(doing)
        await asyncio.wait({task, self._keeper}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
            self._keeper.result()
        return task.result()

    async def _keep(self) -> None:
        """Whenever the process was killed: note what was under way, and start the next one."""
        for _ in range(MOST_RESTARTS):
            status = await self.companion.death()
            struck = self.companion.struck
            if not struck:
                raise Stuck(f"the companion ended by itself ({status}):\n{self.companion.log[-3000:]}")
            self.played.kills.append(Kill(self._step, struck, flying(self.folder)))
            self.companion.strike(self._strikes.pop(0) if self._strikes else None)
            await self.companion.start()
        raise Stuck("killed too often")

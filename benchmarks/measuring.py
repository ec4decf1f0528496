"""One measurement: a fresh bot, fresh users, a warm-up, then the turns that count."""

from __future__ import annotations

import asyncio
import os
import pickle
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import programme
from benchmarks.companion import transactions
from benchmarks.process import BotProcess, machine_cpu
from benchmarks.talk import TURNS
from benchmarks.users import Users

OURS = "companion"
PEERS = ("conversation", "plain", "echo")
BOTS = (OURS, *PEERS)
LONGEST_TALK = 300.0
SETTLED = 3.0
"""Seconds after the first poll at which a bot counts as idle."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much: *users* at once, each walking the talk *warm* times before and *talks* times while it counts."""

    users: int = 50
    warm: int = 1
    talks: int = 3


@dataclass(frozen=True, slots=True)
class Result:
    """*cpu*: seconds per 1000 turns. *foreign*: cores that other work on the machine used meanwhile."""

    bot: str
    cpu: float
    turns_per_second: float
    calls_per_turn: float
    transactions_per_turn: float | None
    foreign: float
    mistakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Idle:
    """Seconds from the start of the process to the first getUpdates, and megabytes when nothing happens."""

    bot: str
    start: float
    memory: float


async def measure(bot: str, load: Load, prepared: Path, folder: Path, profile: Path | None = None) -> Result:
    """Measure *bot* once; *folder* is its own and does not exist yet."""
    users = Users(load.users, anything=bot == "echo")
    async with users.stub as stub:
        arguments, environment = _command(bot, stub.url, prepared, folder)
        if bot == OURS:
            arguments = ["-m", "benchmarks.companion", arguments[-1], str(folder / "count")]
            arguments += [str(profile)] if profile else []
        async with BotProcess(arguments, environment, folder / "log") as process:
            await process.polls(stub.polled)
            await users.talk(load.warm, LONGEST_TALK)
            await users.quiet()
            before, began = _Reading.of(bot, process, users, folder), time.monotonic()
            await users.talk(load.talks, LONGEST_TALK)
            took = time.monotonic() - began
            await users.quiet()
            used, lasted = _Reading.of(bot, process, users, folder) - before, time.monotonic() - began
    return Result(
        bot,
        1000 * used.cpu / used.turns,
        used.turns / took,
        used.calls / used.turns,
        used.transactions / used.turns if bot == OURS else None,
        max(0.0, used.foreign / lasted),
        tuple(users.wrong + _stored(bot, folder, users, load)),
    )


async def idle(bot: str, prepared: Path, folder: Path) -> Idle:
    """Start *bot* as a user would, and leave it alone."""
    users = Users(0)
    async with users.stub as stub:
        arguments, environment = _command(bot, stub.url, prepared, folder)
        async with BotProcess(arguments, environment, folder / "log") as process:
            start = await process.polls(stub.polled)
            await asyncio.sleep(SETTLED)
            return Idle(bot, start, process.memory)


@dataclass(frozen=True, slots=True)
class _Reading:
    cpu: float
    turns: int
    calls: int
    transactions: int
    foreign: float

    @classmethod
    def of(cls, bot: str, process: BotProcess, users: Users, folder: Path) -> _Reading:
        cpu, own = process.cpu, os.times()
        return cls(
            cpu,
            users.turns,
            sum(users.stub.calls.values()),
            transactions(folder / "count") if bot == OURS else 0,
            machine_cpu() - cpu - own.user - own.system,
        )

    def __sub__(self, other: _Reading) -> _Reading:
        return _Reading(
            self.cpu - other.cpu,
            self.turns - other.turns,
            self.calls - other.calls,
            self.transactions - other.transactions,
            self.foreign - other.foreign,
        )


def _command(bot: str, url: str, prepared: Path, folder: Path) -> tuple[list[str], Mapping[str, str]]:
    if bot == OURS:
        config = programme.copy(prepared, folder)
        return ["-m", "bot", "run", "--config", str(config)], programme.environment(url)
    folder.mkdir()
    return ["-m", "benchmarks.peer", bot, url, str(folder / "pickle")], os.environ


def _stored(bot: str, folder: Path, users: Users, load: Load) -> list[str]:
    """What is on disk after the bot ended, compared with what the users did."""
    if users.turns != (expected := load.users * (load.warm + load.talks) * len(TURNS)):
        return [f"{users.turns} turns instead of {expected}"]
    if bot == OURS:
        return programme.mistakes(folder / "config.toml", users)
    if bot == "echo":
        return []
    kept = pickle.loads((folder / "pickle").read_bytes())  # noqa: S301  # written by the peer, a moment ago
    told = Counter(words for one in kept["user_data"].values() for words in one["told"])
    typed = Counter(words for user in users.all for words in user.typed)
    return [] if told == typed else ["the pickle does not hold what was told"]

"""The watcher: dead ticking, a full inbox, and when Telegram last answered."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot import installation
from bot.clock import Clock
from bot.config import Config
from bot.conversation import outage
from bot.conversation.shelf import Shelf
from bot.keys import make_key_file
from bot.reader import open_reader
from bot.running.alarms import Alarms
from bot.running.figures import Figures
from bot.running.services import CHANNEL, Services
from bot.running.ticking import Ticking
from bot.running.watching import MOST_WAITING, NOT_TICKED_FOR, Watching
from bot.running.web import Heard
from bot.storage import alarms as kept
from bot.storage import due, inbox, people
from bot.storage.database import open_engine
from bot.storage.upgrade import create
from bot.telegram.request import Request, bot_at
from bot.vault import Vault
from bot.writer import Writer

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)


@dataclass
class Watched:
    """A companion of which only the watcher runs, look by look; *ahead* winds both clocks forward."""

    services: Services
    heard: Heard
    ticking: Ticking
    ahead: timedelta = timedelta()

    def watcher(self, *, lives: bool = True) -> Watching:
        return Watching(self.services, self.heard, self.ticking, lives=lives)

    async def alarms(self) -> list[str]:
        """Every alarm there is, after what was raised has been kept."""
        await self.services.alarms._keep()
        found = await self.services.writer.run(lambda conn: kept.latest(conn, NOW - timedelta(days=1)))
        return [one.kind for one in found]


@asynccontextmanager
async def watched(folder: Path, shelf: Shelf) -> AsyncIterator[Watched]:
    url = f"sqlite:///{folder / 'companion.db'}"
    vault = Vault(make_key_file(folder / "keys", bytes(range(64))), os.urandom)
    create(url, vault)
    engine, reader = open_engine(url, vault), open_reader(url, vault)
    made: list[Watched] = []

    def ahead() -> timedelta:
        return made[0].ahead if made else timedelta()

    def steady() -> float:
        return time.monotonic() + ahead().total_seconds()

    async with Request() as request, Writer(engine) as writer:
        clock, figures = Clock(lambda: NOW + ahead(), steady), Figures()
        alarms = Alarms((), None, clock, writer, reader, figures, steady)
        services = Services(
            clock=clock,
            writer=writer,
            reader=reader,
            vault=vault,
            world=installation.world(Config(), shelf, "bot"),
            bot=bot_at("http://127.0.0.1:1", "1:nobody", sending=request, polling=request),
            request=request,
            alarms=alarms,
            figures=figures,
            worker_name="one",
            steady=steady,
        )
        made.append(Watched(services, Heard(services, needed=True), Ticking(services)))
        yield made[0]
    await reader.dispose()
    engine.dispose()


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return installation.content()


async def test_while_all_is_well_there_is_no_alarm(tmp_path: Path, shelf: Shelf) -> None:
    async with watched(tmp_path, shelf) as bot:
        await bot.watcher().look()

        assert await bot.alarms() == []


async def test_when_nothing_ticked_for_a_minute_the_operator_hears(tmp_path: Path, shelf: Shelf) -> None:
    async with watched(tmp_path, shelf) as bot:
        bot.ahead = timedelta(seconds=NOT_TICKED_FOR + 1)
        await bot.watcher().look()
        assert await bot.alarms() == ["ticking_dead"]

        await bot.ticking.tick()
        await bot.services.writer.run(lambda conn: kept.seen(conn, NOW))
        bot.ahead += timedelta(seconds=NOT_TICKED_FOR - 1)
        await bot.watcher().look()
        assert await bot.alarms() == ["ticking_dead"]


@pytest.mark.parametrize("waiting, alarms", [(MOST_WAITING, []), (MOST_WAITING + 1, ["backlog"])])
async def test_an_inbox_that_grows_is_an_alarm(
    tmp_path: Path, shelf: Shelf, waiting: int, alarms: list[str]
) -> None:
    async with watched(tmp_path, shelf) as bot:
        rows: list[tuple[int, bytes | None, str]] = [(number, None, "{}") for number in range(waiting)]
        await bot.services.writer.run(lambda conn: inbox.receive(conn, CHANNEL, rows, NOW))
        await bot.watcher().look()

        assert await bot.alarms() == alarms


async def test_the_last_answer_of_telegram_survives_a_restart_and_a_long_silence_is_told(
    tmp_path: Path, shelf: Shelf
) -> None:
    async with watched(tmp_path, shelf) as bot:
        write, read = bot.services.writer.run, outage.last_contact

        def sam(conn: Connection) -> int:
            number = people.add(conn, "Sam", NOW, {"role": "youth", "state": "active"})
            account = people.add_account(conn, CHANNEL, 7, 7, NOW)
            people.link_account(conn, account.id, number, NOW)
            return number

        number = await write(sam)
        await bot.watcher().look()
        assert await write(read) is None
        bot.heard()
        await bot.watcher().look()
        assert await write(read) == bot.heard.moment
        bot.ahead = timedelta(hours=30)
        await bot.watcher().look()
        assert await write(lambda conn: due.waiting_of(conn, number)) == []
        bot.heard()
        for _ in range(2):
            await bot.watcher().look()

        assert [one.kind for one in await write(lambda conn: due.waiting_of(conn, number))] == ["lost_hours"]
        assert (await bot.alarms()).count("outage") == 1


async def test_the_clock_of_a_sandbox_jumps_and_that_is_no_outage(tmp_path: Path, shelf: Shelf) -> None:
    async with watched(tmp_path, shelf) as bot:
        bot.heard()
        await bot.watcher(lives=False).look()

        assert await bot.services.writer.run(outage.last_contact) is None

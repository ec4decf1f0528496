"""What the operator hears: kept until the command took it, through failures and restarts; mail beside it."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import installation
from bot.clock import Clock
from bot.config import Config
from bot.config.operation import Smtp
from bot.conversation.shelf import Shelf
from bot.keys import make_key_file
from bot.reader import open_reader
from bot.running import alarms as running_alarms
from bot.running.alarms import Alarms
from bot.running.figures import Figures
from bot.running.mail import Mail
from bot.storage import alarms as kept
from bot.storage.database import open_engine, transaction
from bot.storage.upgrade import create
from bot.vault import Vault
from bot.writer import Writer
from tests.running.companion import until
from tests.running.mail_server import MailServer, mail_server

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)


class Steady:
    """A steady clock that can be wound forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


class Desk:
    """An operator's desk: a database, a command that writes down what it hears, and perhaps a mail server."""

    def __init__(self, folder: Path) -> None:
        self.heard_at = folder / "heard"
        self.fails = folder / "fails"
        self.url = f"sqlite:///{folder / 'companion.db'}"
        self.vault = Vault(make_key_file(folder / "keys", bytes(range(64))), os.urandom)
        create(self.url, self.vault)
        self.script = folder / "command.py"
        self.script.write_text(
            "import pathlib, sys\n"
            f"fails = pathlib.Path({str(self.fails)!r})\n"
            "if fails.exists(): sys.exit(3 if fails.write_text('tried') else 3)\n"
            f"open({str(self.heard_at)!r}, 'a').write(' '.join(sys.argv[1:]).strip() + '\\n')\n"
        )
        self.steady = Steady()

    @property
    def heard(self) -> list[str]:
        return self.heard_at.read_text().splitlines() if self.heard_at.exists() else []

    async def hears(self, count: int) -> list[str]:
        async def enough() -> list[str] | None:
            return self.heard if len(self.heard) >= count else None

        return await until(enough)

    def open(self) -> dict[str, int]:
        engine = open_engine(self.url, self.vault)
        with transaction(engine, read_only=True) as conn:
            found = kept.count_open(conn)
        engine.dispose()
        return found

    @asynccontextmanager
    async def runs(self, *, rings: bool = True, mail: Mail | None = None) -> AsyncIterator[Alarms]:
        """Alarms of a running companion; at the end it stops as it does."""
        engine = open_engine(self.url, self.vault)
        reader = open_reader(self.url, self.vault)
        stop = asyncio.Event()
        async with Writer(engine) as writer:
            alarms = Alarms(
                argv=(sys.executable, str(self.script)) if rings else (),
                mail=mail,
                clock=Clock(lambda: NOW, self.steady),
                writer=writer,
                reader=reader,
                figures=Figures(),
                steady=self.steady,
                check=0.05,
            )
            task = asyncio.get_running_loop().create_task(alarms.run(stop))
            try:
                yield alarms
            finally:
                stop.set()
                await task
        await reader.dispose()
        engine.dispose()

    def down(self) -> None:
        """The command fails from now on."""
        self.fails.touch()

    def up(self) -> None:
        self.fails.unlink()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return installation.content()


async def test_the_command_gets_kind_and_reference_and_nothing_else(desk: Desk) -> None:
    async with desk.runs() as alarms:
        alarms("alert", "A-12")
        alarms("backlog")

        assert sorted(await desk.hears(2)) == ["alert A-12", "backlog"]
    assert desk.open() == {}


async def test_a_command_that_fails_is_tried_again_until_it_succeeds(desk: Desk) -> None:
    desk.down()
    async with desk.runs() as alarms:
        alarms("token")
        await until(lambda: desk_tried(desk))
        desk.up()
        hearing = asyncio.ensure_future(desk.hears(1))
        while not hearing.done():
            # The wait begins when the failed command is noticed, which may be after it was seen to be tried.
            desk.steady.ahead += running_alarms.FIRST_WAIT + 1
            await asyncio.sleep(0.1)

        assert await hearing == ["token"]
    assert desk.open() == {}


async def test_what_was_not_heard_before_a_crash_rings_after_the_next_start(desk: Desk) -> None:
    desk.down()
    async with desk.runs() as alarms:
        alarms("second_poller")
        await until(lambda: desk_tried(desk))
    desk.up()
    async with desk.runs():
        assert await desk.hears(1) == ["second_poller"]


async def test_what_another_process_raised_rings_too(desk: Desk) -> None:
    async with desk.runs():
        engine = open_engine(desk.url, desk.vault)
        with transaction(engine) as conn:
            kept.add(conn, "drill", "A-3", NOW)
        engine.dispose()

        assert await desk.hears(1) == ["drill A-3"]


async def test_the_same_trouble_within_the_hour_rings_once(desk: Desk) -> None:
    async with desk.runs() as alarms:
        for _ in range(5):
            alarms("storage_busy")
        await desk.hears(1)
        alarms("storage_busy")
        alarms("backlog")
        await desk.hears(2)

    assert desk.heard == ["storage_busy", "backlog"]


async def test_after_a_long_silence_each_trouble_rings_once_and_people_come_first(desk: Desk) -> None:
    engine = open_engine(desk.url, desk.vault)
    with transaction(engine) as conn:
        for hour in range(6):
            kept.add(conn, "token", "", NOW - timedelta(hours=hour))
            kept.add(conn, "alert_unseen", "A-1", NOW - timedelta(hours=hour))
    engine.dispose()
    async with desk.runs():
        await desk.hears(2)

    assert desk.heard == ["alert_unseen A-1", "token"]
    assert desk.open() == {}


async def test_without_a_command_an_alarm_stays_open_for_the_operator_to_see(desk: Desk) -> None:
    async with desk.runs(rings=False) as alarms:
        alarms("backlog")
        await until(lambda: desk_open(desk, {"backlog": 1}))


async def test_a_command_that_does_not_exist_stops_nothing(desk: Desk) -> None:
    desk.script = desk.script.with_name("gone")
    async with desk.runs() as alarms:
        alarms("backlog")
        await until(lambda: desk_open(desk, {"backlog": 1}))
        alarms("token")
        await until(lambda: desk_open(desk, {"backlog": 1, "token": 1}))


async def test_while_nothing_can_be_kept_it_rings_from_memory(desk: Desk) -> None:
    async with desk.runs() as alarms:
        engine = open_engine(desk.url, desk.vault)
        with transaction(engine) as conn:
            kept.add(conn, "drill", "", NOW)  # a writer that holds the database
            alarms("storage_busy")
            assert "storage_busy" in await desk.hears(1)
        engine.dispose()


# Mail


def a_mail(server: MailServer, shelf: Shelf) -> Mail:
    smtp = Smtp(
        host="127.0.0.1",
        port=server.port,
        sender="companion@example.org",
        to="noor@example.org, wacht@example.org",
        starttls=False,
    )
    return Mail(smtp, installation.world(Config(), shelf, "bot"))


async def test_a_mail_is_neutral_and_goes_to_everybody_named(desk: Desk, shelf: Shelf) -> None:
    async with mail_server() as server:
        async with desk.runs(mail=a_mail(server, shelf)) as alarms:
            alarms("alert", "A-12")
            await until(lambda: has_letters(server, 1))

        (letter,) = server.letters
        assert server.recipients == [["noor@example.org", "wacht@example.org"]]
        assert letter["Subject"] == "Melding van de bot"
        assert letter["From"] == "companion@example.org"
        assert "alert A-12 (keer: 1)" in letter.get_content()
        assert "Reken er bij gevaar niet op." in letter.get_content()


async def test_an_alarm_is_mailed_once(desk: Desk, shelf: Shelf) -> None:
    async with mail_server() as server:
        async with desk.runs(mail=a_mail(server, shelf)) as alarms:
            alarms("backlog")
            await until(lambda: has_letters(server, 1))
        async with desk.runs(mail=a_mail(server, shelf)) as alarms:
            alarms("token")
            await until(lambda: has_letters(server, 2))

        assert ["backlog" in one.get_content() for one in server.letters] == [True, False]


async def test_mail_that_fails_stops_nothing_is_an_alarm_and_is_sent_later(desk: Desk, shelf: Shelf) -> None:
    async with mail_server() as server:
        server.refuses = True
        async with desk.runs(mail=a_mail(server, shelf)) as alarms:
            alarms("alert", "A-12")
            assert sorted(await desk.hears(2)) == ["alert A-12", "mail_failed"]
            server.refuses = False
            desk.steady.ahead += running_alarms.FIRST_WAIT + 1
            await until(lambda: has_letters(server, 1))

        assert server.refused == 1
        assert "alert A-12" in server.letters[0].get_content()
        assert "mail_failed" not in server.letters[0].get_content()


async def test_a_mail_server_that_is_not_there_is_an_alarm(desk: Desk, shelf: Shelf) -> None:
    async with mail_server() as server:
        mail = a_mail(server, shelf)
    async with desk.runs(mail=mail) as alarms:
        alarms("backlog")

        assert sorted(await desk.hears(2)) == ["backlog", "mail_failed"]


async def desk_open(desk: Desk, expected: dict[str, int]) -> bool | None:
    return True if desk.open() == expected else None


async def desk_tried(desk: Desk) -> bool | None:
    """Whether the command ran, and failed."""
    return True if desk.fails.read_text() else None


async def has_letters(server: MailServer, count: int) -> bool | None:
    return True if len(server.letters) >= count else None

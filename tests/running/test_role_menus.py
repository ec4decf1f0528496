"""Each role has its own commands in each language; they follow the role, also over a restart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import Connection

from bot import installation
from bot.conversation.commands import COMMANDS, OF_ROLE
from bot.running import role_menus
from bot.running.services import CHANNEL, Services
from bot.sandbox.phones import PhoneSpec
from bot.sandbox.server import serve
from bot.sandbox.world import Settings
from bot.storage import people
from bot.telegram.request import bot_at
from tests.running.test_watching import NOW, watched
from tests.telegram.conftest import TOKEN

VERA, NOOR = 1001, 1002
PHONES = (PhoneSpec("Vera", "professional"), PhoneSpec("Noor", "coördinator"))


class Staff:
    """A companion with two colleagues, and what their phones show beside the text field."""

    def __init__(self, services: Services, url: str, http: aiohttp.ClientSession) -> None:
        self.services, self.url, self.http = services, url, http

    async def starts(self, name: str, number: int, role: str) -> int:
        async with self.http.post(f"{self.url}/_sandbox/phones/{number}/start", json={}) as answer:
            assert (await answer.json())["ok"]

        def add(conn: Connection) -> int:
            one = people.add(conn, name, NOW, {"role": role, "state": "active"})
            account = people.add_account(conn, CHANNEL, number, number, NOW)
            people.link_account(conn, account.id, one, NOW)
            return one

        return await self.services.writer.run(add)

    async def shown(self, number: int, language: str = "nl") -> list[str]:
        path = f"{self.url}/_sandbox/phones/{number}/language"
        async with self.http.post(path, json={"language": language}) as answer:
            assert (await answer.json())["ok"]
        async with self.http.get(f"{self.url}/_sandbox/state") as answer:
            phones: list[dict[str, Any]] = (await answer.json())["phones"]
        mine = next(one for one in phones if one["user_id"] == number)
        return [f"{one['command']}: {one['description']}" for one in mine["commands"]]


@pytest.fixture
async def staff(tmp_path: Path) -> AsyncIterator[Staff]:
    sandbox = await serve("127.0.0.1", 0, Settings(phones=PHONES))
    async with watched(tmp_path, installation.content()) as bot, aiohttp.ClientSession() as http:
        sending = bot.services.request
        bot.services.bot = bot_at(sandbox.url, TOKEN, sending=sending, polling=sending)
        yield Staff(bot.services, sandbox.url, http)
    await sandbox.stop()


async def test_each_role_sees_its_own_commands_in_dutch_and_english(staff: Staff) -> None:
    await staff.starts("Vera", VERA, "professional")
    await staff.starts("Noor", NOOR, "coordinator")

    assert await role_menus.renew(staff.services) == 2

    assert "overzicht: Het overzicht" in await staff.shown(VERA)
    assert "overzicht: The overview" in await staff.shown(VERA, "en")
    assert "rooster: Wie er dienst heeft" in await staff.shown(NOOR)
    assert not [one for one in await staff.shown(NOOR) if one.startswith("jongeren")]


async def test_a_new_role_brings_its_own_menu_and_nothing_of_the_old_one(staff: Staff) -> None:
    vera = await staff.starts("Vera", VERA, "professional")
    await role_menus.renew(staff.services)

    await staff.services.writer.run(lambda conn: people.change(conn, vera, role="confidant"))
    await role_menus.renew(staff.services)

    for language in ("nl", "en"):
        names = [one.split(":")[0] for one in await staff.shown(VERA, language)]
        assert "meelezen" in names
        assert "jongeren" not in names


async def test_who_left_while_nothing_ran_has_no_menu_of_staff_after_a_restart(staff: Staff) -> None:
    vera = await staff.starts("Vera", VERA, "professional")
    await role_menus.renew(staff.services)
    account = await staff.services.writer.run(lambda conn: people.account_of(conn, vera))
    assert account is not None
    await staff.services.writer.run(lambda conn: people.set_account_state(conn, account.id, "dead"))

    await role_menus.renew(staff.services)

    assert await staff.shown(VERA) == []
    assert await role_menus.renew(staff.services) == 0


async def test_what_did_not_change_asks_nothing_of_telegram(staff: Staff) -> None:
    await staff.starts("Vera", VERA, "professional")
    await role_menus.renew(staff.services)

    assert await role_menus.renew(staff.services) == 0


def test_every_command_in_a_menu_leads_somewhere_for_that_role() -> None:
    everybody = {"menu", "hulp", "privacy", "taal"}
    for role, entries in role_menus.OF_ROLE.items():
        for name, _ in entries:
            assert name in COMMANDS
            assert name in everybody or name in OF_ROLE[role], (role, name)

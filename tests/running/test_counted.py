"""Every alarm is counted in /metrics, wherever it was raised; and what an operator reads of a silent roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from bot import installation
from bot.conversation import standing
from bot.conversation.shelf import Shelf
from bot.storage import commissionings, duty, people
from bot.storage.database import transaction
from bot.storage.schema_programme import organisation
from tests.running.companion import VERA, Companion, companion, until
from tests.running.test_watching import watched

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
BLOCKED = 'companion_alarms_total{kind="staff_blocked"}'
SILENT = "companion_rosters_without_alarm"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return installation.content()


async def counted(bot: Companion, line: str) -> bool | None:
    return True if await bot.metric(line) == 1 else None


async def vera_begins(bot: Companion) -> None:
    bot.group()
    token = bot.invite("professional", "Vera", key="vera", organisation_id=1)
    await bot.does(VERA, "start", payload=token)
    await until(lambda: spoken_to(bot))
    with transaction(bot.engine) as conn:
        vera = people.by_key(conn, "vera")
        assert vera is not None
        people.change(conn, vera.id, state="active")


async def spoken_to(bot: Companion) -> bool | None:
    return True if await bot.messages(VERA) else None


async def test_a_member_of_staff_who_blocks_the_bot_is_counted(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await vera_begins(bot)
        await bot.does(VERA, "block")

        await until(lambda: counted(bot, BLOCKED))


async def test_one_whom_telegram_refuses_a_message_is_counted_too(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await vera_begins(bot)
        await bot.control(
            "POST", "faults", {"method": "sendMessage", "kind": "403", "chat_id": VERA, "nth": 1}
        )
        await bot.does(VERA, "send", text="/help")

        await until(lambda: counted(bot, BLOCKED))


async def test_what_the_daily_look_finds_is_counted(tmp_path: Path, shelf: Shelf) -> None:
    async with watched(tmp_path, shelf) as bot:
        services = bot.services
        services.world = replace(services.world, settings=replace(services.world.settings, real=True))

        def commissioned_once(conn: Any) -> None:
            conn.execute(insert(organisation).values(key="welzijn", name="Welzijn"))
            hashes = {"content_hash": "x", "care_hash": "x", "duty_hash": "x"}
            commissionings.add(conn, {"by": "Noor"}, hashes, 16, NOW)
            standing.look_again(conn)

        await services.writer.run(commissioned_once)
        await bot.ticking.tick()

        registry = services.figures.registry
        for kind in ("commissioning_lapsed", "no_fresh_copy"):
            assert registry.get_sample_value("companion_alarms_total", {"kind": kind}) == 1


@pytest.mark.parametrize("command", ["", "/bin/true"])
async def test_on_call_without_an_alarm_command_stands_in_ready_and_metrics(
    tmp_path: Path, command: str
) -> None:
    async with companion(tmp_path, alarm_command=command) as bot:
        bot.group()
        with transaction(bot.engine) as conn:
            duty.decide(conn, 1, "roster", "noor, 2026-11-20")
            vera = people.add(conn, "Vera", NOW, {"role": "professional"})
            duty.add_shift(conn, 1, vera, NOW, NOW + timedelta(days=9))
        async with bot.http.get(f"http://{bot.config.http.listen}/ready") as answer:
            said = await answer.json()

        assert said["warnings"] == ([] if command else ["on_call_without_alarm"])
        assert said["problems"] == []
        assert await bot.metric(SILENT) == (0 if command else 1)

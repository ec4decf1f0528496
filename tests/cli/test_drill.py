"""A drill beside a running bot, through the real command in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from bot.storage import drills, people
from bot.storage.database import transaction
from bot.storage.schema_programme import group_staff, meeting_group
from tests.cli.conftest import ROOT
from tests.running.companion import VERA, Companion, companion


def noted(bot: Companion, folder: Path) -> Path:
    """The configuration of the running companion as a file."""
    telegram = bot.config.telegram
    path = folder / "config.toml"
    path.write_text(
        f'[telegram]\ntoken = "{telegram.token.get_secret_value()}"\napi_url = "{telegram.api_url}"\n'
        f'[database]\nurl = "{bot.config.database.url}"\n'
        f'[keys]\nfile = "{bot.config.keys.file}"\n'
        f'[http]\nlisten = "{bot.config.http.listen}"\n'
    )
    return path


async def staffed(bot: Companion) -> None:
    """Vera leads the only group, and has begun."""
    await bot.does(VERA, "start")
    await bot.sees(VERA, "Join Us")
    group, now = bot.group(), datetime(2026, 11, 20, 10, tzinfo=UTC)
    with transaction(bot.engine) as conn:
        welfare = conn.execute(
            select(meeting_group.c.organisation_id).where(meeting_group.c.id == group)
        ).scalar_one()
        values = {"role": "professional", "key": "vera", "organisation_id": welfare, "state": "active"}
        vera = people.add(conn, "Vera", now, {**values, "began_at": now})
        conn.execute(insert(group_staff).values(group_id=group, person_id=vera))
        account = people.find_account(conn, "telegram", VERA)
        assert account is not None
        people.link_account(conn, account.id, vera, now)


async def command(folder: Path, *arguments: str) -> asyncio.subprocess.Process:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMPANION_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    said, _ = await asyncio.wait_for(process.communicate(), 120)
    return process.returncode, said.decode()


async def taps(bot: Companion, label: str) -> None:
    """Vera taps the latest button whose label begins so."""

    async def there() -> tuple[int, str] | None:
        for message in reversed(bot.sandbox.world.chats[VERA].messages.values()):
            for row in message.markup["inline_keyboard"] if message.markup else []:
                for button in row:
                    if str(button["text"]).startswith(label):
                        return message.message_id, str(button["callback_data"])
        return None

    # The command is another process that first reads all content: on a busy machine that takes a while.
    async with asyncio.timeout(120):
        while (found := await there()) is None:  # noqa: ASYNC110  # another process has no Event
            await asyncio.sleep(0.05)
    number, data = found
    await bot.does(VERA, "tap", message_id=number, data=data)


def latest(bot: Companion) -> Any:
    with transaction(bot.engine, read_only=True) as conn:
        number = conn.execute(select(meeting_group.c.organisation_id)).scalars().first()
        return drills.latest(conn, number or 0)


async def test_a_drill_reaches_the_professional_and_its_result_is_kept(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await staffed(bot)
        config = noted(bot, tmp_path)
        process = await command(tmp_path, "drill", "--json", "--config", str(config))
        await taps(bot, "Kijk nu")
        assert "OEFENING" in await bot.sees(VERA, "dringend")
        await taps(bot, "Gezien")
        code, said = await ended(process)

        found = json.loads(said)
        assert (code, found["outcome"], found["acknowledged_by"]) == (0, "acknowledged", "vera")
        assert [step["what"] for step in found["timeline"]].count("acknowledged") == 1
        code, said = await ended(await command(tmp_path, "drill", "--status", "--config", str(config)))
        assert (code, "acknowledged, 0 days ago" in said) == (0, True)


async def test_a_drill_that_nobody_acknowledges_ends_clearly_and_rings_no_more(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await staffed(bot)
        config = noted(bot, tmp_path)
        code, said = await ended(
            await command(tmp_path, "drill", "--minutes", "0.02", "--config", str(config))
        )

        assert code == 1
        assert "nobody acknowledged it" in said
        assert latest(bot).outcome == "nobody"
        await bot.sees(VERA, "dringend")
        code, said = await ended(await command(tmp_path, "drill", "--status", "--config", str(config)))
        assert (code, "a drill is due" in said) == (1, True)


async def test_without_a_running_bot_there_is_no_drill(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await staffed(bot)
        config = noted(bot, tmp_path)
    code, said = await ended(await command(tmp_path, "drill", "--config", str(config)))

    assert code == 1
    assert "Start 'companion run' first" in said


async def test_an_unknown_organisation_is_wrong_usage_and_names_the_known_ones(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await staffed(bot)
        config = noted(bot, tmp_path)
        code, said = await ended(
            await command(tmp_path, "drill", "--organisation", "ander", "--config", str(config))
        )

        assert code == 2
        assert "welzijn" in said


async def test_a_new_drill_breaks_off_one_that_nobody_ended(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await staffed(bot)
        with transaction(bot.engine) as conn:
            number = conn.execute(select(meeting_group.c.organisation_id)).scalars().one()
        config = noted(bot, tmp_path)
        process = await command(tmp_path, "drill", "--config", str(config))
        await taps(bot, "Kijk nu")
        process.kill()
        await process.wait()
        with transaction(bot.engine, read_only=True) as conn:
            first = drills.running(conn, number)
        assert first is not None
        await ended(await command(tmp_path, "drill", "--minutes", "0.02", "--config", str(config)))

        with transaction(bot.engine, read_only=True) as conn:
            assert drills.load(conn, first.id).outcome == "broken_off"
            assert drills.running(conn, number) is None
        assert latest(bot).started_at - first.started_at < timedelta(days=1)

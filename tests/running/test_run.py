"""The whole companion over real HTTP: both ways of receiving, both databases, and what goes wrong around it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from telegram.error import TelegramError

from bot import app
from bot.errors import AlreadyRunning
from bot.sandbox.identity import SANDBOX_TOKEN
from bot.storage.database import transaction
from bot.storage.schema_flow import inbox
from tests.running.companion import SAM, SECRET, VERA, Companion, companion, until


async def test_a_stranger_gets_help_and_nothing_is_kept(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await bot.does(SAM, "start")
        await bot.does(SAM, "send", text="/hulp")

        assert "113" in await bot.sees(SAM, "112")
        await handled(bot, 2)
        with transaction(bot.engine) as conn:
            assert conn.execute(select(inbox.c.payload)).scalars().all() == [None, None]


async def test_a_professional_begins_and_chooses_a_code(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await bot.does(VERA, "start", payload=bot.invite("professional", "Vera"))

        assert await bot.sees(VERA, "Vera")


async def test_the_webhook_brings_the_same(tmp_path: Path) -> None:
    async with companion(tmp_path, mode="webhook") as bot:
        await until(lambda: hooked(bot))
        await bot.does(SAM, "start")
        await bot.does(SAM, "send", text="/hulp")

        assert "113" in await bot.sees(SAM, "112")


@pytest.mark.parametrize("secret", ["", "x", SECRET[:-1], SECRET + "s"])
async def test_a_forged_webhook_call_leaves_no_trace(tmp_path: Path, secret: str) -> None:
    async with companion(tmp_path, mode="webhook") as bot:
        forged = {"update_id": 5, "message": {"text": "/hulp"}}
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        async with bot.http.post(bot.config.telegram.webhook_url, json=forged, headers=headers) as answer:
            assert answer.status == 403
        with transaction(bot.engine) as conn:
            assert conn.execute(select(inbox.c.id)).all() == []


@pytest.mark.postgres
async def test_the_same_on_postgresql(tmp_path: Path, new_postgres_database: Callable[[], str]) -> None:
    async with companion(tmp_path, url=new_postgres_database()) as bot:
        await bot.does(VERA, "start", payload=bot.invite("professional", "Vera"))
        await bot.does(SAM, "start")
        await bot.does(SAM, "send", text="/hulp")

        assert await bot.sees(VERA, "Vera")
        assert "113" in await bot.sees(SAM, "112")


async def test_help_is_answered_while_the_database_is_locked_and_nothing_is_lost(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await bot.does(SAM, "start")
        await bot.sees(SAM, "Join Us")
        other = sqlite3.connect(tmp_path / "companion.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await bot.does(SAM, "send", text="/hulp")

        await bot.sees(SAM, "kan nu niets doorgeven")
        other.execute("ROLLBACK")
        other.close()
        await handled(bot, 2)


async def test_other_messages_hear_that_nothing_can_be_kept(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await bot.does(SAM, "start")
        await bot.sees(SAM, "Join Us")
        other = sqlite3.connect(tmp_path / "companion.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await bot.does(SAM, "send", text="hoi")

        await bot.sees(SAM, "Ik kan nu niets bewaren")
        other.execute("ROLLBACK")
        other.close()


async def test_a_second_companion_on_the_same_database_refuses(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        with pytest.raises(AlreadyRunning):
            await app.run(bot.config)


async def test_a_second_poller_with_the_same_token_is_an_alarm(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    script = tmp_path / "alarm.py"
    script.write_text(f"import sys\nopen({str(heard)!r}, 'a').write(sys.argv[1] + '\\n')\n")
    async with companion(tmp_path, alarm_command=f"{sys.executable} {script}") as bot:
        thief = f"{bot.sandbox.url}/bot{SANDBOX_TOKEN}/getUpdates"

        async def noticed() -> bool | None:
            async with bot.http.post(thief, data={"timeout": "1"}) as answer:
                await answer.read()
            return True if heard.exists() and "second_poller" in heard.read_text() else None

        assert await until(noticed)


async def test_the_bot_leaves_a_group(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        group = (await bot.does(SAM, "group", title="Klas"))["chat_id"]

        async def left() -> bool | None:
            calls = (await bot.control("GET", "calls?method=leaveChat"))["calls"]
            return True if any(int(call["params"]["chat_id"]) == group for call in calls) else None

        assert await until(left)
        assert await bot.messages(group) == []


async def test_an_update_nobody_can_read_harms_nobody(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await bot.does(SAM, "raw", update={"message": {"message_id": "no number", "chat": 7}})
        await bot.does(SAM, "start")

        await bot.sees(SAM, "Join Us")
        with transaction(bot.engine) as conn:
            states = conn.execute(select(inbox.c.state).order_by(inbox.c.id)).scalars().all()
        assert states[0] == "quarantined"


async def test_no_log_line_holds_words_or_the_token(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with companion(tmp_path) as bot:
        await bot.does(SAM, "start")
        await bot.does(SAM, "send", text="kanariewoord in mijn bericht")
        await bot.does(SAM, "raw", update={"message": {"text": "kanariewoord", "chat": "kapot"}})
        await handled(bot, 2)

    assert "kanariewoord" not in caplog.text
    assert SANDBOX_TOKEN not in caplog.text


async def test_a_person_who_blocks_the_bot_gets_nothing_more(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        group = bot.group()
        token = bot.invite("youth", "Sam", born="2004-03", group_id=group)
        await bot.does(SAM, "start", payload=token)
        await bot.sees(SAM, "computer")
        await bot.does(SAM, "block")
        await handled(bot, 2)
        before = await bot.messages(SAM)
        await asyncio.sleep(0.3)

        assert await bot.messages(SAM) == before


async def handled(bot: Companion, number: int) -> None:
    """Wait until *number* updates were dealt with."""

    async def done() -> bool | None:
        with transaction(bot.engine, read_only=True) as conn:
            states = conn.execute(select(inbox.c.state)).scalars().all()
        return True if len(states) >= number and "waiting" not in states else None

    await until(done)


async def hooked(bot: Companion) -> bool | None:
    try:
        url = f"{bot.sandbox.url}/bot{SANDBOX_TOKEN}/getWebhookInfo"
        async with bot.http.post(url) as answer:
            return True if (await answer.json())["result"]["url"] else None
    except TelegramError:
        return None

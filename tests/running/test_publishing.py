"""A running bot takes over what is published beside it, and goes on answering while a bomb is looked at."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.content.child import Beside
from bot.content.pages import SHELL, Examined, Pages, examined, pages_of
from bot.content.publishing import publish
from bot.storage import publications
from bot.storage.database import transaction
from tests.running.companion import SAM, Companion, companion, until

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)


def publishes(bot: Companion, old: str, new: str, key: str = "stranger") -> None:
    """Somebody publishes a dialog from another process."""
    with transaction(bot.engine) as conn:
        base = publications.current(conn, "dialog", key)
        assert base is not None
        before = pages_of(conn, base)
        text = before.nl.decode()
        assert old in text
        pages = Pages("dialog", key, text.replace(old, new).encode(), before.en)
        assert publish(conn, Examined(pages, ()), base, SHELL, NOW).state == "published"


async def test_a_text_that_is_published_beside_it_is_used_within_a_few_ticks(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await bot.does(SAM, "start")
        first = await bot.sees(SAM, "Join Us")

        publishes(bot, "Join Us", "Join Us (nieuw)")

        async def new() -> str | None:
            await bot.does(SAM, "send", text="hoi")
            return next((one for one in await bot.messages(SAM) if "Join Us (nieuw)" in one), None)

        assert await until(new) != first


async def test_while_a_bomb_is_examined_everybody_is_answered(tmp_path: Path) -> None:
    steps = "".join(f'  s{n}: {{say: "{{{{ name }}}}", goto: s{n + 1}}}\n' for n in range(5000))
    nl = f"dialog: plan\nabout: Lang.\nfor: youth\nlater: Later\nfirst: s0\nsteps:\n{steps}"
    async with companion(tmp_path) as bot:
        looking = asyncio.create_task(
            asyncio.to_thread(examined, Pages("dialog", "plan", nl.encode()), Beside())
        )

        await bot.does(SAM, "start")
        await bot.does(SAM, "send", text="/hulp")
        await bot.sees(SAM, "113")

        assert {one.kind for one in (await looking).errors} == {"template_heavy"}

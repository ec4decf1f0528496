"""The card with 112 and 113 is really pinned: by the call that Telegram has for it, without a sound."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import installation
from bot.conversation.pinning import pin_help
from bot.conversation.turn import Turn
from bot.storage import people
from bot.storage.database import transaction
from tests.running.companion import SAM, companion, until


async def test_the_card_arrives_and_is_pinned_silently(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await bot.does(SAM, "start")
        await bot.sees(SAM, "Join Us")
        now = datetime(2026, 11, 20, 11, tzinfo=UTC)
        world = installation.world(bot.config, installation.content(), "bot")
        with transaction(bot.engine) as conn:
            sam = people.add(conn, "Sam", now, {"role": "youth", "state": "active"})
            account = people.find_account(conn, "telegram", SAM)
            assert account is not None
            people.link_account(conn, account.id, sam, now)
            pin_help(Turn(conn, world, now), people.load(conn, sam))

        card = await bot.sees(SAM, "bovenaan vast")
        assert "112" in card

        async def pinned() -> dict[str, Any] | None:
            calls = (await bot.control("GET", "calls?method=pinChatMessage"))["calls"]
            return next((call for call in calls if call["ok"]), None)

        call = await until(pinned)
        assert str(call["params"]["chat_id"]) == str(SAM)
        assert str(call["params"]["disable_notification"]).lower() == "true"
        number = bot.sandbox.world.chats[SAM].pinned[0]
        assert "bovenaan vast" in bot.sandbox.world.chats[SAM].messages[number].content["text"]

"""Six weeks are played with a draft in a process of its own; somebody else is answered meanwhile."""

from __future__ import annotations

import base64
import contextlib
from pathlib import Path

from tests.running.companion import SAM, Companion, companion, until
from tests.running.test_content_by_chat import ADMIN, begins, taps


async def sends_a_draft(bot: Companion) -> None:
    text = (Path(__file__).parents[2] / "challenge_catalog/nl/een-groet-per-dag.yaml").read_text("utf-8")
    await bot.does(
        ADMIN,
        "media",
        kind="document",
        file_name="een-groet-per-dag.yaml",
        content=base64.b64encode(
            text.replace("title: Een groet per dag", "title: Elke dag").encode()
        ).decode(),
    )
    await bot.sees(ADMIN, "geen fouten")


async def comes(bot: Companion, text: str) -> str:
    """Six weeks take longer than an answer."""
    for _ in range(3):
        with contextlib.suppress(TimeoutError):
            return await bot.sees(ADMIN, text)
    return await bot.sees(ADMIN, text)


async def test_somebody_else_is_answered_while_six_weeks_are_played(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await begins(bot)
        await sends_a_draft(bot)
        await taps(bot, "Speel 6 weken")
        await taps(bot, "Mo")
        await bot.sees(ADMIN, "Ik speel zes weken met Mo")

        await bot.does(SAM, "start")

        await bot.sees(SAM, "Join Us")
        assert not [one for one in await bot.messages(ADMIN) if "Zo ging het" in one]
        told = await comes(bot, "Zo ging het")
        assert "uitdaging" in told
        assert "berichten kwamen vanzelf" in told

        async def document() -> bool | None:
            calls = await bot.control("GET", f"calls?method=sendDocument&chat_id={ADMIN}")
            return True if calls["calls"] else None

        await until(document)

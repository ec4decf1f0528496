"""A document goes out to an admin, comes back changed over the Bot API, and is what a youngster reads."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.content.pages import pages_of
from bot.storage import codes, people, publications
from bot.storage.database import transaction
from tests.running.companion import SAM, VERA, Companion, companion, until

ADMIN = VERA


async def taps(bot: Companion, label: str) -> None:
    """Tap the latest button whose label begins so."""

    async def there() -> dict[str, Any] | None:
        calls = (await bot.control("GET", f"calls?method=sendMessage&chat_id={ADMIN}"))["calls"]
        for call in reversed(calls):
            for row in (call["params"].get("reply_markup") or {}).get("inline_keyboard", ()):
                for button in row:
                    if button["text"].startswith(label):
                        return {"message_id": call["result"]["message_id"], "data": button["callback_data"]}
        return None

    found = await until(there)
    await bot.does(ADMIN, "tap", message_id=found["message_id"], data=found["data"])


async def begins(bot: Companion) -> None:
    """An admin with a code, in the middle of the programme."""
    token = bot.invite("admin", "Joost")
    await bot.does(ADMIN, "start", payload=token)
    await bot.sees(ADMIN, "Welkom")
    with transaction(bot.engine) as conn:
        codes.choose(conn, int(token), "271828", bytes(16), datetime(2026, 11, 20, 11, tzinfo=UTC))
        people.change(conn, int(token), state="active")


async def test_a_text_goes_out_and_comes_back_as_a_document(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await begins(bot)
        with transaction(bot.engine, read_only=True) as conn:
            name = publications.current(conn, "dialog", "stranger")
            assert name is not None
            before = pages_of(conn, name)
        text = before.nl.decode().replace("Join Us", "Join Us (nieuw)")

        await bot.does(
            ADMIN,
            "media",
            kind="document",
            file_name="stranger.yaml",
            content=base64.b64encode(text.encode()).decode(),
        )

        assert "(nieuw)" in await bot.sees(ADMIN, "Dit verandert er in stranger")
        await bot.sees(ADMIN, "geen fouten")
        button = "Publiceer" if not re.search("let op", await bot.sees(ADMIN, "geen fouten")) else "Toch"
        await taps(bot, button)
        if button == "Toch":
            await taps(bot, "Ik las het na")
        await bot.sees(ADMIN, "Gepubliceerd")

        async def new() -> str | None:
            await bot.does(SAM, "send", text="hoi")
            return next((one for one in await bot.messages(SAM) if "Join Us (nieuw)" in one), None)

        await until(new)


async def test_nothing_is_fetched_from_anybody_else(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await bot.does(SAM, "start")
        await bot.sees(SAM, "Join Us")

        await bot.does(SAM, "media", kind="document", file_name="stranger.yaml", content="eA==")
        await bot.does(SAM, "send", text="/hulp")
        await bot.sees(SAM, "113")

        assert (await bot.control("GET", "calls?method=getFile"))["calls"] == []


async def test_nobody_waits_while_a_document_is_fetched(tmp_path: Path) -> None:
    async with companion(tmp_path) as bot:
        await begins(bot)
        await bot.control("POST", "faults", [{"method": "getFile", "kind": "hang", "times": 2}])
        await bot.does(ADMIN, "media", kind="document", file_name="stranger.yaml", content="eA==")

        async def hangs() -> bool | None:
            return any(one["used"] for one in (await bot.control("GET", "state"))["faults"]) or None

        await until(hangs)
        await bot.does(SAM, "send", text="/hulp")
        await bot.sees(SAM, "113")

        assert not [one for one in await bot.messages(ADMIN) if "niet ophalen" in one]


async def test_a_checker_that_breaks_is_told_to_who_sent_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with companion(tmp_path) as bot:
        await begins(bot)
        (tmp_path / "broken").mkdir()
        (tmp_path / "broken" / "sitecustomize.py").write_text("raise SystemExit('no memory left')")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path / "broken"))
        text = base64.b64encode(b"dialog: stranger\n").decode()

        await bot.does(ADMIN, "media", kind="document", file_name="stranger.nl.yaml", content=text)

        await bot.sees(ADMIN, "niet nakijken")

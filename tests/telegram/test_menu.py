"""The menu and the introduction, for everybody and for one professional."""

from __future__ import annotations

from typing import Any

from telegram import Bot

from bot.telegram.menu import Entry, Introduction, Menu, clear_menu, introduce, set_menu
from tests.telegram.conftest import SAM, VERA, Sandbox

DUTCH = Menu("", (Entry("hulp", "Meteen hulp"), Entry("pauze", "Even niets")))
ENGLISH = Menu("en", (Entry("hulp", "Help right now"), Entry("pauze", "Nothing for a while")))
STAFF = Menu("", (Entry("groep", "Mijn groep"),))


async def shown(sandbox: Sandbox, account: int) -> list[str]:
    commands: list[dict[str, Any]] = (await sandbox.phone(account))["commands"]
    return [command["description"] for command in commands]


async def test_each_language_has_its_menu_and_dutch_is_for_everybody_else(sandbox: Sandbox, sandbox_bot: Bot):
    await set_menu(sandbox_bot, [DUTCH, ENGLISH])
    assert await shown(sandbox, SAM) == ["Meteen hulp", "Even niets"]
    await sandbox.post(f"phones/{SAM}/language", language="en")
    assert await shown(sandbox, SAM) == ["Help right now", "Nothing for a while"]
    await sandbox.post(f"phones/{SAM}/language", language="fr")
    assert await shown(sandbox, SAM) == ["Meteen hulp", "Even niets"]


async def test_a_professional_has_a_menu_of_their_own_until_they_leave(sandbox: Sandbox, sandbox_bot: Bot):
    await sandbox.post(f"phones/{VERA}/start")
    await set_menu(sandbox_bot, [DUTCH])
    await set_menu(sandbox_bot, [STAFF], chat=VERA)
    assert await shown(sandbox, VERA) == ["Mijn groep"]
    assert await shown(sandbox, SAM) == ["Meteen hulp", "Even niets"]
    await clear_menu(sandbox_bot, ["", "en"], VERA)
    assert await shown(sandbox, VERA) == ["Meteen hulp", "Even niets"]


async def test_a_restart_changes_nothing_and_so_sets_nothing(sandbox: Sandbox, sandbox_bot: Bot):
    texts = [
        Introduction("", "Voor jongeren.", "Join Us"),
        Introduction("en", "For young people.", "Join Us"),
    ]
    for _ in range(2):
        await set_menu(sandbox_bot, [DUTCH, ENGLISH])
        await introduce(sandbox_bot, texts)
    assert len(await sandbox.calls("setMyCommands")) == 2
    assert len(await sandbox.calls("setMyDescription")) == 2
    english = await sandbox_bot.get_my_description("en")
    assert english.description == "For young people."

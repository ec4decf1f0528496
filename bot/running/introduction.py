"""What the bot says of itself in Telegram: descriptions with 112 and 113, and the commands of each role."""

from __future__ import annotations

import asyncio
import logging

from bot.running import role_menus
from bot.running.role_menus import menus, said
from bot.running.services import Services
from bot.telegram.menu import Introduction, introduce, set_menu

AGAIN = 60.0
YOUTH = (
    ("hulp", "command_hulp"),
    ("menu", "command_menu"),
    ("straks", "command_straks"),
    ("agenda", "command_agenda"),
    ("pauze", "command_pauze"),
    ("instellingen", "command_instellingen"),
    ("terugkijken", "command_terugkijken"),
    ("privacy", "command_privacy"),
    ("mijngegevens", "command_mijngegevens"),
    ("wiekeek", "command_wiekeek"),
    ("verwijder", "command_verwijder"),
    ("stop", "command_stop"),
    ("telefoon", "command_telefoon"),
    ("taal", "command_taal"),
)
logger = logging.getLogger(__name__)


async def introduce_bot(services: Services) -> None:
    """Set descriptions and commands, and the commands of each role; best effort, repeated."""
    introduced = False
    while not services.stop.is_set():
        try:
            if not introduced:
                await introduce(services.bot, _introductions(services))
                await set_menu(services.bot, menus(services, YOUTH))
                introduced = True
            await role_menus.renew(services)
        except Exception as error:  # noqa: BLE001  # how the bot introduces itself may never stop it from helping
            logger.warning("the menu could not be set: %s", type(error).__name__)
        try:
            await asyncio.wait_for(services.stop.wait(), AGAIN)
        except TimeoutError:
            continue


def _introductions(services: Services) -> list[Introduction]:
    languages = [("", services.world.settings.language)]
    languages += [(language, language) for language in services.world.library.languages]
    return [
        Introduction(
            shown,
            said(services, "bot_description", language),
            said(services, "bot_short_description", language),
        )
        for shown, language in languages
    ]

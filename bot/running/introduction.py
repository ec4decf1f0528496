"""What the bot says of itself in Telegram: descriptions with 112 and 113, and the commands of each role."""

from __future__ import annotations

import asyncio
import logging

from bot.reader import read
from bot.running.services import Services
from bot.storage import chats
from bot.telegram.menu import Entry, Introduction, Menu, introduce, set_menu
from dialogs.text import plain

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
PROFESSIONAL = (
    ("menu", "command_menu_staff"),
    ("uitnodigen", "command_uitnodigen"),
    ("jongeren", "command_jongeren"),
    ("overzicht", "command_overzicht"),
    ("bijeenkomst", "command_bijeenkomst"),
    ("hulp", "command_hulp_staff"),
    ("privacy", "command_privacy"),
    ("taal", "command_taal"),
)
logger = logging.getLogger(__name__)


async def introduce_bot(services: Services) -> None:
    """Set descriptions and commands, and the commands of each professional who begins; best effort, repeated."""
    said = False
    known: set[int] = set()
    while not services.stop.is_set():
        try:
            if not said:
                await introduce(services.bot, _introductions(services))
                await set_menu(services.bot, menus(services, YOUTH))
                said = True
            for chat in await read(services.reader, lambda conn: chats.addresses_of(conn, "professional")):
                if chat not in known:
                    await set_menu(services.bot, menus(services, PROFESSIONAL), chat)
                    known.add(chat)
        except Exception as error:  # noqa: BLE001  # how the bot introduces itself may never stop it from helping
            logger.warning("the menu could not be set: %s", type(error).__name__)
        try:
            await asyncio.wait_for(services.stop.wait(), AGAIN)
        except TimeoutError:
            continue


def menus(services: Services, entries: tuple[tuple[str, str], ...]) -> list[Menu]:
    """The commands in the main language for everybody, and in each language for who reads it."""
    languages = [("", services.world.settings.language)]
    languages += [(language, language) for language in services.world.library.languages]
    return [
        Menu(shown, tuple(Entry(name, _said(services, phrase, language)) for name, phrase in entries))
        for shown, language in languages
    ]


def _introductions(services: Services) -> list[Introduction]:
    languages = [("", services.world.settings.language)]
    languages += [(language, language) for language in services.world.library.languages]
    return [
        Introduction(
            shown,
            _said(services, "bot_description", language),
            _said(services, "bot_short_description", language),
        )
        for shown, language in languages
    ]


def _said(services: Services, phrase: str, language: str) -> str:
    return plain(services.world.library.phrase(phrase, language)({"band": "under18"}))

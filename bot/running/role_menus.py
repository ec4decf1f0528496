"""The commands that stand in the menu of each role, in each language; renewed when a role or a text changes."""

from __future__ import annotations

import hashlib
import json
import logging

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.reader import read
from bot.running.services import Services
from bot.storage import chats, meta
from bot.telegram.menu import Entry, Menu, clear_menu, set_menu
from dialogs.text import plain

KEPT = "role_menus"
"""Which account got which menu: after a restart who left meanwhile gets the menu of everybody again."""

_ALL = (("menu", "command_menu_role"), ("privacy", "command_privacy"), ("taal", "command_taal"))
_HELP = ("hulp", "command_hulp_staff")
OF_ROLE: dict[str, tuple[tuple[str, str], ...]] = {
    "professional": (
        ("menu", "command_menu_staff"),
        ("overzicht", "command_overzicht"),
        ("jongeren", "command_jongeren"),
        ("uitnodigen", "command_uitnodigen"),
        ("bijeenkomst", "command_bijeenkomst"),
        ("afwezig", "command_afwezig"),
        ("oefenen", "command_oefenen"),
        ("rondleiding", "command_rondleiding"),
        _HELP,
        *_ALL[1:],
    ),
    "coordinator": (
        _ALL[0],
        ("overzicht", "command_overzicht"),
        ("alarmen", "command_alarmen"),
        ("groepen", "command_groepen"),
        ("rooster", "command_rooster"),
        ("afwezig", "command_afwezig"),
        _HELP,
        *_ALL[1:],
    ),
    "confidant": (_ALL[0], ("meelezen", "command_meelezen"), _HELP, *_ALL[1:]),
    "dpo": _ALL,
    "admin": (_ALL[0], ("teksten", "command_teksten"), *_ALL[1:]),
}
logger = logging.getLogger(__name__)


def menus(services: Services, entries: tuple[tuple[str, str], ...]) -> list[Menu]:
    """The commands in the main language for everybody, and in each language for who reads it."""
    languages = [("", services.world.settings.language)]
    languages += [(language, language) for language in services.world.library.languages]
    return [
        Menu(shown, tuple(Entry(name, said(services, phrase, language)) for name, phrase in entries))
        for shown, language in languages
    ]


def said(services: Services, phrase: str, language: str) -> str:
    """A phrase of ours, without a person to say it to."""
    return plain(services.world.library.phrase(phrase, language)({"band": "under18"}))


def mark(role: str, wanted: list[Menu]) -> str:
    """What changes when a role or one of its texts does."""
    text = json.dumps([[menu.language, *[[one.name, one.does] for one in menu.entries]] for menu in wanted])
    return f"{role}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


async def renew(services: Services) -> int:
    """Give every staff chat the menu of its role, and who is no staff any more that of everybody; how many changed.

    A chat that refuses stops nobody else; what Telegram could not do now is tried again at the next look.
    """
    staff = await read(services.reader, chats.staff_accounts)
    kept: str | None = await read(services.reader, lambda conn: meta.get(conn, KEPT))
    before: dict[str, str] = json.loads(kept or "{}")
    now = dict(before)
    wanted = {role: menus(services, entries) for role, entries in OF_ROLE.items()}
    marks = {role: mark(role, found) for role, found in wanted.items()}
    for account_id, role in staff.items():
        if role not in wanted or before.get(str(account_id)) == marks[role]:
            continue
        if await _does(services, account_id, wanted[role]):
            now[str(account_id)] = marks[role]
    for known in before:
        if int(known) not in staff and await _does(services, int(known), None):
            del now[known]
    if now != before:
        text = json.dumps(now, sort_keys=True)
        await services.writer.run(lambda conn: meta.put(conn, KEPT, text))
    return sum(before.get(key) != now.get(key) for key in before.keys() | now.keys())


async def _does(services: Services, account_id: int, wanted: list[Menu] | None) -> bool:
    chat = await read(services.reader, lambda conn: chats.address_of(conn, account_id))
    if chat is None:
        return True
    try:
        if wanted is None:
            await clear_menu(services.bot, ["", *services.world.library.languages], chat)
        else:
            await set_menu(services.bot, wanted, chat)
    except (BadRequest, Forbidden) as error:
        logger.warning("a chat takes no menu: %s", type(error).__name__)
    except TelegramError as error:
        logger.warning("a menu waits: %s", type(error).__name__)
        return False
    return True

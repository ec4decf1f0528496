"""What stands in the menu beside the text field, and on the page that introduces the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllPrivateChats, BotCommandScopeChat


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: a name of a-z, 0-9, _ (1-32) and what it does (1-256 characters)."""

    name: str
    does: str


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands in one language; *language* is empty for everybody whose language has none of its own."""

    language: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Introduction:
    """*description* (at most 512) stands in an empty chat, *short* (at most 120) on the profile."""

    language: str
    description: str
    short: str


async def set_menu(bot: Bot, menus: Sequence[Menu], chat: int | None = None) -> None:
    """Set *menus* for everybody in a private chat, or for *chat* only. Raises TelegramError.

    A call is made only for what differs: Telegram limits these calls strictly, and a restart changes nothing.
    """
    scope: BotCommandScope = (
        BotCommandScopeAllPrivateChats() if chat is None else BotCommandScopeChat(chat_id=chat)
    )
    for menu in menus:
        wanted = tuple(BotCommand(entry.name, entry.does) for entry in menu.entries)
        if await bot.get_my_commands(scope, menu.language or None) != wanted:
            await bot.set_my_commands(wanted, scope, menu.language or None)


async def clear_menu(bot: Bot, languages: Sequence[str], chat: int) -> None:
    """Give *chat* the menu of everybody again: somebody left the staff. Raises TelegramError."""
    for language in languages:
        await bot.delete_my_commands(BotCommandScopeChat(chat_id=chat), language or None)


async def introduce(bot: Bot, introductions: Sequence[Introduction]) -> None:
    """Set what the bot says about itself, where it differs. Raises TelegramError."""
    for text in introductions:
        language = text.language or None
        if (await bot.get_my_description(language)).description != text.description:
            await bot.set_my_description(text.description, language)
        if (await bot.get_my_short_description(language)).short_description != text.short:
            await bot.set_my_short_description(text.short, language)

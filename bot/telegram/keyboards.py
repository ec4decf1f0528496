"""The only maker of keyboards."""

from __future__ import annotations

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.buttons import LONGEST
from bot.message import Button, Message
from bot.telegram.defuse import cleaned

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
_LONGEST_PLACEHOLDER = 64


def below(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons under *message*; None without any. ValueError for a button that Telegram would refuse."""
    rows = [[_inline(button) for button in row] for row in message.rows if row]
    return InlineKeyboardMarkup(rows) if rows else None


def markup(message: Message) -> Markup | None:
    """What goes with a new message: its buttons, or the lasting keyboard of a role.

    Telegram takes one of them a message: ValueError when *message* has buttons and also asks for a keyboard.
    """
    buttons = below(message)
    if message.keyboard is None:
        return buttons
    if buttons is not None:
        raise ValueError("a message has buttons or a lasting keyboard, not both")
    if message.keyboard == "remove":
        return ReplyKeyboardRemove()
    rows = [[_label(label) for label in row] for row in message.keyboard_rows if row]
    if not rows:
        raise ValueError("a lasting keyboard needs labels")
    return ReplyKeyboardMarkup(
        rows, resize_keyboard=True, is_persistent=True, input_field_placeholder=_placeholder(message) or None
    )


def _inline(button: Button) -> InlineKeyboardButton:
    if bool(button.data) == bool(button.url):
        raise ValueError("a button has either data or an address")
    if len(button.data.encode()) > LONGEST:
        raise ValueError("the data of a button is longer than 64 bytes")
    if button.url:
        return InlineKeyboardButton(_label(button.label), url=button.url)
    return InlineKeyboardButton(_label(button.label), callback_data=button.data)


def _label(label: str) -> str:
    shown = cleaned(label).strip()
    if not shown:
        raise ValueError("a button needs a label")
    return shown


def _placeholder(message: Message) -> str:
    shown = cleaned(message.placeholder)
    while len(shown.encode("utf-16-le")) > 2 * _LONGEST_PLACEHOLDER:
        shown = shown[:-1]
    return shown

"""One message, one call."""

from __future__ import annotations

import logging
from collections.abc import Coroutine
from typing import Any

import telegram
from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions, MessageEntity
from telegram.error import TelegramError

from bot.message import Message
from bot.telegram.defuse import utf16
from bot.telegram.entities import entities
from bot.telegram.keyboards import below, markup
from bot.telegram.outcomes import Accepted, Ambiguous, Outcome, Unchanged, outcome

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_ALREADY_DELETED = "message to delete not found"
"""What Telegram says when a deletion is repeated, or when the person was first: it is gone, as it should be."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_Call = Coroutine[Any, Any, telegram.Message | bool]
logger = logging.getLogger(__name__)


async def deliver(
    bot: telegram.Bot, chat: int, message: Message, target: int | None, *, plain: bool = False
) -> Outcome:
    """Do in *chat* what *message* asks, with one call, and say what came of it.

    *target* is the Telegram number of the earlier message to edit, unbutton, delete or pin. *plain* leaves out all
    formatting: the second try after ``Refused``. Never raises for what a server does; ValueError before any call when
    *message* can never be sent: nothing in it, longer than 4096 (or 1024 under a picture or file) UTF-16 units, no
    target, or an impossible keyboard.
    """
    call = (
        _sending(bot, chat, message, plain)
        if message.do == "send"
        else _changing(bot, chat, message, target, plain)
    )
    try:
        done = await call
    except TelegramError as error:
        if message.do == "delete" and _ALREADY_DELETED in str(error).lower():
            return Unchanged()
        return outcome(error)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # Telegram accepted, and its answer is one that the library cannot read.
        logger.warning("unreadable answer to %s: %s", message.do, type(error).__name__)
        return Ambiguous()
    return Accepted(done.message_id if isinstance(done, telegram.Message) else None)


async def acknowledge(bot: telegram.Bot, query: str, text: str = "") -> bool:
    """End the spinner on a tapped button, perhaps with a few words; best effort: False when it failed."""
    try:
        await bot.answer_callback_query(query, text=text[:200] or None)
    except TelegramError:
        return False
    return True


async def leave(bot: telegram.Bot, chat: int) -> bool:
    """Leave a group or channel; best effort: False when it failed."""
    try:
        await bot.leave_chat(chat)
    except TelegramError:
        return False
    return True


def _changing(bot: telegram.Bot, chat: int, message: Message, target: int | None, plain: bool) -> _Call:
    if target is None:
        raise ValueError(f"{message.do} needs the message it is about")
    match message.do:
        case "delete":
            return bot.delete_message(chat, target)
        case "pin":
            return bot.pin_chat_message(chat, target, disable_notification=message.silent)
        case "unbutton" if not any(span.text for span in message.text):
            return bot.edit_message_reply_markup(chat_id=chat, message_id=target)
        case "unbutton":
            return _editing(bot, chat, message, target, plain, None)
        case _:
            return _editing(bot, chat, message, target, plain, below(message))


def _sending(bot: telegram.Bot, chat: int, message: Message, plain: bool) -> _Call:
    text, marks = _text(message, plain)
    keyboard = markup(message)
    if message.document is not None:
        return bot.send_document(
            chat,
            InputFile(message.document.content, filename=message.document.name),
            caption=text,
            caption_entities=marks,
            reply_markup=keyboard,
            protect_content=message.protect,
            disable_notification=message.silent,
        )
    if message.picture is None:
        return bot.send_message(
            chat,
            text,
            entities=marks,
            reply_markup=keyboard,
            link_preview_options=_NO_PREVIEW,
            protect_content=message.protect,
            disable_notification=message.silent,
        )
    return bot.send_photo(
        chat,
        message.picture.png,
        caption=text,
        caption_entities=marks,
        filename="picture.png",
        reply_markup=keyboard,
        protect_content=message.protect,
        disable_notification=message.silent,
    )


def _editing(
    bot: telegram.Bot,
    chat: int,
    message: Message,
    target: int,
    plain: bool,
    keyboard: InlineKeyboardMarkup | None,
) -> _Call:
    if message.keyboard is not None:
        raise ValueError("a lasting keyboard comes with a new message only")
    text, marks = _text(message, plain)
    if not _captioned(message):
        return bot.edit_message_text(
            text,
            chat_id=chat,
            message_id=target,
            entities=marks,
            reply_markup=keyboard,
            link_preview_options=_NO_PREVIEW,
        )
    return bot.edit_message_caption(
        chat_id=chat, message_id=target, caption=text, caption_entities=marks, reply_markup=keyboard
    )


def _text(message: Message, plain: bool) -> tuple[str, list[MessageEntity] | None]:
    text, marks = entities(message.text)
    longest = LONGEST_CAPTION if _captioned(message) else LONGEST_TEXT
    if not text.strip() and not _captioned(message):
        raise ValueError("a message without text")
    if utf16(text) > longest:
        raise ValueError(f"longer than {longest} UTF-16 units; split it first")
    return text, None if plain else marks or None


def _captioned(message: Message) -> bool:
    """Whether the text stands under a picture or a file."""
    return message.picture is not None or message.document is not None

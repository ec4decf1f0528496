"""A file that somebody sent: asked for by its id, then fetched."""

from __future__ import annotations

import telegram
from telegram.error import TelegramError

from bot.incoming import Attachment


async def fetch(bot: telegram.Bot, file: Attachment, most: int) -> bytes | None:
    """The content of *file*; none when it is not to be had or holds more than *most* bytes.

    Telegram keeps a file for a bot for at least an hour (Bot API: getFile).
    """
    if file.size is None or file.size > most:
        return None
    try:
        found = await bot.get_file(file.id)
        if found.file_size is not None and found.file_size > most:
            return None
        content = bytes(await found.download_as_bytearray())
    except (TelegramError, RuntimeError):
        # RuntimeError: the answer named no place.
        return None
    return content if len(content) <= most else None

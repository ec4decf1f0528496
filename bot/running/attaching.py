"""A document that somebody who edits texts sent: fetched and looked at before their turn begins."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy import Connection

from bot.content.source import MAX_BYTES
from bot.conversation import editing
from bot.incoming import Incoming, Unreadable
from bot.running.services import CHANNEL, Services
from bot.telegram.files import fetch

logger = logging.getLogger(__name__)


async def is_wanted(services: Services, incoming: Incoming) -> bool:
    """Whether *incoming* holds a document that is to be fetched: only of who edits texts."""
    what, now = incoming.what, services.clock.now()
    if not isinstance(what, Unreadable) or what.file is None:
        return False
    return await services.writer.run(
        lambda conn: editing.wanted(conn, services.world, CHANNEL, incoming, now)
    )


async def looked(services: Services, incoming: Incoming) -> editing.Looked | None:
    """What is in the document of *incoming*; none when there is none."""
    what, now = incoming.what, services.clock.now()
    if not isinstance(what, Unreadable) or what.file is None:
        return None
    content = await fetch(services.bot, what.file, MAX_BYTES)

    def order(conn: Connection) -> editing.Order | editing.Looked:
        return editing.order(conn, services.world, CHANNEL, incoming, content, now)

    ordered = await services.writer.run(order)
    try:
        return await asyncio.to_thread(editing.examine, ordered)
    except Exception as error:  # noqa: BLE001  # whatever a text does to the checker, its author gets an answer
        logger.error("checking a document failed: %s", type(error).__name__)  # noqa: TRY400  # it may quote words
        services.alarms("content_failed")
        return editing.Looked("content_not_checked")

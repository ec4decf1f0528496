"""A document that somebody who edits texts sent: fetched and looked at before their turn begins."""

from __future__ import annotations

import asyncio

from sqlalchemy import Connection

from bot.content.source import MAX_BYTES
from bot.conversation import editing
from bot.incoming import Incoming, Unreadable
from bot.running.services import CHANNEL, Services
from bot.telegram.files import fetch


async def looked(services: Services, incoming: Incoming) -> editing.Looked | None:
    """What is in the document of *incoming*; none when there is none, or when nothing is fetched from this person."""
    what, now = incoming.what, services.clock.now()
    if not isinstance(what, Unreadable) or what.file is None:
        return None
    if not await services.writer.run(
        lambda conn: editing.wanted(conn, services.world, CHANNEL, incoming, now)
    ):
        return None
    content = await fetch(services.bot, what.file, MAX_BYTES)

    def order(conn: Connection) -> editing.Order | editing.Looked:
        return editing.order(conn, services.world, CHANNEL, incoming, content, now)

    return await asyncio.to_thread(editing.examine, await services.writer.run(order))

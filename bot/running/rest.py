"""Is there anything left to do at a moment, and when is there next?"""

from __future__ import annotations

from datetime import datetime

from bot.reader import read
from bot.running.services import Services
from bot.storage.rest import Rest, rest_at


async def at_rest(services: Services, moment: datetime) -> Rest:
    """Look at inbox, outbox and due moments as they are now."""
    if services.writer.waiting:
        return Rest(idle=False, due=False, next_moment=None)
    return await read(services.reader, lambda conn: rest_at(conn, moment))

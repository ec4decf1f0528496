"""What the running parts share. Made once, in the composition root."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import Bot

from bot.clock import Clock
from bot.conversation.world import World
from bot.running.alarms import Alarms
from bot.running.figures import Figures
from bot.telegram.request import Request
from bot.vault import Vault
from bot.writer import Writer

CHANNEL = "telegram"
"""The name of the channel in the database."""


@dataclass(slots=True)
class Services:
    """*came* is set when something was stored to work on, *leaves* when something was put into the outbox.

    *copies*: the SQLite file beside which the companion leaves copies; none on PostgreSQL.
    """

    clock: Clock
    writer: Writer
    reader: AsyncEngine
    vault: Vault
    world: World
    bot: Bot
    request: Request
    alarms: Alarms
    figures: Figures
    worker_name: str
    steady: Callable[[], float]
    copies: Path | None = None
    came: asyncio.Event = field(default_factory=asyncio.Event)
    leaves: asyncio.Event = field(default_factory=asyncio.Event)
    stop: asyncio.Event = field(default_factory=asyncio.Event)


async def nudged(event: asyncio.Event, seconds: float) -> None:
    """Wait until *event* is set, at most *seconds*; then clear it."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
    event.clear()

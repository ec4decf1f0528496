"""Storing what came in, before Telegram is told that it arrived; and answering for help when storing fails."""

from __future__ import annotations

import json
from typing import Any

from bot.conversation import keyboard
from bot.incoming import Command, Incoming, OtherChat, Started, Tapped, Typed
from bot.message import Button, Message
from bot.running.services import CHANNEL, Services
from bot.storage import inbox
from bot.telegram.inbound import Received, read, received
from bot.telegram.outbound import acknowledge, deliver
from bot.telegram.outcomes import Accepted

Raw = dict[str, Any]
_HELP = ("hulp", "help", "start")


class Receiving:
    """Commits raw updates; parsing comes later, one by one."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def store(self, updates: list[Raw]) -> None:
        """Commit a batch, or raise."""
        services = self._services
        now = services.clock.now()
        rows = [_row(services, raw) for raw in updates]
        await services.writer.run(lambda conn: inbox.receive(conn, CHANNEL, rows, now))
        services.came.set()

    async def quarantine(self, text: str) -> None:
        """Keep a text that is no update, for the operator to look at."""
        now = self._services.clock.now()
        number = -int(now.timestamp() * 1_000_000)
        rows = [(number, None, json.dumps({"unreadable": text}))]
        await self._services.writer.run(lambda conn: inbox.receive(conn, CHANNEL, rows, now))
        self._services.came.set()

    async def answer(self, raw: Raw) -> None:
        """From memory, while nothing can be stored: help to who asks for it, "even niet" to others."""
        incoming = read(raw)
        if not isinstance(incoming, Incoming) or isinstance(incoming.what, OtherChat):
            return
        if isinstance(incoming.what, Tapped):
            await acknowledge(self._services.bot, incoming.what.query)
        if asks_for_help(self._services, incoming):
            await help_from_memory(self._services, incoming)
        else:
            await from_memory(self._services, incoming, "even_not")


class NotAnswered(Exception):
    """An answer from memory did not arrive; it is tried again when the update comes back."""


async def help_from_memory(services: Services, incoming: Incoming) -> None:
    """112 and 113, from no table and no file."""
    await from_memory(services, incoming, "help_from_memory")


async def from_memory(services: Services, incoming: Incoming, key: str) -> None:
    """A phrase with the help button, beside the outbox. Raises ``NotAnswered``."""
    language = incoming.sender.language
    if language not in services.world.library.languages:
        language = services.world.settings.language
    text = services.world.library.phrase(key, language)({"band": "under18"})
    label = services.world.library.phrase("help_button", language)({"band": "under18"})
    button = Button("".join(span.text for span in label), "g.help")
    outcome = await deliver(services.bot, incoming.sender.chat, Message(text, rows=((button,),)), None)
    if not isinstance(outcome, Accepted):
        raise NotAnswered


def asks_for_help(services: Services, incoming: Incoming) -> bool:
    """Whether somebody asks for help, by command, button or the words on the lasting keyboard."""
    match incoming.what:
        case Command(name=name):
            return name in _HELP
        case Started():
            return True
        case Tapped(data=data):
            return data == "g.help"
        case Typed(text=text):
            return keyboard.is_help(services.world, str(text))
        case _:
            return False


def _row(services: Services, raw: Raw) -> tuple[int, bytes | None, str]:
    seen = received(raw)
    number = seen.update_id if isinstance(seen, Received) else int(raw["update_id"])
    account = seen.account if isinstance(seen, Received) else None
    lookup = services.vault.lookup(f"account:{CHANNEL}", str(account)) if account is not None else None
    # ASCII: half a character pair, which a client may send, cannot be stored in any other way.
    return number, lookup, json.dumps(raw)

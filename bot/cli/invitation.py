"""One invitation: a payload that is shown once and stored nowhere, as a link and as JSON."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from bot.cli.server import Server


@dataclass(frozen=True, slots=True)
class Invitation:
    """*bot_name* is empty when nobody knows it yet; the payload works all the same."""

    payload: str = field(repr=False)
    bot_name: str
    expires: datetime

    @property
    def link(self) -> str | None:
        """What to open, or none while the name of the bot is unknown."""
        return f"https://t.me/{self.bot_name}?start={self.payload}" if self.bot_name else None

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {"payload": self.payload, "link": self.link, "expires": self.expires.isoformat()}

    def lines(self, zone: ZoneInfo) -> list[str]:
        """For people."""
        until = f"It works once, until {self.expires.astimezone(zone):%A %d %B %Y, %H:%M}."
        if self.link:
            return [f"  {self.link}", f"  {until}"]
        return [
            f"  {self.payload}",
            f"  {until} The name of the bot is not known yet: put it and this payload in "
            "https://t.me/NAME?start=PAYLOAD",
        ]


def invite(conn: Connection, person_id: int, role: str, bot_name: str, now: datetime) -> Invitation:
    """A new invitation for a person, in the open transaction; an unused older one stops working."""
    from bot.buttons import TOKEN_BYTES, token_from
    from bot.conversation.world import INVITATION_VALID
    from bot.storage import audit, invitations

    payload = token_from(os.urandom(TOKEN_BYTES))
    expires = now + INVITATION_VALID
    number = invitations.add(conn, payload, person_id, None, now, expires)
    subject = person_id if role == "youth" else None
    audit.add(conn, audit.Entry(None, "operator", "invite", "invitation", number, subject, "done"), now)
    return Invitation(payload, bot_name, expires)


def known_name(server: Server, engine: Engine) -> str:
    """The name of the bot: what the server says now, else what it said last time."""
    from bot.storage import meta
    from bot.storage.database import transaction

    if server.name:
        return server.name
    with transaction(engine, read_only=True) as conn:
        return meta.get(conn, "bot_name") or ""


def waiting_admin(conn: Connection) -> int | None:
    """The first admin who has not begun: person id."""
    from sqlalchemy import select

    from bot.storage.schema_people import person

    query = select(person.c.id).where(person.c.role == "admin", person.c.state == "invited")
    return conn.execute(query.order_by(person.c.id)).scalars().first()

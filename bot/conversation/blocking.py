"""Somebody blocked the bot: nothing goes there any more, and the professional knows, neutrally."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.conversation import relay, starting, successor
from bot.conversation.turn import Alarm, Turn
from bot.conversation.world import World
from bot.storage import outbox, people


def found_blocked(conn: Connection, world: World, account_id: int, now: datetime) -> tuple[Alarm, ...]:
    """Note that messages to this account are refused; its waiting rows are cancelled. Alarms come back."""
    turn = Turn(conn, world, now)
    known = people.account_state(conn, account_id) == "blocked"
    outbox.blocked(conn, account_id, now)
    owner = people.owner_of(conn, account_id)
    if not known and owner is not None and owner.role == "youth" and owner.state == "active":
        relay.notify_staff(turn, owner, "blocked")
    elif not known and owner is not None and owner.role != "youth" and owner.state == "active":
        successor.pass_on(turn, owner)
    starting.begin_all(turn)
    return tuple(turn.alarms)

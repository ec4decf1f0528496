"""A talk that was planned answers a wish to talk: the wish stays open, and does not age while the talk stands.

The youngster was sent name, day and hour. Declined, called off or never sent, the wish ages as if nobody planned.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation import relay
from bot.conversation.turn import Turn
from bot.storage import appointments, due, items
from bot.storage.appointments import Appointment
from bot.storage.due import Due
from bot.storage.items import Item

WISHED = "talk_wished"
"""The due moment of a talk that answers a wish."""

LONG = timedelta(days=60)
"""Longer than any talk is planned ahead."""


def waiting(turn: Turn, reader_id: int, youth_id: int) -> Item | None:
    """The wish of a youngster to talk that waits for this reader."""
    found = items.waiting_for(turn.conn, reader_id)
    return next(
        (one for one in found if one.youth_id == youth_id and one.kind == "talk" and one.reply_id is None),
        None,
    )


def answered_by(turn: Turn, one: Item) -> Appointment | None:
    """The talk that answers this wish: planned after it by who has it, sent to the youngster, and still to happen."""
    if one.kind != "talk" or one.reply_id is not None or one.recipient_id is None:
        return None
    planned = appointments.to_come(turn.conn, one.youth_id, one.recipient_id, turn.now)
    if planned is None or planned.at < (one.sent_at or one.created_at) or not was_sent(turn, planned):
        return None
    return planned


def waits_until(turn: Turn, one: Item, after: timedelta = relay.AGES_AFTER) -> datetime | None:
    """Until when a wish waits for the talk that answers it; none when it does not.

    Agreed, until *after* the talk; not answered yet, as long from the proposal as any wish has.
    """
    planned = answered_by(turn, one)
    if planned is None:
        return None
    begins = planned.starts_at if planned.state == "agreed" else planned.at
    later = relay.ageing_moment(turn, after, begins)
    return later if later > turn.now else None


def put_off(turn: Turn, one: Item, moment: Due, after: timedelta) -> bool:
    """Let a moment of a wish wait for the talk that answers it; false when it does not."""
    later = waits_until(turn, one, after)
    if later is None:
        return False
    return due.replan(turn.conn, moment.person_id, moment.kind, moment.occurrence, later, None)


def was_sent(turn: Turn, planned: Appointment) -> bool:
    """Whether the youngster was sent this talk as the answer to a wish."""
    return due.was_sent(turn.conn, planned.youth_id, WISHED, str(planned.id), turn.now - LONG)


def open_again(turn: Turn, planned: Appointment) -> None:
    """The talk does not happen: the wish it answered ages as if it came just now."""
    one = waiting(turn, planned.by_id, planned.youth_id)
    if one is not None and was_sent(turn, planned):
        relay.age_anew(turn, one)

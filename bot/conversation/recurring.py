"""What comes back by itself for a youngster: how it goes after each evening, and what this computer cannot do."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.conversation import quieting
from bot.conversation.turn import Turn
from bot.schedule.local import to_utc
from bot.schedule.quiet import moved
from bot.storage import due, meetings
from bot.storage.people import Person

ASKED_AT = time(16)
"""On the day after an evening: after school and work, before the night."""

ASKED_UNTIL = timedelta(days=6)
LOOK_BACK = timedelta(days=2)
LIMITS_AGAIN = timedelta(days=90)
"""How long the acknowledgement holds that nobody reads day and night (care research 3.3)."""


def plan(turn: Turn, youth: Person, ahead: timedelta) -> None:
    """Plan the two-weekly check-ins and the reminder of limits of the coming time. Twice changes nothing."""
    _plan_two_weekly(turn, youth, ahead)
    _plan_limits(turn, youth, ahead)


def _plan_two_weekly(turn: Turn, youth: Person, ahead: timedelta) -> None:
    if youth.group_id is None:
        return
    settings = turn.world.settings
    for evening in meetings.between(turn.conn, youth.group_id, turn.now - LOOK_BACK, turn.now + ahead):
        day = date.fromisoformat(evening.local_date) + timedelta(days=1)
        asked = to_utc(day, ASKED_AT, settings.zone)
        moment = quieting.free_moment(turn, youth, "two_weekly", asked)
        if moment > turn.now:
            about = {"meeting": evening.id}
            until = moment + ASKED_UNTIL
            due.plan(turn.conn, youth.id, "two_weekly", evening.local_date, moment, until, about, turn.now)


def _plan_limits(turn: Turn, youth: Person, ahead: timedelta) -> None:
    if youth.acknowledged_at is None:
        return
    settings = turn.world.settings
    said = youth.acknowledged_at
    moment = moved(said + LIMITS_AGAIN, "asks", turn.band(youth), settings.quiet, settings.zone)
    if moment <= turn.now + ahead:
        due.plan(turn.conn, youth.id, "limits_again", said.date().isoformat(), moment, None, {}, turn.now)

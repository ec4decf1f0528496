"""What comes back by itself for a youngster: how it goes after each evening, and what this computer cannot do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import news_of_evening, quieting
from bot.conversation.turn import Turn
from bot.schedule.evenings import evenings
from bot.schedule.local import to_utc
from bot.schedule.quiet import moved
from bot.storage import due
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
    zone = turn.world.settings.zone
    calendar = news_of_evening.calendar_of(turn, youth.group_id)
    # By the calendar, also for an evening that does not go on, in a holiday or a stop: it holds the question about
    # danger.
    for evening in evenings(calendar, turn.today - LOOK_BACK, turn.today + ahead, zone):
        asked = asked_at(evening.on, zone)
        moment = quieting.free_moment(turn, youth, "two_weekly", asked)
        if moment > turn.now:
            about = {"day": evening.on.toordinal()}
            valid = moment + ASKED_UNTIL
            name = evening.day.isoformat()
            due.plan(turn.conn, youth.id, "two_weekly", name, moment, valid, about, turn.now)


def asked_at(day: date, zone: ZoneInfo) -> datetime:
    """When it is asked how it goes, with an evening on that local day, if they chose no moments of their own."""
    return to_utc(day + timedelta(days=1), ASKED_AT, zone)


def _plan_limits(turn: Turn, youth: Person, ahead: timedelta) -> None:
    if youth.acknowledged_at is None:
        return
    settings = turn.world.settings
    said = youth.acknowledged_at
    moment = moved(said + LIMITS_AGAIN, "asks", turn.band(youth), settings.quiet, settings.zone)
    if moment <= turn.now + ahead:
        due.plan(turn.conn, youth.id, "limits_again", said.date().isoformat(), moment, None, {}, turn.now)

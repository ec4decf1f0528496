"""The positive log on chosen days: opt-in, in the evening before the quiet hours, and it counts as unasked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time, timedelta

from bot.conversation import quieting
from bot.conversation.turn import Turn
from bot.schedule.local import to_utc
from bot.storage import due, log_plans
from bot.storage.people import Person

KIND = "positive_log"
ASKED_AT = time(19, 30)
MOST = 3
"""Days a week (care research 1.7)."""

AHEAD = timedelta(days=21)
EVERY = 5
"""After so many entries three earlier ones are shown."""


def begin(turn: Turn, youth: Person, days: Collection[int]) -> None:
    """Ask on these days from now on, and on no others."""
    due.cancel_all(turn.conn, youth.id, [KIND], turn.now)
    log_plans.begin(turn.conn, youth.id, days, turn.now)
    plan(turn, youth, AHEAD)


def plan(turn: Turn, youth: Person, ahead: timedelta) -> None:
    """Plan the questions of the coming time, each good for its own evening only. Twice changes nothing."""
    wanted = log_plans.running(turn.conn, youth.id)
    if wanted is None:
        return
    settings = turn.world.settings
    for shift in range(ahead.days):
        day = turn.today + timedelta(days=shift)
        asked = to_utc(day, ASKED_AT, settings.zone)
        moment = quieting.free_moment(turn, youth, KIND, asked)
        if day.weekday() not in wanted.days or moment <= turn.now:
            continue
        midnight = to_utc(day + timedelta(days=1), time(0), settings.zone)
        occurrence = f"{wanted.id}:{day.isoformat()}"
        due.plan(turn.conn, youth.id, KIND, occurrence, moment, midnight, {}, turn.now)

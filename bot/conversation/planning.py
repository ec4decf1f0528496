"""Looking ahead once a day: evenings, their reminders and digests become due moments.

Running it twice changes nothing.
"""

from __future__ import annotations

from datetime import time, timedelta

from bot.conversation import access, log_days, progress, recurring, terms
from bot.conversation.turn import Turn
from bot.schedule.local import to_utc
from bot.schedule.quiet import moved
from bot.schedule.series import occurrences
from bot.storage import due, meetings, meta, people
from bot.storage.people import Person

AHEAD = timedelta(days=21)
LONG_BEFORE, SHORT_BEFORE = timedelta(hours=48), timedelta(hours=3)
DIGEST_DAYS = 3
DIGEST_VALID = timedelta(hours=6)
_PLANNED_ON = "planned_on"


def look_ahead(turn: Turn) -> bool:
    """Plan everything of the next weeks unless that was done today; whether it was done now."""
    today = turn.today.isoformat()
    if meta.get(turn.conn, _PLANNED_ON) == today:
        return False
    words = terms.hash_of(turn.world.library)
    for group_id, series in meetings.series_of_groups(turn.conn):
        for evening in occurrences(series, turn.today, turn.today + AHEAD, turn.world.settings.zone):
            meetings.ensure(turn.conn, group_id, evening)
        for youth in people.youngsters_in(turn.conn, group_id):
            plan_for(turn, youth)
            progress.look(turn, youth)
            terms.plan(turn, youth, words)
    for professional in people.professionals(turn.conn):
        plan_digests(turn, professional)
    access.plan_reconfirmations(turn)
    meta.put(turn.conn, _PLANNED_ON, today)
    return True


def plan_for(turn: Turn, youth: Person) -> None:
    """Plan what comes by itself for one youngster. Twice changes nothing."""
    plan_reminders(turn, youth)
    recurring.plan(turn, youth, AHEAD)
    log_days.plan(turn, youth, AHEAD)


def plan_again(turn: Turn) -> None:
    """Something changed (somebody joined, a group was added): look ahead at the next tick."""
    meta.put(turn.conn, _PLANNED_ON, "")


def plan_reminders(turn: Turn, youth: Person) -> None:
    """48 hours before (asking) and 3 hours before (for who comes or left it open); both earlier than quiet hours."""
    if youth.group_id is None:
        return
    settings = turn.world.settings
    band = turn.band(youth)
    for evening in meetings.between(turn.conn, youth.group_id, turn.now, turn.now + AHEAD):
        about = {"meeting": evening.id}
        for kind, before in (("meeting_48h", LONG_BEFORE), ("meeting_3h", SHORT_BEFORE)):
            moment = moved(evening.starts_at - before, "announces", band, settings.quiet, settings.zone)
            if moment >= turn.now or kind == "meeting_48h":
                due.plan(
                    turn.conn, youth.id, kind, evening.local_date, moment, evening.starts_at, about, turn.now
                )


def plan_digests(turn: Turn, professional: Person) -> None:
    """One digest on each working day, at the professional's own time."""
    settings = turn.world.settings
    wanted = time.fromisoformat(professional.digest_at) if professional.digest_at else settings.digest_at
    for shift in range(DIGEST_DAYS):
        day = turn.today + timedelta(days=shift)
        if day.weekday() not in settings.working_hours:
            continue
        moment = to_utc(day, wanted, settings.zone)
        if moment > turn.now:
            due.plan(
                turn.conn,
                professional.id,
                "digest",
                day.isoformat(),
                moment,
                moment + DIGEST_VALID,
                {},
                turn.now,
            )

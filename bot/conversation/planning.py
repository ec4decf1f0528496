"""Looking ahead once a day: evenings, their reminders and digests become due moments.

Running it twice changes nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from bot.conversation import (
    access,
    attending,
    digest_times,
    log_days,
    preparing,
    progress,
    recurring,
    terms,
    trial,
)
from bot.conversation.turn import Turn
from bot.programme import lifecycle
from bot.schedule.quiet import moved
from bot.storage import admissions, calendars, due, meetings, meta, people, phases
from bot.storage.people import Person

AHEAD = timedelta(days=21)
LONG_BEFORE, SHORT_BEFORE = timedelta(hours=48), timedelta(hours=3)
_PLANNED_ON = "planned_on"


def look_ahead(turn: Turn) -> bool:
    """Plan everything of the next weeks unless that was done today; whether it was done now."""
    today = turn.today.isoformat()
    if meta.get(turn.conn, _PLANNED_ON) == today:
        return False
    words = terms.hash_of(turn.world.library)
    for group_id in meetings.groups(turn.conn):
        plan_evenings(turn, group_id)
        for youth in people.youngsters_in(turn.conn, group_id):
            plan_for(turn, youth)
            progress.look(turn, youth)
            terms.plan(turn, youth, words)
    for professional in people.professionals(turn.conn):
        digest_times.plan(turn, professional)
    access.plan_reconfirmations(turn)
    meta.put(turn.conn, _PLANNED_ON, today)
    return True


def plan_evenings(turn: Turn, group_id: int, until: date | None = None) -> list[calendars.Followed]:
    """Bring the coming evenings of a group to what its calendar says; what was planned otherwise before."""
    settings = turn.world.settings
    calendars.lock(turn.conn, group_id)
    calendar = calendars.calendar_of(turn.conn, group_id, settings.quiet.region or "midden")
    last = until or turn.today + AHEAD
    followed = calendars.bring(turn.conn, group_id, calendar, settings.zone, turn.now, last)
    attending.plan(turn, group_id)
    preparing.plan(turn, group_id)
    return followed


def plan_for(turn: Turn, youth: Person) -> None:
    """Plan what comes by itself for one youngster. Twice changes nothing; nothing for who left the programme."""
    if phases.phase_of(turn.conn, youth.id) in lifecycle.NO_REMINDERS:
        return
    plan_reminders(turn, youth)
    trial.plan(turn, youth)
    recurring.plan(turn, youth, AHEAD)
    log_days.plan(turn, youth, AHEAD)


def plan_again(turn: Turn) -> None:
    """Something changed (somebody joined, a group was added): look ahead at the next tick."""
    meta.put(turn.conn, _PLANNED_ON, "")


def plan_reminders(turn: Turn, youth: Person) -> None:
    """48 hours before (asking) and 3 hours before (for who comes or left it open); both earlier than quiet hours."""
    if youth.group_id is None or not admissions.belongs_to_evenings(turn.conn, [youth.id]):
        return
    settings = turn.world.settings
    band = turn.band(youth)
    for evening in meetings.between(turn.conn, youth.group_id, turn.now, turn.now + AHEAD):
        about = {"meeting": evening.id}
        for kind, before in (("meeting_48h", LONG_BEFORE), ("meeting_3h", SHORT_BEFORE)):
            moment = moved(evening.starts_at - before, "announces", band, settings.quiet, settings.zone)
            if moment >= turn.now or kind == "meeting_48h":
                due.plan(
                    turn.conn,
                    youth.id,
                    kind,
                    evening.occurrence,
                    moment,
                    evening.starts_at,
                    about,
                    turn.now,
                    "meeting_moved" if evening.state == "moved" else None,
                )

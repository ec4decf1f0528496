"""The trial evening: what to expect, told twice, and the question the day after."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import islice

from bot.conversation import quieting, relay, subject
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule.local import to_utc
from bot.storage import attendance, chats, due, meetings, phases
from bot.storage.due import Due
from bot.storage.errands import Errand
from bot.storage.meetings import Meeting
from bot.storage.people import Person

BRIEFING, DAY_AFTER = "trial_briefing", "trial_day_after"
KINDS = frozenset({BRIEFING, DAY_AFTER})
AHEAD = timedelta(days=21)
DAY = timedelta(days=1)
_ASKED_AT = time(16)
EVENINGS = 2
"""A trial is one evening, two when it needs another look: after that a person decides, and it is said no more."""
DECIDED = timedelta(days=7)
"""So long after the last of them the professional is asked how to go on, and again after every two evenings."""


def plan(turn: Turn, youth: Person) -> None:
    """Once when somebody is invited for the trial, again the day before, and a question the day after.

    For two evenings: who is on trial longer gets the reminders that everybody gets, and the professional is asked.
    """
    history = phases.history(turn.conn, youth.id)
    if not history or history[-1].phase != "trial" or youth.group_id is None:
        return
    invited = history[-1].at
    since = meetings.between(turn.conn, youth.group_id, invited, turn.now + AHEAD)
    wanted = (one for one in since if meetings.answers(turn.conn, one.id).get(youth.id) != "not")
    for number, evening in enumerate(islice(wanted, EVENINGS)):
        if evening.starts_at > turn.now:
            _plan_around(turn, youth, evening, f"invited:{invited:%Y%m%dT%H%M%S}" if number == 0 else None)
    _ask_when_late(turn, youth, [one for one in since if one.ends_at + DECIDED <= turn.now])


def _plan_around(turn: Turn, youth: Person, evening: Meeting, at_once: str | None) -> None:
    about = {"meeting": evening.id}
    if at_once is not None:
        moment = quieting.free_moment(turn, youth, BRIEFING, turn.now, "asks")
        if moment < evening.starts_at:
            due.plan(turn.conn, youth.id, BRIEFING, at_once, moment, evening.starts_at, about, turn.now)
    before = quieting.free_moment(turn, youth, BRIEFING, evening.starts_at - DAY, "announces")
    if before > turn.now:
        due.plan(
            turn.conn, youth.id, BRIEFING, evening.occurrence, before, evening.starts_at, about, turn.now
        )
    after = _day_after(turn, youth, evening)
    due.plan(turn.conn, youth.id, DAY_AFTER, evening.occurrence, after, after + 3 * DAY, about, turn.now)


def _ask_when_late(turn: Turn, youth: Person, over: list[Meeting]) -> None:
    """Nobody decided: whoever guides the youngster is asked, once for every two evenings.

    Not long after: what was asked is remembered for a month, and a stop in summer lasts longer.
    """
    if over and len(over) % EVENINGS == 0 and turn.now < over[-1].ends_at + 2 * DECIDED:
        ask_staff(turn, youth, over[-1].id, "late")


def not_now(turn: Turn, youth: Person, one: Due | Errand) -> str | None:
    """Why this message is of no use any more; none when it is."""
    evening = meetings.load(turn.conn, one.subject["meeting"])
    if phases.phase_of(turn.conn, youth.id) != "trial":
        return "not_taking_part"
    if evening.group_id != youth.group_id:
        return "another_group"
    if evening.state not in meetings.HELD or (
        one.occurrence != evening.occurrence and not one.occurrence.startswith("invited:")
    ):
        return "cancelled"
    said = meetings.answers(turn.conn, evening.id).get(youth.id)
    if one.kind == BRIEFING:
        return "answered" if said == "not" else None
    noted = attendance.of_meeting(turn.conn, evening.id).get(youth.id)
    if noted is not None:
        return None if noted.state == "present" else "answered"
    return "answered" if said == "not" else None


def ask_staff(turn: Turn, youth: Person, evening_id: int, why: str) -> None:
    """The own professional gets the same question, in working hours, without a name before the code."""
    main = subject.listener(turn, youth.id)
    if main is None:
        return
    key = f"trial:{youth.id}:{evening_id}:{why}:{main.id}"
    if chats.was_put(turn.conn, key):
        return
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=relay.reading_moment(turn),
        silent=True,
        dedupe_key=key,
    )
    turn.begin(main, "trial_talk", {"youth": youth.id, "meeting": evening_id}, opening)


def _day_after(turn: Turn, youth: Person, evening: Meeting) -> datetime:
    zone = turn.world.settings.zone
    day = evening.starts_at.astimezone(zone).date() + DAY
    return quieting.free_moment(turn, youth, DAY_AFTER, to_utc(day, _ASKED_AT, zone), "asks")

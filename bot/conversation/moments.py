"""Due moments: each kind becomes a dialog that begins, a message that is wiped, or a reason why not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.conversation import (
    adapted_moments,
    alert_course,
    asking,
    breaks,
    closing,
    danger,
    digest_moments,
    digest_times,
    errands,
    growing_up,
    holidays,
    log_days,
    made_up,
    outage,
    pausing,
    phase_moves,
    planning,
    programme_moments,
    ready,
    rehearsing,
    relay,
    reminding,
    rights,
    sign_up_news,
    staff_moments,
    standing,
    starting,
    talk_endings,
    talk_moments,
    terms,
    waiting_list,
    withdrawn,
    youth_moments,
)
from bot.conversation.turn import Alarm, Turn
from bot.conversation.world import World
from bot.programme import lifecycle
from bot.storage import alarms, alerts, closings, due, halts, journal, people, phases
from bot.storage.due import Due
from bot.storage.people import Person

BACKED_OFF = "backed_off"
MISSED = frozenset({"too_late", BACKED_OFF})
UNHEARD = frozenset({*MISSED, "paused", talk_moments.AWAY})
"""Why the question about a talk stays away: who planned it counts on it, and hears so while there is time to call."""
"""Reasons that are nobody's choice: the professional sees them. What was answered or cancelled needs no line."""

SAID_WHEN_DROPPED = {
    "nudge": "nudge",
    "follow_up": "nudge",
    "meeting_48h": "meeting",
    "meeting_3h": "meeting",
    "challenge": "challenge",
    "two_weekly": "two_weekly",
}
"""Messages to a youngster that may be dropped, and the word for each in the digest."""

EXERCISES = frozenset({"nudge", "follow_up", "challenge", "two_weekly"})
"""Messages about steps and how it goes: out of place while a person is being called for somebody in danger."""


def next_due(conn: Connection, world: World, now: datetime) -> tuple[bool, tuple[Alarm, ...]]:
    """Let the earliest due moment happen, in the open transaction: whether there was one, and alarms."""
    turn = Turn(conn, world, now)
    found = due.claim(conn, now, 1)
    for one in found:
        happen(turn, one)
    return bool(found), tuple(turn.alarms)


def read_anew(conn: Connection, world: World, now: datetime) -> bool:
    """Use what was published since the last time; whether there was anything. What cannot be played is an alarm."""
    if not world.library.refresh(conn):
        return False
    for kind, key in sorted(world.library.outdated):
        alarms.add(conn, "content_outdated", f"{kind}/{key}", now)
    adapted_moments.look(Turn(conn, world, now))
    return True


def look_ahead(conn: Connection, world: World, now: datetime) -> tuple[Alarm, ...]:
    """Plan the next weeks, and look whether the installation is fit, once a day; alarms."""
    turn = Turn(conn, world, now)
    if standing.look(turn):
        starting.begin_all(turn)
    if planning.look_ahead(turn):
        sign_up_news.look_ahead(turn)
        waiting_list.look_ahead(turn)
        growing_up.look_ahead(turn)
        ready.look_ahead(turn)
        breaks.look_ahead(turn)
        closing.look_ahead(turn)
        holidays.look_ahead(turn)
        adapted_moments.look(turn)
        starting.begin_all(turn)
    return tuple(turn.alarms)


def happen(turn: Turn, one: Due) -> None:
    """Let one due moment happen, in the open transaction."""
    person = people.locked(turn.conn, one.person_id)
    if one.not_after is not None and turn.now >= one.not_after:
        _drop(turn, person, one, "too_late")
        return
    why = _act(turn, person, one)
    starting.begin_all(turn)
    if why == due.SENT:
        due.done(turn.conn, one.id, due.SENT, turn.now)
    elif why == "moved":
        due.not_before_next_minute(turn.conn, one.id, turn.now)
    else:
        _drop(turn, person, one, why)


def _drop(turn: Turn, person: Person, one: Due, why: str) -> None:
    """It will not happen any more; when it was a message to a youngster, the digest says so: once in a silence."""
    due.dropped(turn.conn, one.id, why, turn.now)
    if one.kind in talk_endings.ASKS and why in UNHEARD:
        talk_endings.unheard(turn, person, one)
        starting.begin_all(turn)
        return
    if why == BACKED_OFF and journal.has_since(
        turn.conn, person.id, "dropped", person.heard_at or person.created_at
    ):
        return
    if person.role == "youth" and why in MISSED and one.kind in SAID_WHEN_DROPPED:
        journal.add(turn.conn, person.id, "dropped", turn.now, SAID_WHEN_DROPPED[one.kind])


def _act(turn: Turn, person: Person, one: Due) -> str:
    held = pausing.hold(turn, person, one)
    if held is not None:
        return held
    match one.kind:
        case "wipe":
            return staff_moments.wipe(turn, person, one)
        case digest_times.KIND:
            return digest_moments.happen(turn, person, one)
        case "item_age":
            return staff_moments.item_age(turn, one)
        case relay.AGAIN:
            return staff_moments.item_again(turn, one)
        case made_up.KIND:
            return rehearsing.happen(turn, person, one)
        case kind if kind in programme_moments.OF_STAFF:
            return programme_moments.OF_STAFF[kind](turn, person, one)
        case "reconfirm":
            return asking.reconfirm(turn, person, one)
        case "inspection_told":
            return asking.tell_inspection(turn, person, one)
        case rights.KIND:
            return rights.due_erasure(turn, person, one)
        case "danger_silence":
            return danger.silence(turn, person, one)
        case kind if kind in alert_course.KINDS:
            return alert_course.happen(turn, one)
    if person.role == "youth" and halts.running(turn.conn, person.id) is not None:
        return "halted"
    if person.role == "youth" and one.kind in phase_moves.REMINDERS:
        if _is_gone(turn, person):
            return "not_taking_part"
        if closings.is_closed(turn.conn, person.group_id):
            return "group_closed"
    if one.kind in reminding.KINDS:
        return reminding.happen(turn, person, one)
    if one.kind in programme_moments.WHATEVER_THEIR_STATE:
        return programme_moments.WHATEVER_THEIR_STATE[one.kind](turn, person, one)
    if person.state == people.ASSISTED:
        return errands.take(turn, person, one)
    if person.role == "youth" and person.state != "active":
        return f"person_{person.state}"
    leaving = rights.leaving_until(turn, person)
    if leaving is not None:
        later = max(leaving.due_at, turn.now) + rights.LOOK_AGAIN
        due.replan(turn.conn, person.id, one.kind, one.occurrence, later, one.not_after)
        return "moved"
    if one.kind in EXERCISES and _in_danger(turn, person):
        if one.not_after is not None:
            return "care_first"
        return youth_moments.tomorrow(turn, person, one, "dose")
    match one.kind:
        case "nudge":
            return youth_moments.nudge(turn, person, one)
        case "follow_up":
            return youth_moments.follow_up(turn, person, one)
        case "challenge":
            return youth_moments.challenge(turn, person, one)
        case "meeting_48h" | "meeting_3h":
            return youth_moments.meeting(turn, person, one)
        case "two_weekly":
            return youth_moments.dosed(turn, person, "two_weekly", one)
        case log_days.KIND:
            return youth_moments.dosed(turn, person, "positive_log", one)
        case "quieter":
            return youth_moments.ask_quieter(turn, person, one)
        case pausing.OVER:
            if not pausing.over(turn, person):
                return "paused"
            return youth_moments.begin(turn, person, "pause_over", one)
        case "cue" | "evaluate" | "look_back" | terms.KIND as script:
            return youth_moments.begin(turn, person, script, one)
        case withdrawn.KIND:
            return withdrawn.tell(turn, person, one)
        case "limits_again":
            return youth_moments.limits(turn, person, one)
        case kind if kind in programme_moments.OF_YOUTH:
            return programme_moments.OF_YOUTH[kind](turn, person, one)
        case outage.KIND:
            return due.SENT if outage.tell(turn, person, one) else "not_reachable"
        case _:
            return "unknown_kind"


def _is_gone(turn: Turn, person: Person) -> bool:
    return phases.phase_of(turn.conn, person.id) in lifecycle.NO_REMINDERS


def _in_danger(turn: Turn, person: Person) -> bool:
    running = alerts.running_about(turn.conn, person.id)
    return any(one.level == "p1" and not one.drill for one in running)

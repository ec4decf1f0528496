"""Due moments: each kind becomes a dialog that begins, a message that is wiped, or a reason why not."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.conversation import (
    alert_course,
    asking,
    danger,
    log_days,
    outage,
    overview,
    pausing,
    planning,
    quieting,
    relay,
    reminding,
    rights,
    standing,
    starting,
    subject,
    talk,
    terms,
    withdrawn,
)
from bot.conversation.turn import Alarm, Opening, Turn
from bot.conversation.world import World
from bot.message import Lane, Message, Promise
from bot.schedule import dose
from bot.schedule.local import to_utc
from bot.schedule.quiet import moved
from bot.storage import (
    alarms,
    alerts,
    challenges,
    digests,
    due,
    duty,
    halts,
    items,
    journal,
    meetings,
    people,
    preferences,
)
from bot.storage.due import Due
from bot.storage.items import Item
from bot.storage.people import Person
from dialogs.text import Span

SENT = "sent"
MISSED = frozenset({"too_late", "backed_off"})
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
    return True


def look_ahead(conn: Connection, world: World, now: datetime) -> tuple[Alarm, ...]:
    """Plan the next weeks, and look whether the installation is fit, once a day; alarms."""
    turn = Turn(conn, world, now)
    if standing.look(turn):
        starting.begin_all(turn)
    planning.look_ahead(turn)
    return tuple(turn.alarms)


def happen(turn: Turn, one: Due) -> None:
    """Let one due moment happen, in the open transaction."""
    person = people.locked(turn.conn, one.person_id)
    if one.not_after is not None and turn.now >= one.not_after:
        _drop(turn, person, one, "too_late")
        return
    why = _act(turn, person, one)
    starting.begin_all(turn)
    if why == SENT:
        due.done(turn.conn, one.id, SENT, turn.now)
    elif why == "moved":
        due.not_before_next_minute(turn.conn, one.id, turn.now)
    else:
        _drop(turn, person, one, why)


def _drop(turn: Turn, person: Person, one: Due, why: str) -> None:
    """It will not happen any more; when it was a message to a youngster, the digest says so."""
    due.dropped(turn.conn, one.id, why, turn.now)
    if person.role == "youth" and why in MISSED and one.kind in SAID_WHEN_DROPPED:
        journal.add(turn.conn, person.id, "dropped", turn.now, SAID_WHEN_DROPPED[one.kind])


def _act(turn: Turn, person: Person, one: Due) -> str:
    held = pausing.hold(turn, person, one)
    if held is not None:
        return held
    match one.kind:
        case "wipe":
            return _wipe(turn, person, one)
        case "digest":
            return _digest(turn, person, one)
        case "item_age":
            return _age(turn, one)
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
    if one.kind in reminding.KINDS:
        return reminding.happen(turn, person, one)
    if person.role == "youth" and person.state != "active":
        return f"person_{person.state}"
    leaving = rights.leaving_until(turn, person)
    if leaving is not None:
        later = max(leaving.due_at, turn.now) + rights.LOOK_AGAIN
        due.replan(turn.conn, person.id, one.kind, one.occurrence, later, one.not_after)
        return "moved"
    if one.kind in EXERCISES and _in_danger(turn, person):
        return "care_first" if one.not_after is not None else _tomorrow(turn, person, one, "dose")
    match one.kind:
        case "nudge":
            return _nudge(turn, person, one)
        case "follow_up":
            return _follow_up(turn, person, one)
        case "challenge":
            return _challenge(turn, person, one)
        case "meeting_48h" | "meeting_3h":
            return _meeting(turn, person, one)
        case "two_weekly":
            return _dosed(turn, person, "two_weekly", one)
        case log_days.KIND:
            return _dosed(turn, person, "positive_log", one)
        case "quieter":
            return _quieter(turn, person, one)
        case pausing.OVER:
            return _begin(turn, person, "pause_over", one) if pausing.over(turn, person) else "paused"
        case "cue":
            return _begin(turn, person, "cue", one)
        case "evaluate":
            return _begin(turn, person, "evaluate", one)
        case "look_back":
            return _begin(turn, person, "look_back", one)
        case terms.KIND:
            return _begin(turn, person, "terms", one)
        case withdrawn.KIND:
            return withdrawn.tell(turn, person, one)
        case "limits_again":
            return _limits(turn, person, one)
        case outage.KIND:
            return SENT if outage.tell(turn, person, one) else "not_reachable"
        case _:
            return "unknown_kind"


def _in_danger(turn: Turn, person: Person) -> bool:
    running = alerts.running_about(turn.conn, person.id)
    return any(one.level == "p1" and not one.drill for one in running)


def _wipe(turn: Turn, person: Person, one: Due) -> str:
    """Personal words disappear from the chat of staff within a day."""
    account = people.account_of(turn.conn, person.id)
    if account is None:
        return "no_account"
    # A picture cannot be turned into a text: it goes as a whole.
    gone = bool(one.subject.get("picture"))
    message = Message((), do="delete") if gone else Message((Span(turn.phrase("wiped", person)),), do="edit")
    opening = Opening(Lane.TIDY, Promise.IDEMPOTENT)
    turn.send(person.id, account, message, opening, edits=one.subject["message"])
    return SENT


def _nudge(turn: Turn, person: Person, one: Due) -> str:
    attempt = challenges.load_attempt(turn.conn, one.subject["attempt"])
    if attempt.state != "planned":
        return "not_planned"
    return _begin(turn, person, "nudge", one)


def _follow_up(turn: Turn, person: Person, one: Due) -> str:
    attempt = challenges.load_attempt(turn.conn, one.subject["attempt"])
    if attempt.state != "planned":
        return "not_planned"
    return _begin(turn, person, "checkin", one)


def _challenge(turn: Turn, person: Person, one: Due) -> str:
    given = challenges.load(turn.conn, one.subject["challenge"])
    if given.state != "given":
        return "answered"
    return _dosed(turn, person, "challenge_new", one)


def _meeting(turn: Turn, person: Person, one: Due) -> str:
    evening = meetings.load(turn.conn, one.subject["meeting"])
    said = meetings.answers(turn.conn, evening.id).get(person.id)
    if said == "not" or (one.kind == "meeting_48h" and said == "come"):
        return "answered"
    script = "meeting" if one.kind == "meeting_48h" else "meeting_soon"
    return _dosed(turn, person, script, one, attending=dose.attends(said, None))


def _limits(turn: Turn, person: Person, one: Due) -> str:
    """A notice we owe, outside quiet hours only."""
    return _out_of_quiet(turn, person, one) or _begin(turn, person, "limits", one)


def _out_of_quiet(turn: Turn, person: Person, one: Due) -> str | None:
    """Put it off when this is no moment for it: what announces was to come earlier and now cannot."""
    if not quieting.is_quiet_for(turn, person, one.kind, turn.now):
        return None
    return _later(turn, person, one, turn.now, "quiet")


def _later(turn: Turn, person: Person, one: Due, moment: datetime, because: str) -> str:
    later = quieting.free_moment(turn, person, one.kind, moment, "asks")
    due.replan(turn.conn, person.id, one.kind, one.occurrence, later, one.not_after, because)
    return "moved"


def _dosed(turn: Turn, person: Person, script: str, one: Due, *, attending: bool = False) -> str:
    """Begin something unasked, if the dose allows; else try tomorrow, or drop it and let the digest say so."""
    settings = turn.world.settings
    moved_on = _out_of_quiet(turn, person, one)
    if moved_on is not None:
        return moved_on
    ahead = [other.kind for other in due.waiting_of(turn.conn, person.id) if _is_today(turn, other)]
    if not attending and dose.outranked(one.kind, ahead):
        return _tomorrow(turn, person, one, "outranked")
    quieter = preferences.get(turn.conn, person.id, "quieter") is not None
    match dose.verdict(
        one.kind,
        _unasked_of(turn, person),
        person.heard_at,
        turn.now,
        settings.zone,
        attending=attending,
        quieter=quieter,
    ):
        case "send":
            return _begin(turn, person, script, one)
        case "silent":
            # Kept for when they are heard again; the professional sees the silence once.
            _note_silence(turn, person)
            if one.not_after is not None:
                return "backed_off"
            return _later(turn, person, one, turn.now + dose.WEEK, "silence")
        case _:
            return _tomorrow(turn, person, one, "dose")


def _unasked_of(turn: Turn, person: Person) -> list[datetime]:
    since = min(turn.now - dose.WEEK, person.heard_at or person.created_at)
    return due.sent_moments(turn.conn, person.id, dose.PRECEDENCE, since)


def _note_silence(turn: Turn, person: Person) -> None:
    """After four silences: one question whether to be quieter, and to the professional that it is quiet."""
    since = person.heard_at or person.created_at
    if journal.has_since(turn.conn, person.id, "quiet", since):
        return
    journal.add(turn.conn, person.id, "quiet", turn.now)
    due.plan(turn.conn, person.id, "quieter", since.isoformat(), turn.now, None, {}, turn.now)


def _quieter(turn: Turn, person: Person, one: Due) -> str:
    """The one question after so much silence; it is no use any more once somebody was heard."""
    moved_on = _out_of_quiet(turn, person, one)
    if moved_on is not None:
        return moved_on
    zone = turn.world.settings.zone
    match dose.may_ask_quieter(_unasked_of(turn, person), person.heard_at, turn.now, zone):
        case "send":
            return _begin(turn, person, "quieter", one)
        case "silent":
            return "answered"
        case _:
            return _tomorrow(turn, person, one, "dose")


def _is_today(turn: Turn, one: Due) -> bool:
    return one.not_before.astimezone(turn.world.settings.zone).date() == turn.today


def _tomorrow(turn: Turn, person: Person, one: Due, because: str) -> str:
    settings = turn.world.settings
    wall = turn.now.astimezone(settings.zone).time()
    return _later(turn, person, one, to_utc(turn.today + timedelta(days=1), wall, settings.zone), because)


def _begin(turn: Turn, person: Person, script: str, one: Due) -> str:
    opening = Opening(
        lane=Lane.REMINDER,
        promise=Promise.WHILE_VALID,
        not_after=one.not_after,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_reminder", person),
    )
    begun = talk.begin(turn, person, script, one.subject, opening, foreground=False)
    return SENT if begun is not None else "not_reachable"


def _digest(turn: Turn, person: Person, one: Due) -> str:
    """A digest goes out when there is something in it; the menu shows the one-line digest at any time."""
    account = people.account_of(turn.conn, person.id)
    if account is None or account.state != "active":
        return "not_reachable"
    earliest = turn.now - overview.LOOK_BACK
    last = digests.latest(turn.conn, person.id)
    if overview.between(turn, person, last.until if last else earliest, turn.now).is_empty:
        return "empty"
    since = max(digests.seen_until(turn.conn, person.id) or earliest, earliest)
    number = digests.add(turn.conn, person.id, since, turn.now)
    opening = Opening(
        lane=Lane.DIGEST,
        promise=Promise.WHILE_VALID,
        not_after=one.not_after,
        silent=True,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_reminder", person),
    )
    begun = talk.begin(turn, person, "digest", {"digest": number}, opening, foreground=False)
    return SENT if begun is not None else "not_reachable"


def _age(turn: Turn, one: Due) -> str:
    """Nobody handled it in time: the colleague may read it now, and the youngster is told."""
    waiting = items.load(turn.conn, one.subject["item"])
    if waiting.state not in items.WAITING or waiting.recipient_id is None:
        return "handled"
    first = people.load(turn.conn, waiting.recipient_id)
    colleague = _next_reader(turn, waiting, first)
    if colleague is None:
        turn.alarm("nobody_reads", waiting.reference)
        tomorrow = turn.now + timedelta(days=1)
        due.replan(turn.conn, one.person_id, one.kind, one.occurrence, tomorrow, None)
        return "moved"
    relay.hand_over(turn, waiting, colleague)
    youth = people.load(turn.conn, waiting.youth_id)
    if youth.state != "active":
        # Who stopped hears nothing more; a talk that a guardian's letter led to was no message of theirs.
        return "moved"
    told = turn.phrase("notify_colleague_reads", youth, colleague=colleague.name, professional=first.name)
    settings = turn.world.settings
    moment = moved(turn.now, "asks", turn.band(youth), settings.quiet, settings.zone)
    key = f"aged:{waiting.id}:{colleague.id}:{turn.today}"
    opening = Opening(Lane.RELAY, Promise.AT_LEAST_ONCE, not_before=moment, dedupe_key=key)
    turn.tell(youth, Message((Span(told),)), opening)
    return "moved"


def _next_reader(turn: Turn, waiting: Item, first: Person) -> Person | None:
    """The other professional; what went past the professionals on purpose stays with confidants and coordinators."""
    youth = people.load(turn.conn, waiting.youth_id)
    if first.role == "professional":
        found = subject.reachable(turn, youth.id)
    else:
        organisation = duty.organisation_of(turn.conn, youth)
        roles = ("confidant", "coordinator")
        others = duty.staff(turn.conn, organisation, roles) if organisation is not None else []
        found = [one for one in others if duty.reachable(turn.conn, one.id, turn.now)]
    return next((one for one in found if one.id != waiting.recipient_id), None)

"""What comes to a youngster by itself: put off, dropped or begun, as the dose and their hours allow."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation import attending, quieting, talk
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule import dose
from bot.schedule.local import to_utc
from bot.storage import admissions, challenges, due, group_moves, journal, meetings, preferences
from bot.storage.due import Due
from bot.storage.meetings import Meeting
from bot.storage.people import Person

JUST_TOLD = timedelta(hours=1)
"""Who heard of an evening so recently, after an outage or because they just came in, does not hear it twice."""


def nudge(turn: Turn, person: Person, one: Due) -> str:
    """A word before a planned step, unless the step was done, moved or let go. Says what became of it, as all here."""
    attempt = challenges.load_attempt(turn.conn, one.subject["attempt"])
    if attempt.state != "planned":
        return "not_planned"
    return begin(turn, person, "nudge", one)


def follow_up(turn: Turn, person: Person, one: Due) -> str:
    """How a planned step went, when nobody said so yet."""
    attempt = challenges.load_attempt(turn.conn, one.subject["attempt"])
    if attempt.state != "planned":
        return "not_planned"
    return begin(turn, person, "checkin", one)


def challenge(turn: Turn, person: Person, one: Due) -> str:
    """A challenge the professional gave, as long as it was not answered."""
    given = challenges.load(turn.conn, one.subject["challenge"])
    if given.state != "given":
        return "answered"
    return dosed(turn, person, "challenge_new", one)


def meeting(turn: Turn, person: Person, one: Due) -> str:
    """The evening that comes; who said yes hears it once more, just before."""
    if not admissions.belongs_to_evenings(turn.conn, [person.id]):
        return "not_taking_part"
    evening = meetings.load(turn.conn, one.subject["meeting"])
    if evening.state not in meetings.HELD:
        return "cancelled"
    if one.occurrence != evening.occurrence:
        # It moved meanwhile, and is announced anew for its new moment.
        return "evening_moved"
    if evening.starts_at <= turn.now:
        return "too_late"
    if in_another_group(turn, person, evening):
        return "another_group"
    said = meetings.answers(turn.conn, evening.id).get(person.id)
    if said == "not" or (one.kind == "meeting_48h" and said == "come"):
        return "answered"
    if one.kind == "meeting_3h" and due.was_sent(
        turn.conn, person.id, "meeting_48h", one.occurrence, turn.now - JUST_TOLD
    ):
        return "just_told"
    script = "meeting" if one.kind == "meeting_48h" else "meeting_soon"
    attends = dose.attends(said, attending.last_two(turn, person.id, evening))
    return dosed(turn, person, script, one, attending=attends)


def in_another_group(turn: Turn, person: Person, evening: Meeting) -> bool:
    """Whether they belong to another group on the day of the evening, now or from a day that was planned."""
    if evening.group_id != person.group_id:
        return True
    planned = group_moves.of_youth(turn.conn, person.id)
    day = evening.starts_at.astimezone(turn.world.settings.zone).date()
    return planned is not None and planned.moves_on <= day


def limits(turn: Turn, person: Person, one: Due) -> str:
    """A notice we owe, outside quiet hours only."""
    return out_of_quiet(turn, person, one) or begin(turn, person, "limits", one)


def out_of_quiet(turn: Turn, person: Person, one: Due) -> str | None:
    """Put it off when this is no moment for it: what announces was to come earlier and now cannot."""
    if not quieting.is_quiet_for(turn, person, one.kind, turn.now):
        return None
    return _later(turn, person, one, turn.now, "quiet")


def _later(turn: Turn, person: Person, one: Due, moment: datetime, because: str) -> str:
    later = quieting.free_moment(turn, person, one.kind, moment, "asks")
    due.replan(turn.conn, person.id, one.kind, one.occurrence, later, one.not_after, because)
    return "moved"


def dosed(turn: Turn, person: Person, script: str, one: Due, *, attending: bool = False) -> str:
    """Begin something unasked, if the dose allows; else try tomorrow, or drop it and let the digest say so."""
    settings = turn.world.settings
    moved_on = out_of_quiet(turn, person, one)
    if moved_on is not None:
        return moved_on
    ahead = [other.kind for other in due.waiting_of(turn.conn, person.id) if _is_today(turn, other)]
    if not attending and dose.outranked(one.kind, ahead):
        return tomorrow(turn, person, one, "outranked")
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
            return begin(turn, person, script, one)
        case "silent":
            # Kept for when they are heard again; the professional sees the silence once.
            _note_silence(turn, person)
            if one.not_after is not None:
                return "backed_off"
            return _later(turn, person, one, turn.now + dose.WEEK, "silence")
        case _:
            return tomorrow(turn, person, one, "dose")


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


def ask_quieter(turn: Turn, person: Person, one: Due) -> str:
    """The one question after so much silence; it is no use any more once somebody was heard."""
    moved_on = out_of_quiet(turn, person, one)
    if moved_on is not None:
        return moved_on
    zone = turn.world.settings.zone
    match dose.may_ask_quieter(_unasked_of(turn, person), person.heard_at, turn.now, zone):
        case "send":
            return begin(turn, person, "quieter", one)
        case "silent":
            return "answered"
        case _:
            return tomorrow(turn, person, one, "dose")


def _is_today(turn: Turn, one: Due) -> bool:
    return one.not_before.astimezone(turn.world.settings.zone).date() == turn.today


def tomorrow(turn: Turn, person: Person, one: Due, because: str) -> str:
    """Put it off to the same time tomorrow, or the first free moment after that."""
    settings = turn.world.settings
    wall = turn.now.astimezone(settings.zone).time()
    return _later(turn, person, one, to_utc(turn.today + timedelta(days=1), wall, settings.zone), because)


def begin(turn: Turn, person: Person, script: str, one: Due) -> str:
    """Begin *script* now: once for this moment, in the background, and never after the moment is past."""
    opening = Opening(
        lane=Lane.REMINDER,
        promise=Promise.WHILE_VALID,
        not_after=one.not_after,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_reminder", person),
    )
    begun = talk.begin(turn, person, script, one.subject, opening, foreground=False)
    return due.SENT if begun is not None else "not_reachable"

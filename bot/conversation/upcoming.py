"""Everything that is planned for a youngster: when, what, from whom, and why it moved. Their own can be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.conversation import log_days, pausing, planning, quieting, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.conversation.turn import Turn
from bot.schedule import dose
from bot.schedule.local import to_utc
from bot.storage import challenges, due, meetings, outbox_state, pauses
from bot.storage.due import Due
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words

OWN = ("nudge", "cue", "evaluate", "look_back", log_days.KIND, pausing.OVER)
"""Kinds a youngster asked for and may move or drop. The question after a step goes where its step goes."""

MOVABLE = frozenset({"nudge", "cue", "evaluate", "look_back"})
"""What can go to another moment; a day of the positive log and the end of a pause are chosen where they began."""

ON_PAGE = 6
SHOWN = frozenset(dose.WEIGHTS) - {"danger_silence"}
"""Kinds that stand in the list: all that bring a message. A question about danger leads to a person, not to one."""

DROPPED = "dropped"
AGAIN = timedelta(minutes=30)
"""A moment that is moved lies at least this far ahead."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One line. *row* is the due moment; none for a message that waits to be sent."""

    at: datetime
    kind: str
    row: Due | None
    because: str | None = None


def planned(turn: Turn, person: Person) -> list[Planned]:
    """What is to come, earliest first, without what will not come: an evening they do not attend, a pause."""
    found = [
        Planned(max(one.not_before, turn.now), one.kind, one, one.because)
        for one in due.waiting_of(turn.conn, person.id)
        if one.kind in SHOWN and _comes(turn, person, one)
    ]
    found += _changed(turn, person)
    found += [
        Planned(moment, "message", None)
        for moment in outbox_state.planned_for(turn.conn, person.id, turn.now)
    ]
    return sorted(found, key=lambda one: one.at)


def _changed(turn: Turn, person: Person) -> list[Planned]:
    """Evenings that were moved or do not go on: no message, but what they would look for here."""
    if person.group_id is None:
        return []
    until = turn.now + planning.AHEAD
    return [
        Planned(one.starts_at, f"meeting_is_{one.state}", None)
        for one in meetings.between(turn.conn, person.group_id, turn.now, until, held=False)
        if one.state in ("moved", "cancelled")
    ]


def _comes(turn: Turn, person: Person, one: Due) -> bool:
    running = pauses.running(turn.conn, person.id, turn.now)
    held = running is not None and not dose.passes_pause(one.kind) and one.kind != pausing.OVER
    if running is not None and held and (running.until is None or one.not_before < running.until):
        return one.not_after is None and running.until is not None
    if one.kind not in ("meeting_48h", "meeting_3h"):
        return True
    said = meetings.answers(turn.conn, one.subject["meeting"]).get(person.id)
    return said != "not" and not (one.kind == "meeting_48h" and said == "come")


# What the dialog shows


def lines(ask: Asked) -> Words:
    """The planned messages of this page, a line each."""
    return Words("\n".join(_line(ask, one) for one in _page(ask)))


def more(ask: Asked) -> bool:
    return len(planned(ask.turn, ask.person)) > (ask.state.subject.get("page", 0) + 1) * ON_PAGE


def own(ask: Asked) -> tuple[Option, ...]:
    """What they may move or drop, as buttons."""
    return tuple(
        Option(str(one.row.id), _button(ask, one))
        for one in planned(ask.turn, ask.person)
        if one.row is not None and one.row.kind in OWN
    )[:ON_PAGE]


def chosen(ask: Asked) -> Words:
    """The line of the message that was picked."""
    found = [
        one for one in planned(ask.turn, ask.person) if one.row and one.row.id == ask.state.subject.get("due")
    ]
    return Words(_line(ask, found[0])) if found else Words("")


def can_move(ask: Asked) -> bool:
    number = ask.state.subject.get("due")
    return any(
        one.id == number and one.kind in MOVABLE for one in due.waiting_of(ask.turn.conn, ask.person.id)
    )


def _page(ask: Asked) -> list[Planned]:
    first = ask.state.subject.get("page", 0) * ON_PAGE
    return planned(ask.turn, ask.person)[first : first + ON_PAGE]


def _line(ask: Asked, one: Planned) -> str:
    """Day and hour, what it is, from whom, and why it is not when it was planned."""
    turn, person = ask.turn, ask.person
    said = turn.phrase(
        "straks_line",
        person,
        moment=wording.day_and_clock(turn, person, one.at),
        what=turn.phrase(f"straks_{one.kind}", person),
        who=_from(ask, one),
    )
    if one.because is not None:
        said += " " + turn.phrase(f"because_{one.because}", person)
    return said


def _from(ask: Asked, one: Planned) -> str:
    """Who it is from: themselves, their professional, the group, or this computer."""
    if one.kind == "challenge":
        from bot.conversation.facts_youth import professional

        return ask.turn.phrase("from_professional", ask.person, professional=professional(ask))
    return ask.turn.phrase("from_you" if one.kind in (*OWN, "follow_up") else "from_bot", ask.person)


def _button(ask: Asked, one: Planned) -> str:
    what = ask.turn.phrase(f"straks_{one.kind}", ask.person)
    return ask.turn.phrase(
        "straks_button", ask.person, day=wording.day_label(ask.turn, ask.person, one.at), what=what
    )


# What the dialog does


def look(deed: Deed) -> Outcome:
    """Plan what was not planned yet, so that the list is whole; its first page."""
    if deed.person.state == "active":
        planning.plan_for(deed.turn, deed.person)
    return Outcome("ok", {"page": 0})


def pick(deed: Deed) -> Outcome:
    """Only a message of their own that still waits."""
    number = str(deed.answer("message") or "")
    one = _own(deed, int(number)) if number.isdecimal() else None
    return Outcome("ok", {"due": one.id}) if one else GONE


def drop(deed: Deed) -> Outcome:
    one = _own(deed, deed.session.state.subject.get("due"))
    if one is None:
        return GONE
    turn, person = deed.turn, deed.person
    if one.kind == pausing.OVER:
        due.cancel(turn.conn, person.id, one.kind, one.occurrence, turn.now, DROPPED)
        return OK
    for other in _together(turn, person, one):
        due.cancel(turn.conn, person.id, other.kind, other.occurrence, turn.now, DROPPED)
    if one.kind == "nudge":
        attempt = challenges.load_attempt(turn.conn, one.subject["attempt"])
        challenges.note(turn.conn, attempt, {}, state="aside", closed_at=turn.now)
    return OK


def put_back(deed: Deed) -> Outcome:
    """Undo: it waits again where it stood, when that still lies ahead and nothing else took its place."""
    turn, person = deed.turn, deed.person
    one = due.find(turn.conn, deed.session.state.subject.get("due", 0))
    if one is None or one.person_id != person.id or one.not_before <= turn.now:
        return GONE
    if one.kind == "nudge":
        attempt = challenges.load_attempt(turn.conn, one.subject["attempt"])
        if attempt.state != "aside" or challenges.planned(turn.conn, person.id) is not None:
            return GONE
    if not due.take_back(turn.conn, person.id, one.id, DROPPED, turn.now):
        return GONE
    if one.kind == "nudge":
        attempt = challenges.load_attempt(turn.conn, one.subject["attempt"])
        challenges.note(turn.conn, attempt, {}, state="planned", closed_at=None)
    return OK


def move(deed: Deed) -> Outcome:
    """To another day and hour; what belongs to it moves along."""
    one = _own(deed, deed.session.state.subject.get("due"))
    if one is None or one.kind not in MOVABLE:
        return GONE
    turn, person = deed.turn, deed.person
    moment = _moment(deed)
    if moment is None or moment < turn.now + AGAIN / 2:
        return Outcome("past")
    shift = moment - one.not_before
    for other in _together(turn, person, one):
        later = other.not_before + shift
        if other.id != one.id:
            later = quieting.free_moment(turn, person, other.kind, later, "asks")
        until = other.not_after + (later - other.not_before) if other.not_after else None
        due.replan(turn.conn, person.id, other.kind, other.occurrence, later, until, "you")
    if one.kind == "nudge":
        attempt = challenges.load_attempt(turn.conn, one.subject["attempt"])
        challenges.note(turn.conn, attempt, {}, planned_at=moment)
    return OK


def _own(deed: Deed, number: int | None) -> Due | None:
    waiting = due.waiting_of(deed.turn.conn, deed.person.id)
    return next((one for one in waiting if one.id == number and one.kind in OWN), None)


def _together(turn: Turn, person: Person, one: Due) -> list[Due]:
    """The message itself, and the question that follows a step."""
    if one.kind != "nudge":
        return [one]
    about = one.subject["attempt"]
    return [
        other
        for other in due.waiting_of(turn.conn, person.id)
        if other.kind in ("nudge", "follow_up") and other.subject.get("attempt") == about
    ]


def _moment(deed: Deed) -> datetime | None:
    try:
        day = date.fromisoformat(str(deed.answer("day")))
        clock = str(deed.answer("time"))
        return to_utc(day, time(int(clock[:2]), int(clock[2:])), deed.turn.world.settings.zone)
    except ValueError:
        return None


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "look_at_planned": look,
    "pick_planned": pick,
    "drop_planned": drop,
    "put_back_planned": put_back,
    "move_planned": move,
}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "upcoming": lines,
    "has_upcoming": lambda ask: bool(planned(ask.turn, ask.person)),
    "more_upcoming": more,
    "upcoming_own": own,
    "has_upcoming_own": lambda ask: bool(own(ask)),
    "upcoming_chosen": chosen,
    "can_move_chosen": can_move,
}

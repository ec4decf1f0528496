"""Pausing until a day: only care, a changed evening and an answer that was asked for still come.

The professional sees the pause on the fixed list, never until when.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.conversation import planning, quieting, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.conversation.turn import Turn
from bot.schedule import dose
from bot.schedule.local import to_utc
from bot.storage import challenges, due, journal, pauses
from bot.storage.due import Due
from bot.storage.pauses import Pause
from bot.storage.people import Person
from dialogs.effects import Option

OVER = "pause_over"
"""The one message when a pause ends."""

OVER_VALID = timedelta(days=3)
ENDS_AT = time(16)
WEEKS = {"week": 1, "two": 2}
DAYS_OFFERED = 10
MONDAYS_OFFERED = 8
LOOK_AGAIN = timedelta(days=7)
"""How often what waits for a pause without an end is looked at."""

HELD = "pause"
"""Why a moment was put off."""


def begin(turn: Turn, person: Person, until: date | None, by: int | None = None) -> int:
    """Pause at once; what was to come meets the pause when its moment is there. A second pause replaces the first.

    *by*: the professional who gave it. Returns the number of the pause.
    """
    before = pauses.running(turn.conn, person.id, turn.now)
    _forget_end(turn, person)
    moment = ends(turn, person, until) if until is not None else None
    number = pauses.begin(turn.conn, person.id, moment, turn.now, by)
    if moment is not None:
        due.plan(turn.conn, person.id, OVER, str(number), moment, moment + OVER_VALID, {}, turn.now)
    if before is None:
        journal.add(turn.conn, person.id, "pause", turn.now, "on")
    if before is not None:
        _release(turn, person)
    return number


def end(turn: Turn, person: Person) -> bool:
    """They are back before the day they named; what waited comes in its turn. False when there was no pause."""
    if pauses.running(turn.conn, person.id, turn.now) is None:
        return False
    pauses.end(turn.conn, person.id, turn.now)
    journal.add(turn.conn, person.id, "pause", turn.now, "over")
    _forget_end(turn, person)
    _release(turn, person)
    planning.plan_again(turn)
    return True


def over(turn: Turn, person: Person) -> bool:
    """The day they named is there: false when they came back before, or took another pause."""
    if pauses.running(turn.conn, person.id, turn.now) is not None:
        return False
    if pauses.end(turn.conn, person.id, turn.now):
        journal.add(turn.conn, person.id, "pause", turn.now, "over")
    return True


def hold(turn: Turn, person: Person, one: Due) -> str | None:
    """What becomes of a moment that falls into a pause: put off, or let go. None when no pause holds it."""
    if person.role != "youth" or one.kind not in dose.WEIGHTS or dose.passes_pause(one.kind):
        return None
    running = pauses.running(turn.conn, person.id, turn.now)
    if running is None:
        return None
    later = _after(turn, running, one)
    if later is None:
        return "paused"
    moment = quieting.free_moment(turn, person, one.kind, later, "asks")
    if one.not_after is not None and moment >= one.not_after:
        return "paused"
    due.replan(turn.conn, person.id, one.kind, one.occurrence, moment, one.not_after, HELD)
    return "moved"


def _after(turn: Turn, running: Pause, one: Due) -> datetime | None:
    """A day after the end, which has its own message; at the end itself when it cannot wait that long."""
    if running.until is None:
        return None if one.not_after is not None else turn.now + LOOK_AGAIN
    for moment in (running.until + timedelta(days=1), running.until):
        if one.not_after is None or moment < one.not_after:
            return moment
    return None


def _release(turn: Turn, person: Person) -> None:
    """What waited for the pause may come now, or meets the new pause."""
    for one in due.waiting_of(turn.conn, person.id):
        if one.because == HELD:
            moment = quieting.free_moment(turn, person, one.kind, turn.now, "asks")
            due.replan(turn.conn, person.id, one.kind, one.occurrence, moment, one.not_after, "back")


def _forget_end(turn: Turn, person: Person) -> None:
    due.cancel_all(turn.conn, person.id, [OVER], turn.now)


def ends(turn: Turn, person: Person, until: date) -> datetime:
    """When the one message comes, if the pause is until this day."""
    settings = turn.world.settings
    return quieting.free_moment(turn, person, OVER, to_utc(until, ENDS_AT, settings.zone), "asks")


# What the dialogs ask for


def start_pause(deed: Deed) -> Outcome:
    turn, person = deed.turn, deed.person
    if person.role != "youth" or person.state != "active":
        return GONE
    chosen = str(deed.answer("how_long"))
    if chosen == "open":
        begin(turn, person, None)
        return OK
    until = turn.today + timedelta(weeks=WEEKS[chosen]) if chosen in WEEKS else day_of(deed)
    if until is None or until <= turn.today:
        return Outcome("past")
    begin(turn, person, until)
    return OK


def end_pause(deed: Deed) -> Outcome:
    return OK if end(deed.turn, deed.person) else GONE


def day_of(deed: Deed) -> date | None:
    """The day that was tapped."""
    try:
        return date.fromisoformat(str(deed.answer("pause_day")))
    except ValueError:
        return None


def planned_in_pause(ask: Asked) -> bool:
    """Whether the step that was planned falls into the pause, so that no message comes."""
    running = pauses.running(ask.turn.conn, ask.person.id, ask.turn.now)
    step = challenges.planned(ask.turn.conn, ask.person.id)
    if running is None or step is None:
        return False
    return running.until is None or step.planned_at < running.until


def days(ask: Asked) -> tuple[Option, ...]:
    """The coming days, then Mondays, until some two months ahead."""
    today = ask.turn.today
    near = [today + timedelta(days=shift) for shift in range(1, DAYS_OFFERED + 1)]
    monday = near[-1] + timedelta(days=7 - near[-1].weekday())
    far = [monday + timedelta(weeks=shift) for shift in range(MONDAYS_OFFERED)]
    return tuple(Option(day.isoformat(), _said(ask, day)) for day in (*near, *far))


def until(ask: Asked) -> str:
    """The day and the hour at which the one message comes; empty without an end."""
    running = pauses.running(ask.turn.conn, ask.person.id, ask.turn.now)
    if running is None or running.until is None:
        return ""
    return wording.day_and_clock(ask.turn, ask.person, running.until)


def _said(ask: Asked, day: date) -> str:
    return wording.day_label(ask.turn, ask.person, to_utc(day, time(12), ask.turn.world.settings.zone))


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"start_pause": start_pause, "end_pause": end_pause}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "paused": lambda ask: pauses.running(ask.turn.conn, ask.person.id, ask.turn.now) is not None,
    "pause_until": until,
    "pause_days": days,
    "planned_in_pause": planned_in_pause,
    "pause_was_given": lambda ask: (
        (last := pauses.latest(ask.turn.conn, ask.person.id)) is not None and last.by_id is not None
    ),
}

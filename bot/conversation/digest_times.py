"""When the digest of a professional comes: what they chose, and the moments that follow from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from bot.content import dates
from bot.conversation import ordinary, relay
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.conversation.turn import Turn
from bot.schedule import digests as rules
from bot.schedule.digests import Wish
from bot.storage import due, meetings, people, preferences
from bot.storage.people import Person
from dialogs.effects import Option

KIND, PREFERENCE = ordinary.KIND, ordinary.PREFERENCE
DAYS_AHEAD = 15
"""So far ahead that a weekly one stands there too: what was planned comes also after an outage."""
EVENINGS_AHEAD = timedelta(days=21)
EVENING = "meeting:"


def wish_of(turn: Turn, professional: Person) -> Wish:
    """What a professional chose; else every working day, at the time of the seed file or of the installation."""
    usual = turn.world.settings.digest_at
    own = time.fromisoformat(professional.digest_at) if professional.digest_at else usual
    return rules.read(preferences.get(turn.conn, professional.id, PREFERENCE), own)


def plan(turn: Turn, professional: Person) -> None:
    """Bring what waits to what was chosen. What was missed stays: it comes yet."""
    settings = turn.world.settings
    days = [turn.today + timedelta(days=shift) for shift in range(DAYS_AHEAD)]
    until = turn.now + EVENINGS_AHEAD
    evenings = {
        f"{EVENING}{one.id}": one.starts_at
        for group_id, _ in people.groups_of(turn.conn, professional.id)
        for one in meetings.between(turn.conn, group_id, turn.now, until)
    }
    wish = wish_of(turn, professional)
    wanted = rules.moments(wish, days, evenings, settings.working_hours, settings.zone)
    ahead = {
        one.occurrence: one
        for one in due.waiting_of(turn.conn, professional.id)
        if one.kind == KIND and one.not_before > turn.now
    }
    gone = set()
    for name in ahead.keys() - wanted.keys():
        if not _is_missed(turn, wish, name):
            due.cancel(turn.conn, professional.id, KIND, name, turn.now)
            gone.add(ahead[name].not_before)
    for name, moment in wanted.items():
        if moment <= turn.now:
            continue
        if name in ahead:
            if ahead[name].not_before != moment:
                due.replan(turn.conn, professional.id, KIND, name, moment, None)
                gone.add(ahead[name].not_before)
        elif not due.plan(turn.conn, professional.id, KIND, name, moment, None, {}, turn.now):
            due.again(turn.conn, professional.id, KIND, name, moment, None)
    gone -= {one.not_before for one in due.waiting_of(turn.conn, professional.id) if one.kind == KIND}
    if gone:
        relay.keep_with(turn, professional, gone, ordinary.next_digest(turn, professional))


def _is_missed(turn: Turn, wish: Wish, name: str) -> bool:
    """Whether it was due before today, or before an evening that has begun: it waits until somebody works again."""
    if name.startswith(EVENING):
        evening = meetings.load(turn.conn, int(name.removeprefix(EVENING)))
        return wish.evening and evening.state in meetings.HELD and evening.starts_at <= turn.now
    return wish.rhythm != "never" and name < turn.today.isoformat()


# What the settings ask for


def set_daily(deed: Deed) -> Outcome:
    return _chosen(deed, rhythm="daily")


def set_never(deed: Deed) -> Outcome:
    """Only when they look, or before an evening if they chose that."""
    return _chosen(deed, rhythm="never")


def set_weekday(deed: Deed) -> Outcome:
    return _chosen(deed, rhythm="weekly", weekday=deed.answer("weekday"))


def set_clock(deed: Deed) -> Outcome:
    return _chosen(deed, at=deed.answer("clock"))


def with_evening(deed: Deed) -> Outcome:
    return _chosen(deed, evening=True)


def without_evening(deed: Deed) -> Outcome:
    return _chosen(deed, evening=False)


def _chosen(deed: Deed, **changes: Any) -> Outcome:
    """Keep what was chosen, and plan it at once. What was not offered changes nothing."""
    turn, person = deed.turn, deed.person
    if person.role != "professional":
        return GONE
    now = wish_of(turn, person)
    rhythm = changes.get("rhythm", now.rhythm)
    weekday = int(str(changes.get("weekday", now.weekday)))
    at = time.fromisoformat(str(changes["at"])) if "at" in changes else now.at
    hours = turn.world.settings.working_hours
    if rhythm not in ("daily", "weekly", "never") or (rhythm == "weekly" and weekday not in hours):
        return GONE
    wish = Wish(rhythm, weekday, at, bool(changes.get("evening", now.evening)))
    preferences.put(turn.conn, person.id, PREFERENCE, rules.stored(wish), turn.now)
    plan(turn, person)
    return OK


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "set_digest_daily": set_daily,
    "set_digest_never": set_never,
    "set_digest_weekday": set_weekday,
    "set_digest_clock": set_clock,
    "with_digest_evening": with_evening,
    "without_digest_evening": without_evening,
}


# Facts


def said(ask: Asked) -> str:
    """What was chosen, in one line."""
    wish = wish_of(ask.turn, ask.person)
    return ask.turn.phrase(
        "digest_wish",
        ask.person,
        rhythm=wish.rhythm,
        weekday=dates.weekdays(ask.person.language)[wish.weekday],
        at=f"{wish.at:%H:%M}",
        evening=wish.evening,
    )


def weekdays(ask: Asked) -> tuple[Option, ...]:
    """The days on which somebody works."""
    names = dates.weekdays(ask.person.language)
    return tuple(Option(str(day), names[day]) for day in sorted(ask.turn.world.settings.working_hours))


def clocks(ask: Asked) -> tuple[Option, ...]:
    """The whole hours that lie within the working hours of every working day."""
    spans = ask.turn.world.settings.working_hours.values()
    first, last = max(span[0] for span in spans), min(span[1] for span in spans)
    offered = [time(hour) for hour in range(24) if first <= time(hour) < last]
    return tuple(Option(f"{one:%H%M}", f"{one:%H:%M}") for one in offered or [first])


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "digest_wish": said,
    "digest_evening": lambda ask: wish_of(ask.turn, ask.person).evening,
    "digest_rhythm": lambda ask: wish_of(ask.turn, ask.person).rhythm,
    "digest_weekdays": weekdays,
    "digest_clocks": clocks,
}

"""Before somebody notes days off: for whom did they promise to read then, and what follows?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from bot.conversation import handle, unread
from bot.conversation.actions_halt import AWAY
from bot.conversation.actions_holiday import HOLIDAY, said_days
from bot.conversation.asked import Asked
from bot.conversation.deed import OK, Deed, Outcome, about_staff
from bot.conversation.turn import Turn
from bot.programme.cover import Stretch
from bot.storage import holidays, people
from bot.storage.holidays import Holiday
from bot.storage.people import Person
from dialogs.words import Words

PROMISED = "promised"
FIRST, LAST, WHO = "off_from", "off_until", "off_who"
"""Subject: the days somebody wants off, as ordinals, and who that is."""


def reads_in(turn: Turn, person_id: int, days: Stretch) -> list[Holiday]:
    """The holidays of colleagues in which somebody reads by what was chosen, and which have one of *days*."""
    return [
        one
        for one in holidays.read_by(turn.conn, person_id, turn.now)
        if one.person_id != person_id and unread.workdays(turn, _shared(one.days, days))
    ]


def look_promised(deed: Deed) -> Outcome:
    """``promised`` when the days just chosen are days on which they read for somebody; else ``ok``."""
    turn = deed.turn
    whose, days = _whose(deed), _days(deed)
    if whose is None or days is None or days.last < days.first:
        return OK
    if not turn.allowed(deed.person, "mark_absent", about_staff(turn, deed.person, whose)):
        return OK
    if not reads_in(turn, whose, days):
        return OK
    return Outcome(PROMISED, {WHO: whose, FIRST: days.first.toordinal(), LAST: days.last.toordinal()})


def _whose(deed: Deed) -> int | None:
    turn, person = deed.turn, deed.person
    if deed.session.state.script == "absent":
        token = deed.answer("absent_person")
        return handle.meant(turn, person, "absent", token) if token else person.id
    number = deed.session.state.subject.get(HOLIDAY)
    one = holidays.find(turn.conn, number) if number else None
    return one.person_id if one else deed.session.state.subject.get("staff")


def _days(deed: Deed) -> Stretch | None:
    if deed.session.state.script == "absent":
        until = str(deed.answer("absent_until"))
        today = deed.turn.today
        return None if until == "back" else Stretch(today, today + timedelta(days=AWAY.get(until, 0)))
    return said_days(deed.answer("holiday_day"), deed.answer("holiday_long"), deed.answer("holiday_last"))


def _shared(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(max(one.first, other.first), min(one.last, other.last))


def said(ask: Asked) -> Words:
    """For whom they read, on which of these days, and who hears of it when they are off."""
    turn, about = ask.turn, ask.state.subject
    found = _asked(ask, about)
    if found is None:
        return Words("")
    who, days = found
    parts = [
        turn.phrase(
            "promised_line",
            ask.person,
            own=who.id == ask.person.id,
            staff_name=who.name,
            away=people.load(turn.conn, one.person_id).name,
            period=unread.said(turn, ask.person, _shared(one.days, days)),
            runs=one.begins_at <= turn.now,
        )
        for one in reads_in(turn, who.id, days)
    ]
    return Words("\n\n".join(parts))


def _asked(ask: Asked, about: Mapping[str, int]) -> tuple[Person, Stretch] | None:
    number = about.get(WHO)
    if not number or not ask.turn.may_see(
        ask.person, "mark_absent", about_staff(ask.turn, ask.person, number)
    ):
        return None
    days = Stretch(date.fromordinal(about[FIRST]), date.fromordinal(about[LAST]))
    return people.load(ask.turn.conn, number), days


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"look_promised": look_promised}
LOOKUPS: dict[str, Callable[[Asked], Any]] = {"promised_said": said}

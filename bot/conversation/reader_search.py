"""Nobody is there on every day of a holiday: two colleagues divide the days, or the coordinator is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.conversation import colleague_link, holidays, news, unread
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_staff
from bot.conversation.turn import Turn
from bot.programme import cover
from bot.programme.cover import Split, Stretch
from bot.storage import holidays as stored
from bot.storage import people
from bot.storage.holidays import Holiday
from dialogs.words import Words

HOLIDAY = "absence"
FIRST, SECOND, ON, REST = "split_first", "split_second", "split_on", "split_rest"
"""Subject: who reads first, who reads then, from which day as an ordinal, and the holiday that was cut off."""


def proposed(turn: Turn, one: Holiday) -> Split | None:
    """Two colleagues who are there for the days between them. None for an absence that was noted when it began."""
    if not one.planned:
        return None
    working = unread.workdays(turn, one.days)
    staff = [other.id for other in holidays.colleagues(turn, one)]
    away = stored.away(turn.conn, staff, working, accounts=True)
    return cover.split(list(working), staff, away)


def propose_split(deed: Deed) -> Outcome:
    """Work out how the days could be divided; nothing is kept yet."""
    one = _holiday(deed)
    if one is None:
        return GONE
    found = proposed(deed.turn, one)
    if found is None:
        return Outcome("none", {FIRST: 0})
    return Outcome("ok", {FIRST: found.first, SECOND: found.second, ON: found.on.toordinal()})


def split_holiday(deed: Deed) -> Outcome:
    """Two holidays that follow on each other, each with its reader; as it was shown, or not at all."""
    turn, person, one = deed.turn, deed.person, _holiday(deed)
    if one is None:
        return GONE
    found, shown = proposed(turn, one), _shown(deed.session.state.subject)
    if found is None or found != shown:
        return Outcome("changed")
    if not _can_divide(turn, one, found):
        return Outcome("changed")
    until, rest = _parts(one, found)
    cut = holidays.change(turn, person, one, until)
    second = holidays.plan(turn, person, people.load(turn.conn, one.person_id), rest)
    if not isinstance(cut, Holiday) or not isinstance(second, Holiday):
        return Outcome("changed")
    read = [
        holidays.choose(turn, person, cut, "colleague", found.first),
        holidays.choose(turn, person, second, "colleague", found.second),
    ]
    return Outcome("ok", {REST: second.id}) if all(read) else Outcome("changed")


def join_holiday(deed: Deed) -> Outcome:
    """Undo: one holiday again, and the question who reads stands open."""
    turn, person, one = deed.turn, deed.person, _holiday(deed)
    rest = stored.find(turn.conn, deed.session.state.subject.get(REST, 0))
    if one is None or rest is None or rest.withdrawn_at is not None or rest.person_id != one.person_id:
        return GONE
    whole = Stretch(one.days.first, rest.days.last)
    follows = rest.days.first == one.days.last + timedelta(days=1) and rest.begins_at > turn.now
    if not follows or holidays.may_change(turn, one, whole, rest.id) is not None:
        return GONE
    holidays.withdraw(turn, person, rest)
    made = holidays.change(turn, person, one, whole)
    return OK if isinstance(made, Holiday) else GONE


def ask_for_reader(deed: Deed) -> Outcome:
    """Tell the coordinators that a reader is looked for; once a day for each holiday."""
    turn, one = deed.turn, _holiday(deed)
    if one is None:
        return GONE
    asked = colleague_link.coordinators(turn, deed.person)
    if not asked:
        return Outcome("nobody")
    about = {"news": news.READER_WANTED, HOLIDAY: one.id}
    news.tell(turn, asked, about, f"reader:{one.id}:{turn.today}")
    return OK


def leave_reader_open(deed: Deed) -> Outcome:
    """Not now: whoever goes away is asked again while there is time, not in ten minutes."""
    one = _holiday(deed)
    if one is None:
        return GONE
    if one.person_id == deed.person.id:
        holidays.ask_later(deed.turn, one)
    return OK


def _parts(one: Holiday, found: Split) -> tuple[Stretch, Stretch]:
    """The days of the first and of the second reader."""
    return Stretch(one.days.first, found.on - timedelta(days=1)), Stretch(found.on, one.days.last)


def _can_divide(turn: Turn, one: Holiday, found: Split) -> bool:
    """Whether every step of it can be done; else none is."""
    until, rest = _parts(one, found)
    why = holidays.may_change(turn, one, until) or holidays.may_plan(turn, one.person_id, rest, one.id)
    return why is None and all(
        holidays.may_read(turn, replace(one, days=days), reader)
        for days, reader in ((until, found.first), (rest, found.second))
    )


def _holiday(deed: Deed) -> Holiday | None:
    number = deed.session.state.subject.get(HOLIDAY)
    one = stored.find(deed.turn.conn, number) if number else None
    if one is None or one.withdrawn_at is not None or one.ends_at <= deed.turn.now:
        return None
    target = about_staff(deed.turn, deed.person, one.person_id)
    return one if deed.turn.allowed(deed.person, "mark_absent", target) else None


def _shown(about: Any) -> Split | None:
    if not about.get(FIRST):
        return None
    return Split(about[FIRST], about[SECOND], date.fromordinal(about[ON]))


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "propose_split": propose_split,
    "split_holiday": split_holiday,
    "join_holiday": join_holiday,
    "ask_for_reader": ask_for_reader,
    "leave_reader_open": leave_reader_open,
}


# Facts


def said(ask: Asked) -> Words:
    """Who reads on which days, as it was worked out."""
    turn, shown = ask.turn, _shown(ask.state.subject)
    one = stored.find(turn.conn, ask.state.subject.get(HOLIDAY, 0))
    if shown is None or one is None:
        return Words("")
    rest = stored.find(turn.conn, ask.state.subject.get(REST, 0))
    last = rest.days.last if rest is not None else one.days.last
    until = shown.on - timedelta(days=1)
    return Words(
        turn.phrase(
            "split_said",
            ask.person,
            first_name=people.load(turn.conn, shown.first).name,
            first=unread.said(turn, ask.person, Stretch(one.days.first, until)),
            second_name=people.load(turn.conn, shown.second).name,
            second=unread.said(turn, ask.person, Stretch(shown.on, last)),
        )
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "split_said": said,
    "can_split": lambda ask: _shown(ask.state.subject) is not None,
}

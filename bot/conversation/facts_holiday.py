"""Facts about holidays of staff: the list, one of them, the days that can be chosen, and who can read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.conversation import handle, holidays, paging, unread
from bot.conversation.actions_holiday import BACKUPS, HOLIDAY, READER
from bot.conversation.asked import Asked
from bot.conversation.deed import about_organisation, about_staff
from bot.conversation.handover import readers
from bot.conversation.turn import Turn
from bot.programme.cover import ASK_BEFORE
from bot.storage import holidays as stored
from bot.storage import people, team
from bot.storage.holidays import Holiday
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.text import Scope
from dialogs.words import Words

WEEKS_OFFERED, LAST_DAYS = 30, 28
WEEK, LAST = "week", "last"
"""Lists in pages, by the step that asks."""


def _asked(ask: Asked) -> Holiday | None:
    """The holiday a dialog is about, for who may see it."""
    number = ask.state.subject.get(HOLIDAY)
    one = stored.find(ask.turn.conn, number) if number else None
    if one is None:
        return None
    target = about_staff(ask.turn, ask.person, one.person_id)
    return one if ask.turn.may_see(ask.person, "mark_absent", target) else None


def _coming(ask: Asked) -> list[Holiday]:
    """The holidays a list shows: somebody's, or on the coordinator's page everybody's of the organisation."""
    turn, person = ask.turn, ask.person
    number = ask.state.subject.get("staff")
    if number and ask.state.script != "unread":
        target = about_staff(turn, person, number)
        return (
            stored.of_person(turn.conn, number, turn.now)
            if turn.may_see(person, "mark_absent", target)
            else []
        )
    organisation = person.organisation_id
    target = about_organisation(turn, person, organisation)
    if organisation is None or not turn.may_see(person, "see_staff", target):
        return []
    found = stored.of_organisation(turn.conn, organisation, turn.now)
    return [one for one in found if people.load(turn.conn, one.person_id).role == "professional"]


def line(turn: Turn, reader: Person, one: Holiday) -> str:
    """Who is away when, who reads, and on which of those days that reader is away too."""
    found = readers(turn, one)
    names = [str(other.name) for other in found]
    said = turn.phrase(
        "holiday_line",
        reader,
        staff_name=people.load(turn.conn, one.person_id).name,
        period=unread.said(turn, reader, one.days),
        names=turn.phrase("two_names", reader, names=names) if names else "",
        one=len(names) == 1,
        needed=bool(people.youngsters_of(turn.conn, one.person_id)),
    )
    off = [
        turn.phrase(
            "holiday_reader_off", reader, staff_name=other.name, period=unread.said(turn, reader, run)
        )
        for other in found
        for run in unread.of_pair(turn, (other.id,), one.days)
    ]
    return " ".join((said, *off))


def lines(ask: Asked) -> Words:
    said = [line(ask.turn, ask.person, one) for one in _coming(ask)]
    return Words("\n".join(said) or ask.turn.phrase("holiday_none", ask.person))


def options(ask: Asked) -> tuple[Option, ...]:
    turn = ask.turn
    return tuple(
        Option(
            handle.named(turn, ask.person, HOLIDAY, one.id),
            turn.phrase(
                "holiday_button",
                ask.person,
                staff_name=people.load(turn.conn, one.person_id).name,
                day=_short(ask, one.days.first),
            ),
        )
        for one in _coming(ask)
    )


def about(ask: Asked) -> Words:
    """The holiday that is open: when, who reads, how many heard of it, and the days on which nobody reads."""
    turn, one = ask.turn, _asked(ask)
    if one is None:
        return Words("")
    said = [line(turn, ask.person, one)]
    told = len(stored.told_to(turn.conn, one.id))
    if told:
        said.append(turn.phrase("holiday_told_to", ask.person, count=told, one=told == 1))
    own = people.youngsters_of(turn.conn, one.person_id)
    runs = {run for youth in own for run in unread.of_youth(turn, youth.id, one.days)}
    said += [
        turn.phrase("holiday_unread", ask.person, period=unread.said(turn, ask.person, run))
        for run in sorted(runs)
    ]
    return Words("\n".join(said))


def question(ask: Asked) -> Words:
    """Who reads then? With who said that they cannot."""
    turn, one = ask.turn, _asked(ask)
    if one is None:
        return Words("")
    gone = ask.state.subject.get("gone")
    former = people.find(turn.conn, gone) if gone else None
    own = ask.person.id == one.person_id
    count = team.load_of(turn.conn, one.person_id)
    return Words(
        turn.phrase(
            "holiday_who_reads",
            ask.person,
            own=own,
            staff_name=people.load(turn.conn, one.person_id).name,
            period=unread.said(turn, ask.person, one.days),
            count=count,
            one=count == 1,
            gone=former.name if former and former.role == "professional" else "",
        )
    )


def reader_options(ask: Asked) -> tuple[Option, ...]:
    """Who is there on every day: the second professionals together, then other colleagues."""
    turn, one = ask.turn, _asked(ask)
    if one is None:
        return ()
    second = holidays.backups(turn, one)
    names = [str(other.name) for other in second]
    first = (Option(BACKUPS, turn.phrase("two_names", ask.person, names=names)),) if second else ()
    alone = second[0].id if len(second) == 1 else None
    return first + tuple(
        Option(handle.named(turn, ask.person, READER, other.id), str(other.name))
        for other in holidays.available(turn, one)
        if other.id != alone
    )


def weeks(ask: Asked) -> tuple[Option, ...]:
    """The weeks in which it can begin, by their Monday, a page at a time; this one says so."""
    this = _monday(ask.turn.today)
    return tuple(
        Option(
            day.isoformat(),
            ask.turn.phrase("holiday_this_week", ask.person, day=_dated(ask, day))
            if day == this
            else _dated(ask, day),
        )
        for day in paging.page(ask, WEEK, _weeks(ask))
    )


def _weeks(ask: Asked) -> list[date]:
    """From the first week that has a day to choose."""
    begin = _monday(ask.turn.today)
    if not _days_of(ask, begin):
        begin += timedelta(weeks=1)
    return [begin + timedelta(weeks=shift) for shift in range(WEEKS_OFFERED)]


def first_days(ask: Asked) -> Callable[[Scope], tuple[Option, ...]]:
    """The days of the week that was chosen which are still to come; of a holiday that runs also its first."""

    def of_week(names: Scope) -> tuple[Option, ...]:
        monday = _date(names["answers"].get("holiday_week"))
        found = _days_of(ask, monday) if monday is not None else []
        return tuple(Option(day.isoformat(), _dated(ask, day)) for day in found)

    return of_week


def _days_of(ask: Asked, monday: date) -> list[date]:
    one = _asked(ask)
    kept = one.days.first if one is not None and one.days.first <= ask.turn.today else None
    days = [monday + timedelta(days=shift) for shift in range(7)]
    return [day for day in days if day > ask.turn.today or day == kept]


def last_days(ask: Asked) -> tuple[Option, ...]:
    """The days it can end on, three weeks a page."""
    return tuple(
        Option(day.isoformat(), _dated(ask, day)) for day in paging.page(ask, LAST, _ends(ask), paging.DAYS)
    )


def _ends(ask: Asked) -> list[date]:
    """The first one and four weeks more, then a Sunday a week."""
    first = _date(ask.state.answers.get("holiday_day"))
    if first is None:
        return []
    near = [first + timedelta(days=shift) for shift in range(LAST_DAYS)]
    sunday = near[-1] + timedelta(days=7 - near[-1].isoweekday() % 7)
    far = [sunday + timedelta(weeks=shift) for shift in range(5)]
    return [day for day in (*near, *far) if day >= ask.turn.today]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _dated(ask: Asked, day: date) -> str:
    """A day on a button; with its year when that is not this one."""
    said = _short(ask, day)
    return said if day.year == ask.turn.today.year else f"{said} {day.year}"


def _date(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


def _short(ask: Asked, day: date) -> str:
    return unread.label_of(ask.turn, ask.person, day)


def who(ask: Asked) -> Words:
    number = ask.state.subject.get("staff") or ask.person.id
    return people.load(ask.turn.conn, number).name


def _runs(ask: Asked) -> bool:
    one = _asked(ask)
    return one is not None and one.begins_at <= ask.turn.now


def asked_on(ask: Asked) -> str:
    """The day on which the question who reads comes; empty when it is not needed or is past."""
    one = _asked(ask)
    if one is None or one.reads is not None or not people.youngsters_of(ask.turn.conn, one.person_id):
        return ""
    day = one.days.first - ASK_BEFORE
    return unread.day_of(ask.turn, ask.person, day) if day > ask.turn.today else ""


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "holiday_who": who,
    "holiday_lines": lines,
    "holiday_options": options,
    "holiday_said": about,
    "holiday_runs": _runs,
    "holiday_question": question,
    "holiday_readers": reader_options,
    "holiday_has_readers": lambda ask: bool(reader_options(ask)),
    "holiday_needs_reader": lambda ask: (
        (one := _asked(ask)) is not None and bool(people.youngsters_of(ask.turn.conn, one.person_id))
    ),
    "holiday_planned": lambda ask: (one := _asked(ask)) is None or one.planned,
    "holiday_weeks": weeks,
    "holiday_days": first_days,
    "holiday_last_days": last_days,
    "more_holiday_week": lambda ask: paging.has_next(ask, WEEK, _weeks(ask)),
    "before_holiday_week": lambda ask: paging.has_previous(ask, WEEK),
    "more_holiday_last": lambda ask: paging.has_next(ask, LAST, _ends(ask), paging.DAYS),
    "before_holiday_last": lambda ask: paging.has_previous(ask, LAST),
    "holiday_asked_on": asked_on,
}

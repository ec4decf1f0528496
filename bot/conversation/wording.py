"""Times, days and helplines as sentences say them, in the reader's language and the programme's time zone."""

from __future__ import annotations

from datetime import datetime

from bot.care import helplines as lines
from bot.care import kinds
from bot.content import dates
from bot.conversation import ordinary
from bot.conversation.asked import Asked
from bot.conversation.turn import Turn
from bot.schedule.hours import WorkingHours
from bot.schedule.reading import is_working, next_reading
from bot.storage import care
from bot.storage.people import Person


def day(turn: Turn, person: Person, moment: datetime) -> str:
    """*dinsdag 24 november*."""
    return str(_filter(turn, person, "date", moment))


def day_of_year(turn: Turn, person: Person, moment: datetime) -> str:
    """*dinsdag 24 november 2026*: for a day that may lie years ahead."""
    return f"{day(turn, person, moment)} {moment.astimezone(turn.world.settings.zone).year}"


def day_label(turn: Turn, person: Person, moment: datetime) -> str:
    """*dinsdag 24 nov*: on a button, where two stand side by side."""
    return str(_filter(turn, person, "short_date", moment))


def clock(turn: Turn, person: Person, moment: datetime) -> str:
    """*19:00*."""
    return str(_filter(turn, person, "time", moment))


def day_and_clock(turn: Turn, person: Person, moment: datetime) -> str:
    """*dinsdag 24 november, 19:00*."""
    return str(_filter(turn, person, "datetime", moment))


def weekday(person: Person, number: int) -> str:
    """*dinsdag* for 1."""
    return dates.weekdays(person.language)[number]


def months(language: str) -> tuple[str, ...]:
    """The names of the months, January first."""
    return dates.months(language)


def working_now(ask: Asked) -> bool:
    """Whether staff are at work at this moment."""
    settings = ask.turn.world.settings
    return is_working(ask.turn.now, settings.working_hours, settings.zone)


def _digest_of(ask: Asked) -> datetime | None:
    """The digest for which what was sent in this dialog waits; none when it went at once."""
    number = ask.state.subject.get("item")
    return ordinary.waits_until(ask.turn, number) if number and ask.person.role == "youth" else None


def reads_at_once(ask: Asked) -> bool:
    """Whether what was sent in this dialog lies before somebody who works now."""
    return working_now(ask) and _digest_of(ask) is None


def reading_from(ask: Asked) -> str:
    """When staff begin to read it, in the digest for which it waits or else: *maandag 23 november vanaf 09:00*."""
    settings = ask.turn.world.settings
    moment = _digest_of(ask) or next_reading(ask.turn.now, settings.working_hours, settings.zone)
    return ask.turn.phrase(
        "day_from",
        ask.person,
        day=day(ask.turn, ask.person, moment),
        time=clock(ask.turn, ask.person, moment),
    )


def working_hours(ask: Asked) -> str:
    """The working hours in words: *maandag tot en met vrijdag, 09:00 tot 17:00*."""
    return "; ".join(_runs(ask, ask.turn.world.settings.working_hours))


def helplines(ask: Asked) -> str:
    """Where to turn now, for somebody of this age at this hour; 112 and 113 always."""
    return helplines_for(ask.turn, ask.person, ask.person.born, _kind(ask))


def first_helplines(ask: Asked) -> str:
    """The same beside a question about danger: no more than somebody in panic can read."""
    return helplines_for(ask.turn, ask.person, ask.person.born, _kind(ask), brief=True)


def helplines_for(
    turn: Turn, person: Person | None, born: str | None, kind: str, *, brief: bool = False
) -> str:
    """The same for anybody, also for a stranger; *kind* is what a text seemed to be about."""
    rows = turn.world.library.helplines(turn.language_of(person))
    return helplines_text(turn, person, rows, born, kind, brief=brief)


def helplines_text(
    turn: Turn,
    person: Person | None,
    rows: tuple[lines.Helpline, ...],
    born: str | None,
    kind: str,
    *,
    brief: bool = False,
) -> str:
    """What stands in *rows* for this person at this hour."""
    remarks = lines.Remarks(
        chat=turn.phrase("helpline_chat", person, chat="{chat}"),
        hours_unknown=turn.phrase("helpline_hours_unknown", person),
        closed=turn.phrase("helpline_closed", person, opens="{opens}"),
        unchecked=turn.phrase("helpline_unchecked", person),
    )
    return lines.text(
        rows,
        remarks,
        born=born,
        now=turn.now,
        zone=turn.world.settings.zone,
        kind=kinds.help_of(kind),
        brief=brief,
    )


def _kind(ask: Asked) -> str:
    number = ask.state.subject.get("case")
    return care.load(ask.turn.conn, number).kind if number else ask.turn.danger_kind


def _runs(ask: Asked, hours: WorkingHours) -> list[str]:
    names = dates.weekdays(ask.person.language)
    runs: list[tuple[int, int]] = []
    for weekday in sorted(hours):
        if runs and runs[-1][1] == weekday - 1 and hours[weekday] == hours[runs[-1][0]]:
            runs[-1] = (runs[-1][0], weekday)
        else:
            runs.append((weekday, weekday))
    said = []
    for first, last in runs:
        start, end = hours[first]
        key = "hours_one_day" if first == last else "hours_several_days"
        said.append(
            ask.turn.phrase(
                key,
                ask.person,
                first=names[first],
                last=names[last],
                start=f"{start:%H:%M}",
                end=f"{end:%H:%M}",
            )
        )
    return said


def _filter(turn: Turn, person: Person, name: str, moment: datetime) -> object:
    return dates.filters(person.language, turn.world.settings.zone.key)[name](moment)

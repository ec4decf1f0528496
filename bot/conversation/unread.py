"""Days without a reader: nobody new comes in then, coordinators and operator hear of them, and see each one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.conversation import news, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import Outcome, about_organisation
from bot.conversation.turn import Turn
from bot.programme import cover, lifecycle
from bot.programme.cover import ASK_BEFORE, Stretch
from bot.schedule.local import to_utc
from bot.storage import duty, halts, holidays, meetings, meta, organisations, people, phases
from bot.storage.people import Person
from dialogs.words import Words

SHOWN = timedelta(weeks=8)
ALARM = "days_unread"
FIRST, LAST = "unread_from", "unread_until"
"""Subject: the days because of which somebody does not come in, as ordinals."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which *youngsters* of a group have no reader; *away* are those who would read."""

    group_id: int
    days: Stretch
    youngsters: int
    away: tuple[int, ...]


def workdays(turn: Turn, days: Stretch) -> dict[date, datetime]:
    """The working days among *days* on which something can still be read, each with its last minute."""
    settings = turn.world.settings
    found = cover.workdays(days, settings.working_hours, settings.zone)
    return {day: moment for day, moment in found.items() if moment > turn.now}


def of_pair(turn: Turn, pair: Collection[int], days: Stretch) -> tuple[Stretch, ...]:
    """The days on which nobody reads what a youngster of this pair sends."""
    working = workdays(turn, days)
    return cover.runs(holidays.unread(turn.conn, pair, working, turn.now), list(working))


def of_youth(turn: Turn, youth_id: int, days: Stretch) -> tuple[Stretch, ...]:
    """The same for one youngster."""
    return of_pair(turn, people.looked_after_by(turn.conn, youth_id).values(), days)


def refused(turn: Turn, pair: Collection[int], since: date | None = None) -> Outcome | None:
    """Why nobody comes in: within two weeks both are away and nobody stands in. None when somebody reads each day.

    Only who is away counts: whether somebody can be reached at all is asked when the youngster begins.
    """
    first = since or turn.today
    working = workdays(turn, Stretch(first, first + ASK_BEFORE))
    found = holidays.unread(turn.conn, pair, working, turn.now, accounts=False)
    if not found:
        return None
    run = cover.runs(found, list(working))[0]
    return Outcome("no_reader", {FIRST: run.first.toordinal(), LAST: run.last.toordinal()})


def refused_for(turn: Turn, youth: Person) -> Outcome | None:
    """The same for somebody who is known already; a tester always comes in."""
    if youth.practice:
        return None
    return refused(turn, people.looked_after_by(turn.conn, youth.id).values())


def gaps(turn: Turn, organisation_id: int, ahead: timedelta) -> list[Gap]:
    """Every stretch of days without a reader, group by group, in order."""
    working = workdays(turn, Stretch(turn.today, turn.today + ahead))
    halted, found = halts.halted(turn.conn), []
    for group_id, _ in meetings.groups_of_organisation(turn.conn, organisation_id):
        counted: Counter[date] = Counter()
        away: dict[date, set[int]] = {}
        known: dict[tuple[int, ...], tuple[date, ...]] = {}
        for youth in people.youngsters_in(turn.conn, group_id):
            if youth.practice or youth.id in halted or _is_gone(turn, youth):
                continue
            pair = tuple(people.looked_after_by(turn.conn, youth.id).values())
            if pair not in known:
                known[pair] = holidays.unread(turn.conn, pair, working, turn.now)
            counted.update(known[pair])
            for day in known[pair]:
                away.setdefault(day, set()).update(pair)
        for run in cover.runs(counted, list(working)):
            days = [day for day in counted if day in run]
            who = set().union(*(away[day] for day in days))
            found.append(Gap(group_id, run, max(counted[day] for day in days), tuple(sorted(who))))
    return sorted(found, key=lambda one: (one.days, one.group_id))


def look_ahead(turn: Turn) -> None:
    """Once a day, and after every change: whoever has to arrange a reader hears of the days that are new."""
    for organisation_id, _, _ in organisations.every(turn.conn):
        look(turn, organisation_id)


def look(turn: Turn, organisation_id: int | None) -> None:
    """A day within two weeks without a reader is an alarm and a line to the coordinators, once; and once on the day."""
    if organisation_id is None:
        return
    found = gaps(turn, organisation_id, ASK_BEFORE)
    working = workdays(turn, Stretch(turn.today, turn.today + ASK_BEFORE))
    days = {day.isoformat() for day in working if any(day in one.days for one in found)}
    marks = days | ({f"on {turn.today.isoformat()}"} if turn.today.isoformat() in days else set())
    key = f"unread:{organisation_id}"
    told = {one for one in (meta.get(turn.conn, key) or "").split(",") if one}
    new = sorted(marks - told)
    if new:
        turn.alarm(ALARM, f"{organisation_id}:{min(days)}")
        coordinators = duty.staff(turn.conn, organisation_id, ("coordinator",))
        about = {"news": news.UNREAD, "organisation": organisation_id}
        news.tell(turn, coordinators, about, f"unread:{organisation_id}:{new[-1]}:{turn.now.isoformat()}")
    if marks != told:
        meta.put(turn.conn, key, ",".join(sorted(marks)))


def lines(turn: Turn, reader: Person, organisation_id: int, ahead: timedelta) -> str:
    """The days as they are read: when, which group, how many, and who is away. No name of a youngster."""
    return "\n".join(
        turn.phrase(
            "unread_line",
            reader,
            period=said(turn, reader, one.days),
            group_name=meetings.group_name(turn.conn, one.group_id),
            count=one.youngsters,
            one=one.youngsters == 1,
            names=", ".join(str(people.load(turn.conn, number).name) for number in one.away),
        )
        for one in gaps(turn, organisation_id, ahead)
    )


def said(turn: Turn, reader: Person, days: Stretch) -> str:
    """*donderdag 24 december*, or *... tot en met ...*."""
    first, last = (day_of(turn, reader, day) for day in (days.first, days.last))
    return turn.phrase("days_from_to", reader, first=first, last=last, one=days.first == days.last)


def day_of(turn: Turn, reader: Person, day: date) -> str:
    """*donderdag 24 december*."""
    return wording.day(turn, reader, to_utc(day, time(12), turn.world.settings.zone))


def label_of(turn: Turn, reader: Person, day: date) -> str:
    """*donderdag 24 dec*, for a button."""
    return wording.day_label(turn, reader, to_utc(day, time(12), turn.world.settings.zone))


def _is_gone(turn: Turn, youth: Person) -> bool:
    return phases.phase_of(turn.conn, youth.id) in lifecycle.NO_REMINDERS


# Facts


def page(ask: Asked) -> Words:
    """For the coordinator: each day without a reader in the next weeks."""
    turn, organisation = ask.turn, ask.person.organisation_id
    target = about_organisation(turn, ask.person, organisation)
    if organisation is None or not turn.may_see(ask.person, "see_staff", target):
        return Words("")
    return Words(lines(turn, ask.person, organisation, SHOWN))


def refused_days(ask: Asked) -> str:
    """The days because of which somebody does not come in now."""
    about: Mapping[str, int] = ask.state.subject
    if FIRST not in about or LAST not in about:
        return ""
    days = Stretch(date.fromordinal(about[FIRST]), date.fromordinal(about[LAST]))
    return said(ask.turn, ask.person, days)


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "unread_lines": page,
    "refused_days": refused_days,
}

"""What the dialog about the weekday and time of a group shows: how it is, what can be chosen, and the preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.conversation import changing, evening_choices, evenings, news_of_evening, paging, rhythm, wording
from bot.conversation.asked import Asked
from bot.conversation.rhythm import FROM
from bot.schedule import rhythm as rules
from bot.schedule.rhythm import Rhythm
from bot.schedule.series import Series, days
from bot.storage import changes, meetings
from dialogs.effects import Option
from dialogs.words import Words


def said(ask: Asked) -> Words:
    """On which day and at what time the group meets, now and later, and who changed that last."""
    turn, group_id = ask.turn, ask.state.subject.get("group")
    if not group_id or not evenings.may(ask):
        return Words("")
    going = [one for one in rhythm.raw(turn, group_id) if _goes_on(one, turn.today)]
    shown = [meetings.group_name(turn.conn, group_id), *(line(ask, one) for one in going)]
    made = changes.rhythm(turn.conn, group_id)
    if made is not None:
        shown += ["", evenings.by(ask, made)]
    return Words("\n".join(shown))


def line(ask: Asked, one: Series) -> str:
    """*Elke 2 weken op dinsdag, 19:00 tot 22:00*; from when, until when, if that is not always."""
    turn = ask.turn
    return turn.phrase(
        "rhythm_line",
        ask.person,
        weekday=wording.weekday(ask.person, one.first.weekday()),
        weeks=one.every_weeks,
        since=evening_choices.with_year(ask, one.first) if one.first > turn.today else "",
        last=evening_choices.with_year(ask, one.until) if one.until is not None else "",
        starts=f"{one.starts:%H:%M}",
        ends=f"{one.ends:%H:%M}",
    )


def froms(ask: Asked) -> tuple[Option, ...]:
    """The evenings from which it can be otherwise, a page at a time."""
    return tuple(
        Option(day.isoformat(), evening_choices.label(ask, day))
        for day in paging.page(ask, FROM, _starting(ask))
    )


def firsts(ask: Asked) -> tuple[Option, ...]:
    """The first two dates of each week that is possible."""
    turn, since = ask.turn, changing.day_in(ask.state.answers.get(FROM))
    group_id = ask.state.subject.get("group")
    old = rules.of_day(rhythm.raw(turn, group_id), since) if since and group_id else None
    if old is None:
        return ()
    step = timedelta(weeks=old.every_weeks)
    return tuple(
        Option(
            day.isoformat(),
            turn.phrase(
                "rhythm_two",
                ask.person,
                first=evening_choices.label(ask, day),
                second=evening_choices.label(ask, day + step),
            ),
        )
        for day in rhythm.firsts(turn, ask.state)
    )


def preview(ask: Asked) -> Words:
    """What will be sent."""
    return evenings.preview_of(ask, rhythm.wanted(ask.turn, ask.state))


def goes(ask: Asked) -> str:
    """To whom it goes, and the evenings that somebody had changed apart."""
    found, group_id = rhythm.wanted(ask.turn, ask.state), ask.state.subject.get("group")
    shown = evenings.goes_to(ask, found)
    if not shown or not group_id or found is None or not isinstance(found.one, Rhythm):
        return shown
    calendar, zone = news_of_evening.calendar_of(ask.turn, group_id), ask.turn.world.settings.zone
    now, said = ask.turn.now, [shown]
    for phrase, rows in (
        ("rhythm_apart", rules.apart(calendar, found.one, zone, now)),
        ("rhythm_lost", rules.lost(calendar, found.one, zone, now)),
    ):
        if rows:
            moments = "\n".join(f"• {news_of_evening.when(ask.turn, ask.person, one)}" for one in rows)
            said.append(ask.turn.phrase(phrase, ask.person, evenings=moments))
    return "\n\n".join(said)


def _starting(ask: Asked) -> list[date]:
    group_id = ask.state.subject.get("group")
    if not group_id or not evenings.may(ask):
        return []
    return sorted(one.day for one in rhythm.starting(ask.turn, group_id))


def _goes_on(one: Series, today: date) -> bool:
    """Whether the series has an evening that is to come."""
    since = max(one.first, today)
    return any(days(one, since, since + timedelta(weeks=one.every_weeks)))


def _undoable(ask: Asked) -> bool:
    group_id = ask.state.subject.get("group")
    return group_id is not None and rhythm.undoable(ask.turn, group_id) is not None


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "rhythm_said": said,
    "rhythm_can_change": lambda ask: bool(_starting(ask)),
    "rhythm_can_undo": _undoable,
    "rhythm_froms": froms,
    "rhythm_more": lambda ask: paging.has_next(ask, FROM, _starting(ask)),
    "rhythm_before": lambda ask: paging.has_previous(ask, FROM),
    "rhythm_firsts": firsts,
    "rhythm_preview": preview,
    "rhythm_goes": goes,
    "rhythm_reaches": lambda ask: evenings.reaches(ask, rhythm.wanted(ask.turn, ask.state)),
}

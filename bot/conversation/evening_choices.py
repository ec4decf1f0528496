"""What can be chosen when an evening changes: another day, another time, another place, from when to when a stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from bot.conversation import changing, handle, paging, wording
from bot.conversation.asked import Asked
from bot.conversation.changing import PLACE, SAME, coming
from bot.schedule.local import to_utc
from bot.storage import calendars, meetings
from dialogs.effects import Option

DAYS_OFFERED = 28
EARLIER = timedelta(days=7)
FIRST, LAST = 13, 20
_NOON = time(12)


def days(ask: Asked) -> tuple[Option, ...]:
    """Days around the evening on which the group does not meet already, three weeks a page."""
    return tuple(Option(day.isoformat(), label(ask, day)) for day in _paged(ask, "day", _free_days(ask)))


def _free_days(ask: Asked) -> list[date]:
    turn, group_id = ask.turn, _group(ask)
    if group_id is None:
        return []
    one = changing.chosen(turn, ask.state)
    first = max(turn.today, one.on - EARLIER) if one else turn.today
    taken = {
        other.on
        for other in coming(turn, group_id, timedelta(days=400))
        if other.is_held and (one is None or other.day != one.day)
    }
    every = (first + timedelta(days=shift) for shift in range(DAYS_OFFERED))
    return [day for day in every if day not in taken]


def times(ask: Asked) -> tuple[Option, ...]:
    half_hours = (f"{hour:02d}{minute:02d}" for hour in range(FIRST, LAST + 1) for minute in (0, 30))
    same = Option(SAME, ask.turn.phrase("evening_same_time", ask.person))
    return (same, *(Option(text, f"{text[:2]}:{text[2:]}") for text in half_hours))


def places(ask: Asked) -> tuple[Option, ...]:
    """Other places of the organisation."""
    group_id, one = _group(ask), changing.chosen(ask.turn, ask.state)
    if group_id is None or one is None:
        return ()
    organisation = meetings.organisation_of_group(ask.turn.conn, group_id)
    here = calendars.place_of(ask.turn.conn, group_id, one.location).id
    found = calendars.places(ask.turn.conn, organisation) if organisation is not None else []
    return tuple(
        Option(handle.named(ask.turn, ask.person, PLACE, place.id), place.name)
        for place in found
        if place.id != here
    )


def stop_from(ask: Asked) -> tuple[Option, ...]:
    """The evenings a stop can begin with, a page at a time."""
    return _dated(ask, _paged(ask, "stop_from", _stoppable(ask)))


def stop_until(ask: Asked) -> tuple[Option, ...]:
    """The evenings after it: the one they meet again on."""
    return _dated(ask, _paged(ask, "stop_until", _after_stop(ask)))


def _stoppable(ask: Asked) -> list[date]:
    group_id = _group(ask)
    found = coming(ask.turn, group_id, changing.STOPS_WITHIN) if group_id is not None else []
    return [one.on for one in found if one.is_held and one.starts_at > ask.turn.now]


def _after_stop(ask: Asked) -> list[date]:
    first = changing.day_in(ask.state.answers.get("stop_from"))
    return [day for day in _stoppable(ask) if first is not None and day > first]


_PAGED: Mapping[str, tuple[Callable[[Asked], list[date]], int]] = {
    "day": (_free_days, paging.DAYS),
    "stop_from": (_stoppable, paging.ROWS),
    "stop_until": (_after_stop, paging.ROWS),
}


def _paged(ask: Asked, name: str, found: list[date]) -> Sequence[date]:
    return paging.page(ask, name, found, _PAGED[name][1])


def _has_next(name: str) -> Callable[[Asked], bool]:
    every, size = _PAGED[name]
    return lambda ask: paging.has_next(ask, name, every(ask), size)


def _has_previous(name: str) -> Callable[[Asked], bool]:
    return lambda ask: paging.has_previous(ask, name)


def _dated(ask: Asked, found: Sequence[date]) -> tuple[Option, ...]:
    return tuple(Option(day.isoformat(), label(ask, day)) for day in found)


def label(ask: Asked, day: date) -> str:
    """A day on a button; with its year when that is not this one."""
    if day.year != ask.turn.today.year:
        return with_year(ask, day)
    return wording.day_label(ask.turn, ask.person, to_utc(day, _NOON, ask.turn.world.settings.zone))


def with_year(ask: Asked, day: date) -> str:
    return f"{wording.day_label(ask.turn, ask.person, to_utc(day, _NOON, ask.turn.world.settings.zone))} {day.year}"


def _group(ask: Asked) -> int | None:
    return ask.state.subject.get("group")


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "evening_days": days,
    "evening_times": times,
    "evening_places": places,
    "has_evening_places": lambda ask: bool(places(ask)),
    "evening_stop_from": stop_from,
    "evening_stop_until": stop_until,
    "can_stop": lambda ask: len(_stoppable(ask)) > 1,
    **{f"more_{name}": _has_next(name) for name in _PAGED},
    **{f"before_{name}": _has_previous(name) for name in _PAGED},
}

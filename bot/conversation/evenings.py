"""What the dialogs about evenings show: the list, one evening, and the preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.conversation import changing, evening_choices, handle, news_of_evening, telling, wording
from bot.conversation.asked import Asked
from bot.conversation.changing import EVENING, GROUP, SHOWN, STOP, Wanted, coming
from bot.conversation.deed import about_group
from bot.conversation.news_of_evening import News, calendar_of
from bot.schedule.evenings import Evening, Stop
from bot.schedule.local import to_utc
from bot.schedule.school import Region, known_until
from bot.storage import calendars, changes, meetings, people
from bot.storage.changes import Made
from dialogs.effects import Option
from dialogs.words import Words

_NOON = time(12)
KNOWN_AHEAD = timedelta(days=180)
"""With fewer days of known school holidays ahead whoever plans evenings is told."""


def group_options(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(handle.named(ask.turn, ask.person, GROUP, number), name)
        for number, name in changing.groups(ask.turn, ask.person)
    )


def lines(ask: Asked) -> Words:
    """The next evenings of the group, each with what became of it."""
    turn, group_id = ask.turn, _group(ask)
    if group_id is None or not may(ask):
        return Words("")
    said = [meetings.group_name(turn.conn, group_id), ""]
    shown = coming(turn, group_id)[:SHOWN]
    said += [_line(ask, one) for one in shown] or [turn.phrase("evenings_none", ask.person)]
    said += [_stop_line(ask, one) for one in _stops(ask)]
    return Words("\n".join([*said, *_warnings(ask, group_id)]))


def options(ask: Asked) -> tuple[Option, ...]:
    group_id = _group(ask)
    if group_id is None or not may(ask):
        return ()
    found = [
        Option(
            handle.named(ask.turn, ask.person, f"{EVENING}:{group_id}", one.day.toordinal()),
            evening_choices.label(ask, one.on),
        )
        for one in coming(ask.turn, group_id)[:SHOWN]
    ]
    found += [
        Option(
            handle.named(ask.turn, ask.person, f"{STOP}:{group_id}", one.id),
            _stop_label(ask, one),
        )
        for one in _stops(ask)
    ]
    return tuple(found)


def said(ask: Asked) -> Words:
    """The evening or the stop that was picked, why it is as it is, and who opened the message about it."""
    turn = ask.turn
    if not may(ask):
        return Words("")
    made = _made(ask)
    one = changing.chosen(turn, ask.state)
    told = [_line(ask, one)] if one else [_stop_line(ask, made)] if made else []
    if made is not None:
        told.append(by(ask, made))
        youngsters = telling.audience(turn, made.group_id)
        waiting = telling.unopened(turn, made)
        key = "change_seen_all" if not waiting else "change_seen"
        names = ", ".join(str(one.name) for one in waiting)
        if youngsters and made.by is not None:
            seen = len(youngsters) - len(waiting)
            told.append(turn.phrase(key, ask.person, seen=seen, all=len(youngsters), names=names))
    return Words("\n\n".join(told))


def preview(ask: Asked) -> Words:
    """Exactly what will be sent, in every language it is sent in."""
    return preview_of(ask, changing.said_in(ask))


def preview_of(ask: Asked, found: Wanted | None) -> Words:
    """The same of what is about to be decided; with nobody to tell what it will be."""
    news, to = _receivers(ask, found)
    if news is None:
        return Words("")
    readers = {one.language: one for one in to} or {ask.person.language: ask.person}
    return Words("\n\n---\n\n".join(text_of(ask, news, reader) for reader in readers.values()))


def goes_to(ask: Asked, found: Wanted | None) -> str:
    """To whom it goes and when, under the words themselves; or that nobody hears of it."""
    turn, shown = ask.turn, list[str]()
    news, to = _receivers(ask, found)
    if news is None:
        return ""
    if telling.answered(turn, news) & {one.id for one in to}:
        anew = turn.phrase("change_asked_anew", ask.person)
        shown.append(turn.phrase("change_anew_too", ask.person, said=anew))
    if not to:
        return turn.phrase("change_to_nobody", ask.person)
    names = ", ".join(str(one.name) for one in to)
    shown.append(turn.phrase("change_to", ask.person, count=len(to), names=names))
    silent = [str(one.name) for one in to if not telling.reached(turn, one)]
    if silent:
        shown.append(turn.phrase("change_not_reached", ask.person, names=", ".join(silent)))
    return "\n\n".join([*shown, _when(ask, news, to)])


def _receivers(ask: Asked, found: Wanted | None) -> tuple[News | None, list[people.Person]]:
    turn, group_id = ask.turn, _group(ask)
    if found is None or group_id is None or not may(ask):
        return None, []
    news = changing.news_of(turn, ask.person, group_id, found)
    return news, changing.receivers(turn, group_id, found) if news is not None else []


def text_of(ask: Asked, news: News, reader: people.Person) -> str:
    """The message as the dialog of the youngster shows it, with its question."""
    told = news_of_evening.said(ask.turn, reader, news)
    return f"{told}\n\n{ask.turn.phrase('change_asks', reader)}" if news.asks else told


def change_said(ask: Asked) -> Words:
    """What a youngster reads, as it stands now."""
    made = _made(ask)
    if made is None:
        return Words("")
    news = news_of_evening.decided(ask.turn, made)
    told = news_of_evening.said(ask.turn, ask.person, news)
    if news.asks and ask.state.subject.get("answered"):
        told += "\n\n" + ask.turn.phrase("change_asked_anew", ask.person)
    return Words(f"{told}\n\n{ask.turn.phrase('change_asks', ask.person)}" if news.asks else told)


def unopened(ask: Asked) -> Words:
    """Who has to be called, and about what."""
    made = _made(ask)
    if made is None or not may(ask, made.group_id):
        return Words("")
    news = news_of_evening.decided(ask.turn, made)
    names = "\n".join(str(one.name) for one in telling.unopened(ask.turn, made))
    told = news_of_evening.said(ask.turn, ask.person, news)
    return Words(ask.turn.phrase("change_unopened_list", ask.person, said=told, names=names or "-"))


def calls_off(ask: Asked) -> bool:
    """Whether an evening does not go on by what is about to be decided."""
    group_id, found = _group(ask), changing.said_in(ask)
    news = changing.news_of(ask.turn, ask.person, group_id, found) if group_id and found else None
    return news is not None and news.kind in ("cancelled", "extra_gone")


def reaches(ask: Asked, found: Wanted | None) -> bool:
    """Whether anybody is told of what is about to be decided."""
    group_id = _group(ask)
    return found is not None and group_id is not None and bool(changing.receivers(ask.turn, group_id, found))


def warning(ask: Asked) -> str:
    """The school holidays that decide about evenings are known no further than this."""
    turn, organisation = ask.turn, ask.person.organisation_id
    if ask.person.role != "coordinator" or organisation is None:
        return ""
    own = [number for number, _ in changing.groups(turn, ask.person)]
    found = {line for number in own for line in _warnings(ask, number, holidays_only=True)}
    return "\n".join(sorted(found))


def standing(ask: Asked) -> str:
    """The evenings that go on within the stop that was asked for, a line each."""
    group_id, found = _group(ask), changing.said_in(ask)
    if group_id is None or found is None or not isinstance(found.one, Stop) or not may(ask):
        return ""
    calendar = calendar_of(ask.turn, group_id)
    return "\n".join(_line(ask, one) for one in changing.in_stop(ask.turn, calendar, found.one))


def latest(ask: Asked) -> Words:
    """Who changed something while this was open."""
    group_id = _group(ask)
    made = changes.latest(ask.turn.conn, group_id) if group_id is not None else None
    return Words(by(ask, made)) if made is not None else Words("")


def _when(ask: Asked, news: News, to: list[people.Person]) -> str:
    turn = ask.turn
    first, _ = telling.moments(turn, news)
    late = max(telling.tell_at(turn, one, telling.MOVED, first) for one in to)
    if late <= turn.now:
        return turn.phrase("change_at_once", ask.person)
    return turn.phrase("change_later", ask.person, moment=wording.day_and_clock(turn, ask.person, late))


def _line(ask: Asked, one: Evening) -> str:
    key = "extra" if one.extra and one.is_held else one.state
    group_id = _group(ask)
    place = news_of_evening.where(ask.turn, group_id, one) if group_id is not None else ""
    moment = news_of_evening.when(ask.turn, ask.person, one)
    day = evening_choices.label(ask, one.day)
    return ask.turn.phrase(f"evening_{key}", ask.person, moment=moment, place=place, day=day)


def _stop_label(ask: Asked, made: Made) -> str:
    since = evening_choices.with_year(ask, made.stop.since) if made.stop is not None else ""
    return ask.turn.phrase("evening_stop_button", ask.person, since=since)


def _stop_line(ask: Asked, made: Made) -> str:
    if made.stop is None:
        return ""
    since, until = (evening_choices.with_year(ask, day) for day in (made.stop.since, made.stop.until))
    return ask.turn.phrase("evening_stop", ask.person, since=since, until=until)


def by(ask: Asked, made: Made) -> str:
    """Who changed it last, when, and why."""
    turn = ask.turn
    number, moment = (
        (made.by, made.at) if made.step == "made" else (made.undone_by, made.undone_at or made.at)
    )
    name = people.load(turn.conn, number).name if number else Words(turn.phrase("somebody", ask.person))
    said = turn.phrase(
        "change_by", ask.person, staff_name=name, moment=wording.day_and_clock(turn, ask.person, moment)
    )
    reason, role = news_of_evening.written(turn, made)
    if not reason.strip():
        return said
    return f"{said} {turn.phrase('change_reason', ask.person, reason=reason, role=role)}"


def _warnings(ask: Asked, group_id: int, *, holidays_only: bool = False) -> list[str]:
    turn, calendar = ask.turn, calendar_of(ask.turn, group_id)
    found = []
    if calendar.policy == "skip":
        region: Region = calendar.region
        known = known_until(region, turn.today)
        if known - turn.today < KNOWN_AHEAD:
            noon = to_utc(known, _NOON, turn.world.settings.zone)
            day = f"{wording.day(turn, ask.person, noon)} {known.year}"
            found.append(turn.phrase("evenings_known_until", ask.person, day=day))
    if not holidays_only and not calendars.place_of(turn.conn, group_id, None).address:
        found.append(turn.phrase("evenings_no_address", ask.person))
    return found


def _made(ask: Asked) -> Made | None:
    """What the dialog is about: a change that was named, a stop, or the newest change of the evening picked."""
    subject = ask.state.subject
    named = changes.named_in(ask.turn.conn, subject)
    if named is not None:
        return named
    one = changing.chosen(ask.turn, ask.state)
    return changes.topmost(ask.turn.conn, subject["group"], one.day) if one else None


def _stops(ask: Asked) -> list[Made]:
    group_id = _group(ask)
    return changes.stops(ask.turn.conn, group_id, ask.turn.today) if group_id is not None else []


def _group(ask: Asked) -> int | None:
    return ask.state.subject.get("group")


def may(ask: Asked, group_id: int | None = None) -> bool:
    """Whether the reader may change the evenings of this group, else of the one the dialog is about."""
    number = group_id if group_id is not None else _group(ask)
    return number is not None and ask.turn.may_see(
        ask.person, "change_meeting", about_group(ask.turn, ask.person, number)
    )


def _noon(ask: Asked, day: date) -> datetime:
    return to_utc(day, _NOON, ask.turn.world.settings.zone)


def _is(test: Callable[[Evening, datetime], bool]) -> Callable[[Asked], bool]:
    def look(ask: Asked) -> bool:
        one = changing.chosen(ask.turn, ask.state)
        return one is not None and one.starts_at > ask.turn.now and test(one, ask.turn.now)

    return look


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "evening_groups": group_options,
    "evening_lines": lines,
    "evening_options": options,
    "evening_said": said,
    "evening_held": _is(lambda one, _: one.is_held),
    "evening_skipped": _is(lambda one, _: one.state in ("school", "public", "stopped")),
    "evening_movable": _is(lambda one, _: one.state != "cancelled"),
    "evening_changed": lambda ask: (made := _made(ask)) is not None and made.undone_at is None,
    "change_calls_off": calls_off,
    "change_reaches": lambda ask: reaches(ask, changing.said_in(ask)),
    "calendar_warning": warning,
    "change_preview": preview,
    "change_goes": lambda ask: goes_to(ask, changing.said_in(ask)),
    "change_latest": latest,
    "evenings_in_stop": standing,
    "change_told": lambda ask: ask.state.subject.get("told", 0),
    "change_said": change_said,
    "change_unopened": unopened,
}

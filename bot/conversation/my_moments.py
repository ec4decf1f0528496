"""The moments a youngster chose for questions: for all of them together, or for one kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.conversation import log_days, quieting, recurring
from bot.conversation.asked import Asked
from bot.conversation.deed import OK, Deed, Outcome
from bot.conversation.turn import Turn
from bot.schedule import dose, own_moments
from bot.schedule.local import to_utc
from bot.schedule.own_moments import EARLY, FROM, HOURS, LATE, WEEK, OwnMoments
from bot.schedule.quiet import leaves_room
from bot.storage import due, preferences
from bot.storage.due import Due
from bot.storage.people import Person
from dialogs.effects import Option

KINDS = ("all", *dose.OWN_MOMENTS)
OWN = "own_moments"
"""Why a moment was moved."""


def save(deed: Deed) -> Outcome:
    """Keep what was ticked: *none* when nothing was, *narrow* when those hours are never free."""
    turn, person = deed.turn, deed.person
    ticked = deed.answer("parts")
    found = own_moments.chosen(list(ticked) if isinstance(ticked, Mapping) else [], turn.band(person))
    if found is None:
        return Outcome("none")
    if not _fits(turn, person, found):
        return Outcome("narrow")
    text = ",".join(part for part in own_moments.offered(turn.band(person)) if part in found.parts)
    preferences.put(turn.conn, person.id, quieting.name_of(_kind(deed)), text, turn.now)
    plan_anew(turn, person)
    return OK


def forget(deed: Deed) -> Outcome:
    """All kinds at the usual moments again."""
    for kind in KINDS:
        preferences.drop(deed.turn.conn, deed.person.id, quieting.name_of(kind), deed.turn.now)
    plan_anew(deed.turn, deed.person)
    return OK


def plan_anew(turn: Turn, person: Person) -> None:
    """Every question that waits goes to the moment that suits now, with the reason."""
    for one in due.waiting_of(turn.conn, person.id):
        if one.kind not in dose.OWN_MOMENTS or one.because == "pause":
            continue
        moment = quieting.free_moment(turn, person, one.kind, _usual(turn, one))
        if moment == one.not_before or moment <= turn.now - timedelta(minutes=1):
            continue
        until = moment + recurring.ASKED_UNTIL if one.kind == "two_weekly" else one.not_after
        due.replan(turn.conn, person.id, one.kind, one.occurrence, moment, until, OWN)


def _usual(turn: Turn, one: Due) -> datetime:
    """When it would come if nobody had chosen anything."""
    zone = turn.world.settings.zone
    match one.kind:
        case "two_weekly":
            usual = recurring.asked_at(date.fromordinal(one.subject["day"]), zone)
        case log_days.KIND:
            day = date.fromisoformat(one.occurrence.rpartition(":")[2])
            usual = to_utc(day, log_days.ASKED_AT, zone)
        case _:
            usual = turn.now if one.because == OWN else one.not_before
    return max(usual, turn.now)


def _fits(turn: Turn, person: Person, found: OwnMoments) -> bool:
    settings, band = turn.world.settings, turn.band(person)
    hours = settings.quiet.with_own(found, band, settings.zone, turn.now)
    return hours.own is not None and leaves_room(hours, band, settings.zone, turn.now)


def _kind(deed: Deed) -> str:
    chosen = str(deed.answer("kind"))
    return chosen if chosen in KINDS else "all"


def parts(ask: Asked) -> tuple[Option, ...]:
    """The parts of the week with their hours."""
    return tuple(Option(part, _label(ask, part)) for part in own_moments.offered(ask.turn.band(ask.person)))


def said(ask: Asked) -> str:
    """The own moments in words, a line for each kind that has some."""
    chosen = preferences.of(ask.turn.conn, ask.person.id)
    lines = []
    for kind in KINDS:
        text = chosen.get(quieting.name_of(kind))
        found = own_moments.read(text, ask.turn.band(ask.person)) if text else None
        if found is not None:
            named = [_label(ask, part) for part in (*WEEK, EARLY, LATE) if part in found.parts]
            lines.append(
                ask.turn.phrase("moments_line", ask.person, what=_what(ask, kind), said="; ".join(named))
            )
    return "\n".join(lines)


def has_own(ask: Asked) -> bool:
    chosen = preferences.of(ask.turn.conn, ask.person.id)
    return any(quieting.name_of(kind) in chosen for kind in KINDS)


def _what(ask: Asked, kind: str) -> str:
    return ask.turn.phrase(f"moments_{kind}", ask.person)


def _label(ask: Asked, part: str) -> str:
    """*Doordeweeks 's ochtends (08:00-12:00)*, as far as the quiet hours of their age leave."""
    turn, settings = ask.turn, ask.turn.world.settings
    start, end = settings.quiet.of(turn.band(ask.person))
    if part == EARLY:
        return turn.phrase("part_early", ask.person, start=_wall(FROM), end=_wall(end))
    if part == LATE:
        return turn.phrase("part_late", ask.person, start=_wall(start), end="24:00")
    begins, ends = HOURS[part.partition("_")[2]]
    begins = max(begins, end) if start > end else begins
    ends = start if start > end and (ends == time(0) or ends > start) else ends
    return turn.phrase(f"part_{part}", ask.person, start=_wall(begins), end=_wall(ends))


def _wall(clock: time) -> str:
    return f"{clock:%H:%M}"


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"save_moments": save, "forget_moments": forget}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "moment_parts": parts,
    "moments_said": said,
    "has_own_moments": has_own,
}

"""The words about a changed evening: one function says what is sent, shown before it is sent, and read later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.conversation import wording
from bot.conversation.turn import Turn
from bot.schedule.evenings import Calendar, Change, Evening, Stop, evening, evenings, next_after, without
from bot.schedule.local import to_utc
from bot.schedule.rhythm import Rhythm
from bot.storage import calendars, people
from bot.storage.changes import Made, Step
from bot.storage.people import Person

NEXT_WITHIN = timedelta(days=120)
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class News:
    """What was decided about a group: *before* and *after* are none for a summer stop and for a rhythm.

    *reason* is what was written about it, in their own words; empty when there was none. *role*: of who wrote it.
    """

    group_id: int
    before: Evening | None
    after: Evening | None
    stop: Stop | None
    reason: str
    step: Step
    rhythm: Rhythm | None = None
    role: str = "professional"

    @property
    def kind(self) -> str:
        """cancelled, back, moved, time, place, extra, extra_gone, held, stop, stop_gone, rhythm or rhythm_gone."""
        if self.rhythm is not None:
            return "rhythm" if self.step == "made" else "rhythm_gone"
        if self.stop is not None:
            return "stop" if self.step == "made" else "stop_gone"
        before, after = self.before, self.after
        if after is None or not after.is_held:
            return "extra_gone" if before is not None and before.extra else "cancelled"
        if before is None:
            return "extra"
        if not before.is_held:
            return "back" if self.step == "undone" or before.state == "cancelled" else "held"
        if before.on != after.on:
            return "moved"
        return "time" if before.starts_at != after.starts_at else "place"

    @property
    def asks(self) -> bool:
        """Whether it is asked anew who comes: what was said about another day counts for nothing."""
        return self.after is not None and self.after.is_held and self.kind != "place"

    @property
    def spans(self) -> tuple[Evening, ...]:
        return tuple(one for one in (self.before, self.after) if one is not None)


def calendar_of(turn: Turn, group_id: int) -> Calendar:
    """When a group meets, by the region of its municipality, else of the configuration."""
    return calendars.calendar_of(turn.conn, group_id, turn.world.settings.quiet.region or "midden")


def planned(turn: Turn, actor: Person, group_id: int, one: Change | Stop | Rhythm, reason: str) -> News:
    """What it will be when *actor* decides this now."""
    calendar = calendar_of(turn, group_id)
    if isinstance(one, Rhythm):
        return News(group_id, None, None, None, reason, "made", one, actor.role)
    if isinstance(one, Stop):
        return News(group_id, None, None, one, reason, "made", role=actor.role)
    zone = turn.world.settings.zone
    after = replace(calendar, changes=(*calendar.changes, one))
    return News(
        group_id,
        evening(calendar, one.day, zone),
        evening(after, one.day, zone),
        None,
        reason,
        "made",
        role=actor.role,
    )


def undoing(turn: Turn, actor: Person, made: Made, reason: str) -> News:
    """What it will be when *actor* takes *made* back now."""
    calendar = calendar_of(turn, made.group_id)
    if made.change is None:
        return News(made.group_id, None, None, made.stop, reason, "undone", made.rhythm, actor.role)
    zone, day = turn.world.settings.zone, made.change.day
    return News(
        made.group_id,
        evening(calendar, day, zone),
        evening(without(calendar, made.change), day, zone),
        None,
        reason,
        "undone",
        role=actor.role,
    )


def decided(turn: Turn, made: Made) -> News:
    """What was decided, told later: of a change that was undone, that it was."""
    calendar = calendar_of(turn, made.group_id)
    reason, role = written(turn, made)
    if made.change is None:
        return News(made.group_id, None, None, made.stop, reason, made.step, made.rhythm, role)
    zone, day = turn.world.settings.zone, made.change.day
    if made.step == "made":
        before = evening(without(calendar, made.change), day, zone)
        return News(made.group_id, before, evening(calendar, day, zone), None, reason, "made", role=role)
    with_it = replace(calendar, changes=(*calendar.changes, made.change))
    before = evening(with_it, day, zone)
    return News(made.group_id, before, evening(calendar, day, zone), None, reason, "undone", role=role)


def written(turn: Turn, made: Made) -> tuple[str, str]:
    """What was written about the newest step of a change, and the role of who wrote it."""
    reason, by = (made.reason, made.by) if made.step == "made" else (made.undone_reason, made.undone_by)
    return str(reason), people.load(turn.conn, by).role if by else "professional"


def said(turn: Turn, reader: Person, news: News) -> str:
    """The message as *reader* gets it; the reason stands in it in the words of who gave it."""
    facts = _of_rhythm(turn, reader, news, news.rhythm) if news.rhythm else _facts(turn, reader, news)
    lines = [turn.phrase(f"change_{news.kind}", reader, **facts)]
    if news.reason:
        lines.append(turn.phrase("change_reason", reader, reason=news.reason, role=news.role))
    if news.kind in ("cancelled", "extra_gone", "stop"):
        coming = _coming(turn, news)
        if coming is not None:
            lines.append(
                turn.phrase(
                    "change_next", reader, moment=wording.day_and_clock(turn, reader, coming.starts_at)
                )
            )
    return "\n\n".join(lines)


def when(turn: Turn, reader: Person, one: Evening) -> str:
    """*dinsdag 1 december, 19:00 tot 22:00*."""
    return turn.phrase(
        "change_when",
        reader,
        day=wording.day(turn, reader, one.starts_at),
        begins=wording.clock(turn, reader, one.starts_at),
        until=wording.clock(turn, reader, one.ends_at),
    )


def where(turn: Turn, group_id: int, one: Evening) -> str:
    """The building, the place, and the address if somebody wrote it down."""
    found = calendars.place_of(turn.conn, group_id, one.location)
    return ", ".join(part for part in (found.name, found.address, found.place) if part)


def _facts(turn: Turn, reader: Person, news: News) -> dict[str, str]:
    facts = {}
    if news.before is not None:
        facts["day"] = wording.day(turn, reader, news.before.starts_at)
    if news.after is not None and news.after.is_held:
        facts["new"] = when(turn, reader, news.after)
        facts["place"] = where(turn, news.group_id, news.after)
        facts.setdefault("day", wording.day(turn, reader, news.after.starts_at))
    if news.stop is not None:
        zone = turn.world.settings.zone
        for name, day in (("since", news.stop.since), ("until", news.stop.until)):
            said = wording.day(turn, reader, to_utc(day, _NOON, zone))
            facts[name] = said if day.year == turn.today.year else f"{said} {day.year}"
    return facts


def turned(calendar: Calendar, news: News, rhythm: Rhythm) -> tuple[Calendar, Calendar]:
    """When the group meets before and after what was decided about its weekday and time."""
    was, became = replace(calendar, series=rhythm.was), replace(calendar, series=rhythm.became)
    return (was, became) if news.step == "made" else (became, was)


def first_turned(turn: Turn, calendar: Calendar, rhythm: Rhythm) -> Evening | None:
    """The first evening to come, on which people meet, from the first one that is different."""
    zone, since = turn.world.settings.zone, min(rhythm.since, rhythm.first)
    found = evenings(calendar, since, since + NEXT_WITHIN, zone)
    return next((one for one in found if one.is_held and one.starts_at > turn.now), None)


def _of_rhythm(turn: Turn, reader: Person, news: News, rhythm: Rhythm) -> dict[str, str | int]:
    """*new*: the first evening as it will be; *gone*: one that is on its way, and that there will not be."""
    zone = turn.world.settings.zone
    before, after = turned(calendar_of(turn, news.group_id), news, rhythm)
    first, old = first_turned(turn, after, rhythm), evening(before, rhythm.since, zone)
    still = evening(after, rhythm.since, zone)
    drops = news.step == "made" and old is not None and old.is_held and old.starts_at > turn.now
    return {
        "new": when(turn, reader, first) if first is not None else "",
        "gone": wording.day(turn, reader, old.starts_at) if drops and old and still is None else "",
        "weeks": rhythm.new.every_weeks,
    }


def _coming(turn: Turn, news: News) -> Evening | None:
    """The next evening they do meet, to end with."""
    calendar = calendar_of(turn, news.group_id)
    zone = turn.world.settings.zone
    if news.stop is not None:
        return next_after(calendar, news.stop.until, zone, NEXT_WITHIN)
    gone = news.before
    if gone is None:
        return None
    found = evenings(calendar, turn.today, turn.today + NEXT_WITHIN, zone)
    return next(
        (one for one in found if one.is_held and one.starts_at > turn.now and one.day != gone.day), None
    )

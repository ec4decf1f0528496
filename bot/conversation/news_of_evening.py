"""The words about a changed evening: one function says what is sent, shown before it is sent, and read later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.conversation import wording
from bot.conversation.turn import Turn
from bot.schedule.evenings import Calendar, Change, Evening, Stop, evening, evenings, next_after, without
from bot.schedule.local import to_utc
from bot.storage import calendars
from bot.storage.changes import Made, Step
from bot.storage.people import Person

NEXT_WITHIN = timedelta(days=120)
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class News:
    """What was decided about a group: *before* and *after* are none for a summer stop.

    *reason* is what the professional wrote, in their own words; empty when they gave none.
    """

    group_id: int
    before: Evening | None
    after: Evening | None
    stop: Stop | None
    reason: str
    step: Step

    @property
    def kind(self) -> str:
        """cancelled, back, moved, time, place, extra, extra_gone, held, stop or stop_gone."""
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
        return self.stop is None and self.after is not None and self.after.is_held and self.kind != "place"

    @property
    def spans(self) -> tuple[Evening, ...]:
        return tuple(one for one in (self.before, self.after) if one is not None)


def calendar_of(turn: Turn, group_id: int) -> Calendar:
    """When a group meets, by the region of its municipality, else of the configuration."""
    return calendars.calendar_of(turn.conn, group_id, turn.world.settings.quiet.region or "midden")


def planned(turn: Turn, group_id: int, one: Change | Stop, reason: str) -> News:
    """What it will be when this is decided now."""
    calendar = calendar_of(turn, group_id)
    if isinstance(one, Stop):
        return News(group_id, None, None, one, reason, "made")
    zone = turn.world.settings.zone
    after = replace(calendar, changes=(*calendar.changes, one))
    return News(
        group_id, evening(calendar, one.day, zone), evening(after, one.day, zone), None, reason, "made"
    )


def undoing(turn: Turn, made: Made, reason: str) -> News:
    """What it will be when *made* is taken back now."""
    calendar = calendar_of(turn, made.group_id)
    if made.change is None:
        return News(made.group_id, None, None, made.stop, reason, "undone")
    zone, day = turn.world.settings.zone, made.change.day
    return News(
        made.group_id,
        evening(calendar, day, zone),
        evening(without(calendar, made.change), day, zone),
        None,
        reason,
        "undone",
    )


def decided(turn: Turn, made: Made) -> News:
    """What was decided, told later: of a change that was undone, that it was."""
    calendar = calendar_of(turn, made.group_id)
    reason = str(made.reason)
    if made.change is None:
        return News(made.group_id, None, None, made.stop, reason, made.step)
    zone, day = turn.world.settings.zone, made.change.day
    if made.step == "made":
        before = evening(without(calendar, made.change), day, zone)
        return News(made.group_id, before, evening(calendar, day, zone), None, reason, "made")
    with_it = replace(calendar, changes=(*calendar.changes, made.change))
    before = evening(with_it, day, zone)
    return News(made.group_id, before, evening(calendar, day, zone), None, "", "undone")


def said(turn: Turn, reader: Person, news: News) -> str:
    """The message as *reader* gets it; the reason stands in it in the words of who gave it."""
    lines = [turn.phrase(f"change_{news.kind}", reader, **_facts(turn, reader, news))]
    if news.reason:
        lines.append(turn.phrase("change_reason", reader, reason=news.reason))
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
        noon = [to_utc(day, _NOON, zone) for day in (news.stop.since, news.stop.until)]
        facts["since"], facts["until"] = (wording.day(turn, reader, moment) for moment in noon)
    return facts


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

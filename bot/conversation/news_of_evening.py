"""The words about a changed evening: one function says what is sent, shown before it is sent, and read later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.conversation import wording
from bot.conversation.turn import Turn
from bot.schedule.evenings import Calendar, Change, Evening, Stop, evening, evenings, next_after, without
from bot.schedule.local import to_utc
from bot.schedule.rhythm import Rhythm
from bot.schedule.series import Series
from bot.storage import calendars, meetings, people
from bot.storage.changes import Made, Step
from bot.storage.people import Person

NEXT_WITHIN = timedelta(days=120)
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class News:
    """What was decided about a group: *before* and *after* are none for a summer stop.

    Of a rhythm they are there when the coming evening keeps its day and gets another time.
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
        """Whether it is asked anew who comes: what was said about another moment counts for nothing."""
        return self.after is not None and self.after.is_held and self.kind != "place"

    @property
    def spans(self) -> tuple[Evening, ...]:
        return tuple(one for one in (self.before, self.after) if one is not None)


def calendar_of(turn: Turn, group_id: int, instead: Sequence[Series] | None = None) -> Calendar:
    """When a group meets, by the region of its municipality, else of the configuration. *instead*: of its series."""
    return calendars.calendar_of(turn.conn, group_id, turn.world.settings.quiet.region or "midden", instead)


def planned(turn: Turn, actor: Person, group_id: int, one: Change | Stop | Rhythm, reason: str) -> News:
    """What it will be when *actor* decides this now."""
    calendar = calendar_of(turn, group_id)
    if isinstance(one, Rhythm):
        return _news_of_rhythm(turn, group_id, one, reason, "made", actor.role)
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
    if made.rhythm is not None:
        return _news_of_rhythm(turn, made.group_id, made.rhythm, reason, "undone", actor.role)
    if made.change is None:
        return News(made.group_id, None, None, made.stop, reason, "undone", role=actor.role)
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
    if made.rhythm is not None:
        return _news_of_rhythm(turn, made.group_id, made.rhythm, reason, made.step, role)
    if made.change is None:
        return News(made.group_id, None, None, made.stop, reason, made.step, role=role)
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
            facts[name] = _with_year(turn, reader, to_utc(day, _NOON, zone))
    return facts


def turned(turn: Turn, group_id: int, rhythm: Rhythm, step: Step) -> tuple[Calendar, Calendar]:
    """When the group meets before and after what was decided about its weekday and time."""
    was, became = (calendar_of(turn, group_id, series) for series in (rhythm.was, rhythm.became))
    return (was, became) if step == "made" else (became, was)


def first_new(turn: Turn, calendar: Calendar, rhythm: Rhythm) -> Evening | None:
    """The first evening of the new series that is to come, and on which people meet."""
    return next((one for one in _to_come(turn, calendar, rhythm.edge) if rhythm.names(one)), None)


def first_different(turn: Turn, group_id: int, rhythm: Rhythm, step: Step) -> datetime | None:
    """The first moment at which people would have met and do not, or the other way round."""
    before, after = (
        {one.starts_at for one in _to_come(turn, calendar, rhythm.edge)}
        for calendar in turned(turn, group_id, rhythm, step)
    )
    return min(before ^ after, default=None)


def _to_come(turn: Turn, calendar: Calendar, since: date) -> list[Evening]:
    since = max(since, turn.today)
    found = evenings(calendar, since, since + NEXT_WITHIN, turn.world.settings.zone)
    return [one for one in found if one.is_held and one.starts_at > turn.now]


def _news_of_rhythm(turn: Turn, group_id: int, rhythm: Rhythm, reason: str, step: Step, role: str) -> News:
    """With only another time the coming evening is asked anew, if it could be answered already."""
    day, zone = rhythm.since, turn.world.settings.zone
    before, after = (evening(one, day, zone) for one in turned(turn, group_id, rhythm, step))
    asks = (
        before is not None
        and after is not None
        and before.is_held
        and after.is_held
        and before.starts_at != after.starts_at
        and after.starts_at > turn.now
        and meetings.named(turn.conn, group_id, day.isoformat()) is not None
    )
    return News(group_id, before if asks else None, after if asks else None, None, reason, step, rhythm, role)


def _of_rhythm(turn: Turn, reader: Person, news: News, rhythm: Rhythm) -> dict[str, str | int]:
    """*new*: the first evening as it will be; *gone*: one that is on its way, and that there will not be."""
    zone, made = turn.world.settings.zone, news.step == "made"
    before, after = turned(turn, news.group_id, rhythm, news.step)
    coming = _to_come(turn, after, turn.today)
    first = first_new(turn, after, rhythm) if made else next(iter(coming), None)
    old, still = (evening(one, rhythm.since, zone) for one in (before, after))
    drops = made and old is not None and old.is_held and old.starts_at > turn.now
    return {
        "new": _dated(turn, reader, first) if first is not None else "",
        "gone": _with_year(turn, reader, old.starts_at) if drops and old and still is None else "",
        "weeks": rhythm.new.every_weeks,
    }


def _dated(turn: Turn, reader: Person, one: Evening) -> str:
    """As *when*, with the year when it is not this one."""
    return turn.phrase(
        "change_when",
        reader,
        day=_with_year(turn, reader, one.starts_at),
        begins=wording.clock(turn, reader, one.starts_at),
        until=wording.clock(turn, reader, one.ends_at),
    )


def _with_year(turn: Turn, reader: Person, moment: datetime) -> str:
    said, year = wording.day(turn, reader, moment), moment.astimezone(turn.world.settings.zone).year
    return said if year == turn.today.year else f"{said} {year}"


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

"""When the two groups of the year meet, found by walking over the days with a table of holidays written by hand.

What is changed about evenings stands here as well: the simulation taps it in, and the rules know from when it holds.
Nothing here comes from ``bot.schedule``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OLDER, YOUNGER = "18-25", "12-18"
FIRST = {OLDER: date(2021, 5, 11), YOUNGER: date(2021, 5, 17)}
MEETS_IN_HOLIDAYS = {OLDER: True, YOUNGER: False}
SEVEN, TEN = time(19), time(22)

PUBLIC = {
    date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 28),
    date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 6), date(2027, 5, 16), date(2027, 5, 17),
}  # fmt: skip
"""Christmas, New Year, Good Friday (set equal to a holiday by the Algemene termijnenwet, article 3), Easter, King's
Day, Ascension, Pentecost."""
SCHOOL = [
    (date(2026, 10, 17), date(2026, 10, 25)),
    (date(2026, 12, 19), date(2027, 1, 3)),
    (date(2027, 2, 20), date(2027, 2, 28)),
    (date(2027, 4, 24), date(2027, 5, 2)),
    (date(2027, 7, 17), date(2027, 8, 29)),
]
"""Schools of the middle of the country, as the ministry published them."""


@dataclass(frozen=True, slots=True)
class Change:
    """At local moment *when* somebody taps this. *to*, *at*: the new day and hour; *until*: the end of a stop."""

    when: str
    group: str
    day: str
    what: str
    to: str = ""
    at: str = ""
    until: str = ""


CHANGES = [
    # On the day of the switch: it moves, after the reminder of 48 hours.
    Change("2026-10-25 15:10", YOUNGER, "2026-10-26", "move", "2026-10-27", "18:30"),
    Change("2026-11-02 14:10", OLDER, "2026-11-03", "cancel"),
    Change("2026-11-27 15:10", OLDER, "2026-12-01", "move", "2026-12-02", "20:00"),
    Change("2026-12-15 12:10", OLDER, "2026-12-22", "extra", "2026-12-22", "19:00"),
    # An hour and a half before: after both reminders.
    Change("2027-01-18 17:30", YOUNGER, "2027-01-18", "cancel"),
    Change("2027-01-29 12:10", YOUNGER, "2027-02-01", "place"),
    Change("2027-02-05 12:10", OLDER, "2027-02-09", "cancel"),
    Change("2027-02-08 15:10", OLDER, "2027-02-09", "undo"),
    # They meet on Easter Monday, the day after the other switch.
    Change("2027-03-19 12:10", YOUNGER, "2027-03-29", "hold"),
    # To an earlier day than the reminder would have come.
    Change("2027-05-27 12:10", OLDER, "2027-06-01", "move", "2027-05-30", "15:00"),
    Change("2027-06-21 12:10", OLDER, "2027-07-13", "stop", until="2027-08-24"),
]


@dataclass(slots=True)
class Evening:
    """*versions*: from when it was known, and when it would begin then; none: not at all. Latest last."""

    group: str
    name: str
    versions: list[tuple[datetime, datetime | None]] = field(default_factory=list)

    def starts(self, at: datetime) -> datetime | None:
        """When it would begin, as it was known at a moment."""
        return next((start for since, start in reversed(self.versions) if since <= at), None)


def utc(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, AMSTERDAM).astimezone(UTC)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def is_school_holiday(day: date) -> bool:
    return any(first <= day <= last for first, last in SCHOOL)


def walked(group: str, since: date, until: date) -> Iterator[date]:
    """Every day that is a whole number of fortnights after the first evening."""
    for number in range(since.toordinal(), until.toordinal() + 1):
        if (number - FIRST[group].toordinal()) % 14 == 0:
            yield date.fromordinal(number)


def evenings(since: date, until: date) -> list[Evening]:
    """Every evening with all that became of it, in the order in which they are named."""
    long_ago = utc(since, time()) - timedelta(days=400)
    found: dict[tuple[str, str], Evening] = {}
    for group in FIRST:
        for day in walked(group, since, until):
            free = day in PUBLIC or (is_school_holiday(day) and not MEETS_IN_HOLIDAYS[group])
            found[group, day.isoformat()] = Evening(
                group, day.isoformat(), [(long_ago, None if free else utc(day, SEVEN))]
            )
    for change in CHANGES:
        if utc(since, time()) <= moment(change.when) < utc(until, time()):
            _apply(found, change)
    return sorted(found.values(), key=lambda one: (one.name, one.group))


def _apply(found: dict[tuple[str, str], Evening], change: Change) -> None:
    when = moment(change.when)
    if change.what == "stop":
        for one in found.values():
            if one.group == change.group and change.day <= one.name < change.until:
                one.versions.append((when, None))
        return
    one = found.setdefault((change.group, change.day), Evening(change.group, change.day))
    match change.what:
        case "cancel":
            one.versions.append((when, None))
        case "undo":
            one.versions.append((when, one.versions[-2][1]))
        case "hold":
            one.versions.append((when, utc(date.fromisoformat(change.day), SEVEN)))
        case "move" | "extra":
            one.versions.append((when, utc(date.fromisoformat(change.to), time.fromisoformat(change.at))))

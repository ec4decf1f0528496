"""What was true for each youngster of a group at the moment a reminder was to go out: read with plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, text

from tests.rehearsal.year.evenings import AMSTERDAM, PUBLIC, Evening, is_school_holiday
from tests.rehearsal.year.ledger import Facts, facts_of, stored

BEFORE = {"meeting_48h": timedelta(hours=48), "meeting_3h": timedelta(hours=3)}
ADULT, MINOR = (time(22), time(9)), (time(20, 30), time(8))
SCHOOL_HOURS = (time(8, 30), time(15))
MINUTE = timedelta(minutes=1)
TAKES_A_PLACE = {"trial", "participating", "paused", "outflow", "halted"}


@dataclass(frozen=True, slots=True)
class Probe:
    """*minor*: for which age this moment counts. *came*: the last two evenings that were noted, newest first."""

    at: datetime
    kind: str
    evening: Evening
    person: int
    minor: bool
    is_minor: bool
    facts: Facts
    reachable: bool
    said: str | None
    came: tuple[bool, ...]
    who: str = ""

    @property
    def attends(self) -> bool:
        if self.said == "come":
            return True
        return any(self.came) if self.came else self.said != "not"


def is_quiet(moment: datetime, *, minor: bool) -> bool:
    """Whether a phone stays silent, by the wall clock: the night, and school on school days for who is under 18."""
    here = moment.astimezone(AMSTERDAM)
    begins, ends = MINOR if minor else ADULT
    wall, day = here.time(), here.date()
    if wall >= begins or wall < ends:
        return True
    school = day.weekday() < 5 and not is_school_holiday(day) and day not in PUBLIC
    return minor and school and SCHOOL_HOURS[0] <= wall < SCHOOL_HOURS[1]


def earlier(moment: datetime, *, minor: bool) -> datetime:
    """The last minute before the quiet that *moment* falls into."""
    while is_quiet(moment, minor=minor):
        moment -= MINUTE
    return moment


def is_minor(born: str, day: date) -> bool:
    """Eighteen from the first day of the month after the month of birth."""
    year, month = (int(part) for part in born.split("-"))
    return (day.year - year) * 12 + day.month - month <= 18 * 12


def moments(evening: Evening) -> Iterator[tuple[datetime, str]]:
    """When a reminder is to go out for somebody of either age, for every version of an evening."""
    found = set()
    for _, start in evening.versions:
        if start is None:
            continue
        for kind, before in BEFORE.items():
            for minor in (False, True):
                found.add((earlier(start - before, minor=minor), f"{kind}:{'minor' if minor else 'adult'}"))
    yield from sorted(found)


_THERE = text(
    """
    SELECT p.id, p.born, a.state AS account,
      (SELECT answer FROM meeting_answer r JOIN meeting m ON m.id = r.meeting_id
       WHERE r.person_id = p.id AND m.group_id = :group AND m.local_date = :name) AS said
    FROM person p LEFT JOIN account a ON a.person_id = p.id
    WHERE p.role = 'youth' AND p.group_id = :group AND p.born IS NOT NULL
    """
)
_CAME = text(
    """
    SELECT t.state FROM attendance t JOIN meeting m ON m.id = t.meeting_id
    WHERE t.youth_id = :id AND m.starts_at < :now ORDER BY m.starts_at DESC LIMIT 2
    """
)
_PHASES = text(
    """
    SELECT p.id, (SELECT m.phase FROM phase_move m WHERE m.youth_id = p.id AND m.undone_at IS NULL
                  ORDER BY m.id DESC LIMIT 1) AS phase
    FROM person p WHERE p.role = 'youth' AND p.group_id = :group AND p.state NOT IN ('erased', 'drill')
    AND NOT EXISTS (SELECT 1 FROM halt h WHERE h.youth_id = p.id AND h.reason = 'died' AND h.lifted_at IS NULL)
    """
)


def look(conn: Connection, group: int, evening: Evening, at: datetime, what: str) -> list[Probe]:
    """Everybody of the group for whose age this is the moment."""
    kind, _, age = what.partition(":")
    found = []
    for row in conn.execute(_THERE, {"group": group, "name": evening.name}).all():
        minor = is_minor(row.born, at.astimezone(AMSTERDAM).date())
        facts = facts_of(conn, row.id, at)
        if minor is not (age == "minor") or facts is None:
            continue
        came = tuple(
            one == "present" for one in conn.execute(_CAME, {"id": row.id, "now": stored(at)}).scalars()
        )
        found.append(
            Probe(
                at,
                kind,
                evening,
                row.id,
                age == "minor",
                minor,
                facts,
                row.account == "active",
                row.said,
                came,
            )
        )
    return found


def concerned(conn: Connection, group: int, now: datetime) -> list[int]:
    """Who comes to the evenings of a group now and can be told something."""
    found = []
    for row in conn.execute(_THERE, {"group": group, "name": ""}).all():
        facts = facts_of(conn, row.id, now)
        here = facts is not None and facts.phase in (None, "trial", "participating", "outflow")
        if (
            facts is not None
            and here
            and facts.state == "active"
            and not facts.halted
            and row.account == "active"
        ):
            found.append(row.id)
    return found


def taken(conn: Connection, group: int) -> int:
    """How many places of a group are taken."""
    return sum(
        row.phase is None or row.phase in TAKES_A_PLACE for row in conn.execute(_PHASES, {"group": group})
    )


def waiting(conn: Connection, group: int) -> set[int]:
    """Who waits for a place."""
    return {row.id for row in conn.execute(_PHASES, {"group": group}) if row.phase == "waiting"}

"""Holidays of staff: absences that were planned, who reads then, and what each youngster was told of it.

Who reads is also chosen for an absence that was noted when it began; it is no holiday in any list.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.programme import cover, holiday_news
from bot.programme.cover import Cover, Stretch
from bot.programme.holiday_news import HolidayNews
from bot.storage import people
from bot.storage.schema_alerts import absence, holiday_told
from bot.storage.schema_people import person

Reads = Literal["backup", "colleague"]


@dataclass(frozen=True, slots=True)
class Holiday:
    """*reads*: none when nobody said yet who reads; ``backup``: the second professional of each youngster."""

    id: int
    person_id: int
    days: Stretch
    begins_at: datetime
    ends_at: datetime
    reads: Reads | None
    reader_id: int | None
    withdrawn_at: datetime | None
    planned: bool = True


def add(
    conn: Connection, person_id: int, days: Stretch, begins_at: datetime, ends_at: datetime, noted_by: int
) -> Holiday:
    """Plan it; nobody said yet who reads."""
    values = {
        "person_id": person_id,
        "begins_at": begins_at,
        "ends_at": ends_at,
        "noted_by": noted_by,
        "planned": True,
        "first_on": days.first,
        "last_on": days.last,
    }
    return _holiday(conn.execute(insert(absence).values(values).returning(absence)).one())


def find(conn: Connection, number: int) -> Holiday | None:
    """The absence with this number for which who reads is chosen, also one that was withdrawn; else none."""
    query = select(absence).where(absence.c.id == number, absence.c.first_on.is_not(None))
    row = conn.execute(query).one_or_none()
    return _holiday(row) if row else None


def move(conn: Connection, number: int, days: Stretch, begins_at: datetime, ends_at: datetime) -> None:
    """Other days; who reads stays as it was."""
    values = {"first_on": days.first, "last_on": days.last, "begins_at": begins_at, "ends_at": ends_at}
    conn.execute(update(absence).where(absence.c.id == number).values(values))


def choose(conn: Connection, number: int, reads: Reads | None, reader_id: int | None) -> None:
    """Who reads: the second professionals, one colleague, or nobody said yet."""
    conn.execute(update(absence).where(absence.c.id == number).values(cover=reads, reader_id=reader_id))


def withdraw(conn: Connection, number: int, at: datetime | None) -> None:
    """It does not happen; with none for *at* it does after all."""
    conn.execute(update(absence).where(absence.c.id == number).values(withdrawn_at=at))


def of_person(conn: Connection, person_id: int, now: datetime) -> list[Holiday]:
    """The holidays of somebody that are not over and were not withdrawn, in order."""
    return _found(conn, now, absence.c.person_id == person_id)


def of_organisation(conn: Connection, organisation_id: int, now: datetime) -> list[Holiday]:
    """The same for everybody who works for an organisation."""
    staff = select(person.c.id).where(person.c.organisation_id == organisation_id, person.c.state == "active")
    return _found(conn, now, absence.c.person_id.in_(staff))


def noted(conn: Connection, person_id: int, now: datetime) -> list[Holiday]:
    """The absences of somebody that were noted when they began, are not over, and for which somebody may read."""
    found = _found(conn, now, absence.c.person_id == person_id, noted=True)
    return [one for one in found if not one.planned]


def every(conn: Connection, now: datetime) -> list[Holiday]:
    """The same for everybody."""
    return _found(conn, now, absence.c.person_id.is_not(None))


def read_by(conn: Connection, reader_id: int, now: datetime) -> list[Holiday]:
    """The holidays in which somebody reads for a colleague: chosen by name, or as a second professional."""
    found = [
        one for one in _found(conn, now, absence.c.cover.is_not(None), noted=True) if one.reads is not None
    ]
    return [one for one in found if youngsters_for(conn, one, reader_id)]


def youngsters_for(conn: Connection, one: Holiday, reader_id: int) -> list[people.Person]:
    """For whom *reader_id* reads in this holiday, by name."""
    mine = people.youngsters_of(conn, one.person_id)
    if one.reads == "colleague":
        return mine if one.reader_id == reader_id else []
    if one.reads is None:
        return []
    return [youth for youth in mine if people.looked_after_by(conn, youth.id).get("backup") == reader_id]


def stands_in(conn: Connection, person_id: int, now: datetime) -> int | None:
    """The colleague who was chosen to read for somebody whose holiday runs; none when the second professionals do."""
    query = select(absence.c.reader_id).where(
        absence.c.person_id == person_id,
        absence.c.begins_at <= now,
        absence.c.ends_at > now,
        absence.c.withdrawn_at.is_(None),
        absence.c.cover == "colleague",
    )
    number: int | None = conn.execute(query.order_by(absence.c.id.desc()).limit(1)).scalar()
    return number


def reads_for(conn: Connection, reader_id: int, youth_id: int, now: datetime) -> bool:
    """Whether somebody was chosen to read for a youngster in a holiday that is not over."""
    pair = people.looked_after_by(conn, youth_id).values()
    return any(one.reader_id == reader_id for one in covers(conn, pair, now))


def covers(conn: Connection, staff: Collection[int], now: datetime) -> list[Cover]:
    """Who was chosen to stand in for these people from now on."""
    query = select(absence).where(
        absence.c.person_id.in_(staff),
        absence.c.ends_at > now,
        absence.c.withdrawn_at.is_(None),
        absence.c.cover == "colleague",
        absence.c.reader_id.is_not(None),
    )
    return [
        Cover(row.person_id, Stretch(row.first_on, row.last_on), row.reader_id) for row in conn.execute(query)
    ]


def away(
    conn: Connection, staff: Collection[int], days: Mapping[date, datetime], *, accounts: bool
) -> dict[int, frozenset[date]]:
    """On which of *days* each of *staff* is not there; with *accounts* also who has not begun, or is not reached any
    more."""
    query = select(absence.c.person_id, absence.c.begins_at, absence.c.ends_at).where(
        absence.c.person_id.in_(staff), absence.c.withdrawn_at.is_(None)
    )
    spans: dict[int, list[tuple[datetime, datetime]]] = {}
    for row in conn.execute(query):
        spans.setdefault(row.person_id, []).append((row.begins_at, row.ends_at))
    return {
        number: frozenset(days)
        if accounts and (not has_begun(conn, number) or is_gone(conn, number))
        else cover.away_on(days, spans.get(number, []))
        for number in staff
    }


def has_begun(conn: Connection, person_id: int) -> bool:
    """Whether somebody of the staff has ever begun: who never pressed Start reads nothing."""
    row = conn.execute(select(person.c.state, person.c.began_at).where(person.c.id == person_id)).one()
    return row.state == people.BEGUN or row.began_at is not None


def is_gone(conn: Connection, person_id: int) -> bool:
    """Whether somebody of the staff who once began gets no messages any more."""
    row = conn.execute(select(person.c.state, person.c.began_at).where(person.c.id == person_id)).one()
    if row.state == "erased":
        return True
    if row.began_at is None:
        return False
    account = people.account_of(conn, person_id)
    return row.state != "active" or account is None or account.state not in people.REACHED


def unread(
    conn: Connection,
    pair: Collection[int],
    days: Mapping[date, datetime],
    now: datetime,
    *,
    accounts: bool = True,
) -> tuple[date, ...]:
    """The working *days* on which nobody reads what a youngster of this *pair* of professionals sends."""
    standing = covers(conn, pair, now)
    everybody = {*pair, *(one.reader_id for one in standing)}
    return cover.unread(days, tuple(pair), away(conn, everybody, days, accounts=accounts), standing)


# What youngsters were told


def told(conn: Connection, number: int, youth_id: int) -> list[HolidayNews]:
    """What a youngster was told of a holiday, oldest first."""
    query = select(holiday_told.c.said).where(
        holiday_told.c.absence_id == number, holiday_told.c.youth_id == youth_id
    )
    return [holiday_news.load(said) for said in conn.execute(query.order_by(holiday_told.c.id)).scalars()]


def told_to(conn: Connection, number: int) -> list[int]:
    """Every youngster who was told something of a holiday."""
    query = select(holiday_told.c.youth_id).where(holiday_told.c.absence_id == number).distinct()
    return list(conn.execute(query.order_by(holiday_told.c.youth_id)).scalars())


def note_told(conn: Connection, number: int, youth_id: int, said: HolidayNews, now: datetime) -> int:
    """They hear it now."""
    values = {"absence_id": number, "youth_id": youth_id, "said": said.dump(), "at": now}
    made: int = conn.execute(insert(holiday_told).values(values).returning(holiday_told.c.id)).scalar_one()
    return made


def untold(conn: Connection, told_id: int) -> None:
    """It did not reach them after all."""
    conn.execute(delete(holiday_told).where(holiday_told.c.id == told_id))


def news_of(conn: Connection, told_id: int) -> tuple[int, HolidayNews, bool] | None:
    """What was told under this number: the absence, the news, and whether it changed what was told before."""
    row = conn.execute(select(holiday_told).where(holiday_told.c.id == told_id)).one_or_none()
    if row is None:
        return None
    earlier = select(holiday_told.c.id).where(
        holiday_told.c.absence_id == row.absence_id,
        holiday_told.c.youth_id == row.youth_id,
        holiday_told.c.id < told_id,
    )
    again = conn.execute(earlier.limit(1)).first() is not None
    return row.absence_id, holiday_news.load(row.said), again


def _found(conn: Connection, now: datetime, whose: Any, *, noted: bool = False) -> list[Holiday]:
    kinds = [] if noted else [absence.c.planned.is_(True)]
    query = select(absence).where(
        whose,
        absence.c.first_on.is_not(None),
        absence.c.ends_at > now,
        absence.c.withdrawn_at.is_(None),
        *kinds,
    )
    return [_holiday(row) for row in conn.execute(query.order_by(absence.c.first_on, absence.c.id))]


def _holiday(row: Row[Any]) -> Holiday:
    return Holiday(
        id=row.id,
        person_id=row.person_id,
        days=Stretch(row.first_on, row.last_on),
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        reads=row.cover,
        reader_id=row.reader_id,
        withdrawn_at=row.withdrawn_at,
        planned=row.planned,
    )

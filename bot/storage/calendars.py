"""The calendar of a group as it stands in the database, and its rows of evenings brought to what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, delete, func, select, update

from bot.schedule.evenings import Calendar, Change, Evening, Kind, Policy, Stop, ending, evenings
from bot.schedule.school import Region
from bot.schedule.series import Series
from bot.storage import door_wishes, meetings
from bot.storage import places as sites
from bot.storage.dialect import insert_unless_there
from bot.storage.schema_flow import due
from bot.storage.schema_people import person
from bot.storage.schema_programme import (
    location,
    meeting,
    meeting_group,
    municipality,
    series,
    series_exception,
    summer_stop,
)

REMINDERS = ("meeting_48h", "meeting_3h")
CANCELLED, DROPPED = "cancelled", "dropped"


@dataclass(frozen=True, slots=True)
class Followed:
    """A coming evening that is not what it was. *answered*: how many had said whether they come."""

    meeting_id: int
    local_date: str
    state: str
    answered: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where people can meet."""

    id: int
    name: str
    place: str
    address: str


def calendar_of(
    conn: Connection, group_id: int, region: Region, instead: Sequence[Series] | None = None
) -> Calendar:
    """When a group meets. *region* holds where the municipality names none.

    *instead*: what it would be with these series; also then there is no evening after the group closes.
    """
    query = select(meeting_group.c.holidays, meeting_group.c.closes_on, municipality.c.region).join(
        municipality, municipality.c.id == meeting_group.c.municipality_id
    )
    row = conn.execute(query.where(meeting_group.c.id == group_id)).one()
    calendar = Calendar(
        tuple(series_of(conn, group_id) if instead is None else instead),
        tuple(changes_of(conn, group_id)),
        tuple(stops_of(conn, group_id)),
        cast(Policy, row.holidays),
        cast(Region, row.region or region),
    )
    return ending(calendar, row.closes_on) if row.closes_on is not None else calendar


def series_of(conn: Connection, group_id: int) -> list[Series]:
    """The series of a group, in the order in which they begin."""
    query = select(series).where(series.c.group_id == group_id).order_by(series.c.first_date)
    return [
        Series(
            date.fromisoformat(row.first_date),
            time.fromisoformat(row.starts),
            time.fromisoformat(row.ends),
            row.every_weeks,
            _day(row.until),
        )
        for row in conn.execute(query)
    ]


def replace_series(conn: Connection, group_id: int, wanted: Sequence[Series]) -> None:
    """From now on the group has exactly these."""
    conn.execute(delete(series).where(series.c.group_id == group_id))
    for one in wanted:
        meetings.add_series(conn, group_id, one)


def changes_of(conn: Connection, group_id: int) -> list[Change]:
    """The changes that hold, oldest first."""
    table = series_exception
    query = select(table).where(table.c.group_id == group_id, table.c.undone_at.is_(None))
    return [change_in(row) for row in conn.execute(query.order_by(table.c.id))]


def stops_of(conn: Connection, group_id: int) -> list[Stop]:
    """The summer stops that hold."""
    table = summer_stop
    query = select(table).where(table.c.group_id == group_id, table.c.undone_at.is_(None))
    return [
        Stop(date.fromisoformat(row.since), date.fromisoformat(row.until))
        for row in conn.execute(query.order_by(table.c.since))
    ]


def change_in(row: Row[Any]) -> Change:
    """The change that a row of ``series_exception`` holds."""
    return Change(
        cast(Kind, row.kind),
        date.fromisoformat(row.local_date),
        _day(row.to_date),
        time.fromisoformat(row.starts) if row.starts else None,
        time.fromisoformat(row.ends) if row.ends else None,
        row.location_id,
    )


def skipping_regions(conn: Connection, region: Region) -> set[Region]:
    """The regions whose school holidays decide about evenings."""
    query = (
        select(municipality.c.region)
        .join(meeting_group, meeting_group.c.municipality_id == municipality.c.id)
        .where(meeting_group.c.holidays == "skip")
    )
    return {cast(Region, found or region) for found in conn.execute(query).scalars()}


def places(conn: Connection, organisation_id: int) -> list[Place]:
    """The places of an organisation where it can meet; no other organisation's."""
    found = sites.sites(conn, organisation_id)
    return [Place(one.id, one.name, one.place, one.said("address")) for one in found if not one.retired]


def place_of(conn: Connection, group_id: int, location_id: int | None) -> Place:
    """Where an evening is: the place with this number, else where the group always meets."""
    usual = select(meeting_group.c.location_id).where(meeting_group.c.id == group_id).scalar_subquery()
    wanted = location.c.id == (usual if location_id is None else location_id)
    row = conn.execute(select(location).where(wanted)).one()
    return Place(row.id, row.name, row.place, row.address or "")


def notes_of(conn: Connection, meeting_id: int) -> dict[str, str]:
    """What is written down about the place of an evening: address, map, the way, the noise, a quiet corner."""
    row = _place_row(conn, meeting_id)
    names = [column.name for column in location.columns if column.name.endswith(("_nl", "_en"))]
    return {name: text for name in ("address", "map_url", *names) if (text := getattr(row, name))}


def photo_of(conn: Connection, meeting_id: int, what: str) -> bytes | None:
    """The PNG of the *what* ("door" or "room") of the place of an evening, if somebody gave one."""
    return cast("bytes | None", getattr(_place_row(conn, meeting_id), f"{what}_png"))


def lock(conn: Connection, group_id: int) -> None:
    """Keep other workers from changing this group until the transaction ends; what refers to it can be written."""
    mine = select(meeting_group.c.id).where(meeting_group.c.id == group_id)
    conn.execute(mine.with_for_update(key_share=True))


def bring(
    conn: Connection,
    group_id: int,
    calendar: Calendar,
    zone: ZoneInfo,
    now: datetime,
    until: date,
) -> list[Followed]:
    """Make the rows of coming evenings say what *calendar* says, at least until a local date; what differed.

    What has begun stays as it was. Reminders that wait for an evening that changed are taken away: looking ahead
    plans them anew. Answers about another moment and promises for it are forgotten. Twice changes nothing.
    """
    today = now.astimezone(zone).date()
    known = {
        row.local_date: row
        for row in conn.execute(
            select(meeting).where(meeting.c.group_id == group_id, meeting.c.starts_at > now)
        ).all()
    }
    names = [date.fromisoformat(name) for name in known]
    names += [one.day for one in calendar.changes if max(one.day, one.to or one.day) >= today]
    found = evenings(calendar, min([today, *names]), max([until, *names]), zone)
    changed_names = {one.day.isoformat() for one in calendar.changes}
    followed = []
    wanted: dict[str, Evening] = {}
    for one in found:
        name = one.day.isoformat()
        wanted[name] = one
        if name in known:
            continue
        wants_row = min(one.day, one.on) <= until or name in changed_names
        if one.on >= today and wants_row and (one.is_held or one.state == CANCELLED):
            _insert(conn, group_id, one)
    for name, row in sorted(known.items()):
        values = _values(wanted[name]) if name in wanted else {"state": DROPPED}
        changed = {key: value for key, value in values.items() if getattr(row, key) != value}
        if not changed or (values["state"] == row.state and row.state in (CANCELLED, DROPPED)):
            continue
        answered = meetings.answered(conn, row.id)
        if "starts_at" in changed:
            meetings.forget_answers(conn, row.id)
            door_wishes.forget_promises(conn, row.id)
        conn.execute(
            update(meeting).where(meeting.c.id == row.id).values(**changed, sequence=row.sequence + 1)
        )
        stays = name in wanted and values["state"] not in meetings.HELD
        _forget_reminders(conn, group_id, name, same_day=stays)
        followed.append(Followed(row.id, name, str(values["state"]), answered))
    return followed


def _insert(conn: Connection, group_id: int, one: Evening) -> None:
    values = {"group_id": group_id, "local_date": one.day.isoformat(), "sequence": 0, **_values(one)}
    # An evening that is changed at once was in a calendar file already, perhaps.
    values["sequence"] = 0 if values["state"] == "planned" else 1
    insert_unless_there(conn, meeting, values, ("group_id", "local_date"), meeting.c.id)


def _values(one: Evening) -> dict[str, Any]:
    state = one.state if one.is_held or one.state == CANCELLED else DROPPED
    return {
        "state": state,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "location_id": one.location,
    }


def _forget_reminders(conn: Connection, group_id: int, local_date: str, *, same_day: bool) -> None:
    """How it goes is asked the day after an evening; one that does not go on is asked about on that same day."""
    youngsters = select(person.c.id).where(person.c.group_id == group_id)
    conn.execute(
        delete(due).where(
            due.c.kind.in_(REMINDERS if same_day else (*REMINDERS, "two_weekly")),
            due.c.occurrence.like(f"{local_date}%"),
            due.c.state == "waiting",
            due.c.person_id.in_(youngsters),
        )
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _place_row(conn: Connection, meeting_id: int) -> Row[Any]:
    usual = (
        select(meeting_group.c.location_id)
        .join(meeting, meeting.c.group_id == meeting_group.c.id)
        .where(meeting.c.id == meeting_id)
        .scalar_subquery()
    )
    own = select(meeting.c.location_id).where(meeting.c.id == meeting_id).scalar_subquery()
    return conn.execute(select(location).where(location.c.id == func.coalesce(own, usual))).one()

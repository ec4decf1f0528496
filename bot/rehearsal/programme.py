"""Noordwijk as it is in the sources: two groups, two professionals each, a coordinator; names are examples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection, Table, insert, select

from bot.schedule.series import Series
from bot.storage import meetings, people
from bot.storage.schema_people import person
from bot.storage.schema_programme import group_staff, location, meeting_group, municipality, organisation

OLDER, YOUNGER = "18-25", "12-18"
STAFF = {"Vera": OLDER, "Tom": OLDER, "Amira": YOUNGER, "Bas": YOUNGER}
SERIES = {
    OLDER: Series(date(2021, 5, 11), time(19), time(22), 2),
    YOUNGER: Series(date(2021, 5, 17), time(19), time(22), 2),
}


@dataclass(frozen=True, slots=True)
class Programme:
    """Row numbers by name."""

    groups: dict[str, int]
    staff: dict[str, int]


def build(conn: Connection, now: datetime) -> Programme:
    """Put the programme into an empty database."""
    welfare = _add(conn, organisation, key="welzijn", name="Welzijn Voorbeeld")
    town = _add(conn, municipality, key="noordwijk", name="Noordwijk")
    places = {
        OLDER: _add(conn, location, key="x-out", name="X-Out", place="Noordwijkerhout"),
        YOUNGER: _add(conn, location, key="the-base", name="The Base", place="Noordwijk"),
    }
    groups = {
        age_group: _add(
            conn,
            meeting_group,
            key=age_group,
            name=f"Join Us {age_group}",
            organisation_id=welfare,
            municipality_id=town,
            location_id=place,
            age_group=age_group,
            example=True,
        )
        for age_group, place in places.items()
    }
    for age_group, series in SERIES.items():
        meetings.add_series(conn, groups[age_group], series)
    staff = {
        name: people.add(
            conn, name, now, {"role": "professional", "key": name.lower(), "organisation_id": welfare}
        )
        for name in STAFF
    }
    for name, age_group in STAFF.items():
        conn.execute(insert(group_staff).values(group_id=groups[age_group], person_id=staff[name]))
    staff["Noor"] = people.add(
        conn, "Noor", now, {"role": "coordinator", "key": "noor", "organisation_id": welfare}
    )
    staff["Joost"] = people.add(conn, "Joost", now, {"role": "admin", "key": "joost"})
    return Programme(groups, staff)


def found(conn: Connection) -> Programme:
    """The programme that is in the database."""
    groups = {row.key: row.id for row in conn.execute(select(meeting_group))}
    staff = {row.key.title(): row.id for row in conn.execute(select(person).where(person.c.key.is_not(None)))}
    return Programme(groups, staff)


def _add(conn: Connection, table: Table, **values: object) -> int:
    number: int = conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
    return number

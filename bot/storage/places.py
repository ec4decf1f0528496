"""Where groups meet and what groups there are, as coordinators keep them by chat: with what was before, to undo."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.programme.places import key_for, same
from bot.storage import meetings
from bot.storage.metadata import metadata
from bot.storage.schema_course import sign_up
from bot.storage.schema_places import place_change
from bot.storage.schema_programme import (
    location,
    meeting,
    meeting_group,
    municipality,
    organisation,
    series,
    series_exception,
)

About = Literal["location", "group"]
TABLES: Mapping[About, Table] = {"location": location, "group": meeting_group}
SITE_TEXTS = ("route_nl", "route_en", "noise_nl", "noise_en", "corner_nl", "corner_en")
SITE_FIELDS = ("name", "place", "address", "map_url", *SITE_TEXTS)


@dataclass(frozen=True, slots=True)
class Site:
    """A place with everything that is written down about it; *texts* holds what is not empty."""

    id: int
    name: str
    place: str
    texts: Mapping[str, str]
    owner_id: int | None
    retired: bool

    def said(self, field: str) -> str:
        """What a field holds; empty when it holds nothing."""
        return {"name": self.name, "place": self.place}.get(field) or self.texts.get(field, "")


@dataclass(frozen=True, slots=True)
class User:
    """A group that comes to a place."""

    id: int
    name: str
    organisation_id: int


@dataclass(frozen=True, slots=True)
class Change:
    """*kind*: added, changed or retired; *row_id*: of the place or group it is *about*."""

    id: int
    organisation_id: int
    kind: str
    about: str
    row_id: int
    field: str | None
    was: str | None
    became: str | None
    municipality_id: int | None
    at: datetime
    undone: bool


def sites(conn: Connection, organisation_id: int) -> list[Site]:
    """The places of an organisation: added by it, or of the seed file and used by a group of it, now or before.

    With one organisation in the installation every place of the seed file is its own.
    """
    groups = select(meeting_group.c.id).where(meeting_group.c.organisation_id == organisation_id)
    usual = select(meeting_group.c.location_id).where(meeting_group.c.organisation_id == organisation_id)
    special = select(meeting.c.location_id).where(
        meeting.c.group_id.in_(groups), meeting.c.location_id.is_not(None)
    )
    left = select(place_change.c.was).where(
        place_change.c.organisation_id == organisation_id,
        place_change.c.about == "group",
        place_change.c.field == "location_id",
        place_change.c.undone_at.is_(None),
    )
    used = or_(location.c.id.in_(usual), location.c.id.in_(special), cast(location.c.id, Text).in_(left))
    many = conn.execute(select(func.count()).select_from(organisation)).scalar_one() > 1
    of_file = location.c.organisation_id.is_(None)
    mine = or_(location.c.organisation_id == organisation_id, of_file & used if many else of_file)
    query = select(location).where(mine, location.c.retired_at.is_(None) | location.c.id.in_(usual))
    return [_site(row) for row in conn.execute(query.order_by(location.c.id))]


def site(conn: Connection, number: int) -> Site | None:
    row = conn.execute(select(location).where(location.c.id == number)).one_or_none()
    return _site(row) if row else None


def groups_at(conn: Connection, number: int) -> list[tuple[int, str]]:
    """The groups that always meet at this place, by number."""
    query = select(meeting_group.c.id, meeting_group.c.name).where(meeting_group.c.location_id == number)
    return [(row.id, row.name) for row in conn.execute(query.order_by(meeting_group.c.id))]


def users(conn: Connection, number: int, today: date, now: datetime) -> list[User]:
    """The groups of any organisation that still come to this place, by number: always, or for a coming evening."""
    one = select(meeting_group.c.id, meeting_group.c.name, meeting_group.c.organisation_id)
    always = one.where(
        meeting_group.c.location_id == number,
        meeting_group.c.closes_on.is_(None) | (meeting_group.c.closes_on >= today),
    )
    once = one.join(meeting, meeting.c.group_id == meeting_group.c.id).where(
        meeting.c.location_id == number, meeting.c.ends_at > now, meeting.c.state.in_(meetings.HELD)
    )
    decided = one.join(series_exception, series_exception.c.group_id == meeting_group.c.id).where(
        series_exception.c.location_id == number,
        series_exception.c.undone_at.is_(None),
        func.coalesce(series_exception.c.to_date, series_exception.c.local_date) >= today.isoformat(),
    )
    found = {
        row.id: User(row.id, str(row.name), row.organisation_id)
        for query in (always, once, decided)
        for row in conn.execute(query)
    }
    return [found[number] for number in sorted(found)]


def towns(conn: Connection, organisation_id: int) -> list[tuple[int, str]]:
    """The municipalities in which an organisation has a group, by name."""
    query = (
        select(municipality.c.id, municipality.c.name)
        .join(meeting_group, meeting_group.c.municipality_id == municipality.c.id)
        .where(meeting_group.c.organisation_id == organisation_id)
        .distinct()
    )
    return [(row.id, row.name) for row in conn.execute(query.order_by(municipality.c.name))]


def town_called(conn: Connection, name: str) -> int | None:
    """The municipality with this name, also of another organisation: a name on the map is nobody's."""
    rows = conn.execute(select(municipality.c.id, municipality.c.name).order_by(municipality.c.id))
    return next((int(row.id) for row in rows if same(row.name) == same(name)), None)


def ensure_town(conn: Connection, name: str) -> tuple[int, bool]:
    """The municipality with this name, made when there is none: its number, and whether it is new."""
    known = town_called(conn, name)
    if known is not None:
        return known, False
    key = key_for(name, set(conn.execute(select(municipality.c.key)).scalars()))
    statement = insert(municipality).values(key=key, name=name).returning(municipality.c.id)
    return int(conn.execute(statement).scalar_one()), True


def town_name(conn: Connection, number: int) -> str:
    return str(conn.execute(select(municipality.c.name).where(municipality.c.id == number)).scalar_one())


def region_of(conn: Connection, number: int) -> str | None:
    """The school holidays a municipality has; none where nobody wrote it down."""
    query = select(municipality.c.region).where(municipality.c.id == number)
    return conn.execute(query).scalar_one_or_none()


def waiting_sign_ups(conn: Connection, organisation_id: int, municipality_id: int, but: int) -> int:
    """How many open sign-ups from a municipality nobody would take on if the group *but* served another one."""
    others = select(meeting_group.c.id).where(
        meeting_group.c.organisation_id == organisation_id,
        meeting_group.c.municipality_id == municipality_id,
        meeting_group.c.id != but,
    )
    if conn.execute(others.limit(1)).first() is not None:
        return 0
    query = select(func.count()).select_from(sign_up).where(
        sign_up.c.organisation_id == organisation_id,
        sign_up.c.municipality_id == municipality_id,
        sign_up.c.state == "open",
    )  # fmt: skip
    return int(conn.execute(query).scalar_one())


def add_site(conn: Connection, organisation_id: int, values: Mapping[str, Any]) -> int:
    made = {
        **values,
        "organisation_id": organisation_id,
        "key": _key(conn, location, organisation_id, values),
    }
    return int(conn.execute(insert(location).values(made).returning(location.c.id)).scalar_one())


def add_group(conn: Connection, organisation_id: int, values: Mapping[str, Any]) -> int:
    made = {
        **values,
        "organisation_id": organisation_id,
        "example": False,
        "key": _key(conn, meeting_group, organisation_id, values),
    }
    return int(conn.execute(insert(meeting_group).values(made).returning(meeting_group.c.id)).scalar_one())


def column(conn: Connection, about: About, number: int, field: str) -> str:
    """What a column holds now, as text; empty for nothing, or when the place or group is gone."""
    table = TABLES[about]
    found = conn.execute(select(table.c[field]).where(table.c.id == number)).scalar_one_or_none()
    return "" if found is None else str(found)


def write(conn: Connection, about: About, number: int, field: str, value: str) -> None:
    """Let a column hold *value*; numbers are written as numbers, and an empty line is none."""
    table = TABLES[about]
    whole = field == "capacity" or field.endswith("_id")
    conn.execute(
        update(table).where(table.c.id == number).values({field: int(value) if whole else value or None})
    )


def retire(conn: Connection, number: int, at: datetime | None) -> None:
    """Nobody meets at this place any more; *at* none: they do again."""
    conn.execute(update(location).where(location.c.id == number).values(retired_at=at))


def moved_along(conn: Connection, about: About, number: int, now: datetime) -> None:
    """Coming evenings at the place of this group, or at this place, are somewhere else: calendar files say so too."""
    here: ColumnElement[bool]
    if about == "group":
        here = (meeting.c.group_id == number) & meeting.c.location_id.is_(None)
    else:
        usual = select(meeting_group.c.id).where(meeting_group.c.location_id == number)
        here = or_(
            meeting.c.location_id == number, meeting.c.location_id.is_(None) & meeting.c.group_id.in_(usual)
        )
    coming = (here, meeting.c.starts_at > now, meeting.c.state.in_(meetings.HELD))
    conn.execute(update(meeting).where(*coming).values(sequence=meeting.c.sequence + 1))


def remove_site(conn: Connection, number: int) -> bool:
    """As if it had never been added; false when something refers to it."""
    if _is_referred_to(conn, location, number, ()):
        return False
    conn.execute(delete(location).where(location.c.id == number))
    return True


def remove_group(conn: Connection, number: int) -> bool:
    """As if it had never been added; false when somebody leads it, came to it, or signed up for it."""
    if _is_referred_to(conn, meeting_group, number, (series, meeting)):
        return False
    evenings = conn.execute(select(meeting.c.id).where(meeting.c.group_id == number)).scalars().all()
    if any(_is_referred_to(conn, meeting, evening, ()) for evening in evenings):
        return False
    for table in (meeting, series):
        conn.execute(delete(table).where(table.c.group_id == number))
    conn.execute(delete(meeting_group).where(meeting_group.c.id == number))
    return True


def remove_town(conn: Connection, number: int) -> None:
    """A municipality that came with a change goes with it, unless somebody else named it meanwhile."""
    if not _is_referred_to(conn, municipality, number, ()):
        conn.execute(delete(municipality).where(municipality.c.id == number))


def note(conn: Connection, values: Mapping[str, Any], by: int, now: datetime) -> int:
    """Keep a change; its number."""
    statement = insert(place_change).values(**values, by_id=by, at=now).returning(place_change.c.id)
    return int(conn.execute(statement).scalar_one())


def load(conn: Connection, number: int) -> Change | None:
    """A change that was not taken back."""
    query = select(place_change).where(place_change.c.id == number, place_change.c.undone_at.is_(None))
    row = conn.execute(query.with_for_update()).one_or_none()
    return _change(row) if row else None


def find(conn: Connection, number: int) -> Change | None:
    """A change, taken back or not."""
    row = conn.execute(select(place_change).where(place_change.c.id == number)).one_or_none()
    return _change(row) if row else None


def is_changed_since(conn: Connection, one: Change) -> bool:
    """Whether something newer about the same place or group stands."""
    newer = select(place_change.c.id).where(
        place_change.c.about == one.about,
        place_change.c.row_id == one.row_id,
        place_change.c.id > one.id,
        place_change.c.undone_at.is_(None),
    )
    return conn.execute(newer.limit(1)).first() is not None


def latest(conn: Connection, organisation_id: int, about: About, since: datetime) -> int:
    """The number of the newest change that was not taken back; 0 when there is none since then."""
    query = select(func.max(place_change.c.id)).where(
        place_change.c.organisation_id == organisation_id,
        place_change.c.about == about,
        place_change.c.at >= since,
        place_change.c.undone_at.is_(None),
    )
    return int(conn.execute(query).scalar_one() or 0)


def take_back(conn: Connection, number: int, now: datetime) -> None:
    conn.execute(update(place_change).where(place_change.c.id == number).values(undone_at=now))


def decided(conn: Connection, about: About, number: int) -> dict[str, str]:
    """What was decided by chat about a place or group and holds: the latest of each field."""
    query = select(place_change).where(
        place_change.c.about == about,
        place_change.c.row_id == number,
        place_change.c.kind == "changed",
        place_change.c.undone_at.is_(None),
    )
    return {str(row.field): row.became or "" for row in conn.execute(query.order_by(place_change.c.id))}


def _key(conn: Connection, table: Table, organisation_id: int, values: Mapping[str, Any]) -> str:
    whose = conn.execute(select(organisation.c.key).where(organisation.c.id == organisation_id)).scalar_one()
    return key_for(f"{whose} {values['name']}", set(conn.execute(select(table.c.key)).scalars()))


def _is_referred_to(conn: Connection, table: Table, number: int, but: Collection[Table]) -> bool:
    """Whether any row of another table names this one; *but* are tables that go along with it."""
    for other in metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and other not in but:
                found = select(key.parent).where(key.parent == number).limit(1)
                if conn.execute(found).first() is not None:
                    return True
    return False


def _site(row: Row[Any]) -> Site:
    texts = {name: text for name in SITE_FIELDS[2:] if (text := getattr(row, name))}
    return Site(row.id, row.name, row.place, texts, row.organisation_id, row.retired_at is not None)


def _change(row: Row[Any]) -> Change:
    return Change(
        row.id,
        row.organisation_id,
        row.kind,
        row.about,
        row.row_id,
        row.field,
        row.was,
        row.became,
        row.municipality_id,
        row.at,
        row.undone_at is not None,
    )

"""From the text of a seed file to a plan, or to all its mistakes. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args

from bot.programme import signals
from bot.schedule.evenings import Policy
from bot.schedule.school import REGIONS, Region
from bot.seed import rhythm
from bot.seed.fields import Fields, Notes
from bot.seed.plan import (
    AgeGroup,
    Duty,
    Group,
    Location,
    Named,
    OnCall,
    Organisation,
    Plan,
    Staff,
    StaffRole,
)
from bot.seed.problems import SeedProblems, meant

NAMED = ("key", "name")
LOCATION_TEXTS = tuple(
    f"{what}_{language}" for what in ("route", "noise", "corner") for language in ("nl", "en")
)
PHOTOS = ("door", "room")
KEYS: Mapping[str, tuple[str, ...]] = {
    "organisation": (*NAMED, "on_call", "decided_by", "meldcode_url"),
    "municipality": (*NAMED, "region"),
    "location": ("key", "name", "place", "address", "map_url", *LOCATION_TEXTS, "door_photo", "room_photo"),
    "staff": ("key", "name", "role", "organisation", "practice", "digest_at"),
    "duty": ("person", "from", "until"),
    "group": (
        "key",
        "name",
        "age_group",
        "organisation",
        "municipality",
        "location",
        "staff",
        "example",
        "holidays",
        "capacity",
        "least",
        "silent_days",
        "missed_evenings",
        "series",
        "exception",
        "summer_stop",
    ),
}
LEAST, MOST = 3, 15
"""How many youngsters a group has room for, by the sources."""
PROFESSIONALS = 2
"""Every group has two, so that nobody is ever without a professional and a backup."""


def read_seed(text: str, path: Path) -> Plan:
    """The plan in *text*; ``SeedProblems`` with every mistake. *path* only names the file in messages."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SeedProblems(path, (("the file", f"is not readable as TOML: {error}"),)) from None
    notes = Notes([])
    plan = _Reading(document, notes).plan()
    if notes.found:
        raise SeedProblems(path, tuple(notes.found))
    return plan


class _Reading:
    """Every table first as far as it stands by itself; groups last, for they refer to all others."""

    def __init__(self, document: Mapping[str, Any], notes: Notes) -> None:
        self._document = document
        self._notes = notes

    def plan(self) -> Plan:
        for table in self._document:
            if table not in KEYS:
                self._notes.add(table, f"unknown table; {meant(table, KEYS)}")
        organisations = tuple(self._organisation(one) for one in self._tables("organisation"))
        municipalities = tuple(
            Named(
                one.key(),
                one.text("name"),
                cast(Region, one.one_of("region", REGIONS)) if one.has("region") else None,
            )
            for one in self._tables("municipality")
        )
        locations = tuple(
            Location(
                one.key(),
                one.text("name"),
                one.text("place"),
                one.text("address", needed=False) or None,
                one.address("map_url"),
                tuple((name, one.text(name, needed=False)) for name in LOCATION_TEXTS if one.has(name)),
                tuple((what, one.text(f"{what}_photo")) for what in PHOTOS if one.has(f"{what}_photo")),
            )
            for one in self._tables("location")
        )
        staff = tuple(self._staff(one, organisations) for one in self._tables("staff"))
        groups = tuple(
            self._group(one, organisations, municipalities, locations, staff) for one in self._tables("group")
        )
        duties = tuple(found for one in self._tables("duty") if (found := self._duty(one, staff)))
        return Plan(organisations, municipalities, locations, staff, groups, duties)

    def _tables(self, name: str) -> Iterator[Fields]:
        tables = self._document.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            self._notes.add(name, f"should be written as [[{name}]], once for each")
            return
        seen: set[str] = set()
        for number, values in enumerate(tables, start=1):
            key = values.get("key")
            named = isinstance(key, str) and key
            fields = Fields(f"{name}.{key}" if named else f"{name} number {number}", values, self._notes)
            if named and key in seen:
                fields.wrong("key", "is used twice")
            seen.add(str(key))
            fields.only(KEYS[name])
            yield fields

    def _organisation(self, one: Fields) -> Organisation:
        decided = one.has("on_call") or one.has("decided_by")
        return Organisation(
            one.key(),
            one.text("name"),
            one.one_of("on_call", get_args(OnCall)) if decided else "",
            one.decision("decided_by") if decided else "",
            one.address("meldcode_url"),
        )

    def _duty(self, one: Fields, staff: tuple[Staff, ...]) -> Duty | None:
        person = one.one_of("person", _keys(staff))
        begins, ends = one.moment("from"), one.moment("until")
        if begins is None or ends is None or not person:
            return None
        if ends <= begins:
            one.wrong("until", "should be later than from")
            return None
        return Duty(person, begins, ends)

    def _staff(self, one: Fields, organisations: tuple[Organisation, ...]) -> Staff:
        role = one.one_of("role", get_args(StaffRole))
        organisation = one.one_of("organisation", _keys(organisations))
        at = one.wall_time("digest_at") if one.has("digest_at") else None
        return Staff(
            one.key(),
            one.text("name"),
            cast(StaffRole, role),
            organisation,
            one.flag("practice"),
            f"{at:%H:%M}" if at else "",
        )

    def _group(
        self,
        one: Fields,
        organisations: tuple[Organisation, ...],
        municipalities: tuple[Named, ...],
        locations: tuple[Location, ...],
        staff: tuple[Staff, ...],
    ) -> Group:
        organisation = one.one_of("organisation", _keys(organisations))
        people = one.several_of("staff", _keys(staff))
        leading = [person for person in staff if person.key in people]
        for person in leading:
            if str(person.role) not in ("", "professional"):
                one.wrong("staff", f'"{person.key}" is a {person.role}; only professionals lead a group')
            if organisation and person.organisation and person.organisation != organisation:
                one.wrong(
                    "staff", f'"{person.key}" belongs to "{person.organisation}"; organisations stay apart'
                )
        if sum(person.role == "professional" for person in leading) < PROFESSIONALS:
            one.wrong(
                "staff", "should name two professionals: one looks after a youngster, one is the backup"
            )
        town = one.one_of("municipality", _keys(municipalities))
        where = one.one_of("location", _keys(locations))
        region = next((found.region for found in municipalities if found.key == town and found.region), None)
        policy = cast(Policy, one.one_of("holidays", get_args(Policy)) if one.has("holidays") else "meet")
        when = rhythm.read(one, self._notes, policy, region or "midden", _keys(locations), needed=True)
        capacity = one.number("capacity", LEAST, MOST, MOST)
        return Group(
            key=one.key(),
            name=one.text("name"),
            age_group=cast(AgeGroup, one.one_of("age_group", get_args(AgeGroup))),
            organisation=organisation,
            municipality=town,
            location=where,
            staff=people,
            series=when.series,
            example=one.flag("example"),
            holidays=policy,
            capacity=capacity,
            least=one.number("least", 1, capacity, min(LEAST, capacity)),
            silent_days=_within(one, "silent_days", signals.DAYS_OFFERED),
            missed_evenings=_within(one, "missed_evenings", signals.MISSED_OFFERED),
            exceptions=when.exceptions,
            stops=when.stops,
        )


def _within(one: Fields, key: str, offered: Sequence[int]) -> int | None:
    """A number between the lowest and the highest that the chat offers; none when it is left out."""
    return one.number(key, min(offered), max(offered), min(offered)) if one.has(key) else None


Keyed = Named | Organisation | Location | Staff


def _keys(things: Sequence[Keyed]) -> tuple[str, ...]:
    return tuple(one.key for one in things if one.key)

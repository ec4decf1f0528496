"""Making the database say what a plan says. Running it twice changes nothing; nothing is ever removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.schedule.local import to_utc
from bot.schedule.school import Region
from bot.seed import evenings, rows
from bot.seed.plan import Plan, Staff
from bot.seed.problems import SeedProblems
from bot.storage import alerts, audit, closings, duty, meta, people, places, team
from bot.storage.schema_programme import location, meeting_group, municipality, organisation

PLANNED_ON = "planned_on"
"""Emptied when the programme changed: the companion then looks ahead anew at its next tick."""


@dataclass(slots=True)
class Applied:
    """*changes* for people, in order; *staff* holds the person id of every staff key; *warnings* need a person."""

    changes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    staff: dict[str, int] = field(default_factory=dict)

    def did(self, what: str, done: rows.Done) -> None:
        """Note that something was added or changed."""
        if done:
            self.changes.append(f"{what}: {done}")


def apply_plan(
    conn: Connection,
    plan: Plan,
    path: Path,
    *,
    language: str,
    zone: ZoneInfo,
    now: datetime,
    region: Region = "midden",
    photos: Mapping[tuple[str, str], bytes] = MappingProxyType({}),
) -> Applied:
    """Apply *plan* in the open transaction. ``SeedProblems`` when it asks for what cannot be undone.

    *region* is that of the school holidays where a municipality names none; *photos* are those that the plan names.
    """
    _refuse_new_roles(conn, plan, path)
    applied = Applied()
    ids: dict[str, dict[str, int]] = {"organisation": {}, "municipality": {}, "location": {}}
    for one in plan.organisations:
        decided = {
            "name": one.name,
            "on_call": one.on_call,
            "on_call_decided_by": one.decided_by,
            "meldcode_url": one.meldcode_url,
        }
        recorded = _recorded(conn, one.key)
        if _is_older(one.decided_by, recorded[1]):
            applied.warnings.append(
                f"organisation {one.key}: a later decision about being on call was made in the chat and stays"
            )
            decided |= {"on_call": "", "on_call_decided_by": ""}
        written = {column: value for column, value in decided.items() if value}
        ids["organisation"][one.key], done = rows.keyed(conn, organisation, one.key, written)
        applied.did(f"organisation {one.key}", done)
        if done == "changed" and _recorded(conn, one.key)[0] != recorded[0]:
            alerts.wake(conn, ids["organisation"][one.key], now)
    for town in plan.municipalities:
        town_values = {"name": town.name} | ({"region": town.region} if town.region else {})
        ids["municipality"][town.key], done = rows.keyed(conn, municipality, town.key, town_values)
        applied.did(f"municipality {town.key}", done)
    for site in plan.locations:
        told = {name: text for name, text in (("map_url", site.map_url), *site.texts) if text}
        shown = {f"{what}_png": photos[site.key, what] for what, _ in site.photos}
        values = {"name": site.name, "place": site.place, "address": site.address, **told, **shown}
        if not site.address:
            applied.warnings.append(
                f"location.{site.key}.address: is missing; nobody can look the way up on a map"
            )
        values = _undecided(conn, "location", site.key, values, applied)
        ids["location"][site.key], done = rows.keyed(conn, location, site.key, values)
        applied.did(f"location {site.key}", done)
    for member in plan.staff:
        applied.staff[member.key], done = _staff(conn, member, ids["organisation"], language, now)
        applied.did(f"staff {member.key}", done)
    _groups(conn, plan, ids, applied, zone, now, region)
    _roster(conn, plan, applied, zone, now)
    if applied.changes:
        meta.put(conn, PLANNED_ON, "")
        audit.add(conn, audit.Entry(None, "operator", "seed", "programme", None, None, "done"), now)
    return applied


def _staff(
    conn: Connection, member: Staff, organisations: dict[str, int], language: str, now: datetime
) -> tuple[int, rows.Done]:
    values = {
        "role": member.role,
        "organisation_id": organisations[member.organisation],
        "practice": member.practice,
        "digest_at": member.digest_at or None,
    }
    return rows.staff_member(conn, member.key, member.name, values, language, now)


def _groups(
    conn: Connection,
    plan: Plan,
    ids: dict[str, dict[str, int]],
    applied: Applied,
    zone: ZoneInfo,
    now: datetime,
    region: Region,
) -> None:
    regions = {town.key: town.region for town in plan.municipalities}
    for group in plan.groups:
        values = {
            "name": group.name,
            "organisation_id": ids["organisation"][group.organisation],
            "municipality_id": ids["municipality"][group.municipality],
            "location_id": ids["location"][group.location],
            "age_group": group.age_group,
            "example": group.example,
            "holidays": group.holidays,
            "capacity": group.capacity,
            "least": group.least,
            "usual_silent_days": group.silent_days,
            "usual_missed": group.missed_evenings,
        }
        values = _undecided(conn, "group", group.key, values, applied)
        group_id, done = rows.keyed(conn, meeting_group, group.key, values)
        applied.did(f"group {group.key}", done)
        wanted = _leaders(conn, group_id, group.key, {applied.staff[key] for key in group.staff}, applied)
        came, went = rows.leaders(conn, group_id, wanted)
        if (came or went) and done != "added":
            applied.did(f"group {group.key}: staff", "changed")
        for person_id in sorted(went):
            _warn_of_leaving(conn, person_id, group_id, group.key, applied)
        if rows.series_decided(conn, group_id, group.series):
            applied.warnings.append(f"group {group.key}: series was changed in the chat, which stays")
        else:
            applied.did(f"group {group.key}: series", rows.series_of(conn, group_id, group.series))
        here = regions[group.municipality] or region
        kept, refused = evenings.special(conn, group_id, group, ids["location"], region, zone, now)
        if kept:
            applied.changes.append(f"group {group.key}: {kept} exceptions: added")
        said = evenings.follow(conn, group_id, region, zone, now)
        said += [*refused, *evenings.remarks(group, here, now.astimezone(zone).date())]
        applied.warnings += [f"group {group.key}: {line}" for line in said]


def _undecided(
    conn: Connection, about: places.About, key: str, values: Mapping[str, Any], applied: Applied
) -> dict[str, Any]:
    """What the file may still say about a place or a group: what was decided in the chat stays."""
    table = places.TABLES[about]
    number = conn.execute(select(table.c.id).where(table.c.key == key)).scalar_one_or_none()
    left = dict(values)
    for column, became in places.decided(conn, about, number).items() if number is not None else ():
        if column in left and str(left[column] or "") != became:
            del left[column]
            applied.warnings.append(f"{about} {key}: {column} was changed in the chat, which stays")
    return left


def _leaders(conn: Connection, group_id: int, group_key: str, named: set[int], applied: Applied) -> set[int]:
    """Who leads the group: what was decided in the chat stays, and a group that is closed has nobody."""
    if closings.is_closed(conn, group_id):
        applied.warnings.append(f"group {group_key}: is closed; nobody leads it any more")
        return set()
    wanted = set(named)
    for number, came in team.decided(conn, group_id).items():
        if came != (number in wanted):
            key = people.load(conn, number).key or f"S-{number}"
            done = "came" if came else "left"
            applied.warnings.append(f"group {group_key}: {key} {done} by a change in the chat, which stays")
            wanted ^= {number}
    return wanted


def _recorded(conn: Connection, key: str) -> tuple[str, str]:
    """What is recorded about being on call, and who decided so; both empty for an organisation that is new."""
    query = select(organisation.c.on_call, organisation.c.on_call_decided_by)
    row = conn.execute(query.where(organisation.c.key == key)).one_or_none()
    return (row.on_call or "", row.on_call_decided_by or "") if row else ("", "")


def _is_older(decided_by: str, recorded: str) -> bool:
    """Whether the decision in the seed file is not the recorded one, nor of a later day; both end in their day.

    Of two made on one day the recorded one counts: the chat may have been the later of both.
    """
    if not (decided_by and recorded) or decided_by == recorded:
        return False
    return _day_of(decided_by) <= _day_of(recorded)


def _day_of(decided_by: str) -> date:
    return date.fromisoformat(decided_by.rpartition(",")[2].strip())


def _roster(conn: Connection, plan: Plan, applied: Applied, zone: ZoneInfo, now: datetime) -> None:
    """Put the shifts on the roster; an alert that waits for somebody is looked at again at once."""
    grown = set()
    for one in plan.duties:
        person_id = applied.staff[one.person]
        organisation_id = people.load(conn, person_id).organisation_id
        begins, ends = (to_utc(moment.date(), moment.time(), zone) for moment in (one.begins, one.ends))
        if organisation_id is not None and duty.add_shift(conn, organisation_id, person_id, begins, ends):
            applied.did(f"duty {one.person} {one.begins:%Y-%m-%d %H:%M}", "added")
            grown.add(organisation_id)
    for organisation_id in sorted(grown):
        alerts.wake(conn, organisation_id, now)


def _warn_of_leaving(
    conn: Connection, person_id: int, group_id: int, group_key: str, applied: Applied
) -> None:
    count = sum(one.group_id == group_id for one in people.youngsters_of(conn, person_id, kind=None))
    if count:
        key = people.load(conn, person_id).key
        applied.warnings.append(
            f"group {group_key}: {key} left and still looks after {count} youngsters of it"
        )


def _refuse_new_roles(conn: Connection, plan: Plan, path: Path) -> None:
    """Somebody who has begun keeps the role: what they may see hangs on it."""
    wrong = [
        (f"staff.{member.key}.role", "cannot change once somebody has begun; use another key")
        for member in plan.staff
        if (found := people.by_key(conn, member.key))
        and found.role != member.role
        and found.state != "invited"
    ]
    if wrong:
        raise SeedProblems(path, tuple(wrong))

"""What the coordinator reads about groups: the list, one group, what can be chosen, and what it will be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from bot.conversation import group_setup, handle, news_of_evening, place_moved, placing, wording
from bot.conversation.asked import Asked
from bot.conversation.evening_choices import label
from bot.conversation.group_setup import WEEKDAYS, Plan
from bot.programme import places as rules
from bot.schedule.evenings import Calendar, Policy, evening, free_because
from bot.schedule.local import to_utc
from bot.schedule.school import Region
from bot.schedule.series import Series, days
from bot.storage import admissions, calendars, people
from bot.storage import places as storage
from bot.storage.waiting import Room
from dialogs.effects import Option
from dialogs.words import Words

FIRST, LAST = 10, 20
DAYS_OFFERED, WEEKS_LOOKED = 8, 16
LOOKED = timedelta(weeks=WEEKS_LOOKED)
_NOON = time(12)


def lines(ask: Asked) -> Words:
    """Every group with its size and place, and the municipalities of the organisation."""
    turn, person = ask.turn, ask.person
    said = []
    for one in _rooms(ask):
        taken, site = admissions.taken_places(turn.conn, one.id), _site_name(ask, one.id)
        said.append(
            turn.phrase("setup_line", person, group=one.name, taken=taken, capacity=one.capacity, place=site)
        )
    return Words("\n".join(said) or turn.phrase("setup_none", person))


def options(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(handle.named(ask.turn, ask.person, placing.GROUP, one.id), one.name) for one in _rooms(ask)
    )


def card(ask: Asked) -> Words:
    """The group the dialog is about, as it is now."""
    one = _chosen(ask)
    return Words(_of_room(ask, one, {})) if one is not None else Words("")


def preview(ask: Asked) -> Words:
    """The group as it will be, with what its youngsters will read when it meets elsewhere."""
    turn, person = ask.turn, ask.person
    if not placing.may(turn, person):
        return Words("")
    if not ask.state.subject.get("group"):
        return Words(_of_plan(ask, group_setup.planned(turn, person, ask.state)))
    one, found = _chosen(ask), group_setup.wanted(turn, person, ask.state)
    if one is None or found is None:
        return Words("")
    field, value = found
    said = [_of_room(ask, one, {field: value})]
    site = group_setup.site_in(turn, person, ask.state) if field == "location_id" else None
    if site is not None:
        will = {"name": site.name, "place": site.place, "address": site.said("address")}
        said += [place_moved.said(turn, person, one.id, will, 0), placing.heard_by(turn, person, one.id)]
    return Words("\n\n".join(said))


def refusal(ask: Asked) -> Words:
    """Why it cannot be kept, in a sentence."""
    turn, person = ask.turn, ask.person
    if not placing.may(turn, person):
        return Words("")
    found, one = group_setup.flaw(turn, person, ask.state), _chosen(ask)
    if not found:
        return Words("")
    facts: dict[str, Any] = {"taken": 0, "count": 0, "least": rules.LEAST, "most": rules.MOST}
    if one is not None:
        facts["taken"] = admissions.taken_places(turn.conn, one.id)
        facts["count"] = storage.waiting_sign_ups(turn.conn, one.organisation_id, one.municipality_id, one.id)
    return Words(turn.phrase(f"place_flaw_{found}", person, **facts))


def towns(ask: Asked) -> tuple[Option, ...]:
    organisation_id = ask.person.organisation_id
    if organisation_id is None or not placing.may(ask.turn, ask.person):
        return ()
    return tuple(
        Option(handle.named(ask.turn, ask.person, placing.TOWN, number), name)
        for number, name in storage.towns(ask.turn.conn, organisation_id)
    )


def sites(ask: Asked) -> tuple[Option, ...]:
    organisation_id = ask.person.organisation_id
    if organisation_id is None or not placing.may(ask.turn, ask.person):
        return ()
    return tuple(
        Option(handle.named(ask.turn, ask.person, placing.SITE, one.id), one.name)
        for one in storage.sites(ask.turn.conn, organisation_id)
        if not one.retired
    )


def capacities(ask: Asked) -> tuple[Option, ...]:
    return tuple(Option(str(one), str(one)) for one in range(rules.LEAST, rules.MOST + 1))


def first_days(ask: Asked) -> tuple[Option, ...]:
    """The coming days of the weekday that was chosen on which there would be a meeting."""
    day = str(ask.state.answers.get("setup_weekday"))
    if day not in WEEKDAYS:
        return ()
    calendar = _calendar(ask, group_setup.planned(ask.turn, ask.person, ask.state))
    every = rules.first_days(WEEKDAYS.index(day), ask.turn.today, WEEKS_LOOKED)
    found = [one for one in every if free_because(calendar, one) == "planned"][:DAYS_OFFERED]
    return tuple(Option(one.isoformat(), label(ask, one)) for one in found)


def _calendar(ask: Asked, plan: Plan) -> Calendar:
    """When a new group would meet."""
    turn, town = ask.turn, plan.town.id if plan.town else None
    known = storage.region_of(turn.conn, town) if town is not None else None
    region = cast(Region, known or turn.world.settings.quiet.region or "midden")
    policy: Policy = "skip" if plan.holidays == "skip" else "meet"
    return Calendar((plan.series,) if plan.series else (), policy=policy, region=region)


def starts(ask: Asked) -> tuple[Option, ...]:
    found = (f"{hour:02d}{minute:02d}" for hour in range(FIRST, LAST + 1) for minute in (0, 30))
    return tuple(Option(text, f"{text[:2]}:{text[2:]}") for text in found)


def _of_plan(ask: Asked, plan: Plan) -> str:
    return _said(
        ask,
        name=plan.name,
        age_group=plan.age_group or "",
        capacity=plan.capacity or 0,
        place=f"{plan.site.name}, {plan.site.place}" if plan.site else "",
        address=plan.site.said("address") if plan.site else "",
        town=plan.town.name if plan.town else "",
        when=[_when(ask, plan.series, _calendar(ask, plan))] if plan.series else [],
        holidays=plan.holidays or "meet",
        leaders=[],
    )


def _of_room(ask: Asked, one: Room, changed: dict[str, str]) -> str:
    """A group with these columns as they will be."""
    conn = ask.turn.conn
    site_id = int(changed.get("location_id") or storage.column(conn, "group", one.id, "location_id"))
    site, town = storage.site(conn, site_id), changed.get("municipality_id") or str(one.municipality_id)
    calendar = news_of_evening.calendar_of(ask.turn, one.id)
    return _said(
        ask,
        name=changed.get("name", one.name),
        age_group=one.age_group,
        capacity=int(changed.get("capacity", one.capacity)),
        place=f"{site.name}, {site.place}" if site else "",
        address=site.said("address") if site else "",
        town=storage.town_name(conn, int(town)) if town.isdecimal() else town,
        when=[
            _when(ask, found, calendar) for found in calendars.series_of(conn, one.id) if _goes_on(ask, found)
        ],
        holidays=storage.column(conn, "group", one.id, "holidays"),
        leaders=[str(leader.name) for leader in people.staff_of_group(conn, one.id)],
    )


def _said(ask: Asked, *, when: list[str], leaders: list[str], **facts: Any) -> str:
    shown = {**facts, "leaders": ", ".join(leaders)}
    said = [str(facts["name"]), *when, ask.turn.phrase("setup_card", ask.person, **shown)]
    return "\n".join(said)


def _when(ask: Asked, one: Series, calendar: Calendar) -> str:
    """How often, from when until when, and the day of the first evening that is still to come and goes on."""
    since, zone = max(one.first, ask.turn.today), ask.turn.world.settings.zone
    found = (evening(calendar, day, zone) for day in days(one, since, since + LOOKED))
    coming = next((each.on for each in found if each is not None and each.is_held), None)
    return ask.turn.phrase(
        "setup_when",
        ask.person,
        day=wording.day(ask.turn, ask.person, _noon(ask, coming)) if coming else "",
        since=f"{one.starts:%H:%M}",
        until=f"{one.ends:%H:%M}",
        weeks=one.every_weeks,
    )


def _goes_on(ask: Asked, one: Series) -> bool:
    return one.until is None or one.until >= ask.turn.today


def _noon(ask: Asked, day: date) -> datetime:
    return to_utc(day, _NOON, ask.turn.world.settings.zone)


def _rooms(ask: Asked) -> list[Room]:
    """The groups of the coordinator's own organisation that are not closed."""
    organisation_id = ask.person.organisation_id
    if organisation_id is None or not placing.may(ask.turn, ask.person):
        return []
    return placing.rooms(ask.turn, organisation_id)


def _chosen(ask: Asked) -> Room | None:
    number = ask.state.subject.get("group")
    return next((one for one in _rooms(ask) if one.id == number), None)


def _site_name(ask: Asked, group_id: int) -> str:
    return calendars.place_of(ask.turn.conn, group_id, None).name


def _is_new(ask: Asked) -> bool:
    """Whether the last change of this dialog added the group."""
    change = storage.load(ask.turn.conn, ask.state.subject.get("place_change", 0))
    return change is not None and change.kind == "added"


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "setup_lines": lines,
    "setup_options": options,
    "setup_card": card,
    "setup_preview": preview,
    "setup_refusal": refusal,
    "setup_towns": towns,
    "setup_sites": sites,
    "setup_has_site": lambda ask: bool(sites(ask)),
    "setup_capacities": capacities,
    "setup_first_days": first_days,
    "setup_has_first_days": lambda ask: bool(first_days(ask)),
    "setup_starts": starts,
    "setup_added": _is_new,
}

"""The groups of an organisation, kept by its coordinator: a new one; name, size, place or municipality of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from bot.conversation import handle, placing, planning
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group, code_is_open
from bot.conversation.turn import Turn
from bot.programme import places as rules
from bot.schedule.series import Series
from bot.storage import calendars, closings, meetings
from bot.storage import places as storage
from bot.storage.people import Person
from bot.storage.places import Site
from dialogs.state import State

AGES = {"younger": "12-18", "older": "18-25"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LENGTHS = {"m90": 90, "m120": 120, "m150": 150, "m180": 180}
HOLIDAYS = {"meet": "meet", "off": "skip"}
FIELDS = {"name": "name", "capacity": "capacity", "place": "location_id", "town": "municipality_id"}
"""What can be changed about a group, by the button, with its column."""
NEW = "new"
NO = Outcome("no")


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality that was chosen, or typed: then it has no number yet."""

    name: str
    id: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What was answered about a new group so far; none where nothing was."""

    name: str
    town: Town | None
    age_group: str | None
    capacity: int | None
    site: Site | None
    series: Series | None
    holidays: str | None


def planned(turn: Turn, person: Person, state: State) -> Plan:
    """A new group as the answers describe it up to now."""
    answers = state.answers
    return Plan(
        placing.typed(state, "setup_name"),
        town_in(turn, person, state),
        AGES.get(str(answers.get("setup_age"))),
        _number(answers.get("setup_capacity")),
        site_in(turn, person, state),
        _series(state),
        HOLIDAYS.get(str(answers.get("setup_holidays"))),
    )


def town_in(turn: Turn, person: Person, state: State) -> Town | None:
    """The municipality that was chosen from those of the organisation, or typed."""
    said = state.answers.get("setup_town")
    if said == NEW:
        name = placing.typed(state, "setup_town_name")
        return Town(name, None) if name else None
    number = handle.meant(turn, person, placing.TOWN, said)
    return Town(storage.town_name(turn.conn, number), number) if number is not None else None


def site_in(turn: Turn, person: Person, state: State) -> Site | None:
    number = handle.meant(turn, person, placing.SITE, state.answers.get("setup_location"))
    return placing.site_of(turn, person, number)


def wanted(turn: Turn, person: Person, state: State) -> tuple[str, str] | None:
    """The column of a group that changes and what it will hold; a typed municipality by its name."""
    match state.answers.get("setup_field"):
        case "name":
            return "name", placing.typed(state, "setup_name")
        case "capacity":
            number = _number(state.answers.get("setup_capacity"))
            return ("capacity", str(number)) if number is not None else None
        case "place":
            site = site_in(turn, person, state)
            return ("location_id", str(site.id)) if site else None
        case "town":
            town = town_in(turn, person, state)
            return ("municipality_id", town.name if town.id is None else str(town.id)) if town else None
        case _:
            return None


def flaw(turn: Turn, person: Person, state: State) -> str:
    """Why what was answered cannot be kept; empty when it can. A new group: of what was asked up to now."""
    organisation_id, number = person.organisation_id, state.subject.get("group", 0)
    if organisation_id is None:
        return "unknown"
    if number:
        return _flaw_of_change(turn, person, organisation_id, number, state)
    plan = planned(turn, person, state)
    if "setup_name" in state.answers:
        found = placing.flaw(turn, organisation_id, "group", 0, "name", plan.name)
        if found:
            return found
    if plan.town is not None and (found := rules.text_flaw(plan.town.name, needed=True) or ""):
        return found
    if plan.capacity is not None and (found := rules.capacity_flaw(plan.capacity, 0) or ""):
        return found
    if plan.series is not None:
        return rules.series_flaw(plan.series, (), turn.world.settings.zone, turn.now) or ""
    return ""


def _flaw_of_change(turn: Turn, person: Person, organisation_id: int, number: int, state: State) -> str:
    found = wanted(turn, person, state)
    if found is None:
        return "unknown"
    field, value = found
    now = storage.column(turn.conn, "group", number, field)
    if field == "municipality_id" and not value.isdecimal():
        wrong = rules.text_flaw(value, needed=True)
        if wrong:
            return wrong
        known = storage.town_called(turn.conn, value)
        value = str(known or 0)
    if value == now:
        return "same"
    return placing.flaw(turn, organisation_id, "group", number, field, value)


# What the dialog does


def open_setup(deed: Deed) -> Outcome:
    """The groups; what was chosen before counts no more."""
    if not code_is_open(deed):
        return placing.CODE
    if not placing.may(deed.turn, deed.person):
        return GONE
    return Outcome("ok", {"group": 0, "place_change": placing.last(deed.turn, deed.person, "group")})


def pick_setup(deed: Deed) -> Outcome:
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return placing.CODE
    number = handle.meant(turn, person, placing.GROUP, deed.answer("setup_group"))
    if number is None:
        return GONE
    if not turn.allowed(person, "change_places", about_group(turn, person, number)):
        return GONE
    if closings.is_closed(turn.conn, number):
        return GONE
    return Outcome("ok", {"group": number, "place_change": 0})


def draft_setup(deed: Deed) -> Outcome:
    """Whether what was answered can be kept; nothing is kept yet."""
    _, refused = _about(deed)
    if refused:
        return refused
    return NO if flaw(deed.turn, deed.person, deed.session.state) else OK


def keep_setup(deed: Deed) -> Outcome:
    """A new group with its series, or the new value of one field."""
    turn, person, state = deed.turn, deed.person, deed.session.state
    organisation_id, refused = _about(deed)
    if refused:
        return refused
    if flaw(turn, person, state):
        return NO
    number = state.subject.get("group", 0)
    if not number:
        return _add(deed, organisation_id)
    found = wanted(turn, person, state)
    if found is None:
        return GONE
    (field, value), new = found, None
    if field == "municipality_id" and not value.isdecimal():
        town_id, is_new = storage.ensure_town(turn.conn, value)
        value, new = str(town_id), town_id if is_new else None
    return Outcome(
        "ok", {"place_change": placing.change(deed, organisation_id, "group", number, field, value, new)}
    )


def _add(deed: Deed, organisation_id: int) -> Outcome:
    turn = deed.turn
    plan = planned(turn, deed.person, deed.session.state)
    if not (plan.name and plan.town and plan.age_group and plan.capacity and plan.site and plan.series):
        return GONE
    town_id, is_new = (
        (plan.town.id, False) if plan.town.id else storage.ensure_town(turn.conn, plan.town.name)
    )
    values = {
        "name": plan.name,
        "municipality_id": town_id,
        "location_id": plan.site.id,
        "age_group": plan.age_group,
        "capacity": plan.capacity,
        "holidays": plan.holidays or "meet",
    }
    number = storage.add_group(turn.conn, organisation_id, values)
    calendars.lock(turn.conn, number)
    meetings.add_series(turn.conn, number, plan.series)
    made = placing.keep(
        deed, organisation_id, "added", "group", number, municipality_id=town_id if is_new else None
    )
    planning.plan_again(turn)
    return Outcome("ok", {"group": number, "place_change": made})


def _about(deed: Deed) -> tuple[int, Outcome | None]:
    """The organisation, once the coordinator may change the group of the dialog, if it is about one."""
    organisation_id, refused = placing.organisation(deed)
    number = deed.session.state.subject.get("group", 0)
    if refused or not number:
        return organisation_id, refused
    if closings.is_closed(deed.turn.conn, number):
        return organisation_id, GONE
    target = about_group(deed.turn, deed.person, number)
    return organisation_id, None if deed.turn.allowed(deed.person, "change_places", target) else GONE


def _series(state: State) -> Series | None:
    answers = state.answers
    start, minutes = _clock(answers.get("setup_start")), LENGTHS.get(str(answers.get("setup_length")))
    try:
        first = date.fromisoformat(str(answers.get("setup_first")))
    except ValueError:
        return None
    if start is None or minutes is None:
        return None
    return Series(first, start, rules.plus(start, minutes))


def _clock(answer: object) -> time | None:
    text = str(answer)
    if len(text) != 4 or not text.isdecimal():
        return None
    hour, minute = int(text[:2]), int(text[2:])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _number(answer: object) -> int | None:
    """A number that was tapped, or typed in digits."""
    text = str(answer).strip()
    return int(text) if text.isdecimal() and len(text) <= 3 else None


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_setup": open_setup,
    "pick_setup": pick_setup,
    "draft_setup": draft_setup,
    "keep_setup": keep_setup,
}

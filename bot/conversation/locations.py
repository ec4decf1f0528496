"""The places of an organisation, kept by its coordinator: looked at, added, changed one thing at a time, retired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import handle, place_moved, placing
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, code_is_open
from bot.conversation.turn import Turn
from bot.storage import places as storage
from bot.storage import waiting
from bot.storage.people import Person
from bot.storage.places import SITE_FIELDS, SITE_TEXTS, Site
from dialogs.effects import Option
from dialogs.state import State
from dialogs.words import Words

NEW = ("name", "place", "address", *SITE_TEXTS)
"""What is asked of a new place; the map comes later, when somebody has a link."""
NEEDED = ("name", "place")
NO = Outcome("no")


def answered(state: State) -> dict[str, str]:
    """What was typed about a new place so far; English of an earlier place counts no more."""
    english = state.answers.get("location_english") == "ja"
    return {
        field: placing.typed(state, f"location_{field}") if english or not field.endswith("_en") else ""
        for field in NEW
    }


def wanted(state: State) -> tuple[str, str]:
    """The one field that changes, and what it will hold."""
    field = str(state.answers.get("location_field"))
    return field if field in SITE_FIELDS else "", placing.typed(state, "location_value")


def flaw(turn: Turn, organisation_id: int, state: State) -> str:
    """Why what was typed cannot be kept; empty when it can. A new place: of what was asked up to now."""
    number = state.subject.get("location", 0)
    if number:
        field, value = wanted(state)
        if not field:
            return "unknown"
        if storage.column(turn.conn, "location", number, field) == value:
            return "same"
        return placing.flaw(turn, organisation_id, "location", number, field, value)
    for field, value in answered(state).items():
        if f"location_{field}" not in state.answers:
            continue
        found = placing.flaw(turn, organisation_id, "location", 0, field, value)
        if found:
            return found
    return ""


# What the dialog does


def open_locations(deed: Deed) -> Outcome:
    """The list; what was chosen before counts no more."""
    if not code_is_open(deed):
        return placing.CODE
    if not placing.may(deed.turn, deed.person):
        return GONE
    return Outcome("ok", {"location": 0, "place_change": placing.last(deed.turn, deed.person, "location")})


def pick_location(deed: Deed) -> Outcome:
    if not code_is_open(deed):
        return placing.CODE
    turn, person = deed.turn, deed.person
    number = handle.meant(turn, person, placing.SITE, deed.answer("location"))
    if not placing.may(turn, person) or placing.site_of(turn, person, number) is None or number is None:
        return GONE
    return Outcome("ok", {"location": number, "place_change": 0})


def pick_field(deed: Deed) -> Outcome:
    """Which field of the place changes; ``needed`` when it may not be empty, ``link`` for a map."""
    _, refused = _about(deed)
    field, _ = wanted(deed.session.state)
    if refused or not field:
        return refused or GONE
    if field == "map_url":
        return Outcome("link")
    return Outcome("needed") if field in NEEDED else OK


def draft_location(deed: Deed) -> Outcome:
    """Whether what was typed can be kept; nothing is kept yet."""
    organisation_id, refused = _about(deed)
    if refused:
        return refused
    return NO if flaw(deed.turn, organisation_id, deed.session.state) else OK


def keep_location(deed: Deed) -> Outcome:
    """A new place, or the new value of one field."""
    organisation_id, refused = _about(deed)
    if refused:
        return refused
    state, number = deed.session.state, deed.session.state.subject.get("location", 0)
    if flaw(deed.turn, organisation_id, state):
        return NO
    if number:
        field, value = wanted(state)
        made = placing.change(deed, organisation_id, "location", number, field, value)
        return Outcome("ok", {"place_change": made})
    values = {field: value or None for field, value in answered(state).items()}
    added = storage.add_site(deed.turn.conn, organisation_id, values)
    made = placing.keep(deed, organisation_id, "added", "location", added)
    return Outcome("ok", {"location": added, "place_change": made})


def draft_retire(deed: Deed) -> Outcome:
    """Whether a place may go: ``used`` when a group still comes there."""
    _, refused = _about(deed)
    number = deed.session.state.subject.get("location", 0)
    if refused or not number:
        return refused or GONE
    return Outcome("used") if _users(deed.turn, deed.person, number) else OK


def retire_location(deed: Deed) -> Outcome:
    organisation_id, refused = _about(deed)
    number = deed.session.state.subject.get("location", 0)
    if refused or not number:
        return refused or GONE
    if _users(deed.turn, deed.person, number):
        return Outcome("used")
    storage.retire(deed.turn.conn, number, deed.turn.now)
    made = placing.keep(deed, organisation_id, "retired", "location", number)
    return Outcome("ok", {"place_change": made})


def _about(deed: Deed) -> tuple[int, Outcome | None]:
    """The organisation, once the coordinator may change the place of the dialog, if it is about one."""
    organisation_id, refused = placing.organisation(deed)
    number = deed.session.state.subject.get("location", 0)
    if refused or not number:
        return organisation_id, refused
    target = placing.site_target(deed.turn, deed.person, number)
    return organisation_id, None if deed.turn.allowed(deed.person, "change_places", target) else GONE


def _users(turn: Turn, person: Person, number: int) -> list[str]:
    """The names of the organisation's own groups that still come to a place."""
    found = storage.users(turn.conn, number, turn.today, turn.now)
    return [one.name for one in found if one.organisation_id == person.organisation_id]


# What it shows


def lines(ask: Asked) -> Words:
    """Every place with its address, or that it has none, and who meets there."""
    return Words("\n".join(_line(ask, one) for one in _sites(ask)))


def options(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(handle.named(ask.turn, ask.person, placing.SITE, one.id), one.name) for one in _sites(ask)
    )


def card(ask: Asked) -> Words:
    """Everything that is written down about the place the dialog is about."""
    one = _chosen(ask)
    return Words(_card(ask, {field: one.said(field) for field in SITE_FIELDS}, one.id)) if one else Words("")


def preview(ask: Asked) -> Words:
    """The place as it will be."""
    if not placing.may(ask.turn, ask.person):
        return Words("")
    if not ask.state.subject.get("location"):
        return Words(_card(ask, answered(ask.state), 0))
    one, (field, value) = _chosen(ask), wanted(ask.state)
    if one is None or not field:
        return Words("")
    shown = {name: one.said(name) for name in SITE_FIELDS} | {field: value}
    said = [_card(ask, shown, one.id)]
    if ("location", field) in placing.HEARD:
        said.append(news(ask, one.id, shown))
    return Words("\n\n".join(said))


def news(ask: Asked, number: int, shown: dict[str, str]) -> str:
    """What those who come to a place will read, and who they are."""
    turn, said = ask.turn, []
    for group_id in placing.groups_about(turn, "location", number):
        text = place_moved.said(
            turn, ask.person, group_id, shown, place_moved.number_of(turn, group_id, number)
        )
        said += [text, placing.heard_by(turn, ask.person, group_id)]
    return "\n\n".join(said) or turn.phrase("location_no_group", ask.person)


def value_now(ask: Asked) -> Words:
    one, (field, _) = _chosen(ask), wanted(ask.state)
    said = one.said(field) if one is not None and field else ""
    return Words(said or ask.turn.phrase("location_nothing", ask.person))


def users(ask: Asked) -> Words:
    number = ask.state.subject.get("location")
    if not number or _chosen(ask) is None:
        return Words("")
    return Words(", ".join(_users(ask.turn, ask.person, number)))


def refusal(ask: Asked) -> Words:
    """Why it cannot be kept, in a sentence."""
    organisation_id = ask.person.organisation_id
    if organisation_id is None or not placing.may(ask.turn, ask.person):
        return Words("")
    found = flaw(ask.turn, organisation_id, ask.state)
    return Words(ask.turn.phrase(f"place_flaw_{found}", ask.person) if found else "")


def _card(ask: Asked, values: dict[str, str], number: int) -> str:
    turn, person = ask.turn, ask.person
    said = [f"{values['name']}, {values['place']}"]
    said.append(values["address"] or turn.phrase("location_no_address", person))
    said += [
        turn.phrase(f"location_has_{field}", person, text=values[field])
        for field in ("map_url", *SITE_TEXTS)
        if values.get(field)
    ]
    groups = [name for _, name in storage.groups_at(turn.conn, number)] if number else []
    own = {room.name for room in waiting.rooms(turn.conn, person.organisation_id)}
    groups = [name for name in groups if name in own]
    if groups:
        said.append(turn.phrase("location_groups", person, names=", ".join(groups)))
    return "\n".join(said)


def _line(ask: Asked, one: Site) -> str:
    address = one.said("address") or ask.turn.phrase("location_no_address", ask.person)
    return f"• {one.name}, {one.place}. {address}"


def _sites(ask: Asked) -> list[Site]:
    organisation_id = ask.person.organisation_id
    if organisation_id is None or not placing.may(ask.turn, ask.person):
        return []
    return storage.sites(ask.turn.conn, organisation_id)


def _chosen(ask: Asked) -> Site | None:
    number = ask.state.subject.get("location")
    return next((one for one in _sites(ask) if one.id == number), None)


def _is_fixed(ask: Asked) -> bool:
    organisation_id, one = ask.person.organisation_id, _chosen(ask)
    return organisation_id is None or one is None or placing.is_shared(ask.turn, organisation_id, one.id)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_locations": open_locations,
    "pick_location": pick_location,
    "pick_location_field": pick_field,
    "draft_location": draft_location,
    "keep_location": keep_location,
    "draft_retire": draft_retire,
    "retire_location": retire_location,
    "undo_place": placing.undo,
}
LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "location_lines": lines,
    "location_options": options,
    "location_card": card,
    "location_preview": preview,
    "location_value": value_now,
    "location_users": users,
    "location_refusal": refusal,
    "location_fixed": _is_fixed,
    "place_can_undo": lambda ask: bool(ask.state.subject.get("place_change")),
    "place_last": placing.last_said,
}

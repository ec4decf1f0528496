"""Somebody lives where the group is not: the professional reads what is possible, and decides. Nothing is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.age import age_on
from bot.conversation import growing_up, handle
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.conversation.signing_up import NATIONAL_SITE
from bot.conversation.turn import Turn
from bot.programme import ages, lifecycle
from bot.programme.lifecycle import Phase
from bot.storage import admissions, organisations, people, phases, places, sign_ups, waiting
from bot.storage.people import Person
from bot.storage.sign_ups import SignUp
from bot.storage.waiting import Room
from dialogs.effects import Option
from dialogs.words import Words

NO_GROUP_TO_LEAVE: frozenset[Phase] = lifecycle.NO_REMINDERS | {"waiting"}
"""Phases in which no other group can be chosen here; who waits comes off that list first."""


def of_sign_up(turn: Turn, reader: Person, one: SignUp) -> str:
    """What is possible when no group of the organisation fits a sign-up; empty when one does."""
    rooms = waiting.rooms(turn.conn, one.organisation_id)
    fitting = (room for room in rooms if _goes_on(room) and room.age_group == one.age_group)
    if any(room.municipality_id == one.municipality_id for room in fitting):
        return ""
    return _said(turn, reader, one.municipality_id, one.organisation_id, one.age_group)


def of_group(turn: Turn, reader: Person, town_id: int | None, group_id: int) -> str:
    """What is possible for who lives in *town_id*, none: unknown here, when that is not where the group is."""
    group = waiting.room(turn.conn, group_id)
    if town_id == group.municipality_id:
        return ""
    return _said(turn, reader, town_id, group.organisation_id, group.age_group, group)


def _said(
    turn: Turn,
    reader: Person,
    town_id: int | None,
    organisation_id: int,
    age_group: str,
    group: Room | None = None,
) -> str:
    rooms = [one for one in waiting.rooms(turn.conn) if _goes_on(one) and one.age_group == age_group]
    own = [
        one.name
        for one in rooms
        if one.organisation_id == organisation_id
        and (group is None or one.id != group.id)
        and admissions.free_places(turn.conn, one.id) > 0
    ]
    there = {one.organisation_id for one in rooms if one.municipality_id == town_id} - {organisation_id}
    hosts = ", ".join(name for number, _, name in organisations.every(turn.conn) if number in there)
    head = [
        turn.phrase("lives_in_town", reader, town=places.town_name(turn.conn, town_id))
        if town_id
        else turn.phrase("lives_somewhere", reader),
        turn.phrase("group_is_in", reader, group_town=places.town_name(turn.conn, group.municipality_id))
        if group
        else turn.phrase("no_group_there", reader, age_group=age_group),
        turn.phrase("nobody_refused", reader),
    ]
    ways = [
        turn.phrase("groups_free", reader, group_names=", ".join(own))
        if own
        else turn.phrase("groups_none", reader),
        *([turn.phrase("hosts_there", reader, hosts=hosts)] if hosts else []),
        turn.phrase("refer_on", reader, national_site=NATIONAL_SITE),
    ]
    return "\n".join([" ".join(head), *ways])


def _goes_on(room: Room) -> bool:
    return room.closes_on is None


# What the dialog of a house move asks for


def open_house_move(deed: Deed) -> Outcome:
    """Look at what is possible; nothing is kept, not even where they live now."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    number = deed.session.state.subject.get("youth")
    if not number or not turn.allowed(person, "move_group", about_youth(turn, person, number)):
        return GONE
    return OK if people.load(turn.conn, number).group_id is not None else GONE


def move_house(deed: Deed) -> Outcome:
    """To another group of the organisation, from the first Monday after today."""
    opened = open_house_move(deed)
    if opened != OK:
        return opened
    turn, youth = deed.turn, people.load(deed.turn.conn, deed.session.state.subject["youth"])
    chosen = handle.meant(turn, deed.person, "group", deed.answer("to_group"))
    if chosen is None or chosen not in {one.id for one in _rooms(turn, youth)}:
        return GONE
    day = ages.moves_on(turn.today + timedelta(days=1))
    return growing_up.begin_move(deed, youth, chosen, day)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_house_move": open_house_move,
    "move_house": move_house,
    "look_where": lambda deed: OK,
}


# Facts


def _rooms(turn: Turn, youth: Person) -> list[Room]:
    """Groups of the organisation for the same age, but their own."""
    if youth.group_id is None or phases.phase_of(turn.conn, youth.id) in NO_GROUP_TO_LEAVE:
        return []
    here = waiting.room(turn.conn, youth.group_id)
    rooms = waiting.rooms(turn.conn, here.organisation_id)
    return [one for one in rooms if _goes_on(one) and one.id != here.id and one.age_group == here.age_group]


def _youth(ask: Asked) -> Person | None:
    number = ask.state.subject.get("youth")
    if not number or not ask.turn.may_see(ask.person, "see_phase", about_youth(ask.turn, ask.person, number)):
        return None
    return people.load(ask.turn.conn, number)


def _town(ask: Asked) -> int | None:
    chosen = str(ask.state.answers.get("house_town"))
    return next((one.id for one in sign_ups.towns(ask.turn.conn) if str(one.id) == chosen), None)


def house_said(ask: Asked) -> Words:
    """What is possible from where they live now."""
    youth = _youth(ask)
    if youth is None or youth.group_id is None:
        return Words("")
    said = of_group(ask.turn, ask.person, _town(ask), youth.group_id)
    return Words(said or ask.turn.phrase("lives_here", ask.person))


def house_groups(ask: Asked) -> tuple[Option, ...]:
    """Groups to go to, of where they live now first."""
    youth, town = _youth(ask), _town(ask)
    if youth is None:
        return ()
    found = sorted(_rooms(ask.turn, youth), key=lambda one: (one.municipality_id != town, one.id))
    return tuple(Option(handle.named(ask.turn, ask.person, "group", one.id), one.name) for one in found)


def invited_elsewhere(ask: Asked) -> str:
    """The line at an invitation that comes from a sign-up, when the chosen group is in another municipality."""
    number = ask.state.subject.get("sign_up")
    one = sign_ups.load(ask.turn.conn, number) if number else None
    if one is None or one.organisation_id != ask.person.organisation_id:
        return ""
    group_id = _invited_to(ask)
    return of_group(ask.turn, ask.person, one.municipality_id, group_id) if group_id else ""


def invited_other_age(ask: Asked) -> str:
    """The line at an invitation when the age does not fit the group: they may know why, or tapped another year."""
    year, month = (str(ask.state.answers.get(name) or "") for name in ("year", "month"))
    group_id = _invited_to(ask)
    if group_id is None or not (year.isdecimal() and month.isdecimal()):
        return ""
    room, age = waiting.room(ask.turn.conn, group_id), age_on(f"{year}-{month}", ask.turn.today)
    youngest, oldest = (int(end) for end in room.age_group.split("-"))
    if youngest <= age <= oldest:
        return ""
    return ask.turn.phrase(
        "other_age", ask.person, age=age, group_name=room.name, youngest=youngest, oldest=oldest
    )


def _invited_to(ask: Asked) -> int | None:
    """The group that was chosen, else the only one."""
    own, chosen = people.groups_of(ask.turn.conn, ask.person.id), ask.state.answers.get("group")
    return handle.meant(ask.turn, ask.person, "group", chosen) if chosen else own[0][0] if own else None


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "house_towns": lambda ask: tuple(Option(str(one.id), one.name) for one in sign_ups.towns(ask.turn.conn)),
    "house_said": house_said,
    "house_groups": house_groups,
    "house_offered": lambda ask: (
        (youth := _youth(ask)) is not None
        and youth.group_id is not None
        and ask.person.role == "professional"
    ),
    "invited_elsewhere": invited_elsewhere,
    "invited_other_age": invited_other_age,
}

"""What a coordinator may change about places and groups: asked again at every tap, kept, told, and taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.authorize import Target
from bot.conversation import place_moved, planning, relay, telling
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group, about_organisation, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.programme import places as rules
from bot.programme.lifecycle import UNDO_WITHIN
from bot.storage import admissions, calendars, closings, outbox, people, waiting
from bot.storage import places as storage
from bot.storage.people import Person
from bot.storage.places import About, Change, Site
from bot.storage.waiting import Room
from dialogs.state import State
from dialogs.text import Span
from dialogs.words import Words

SITE, GROUP, TOWN = "kept_location", "kept_group", "kept_town"
"""Purposes of handles."""
CODE = Outcome("code")
HEARD = {("group", "location_id"), ("location", "place"), ("location", "address")}
"""Changes after which somebody would stand at another door: who comes to that group hears of them."""


def may(turn: Turn, person: Person) -> bool:
    """Whether somebody looks after places and groups at all; one look is written down once a turn."""
    return turn.may_see(person, "change_places", about_organisation(turn, person, person.organisation_id))


def site_target(turn: Turn, person: Person, number: int) -> Target:
    """A place as the object of a change: not one of another organisation, nor one that another meets at."""
    mine = person.organisation_id is not None and changeable(turn, person.organisation_id, number)
    return Target("location", number, None, "organisation" if mine else "none")


def changeable(turn: Turn, organisation_id: int, number: int) -> bool:
    known = any(one.id == number for one in storage.sites(turn.conn, organisation_id))
    return known and not is_shared(turn, organisation_id, number)


def is_shared(turn: Turn, organisation_id: int, number: int) -> bool:
    """Whether another organisation meets there too, always or on an evening that is to come."""
    users = storage.users(turn.conn, number, turn.today, turn.now)
    return any(one.organisation_id != organisation_id for one in users)


def rooms(turn: Turn, organisation_id: int) -> list[Room]:
    """The groups of an organisation that are not closed."""
    found = waiting.rooms(turn.conn, organisation_id)
    return [one for one in found if not closings.is_closed(turn.conn, one.id)]


def site_of(turn: Turn, person: Person, number: int | None) -> Site | None:
    """A place that somebody may choose for a group."""
    if number is None or person.organisation_id is None:
        return None
    return next((one for one in storage.sites(turn.conn, person.organisation_id) if one.id == number), None)


def typed(state: State, field: str) -> str:
    """What was typed as one line, or the label of the example that was tapped; empty when it was skipped."""
    said = state.answers.get(field)
    if isinstance(said, Words):
        return rules.line(str(said))
    return rules.line(str(state.labels.get(field, said))) if isinstance(said, str) else ""


def organisation(deed: Deed) -> tuple[int, Outcome | None]:
    """The coordinator's own organisation, kept from others until this turn ends, and what to answer when refused."""
    turn, person = deed.turn, deed.person
    number = person.organisation_id
    if not code_is_open(deed):
        return 0, CODE
    if number is None or not turn.allowed(person, "change_places", about_organisation(turn, person, number)):
        return 0, GONE
    closings.lock(turn.conn, number)
    if closings.of_organisation(turn.conn, number) is not None:
        return number, GONE
    return number, None


def flaw(turn: Turn, organisation_id: int, about: About, number: int, field: str, value: str) -> str:
    """Why a field of a place or a group cannot hold *value*; empty when it can. *number* 0 is a new one."""
    conn = turn.conn
    if about == "location":
        if field == "name":
            found = storage.sites(conn, organisation_id)
            return rules.name_flaw(value, [one.name for one in found if one.id != number]) or ""
        if field == "map_url":
            return rules.link_flaw(value) or ""
        return rules.text_flaw(value, needed=field == "place") or ""
    if field == "name":
        groups = [one for one in rooms(turn, organisation_id) if one.id != number]
        return rules.name_flaw(value, [one.name for one in groups]) or ""
    if field == "capacity":
        taken = admissions.taken_places(conn, number) if number else 0
        return rules.capacity_flaw(int(value), taken) or ""
    if field == "location_id":
        known = any(one.id == int(value) and not one.retired for one in storage.sites(conn, organisation_id))
        return "" if known else "unknown"
    if field == "municipality_id" and number:
        now = int(storage.column(conn, "group", number, "municipality_id"))
        left = now != int(value) and storage.waiting_sign_ups(conn, organisation_id, now, number)
        return "waiting" if left else ""
    return ""


def change(
    deed: Deed,
    organisation_id: int,
    about: About,
    number: int,
    field: str,
    value: str,
    town: int | None = None,
) -> int:
    """Let a field hold *value*, note what it held, and tell who has to know; the number of the change."""
    turn, person = deed.turn, deed.person
    was = storage.column(turn.conn, about, number, field)
    if about == "group":
        calendars.lock(turn.conn, number)
    storage.write(turn.conn, about, number, field, value)
    made = keep(
        deed,
        organisation_id,
        "changed",
        about,
        number,
        field=field,
        was=was,
        became=value,
        municipality_id=town,
    )
    kept = storage.find(turn.conn, made)
    if kept is not None and (about, field) in HEARD:
        tell(turn, person, kept)
    planning.plan_again(turn)
    return made


def keep(
    deed: Deed, organisation_id: int, kind: str, about: About, number: int, **more: str | int | None
) -> int:
    """Note a change, in the audit trail too."""
    turn, person = deed.turn, deed.person
    values = {"organisation_id": organisation_id, "kind": kind, "about": about, "row_id": number, **more}
    turn.note(person, f"{about}_{kind}", about, number, None)
    return storage.note(turn.conn, values, person.id, turn.now)


def undo(deed: Deed) -> Outcome:
    """For a day: as it was before, unless it was changed again meanwhile or what was is not possible any more."""
    turn, person = deed.turn, deed.person
    organisation_id, refused = organisation(deed)
    one = storage.load(turn.conn, deed.session.state.subject.get("place_change", 0))
    if refused or one is None or one.organisation_id != organisation_id:
        return refused or GONE
    if turn.now - one.at > UNDO_WITHIN or not _is_undone(deed, one):
        return Outcome("late")
    storage.take_back(turn.conn, one.id, turn.now)
    if one.municipality_id is not None:
        storage.remove_town(turn.conn, one.municipality_id)
    turn.note(person, f"{one.about}_undone", one.about, one.row_id, None)
    if one.kind == "changed" and (one.about, one.field) in HEARD:
        tell(turn, person, replace(one, undone=True))
    planning.plan_again(turn)
    return OK


def last(turn: Turn, person: Person, about: About) -> int:
    """The newest change of the organisation that can still be taken back; 0 when there is none."""
    if person.organisation_id is None:
        return 0
    return storage.latest(turn.conn, person.organisation_id, about, turn.now - UNDO_WITHIN)


def last_said(ask: Asked) -> Words:
    """What taking back the newest change would do."""
    turn, one = ask.turn, storage.load(ask.turn.conn, ask.state.subject.get("place_change", 0))
    if one is None or one.organisation_id != ask.person.organisation_id or not may(turn, ask.person):
        return Words("")
    about: About = "group" if one.about == "group" else "location"
    facts = {
        "title": storage.column(turn.conn, about, one.row_id, "name"),
        "was": _shown(turn, one.field, one.was),
        "became": _shown(turn, one.field, one.became),
    }
    nothing = turn.phrase("location_nothing", ask.person)
    shown = {name: text or nothing for name, text in facts.items()}
    return Words(turn.phrase(f"place_last_{one.kind}", ask.person, **shown))


def _shown(turn: Turn, field: str | None, value: str | None) -> str:
    """A value as a reader knows it: the name of a place or municipality, not its number."""
    if field == "location_id" and value:
        site = storage.site(turn.conn, int(value))
        return site.name if site else ""
    if field == "municipality_id" and value:
        return storage.town_name(turn.conn, int(value))
    return value or ""


def _is_undone(deed: Deed, one: Change) -> bool:
    turn = deed.turn
    about: About = "group" if one.about == "group" else "location"
    if one.kind != "changed" and storage.is_changed_since(turn.conn, one):
        return False
    if one.kind == "added" and about == "group":
        town = int(storage.column(turn.conn, "group", one.row_id, "municipality_id") or 0)
        if storage.waiting_sign_ups(turn.conn, one.organisation_id, town, one.row_id):
            return False
        return storage.remove_group(turn.conn, one.row_id)
    if one.kind == "added":
        return storage.remove_site(turn.conn, one.row_id)
    if one.kind == "retired":
        found = storage.site(turn.conn, one.row_id)
        if found is None or flaw(turn, one.organisation_id, "location", one.row_id, "name", found.name):
            return False
        storage.retire(turn.conn, one.row_id, None)
        return True
    field, was = one.field or "", one.was or ""
    target = about_group if about == "group" else site_target
    if not turn.allowed(deed.person, "change_places", target(turn, deed.person, one.row_id)):
        return False
    if storage.column(turn.conn, about, one.row_id, field) != (one.became or ""):
        return False
    if flaw(turn, one.organisation_id, about, one.row_id, field, was):
        return False
    storage.write(turn.conn, about, one.row_id, field, was)
    return True


# Who hears where a group meets


def groups_about(turn: Turn, about: About, number: int) -> list[int]:
    """The groups for which a change of a place, or of the place of a group, is news."""
    if about == "group":
        return [number]
    users = storage.users(turn.conn, number, turn.today, turn.now)
    return [
        one.id
        for one in users
        if not place_moved.number_of(turn, one.id, number) or place_moved.evenings_at(turn, one.id, number)
    ]


def heard_by(turn: Turn, reader: Person, group_id: int) -> str:
    """Who will read where the group meets, for a preview."""
    to = telling.audience(turn, group_id)
    if not to:
        return turn.phrase("change_to_nobody", reader)
    said = turn.phrase("change_to", reader, count=len(to), names=", ".join(str(one.name) for one in to))
    by_person = [str(one.name) for one in to if one.state == people.ASSISTED]
    silent = [str(one.name) for one in to if one.state != people.ASSISTED and not telling.reached(turn, one)]
    for phrase, names in (("place_by_person", by_person), ("change_not_reached", silent)):
        if names:
            said += " " + turn.phrase(phrase, reader, names=", ".join(names))
    return said


def tell(turn: Turn, actor: Person, one: Change) -> None:
    """Who comes to a group and who leads it hear where it meets. Taken back before they heard, they hear nothing."""
    about: About = "group" if one.about == "group" else "location"
    groups = groups_about(turn, about, one.row_id)
    storage.moved_along(turn.conn, about, one.row_id, turn.now)
    place_moved.plan(turn, one, groups)
    for group_id in groups:
        _tell_leaders(turn, actor, one, group_id)


def _tell_leaders(turn: Turn, actor: Person, one: Change, group_id: int) -> None:
    found = people.staff_of_group(turn.conn, group_id)
    leaders = [leader for leader in found if leader.id != actor.id]
    key = f"place:{one.id}:{group_id}:"
    if one.undone:
        unheard = [
            leader.id
            for leader in leaders
            if outbox.cancel_keyed(turn.conn, f"{key}{leader.id}:", "undone", turn.now)
        ]
        leaders = [leader for leader in leaders if leader.id not in unheard]
        # Who leads the group no more has nothing to hear of it either.
        outbox.cancel_keyed(turn.conn, key, "undone", turn.now)
    for leader in leaders:
        said = place_moved.words(turn, leader, one, group_id)
        opening = Opening(
            lane=Lane.RELAY,
            promise=Promise.AT_LEAST_ONCE,
            not_before=relay.reading_moment(turn),
            silent=True,
            dedupe_key=f"{key}{leader.id}:{'again' if one.undone else 'now'}",
        )
        turn.tell(leader, Message((Span(said),)), opening)

"""What the coordinator reads about a group: who leads it, who reads for whom, and what a change would mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.conversation import handle, team
from bot.conversation.asked import Asked
from bot.conversation.deed import about_group
from bot.programme.team import takers
from bot.storage import meetings, people
from bot.storage import team as storage
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words


def groups(ask: Asked) -> tuple[Option, ...]:
    """The groups of the coordinator's own organisation."""
    turn, person = ask.turn, ask.person
    if person.role != "coordinator" or person.organisation_id is None:
        return ()
    return tuple(
        Option(handle.named(turn, person, team.GROUP, number), name)
        for number, name in meetings.groups_of_organisation(turn.conn, person.organisation_id)
    )


def _group(ask: Asked) -> int | None:
    """The group the dialog is about; none for who may not see it."""
    number = ask.state.subject.get("group")
    if not number:
        return None
    allowed = ask.turn.may_see(ask.person, "change_team", about_group(ask.turn, ask.person, number))
    return number if allowed else None


def said(ask: Asked) -> Words:
    """The group, its leaders with how many they read for, and each youngster with both names."""
    turn, person, group_id = ask.turn, ask.person, _group(ask)
    if group_id is None:
        return Words("")
    lines = [meetings.group_name(turn.conn, group_id), ""]
    for one in people.staff_of_group(turn.conn, group_id):
        count = storage.load_of(turn.conn, one.id)
        begun = one.state == "active"
        lines.append(turn.phrase("team_leader", person, staff_name=one.name, count=count, begun=begun))
    youngsters = storage.youngsters(turn.conn, group_id)
    lines += [""] if youngsters else []
    for youth in youngsters:
        lines.append(_readers(ask, youth))
    return Words("\n".join(lines))


def _readers(ask: Asked, youth: Person) -> str:
    helpers = people.looked_after_by(ask.turn.conn, youth.id)
    names = {kind: people.load(ask.turn.conn, number).name for kind, number in helpers.items()}
    nobody = Words(ask.turn.phrase("team_nobody", ask.person))
    return ask.turn.phrase(
        "team_youth",
        ask.person,
        youth_name=youth.name,
        main=names.get("main", nobody),
        backup=names.get("backup", nobody),
    )


def candidates(ask: Asked) -> tuple[Option, ...]:
    """The professionals of the organisation who do not lead this group yet."""
    turn, person, group_id = ask.turn, ask.person, _group(ask)
    if group_id is None or person.organisation_id is None:
        return ()
    there = {one.id for one in people.staff_of_group(turn.conn, group_id)}
    found = [
        one
        for one in people.staff_of_organisation(turn.conn, person.organisation_id)
        if one.role == "professional" and one.id not in there and one.state != "erased"
    ]
    return _options(ask, team.COLLEAGUE, found)


def here(ask: Asked) -> tuple[Option, ...]:
    group_id = _group(ask)
    return _options(ask, team.COLLEAGUE, people.staff_of_group(ask.turn.conn, group_id)) if group_id else ()


def youngsters(ask: Asked) -> tuple[Option, ...]:
    group_id = _group(ask)
    return _options(ask, team.YOUTH, storage.youngsters(ask.turn.conn, group_id)) if group_id else ()


def readers(ask: Asked) -> tuple[Option, ...]:
    """Who could have the place that is being filled: who leads the group, gets messages, and has it not already."""
    turn, group_id, youth_id = ask.turn, _group(ask), ask.state.subject.get("youth")
    if group_id is None or not youth_id:
        return ()
    youth = people.load(turn.conn, youth_id)
    kind = ask.state.answers.get("team_kind")
    has = people.looked_after_by(turn.conn, youth_id).get(str(kind))
    able = {one.id for one in team.leaders(turn, group_id, practice=youth.practice) if one.able}
    found = [one for one in people.staff_of_group(turn.conn, group_id) if one.id in able - {has}]
    return _options(ask, team.COLLEAGUE, found)


def preview(ask: Asked) -> Words:
    """Who reads for each youngster once the chosen one is gone."""
    turn, person, group_id = ask.turn, ask.person, _group(ask)
    gone = ask.state.subject.get("colleague")
    if group_id is None or not gone:
        return Words("")
    lines = []
    for youth in team.looked_after_here(turn, group_id, gone):
        wanted = team.heirs(turn, group_id, youth, gone)
        if wanted is not None:
            names = {kind: people.load(turn.conn, number).name for kind, number in wanted.items()}
            lines.append(turn.phrase("team_youth", person, youth_name=youth.name, **names))
    return Words("\n".join(lines) or turn.phrase("team_no_youth", person))


def alone(ask: Asked) -> Words:
    """The youngsters who would be left with one reader."""
    turn, group_id, gone = ask.turn, _group(ask), ask.state.subject.get("colleague")
    if group_id is None or not gone:
        return Words("")
    found = [
        one
        for one in team.looked_after_here(turn, group_id, gone)
        if team.heirs(turn, group_id, one, gone) is None
    ]
    return Words(", ".join(str(one.name) for one in found))


def could_take_over(ask: Asked) -> Words:
    """The way out: professionals of the organisation who could come and lead this group."""
    turn, person, group_id = ask.turn, ask.person, _group(ask)
    if group_id is None or person.organisation_id is None:
        return Words("")
    there = {one.id for one in people.staff_of_group(turn.conn, group_id)}
    found = [
        one
        for one in people.staff_of_organisation(turn.conn, person.organisation_id)
        if one.role == "professional" and one.state == "active" and one.id not in there and not one.practice
    ]
    return Words(", ".join(str(one.name) for one in found))


def who(ask: Asked) -> Words:
    number = ask.state.subject.get("colleague")
    return people.load(ask.turn.conn, number).name if number else Words("")


def youth_readers(ask: Asked) -> Words:
    number = ask.state.subject.get("youth")
    if not number or _group(ask) is None:
        return Words("")
    return Words(_readers(ask, people.load(ask.turn.conn, number)))


def _options(ask: Asked, purpose: str, found: Iterable[Person]) -> tuple[Option, ...]:
    return tuple(Option(handle.named(ask.turn, ask.person, purpose, one.id), str(one.name)) for one in found)


def _able(ask: Asked) -> int:
    group_id = _group(ask)
    return len(takers(team.leaders(ask.turn, group_id), 0)) if group_id else 0


def _last_change(ask: Asked) -> storage.Change | None:
    """The change that can be taken back from the page."""
    group_id = _group(ask)
    change = storage.load(ask.turn.conn, ask.state.subject.get("team_change", 0)) if group_id else None
    return change if change is not None and change.group_id == group_id else None


def last_name(ask: Asked) -> Words:
    """Whom the last change is about: who came or went, or for whom somebody else reads."""
    change = _last_change(ask)
    if change is None:
        return Words("")
    moved = storage.handovers(ask.turn.conn, change.id)
    number = change.professional_id or (moved[0].youth_id if moved else None)
    return people.load(ask.turn.conn, number).name if number else Words("")


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "team_groups": groups,
    "has_team": lambda ask: bool(groups(ask)),
    "team_said": said,
    "team_candidates": candidates,
    "team_leaders": here,
    "team_has_leaders": lambda ask: bool(here(ask)),
    "team_youngsters": youngsters,
    "team_has_youngsters": lambda ask: bool(youngsters(ask)),
    "team_readers": readers,
    "team_can_choose": lambda ask: bool(readers(ask)),
    "team_last": lambda ask: change.kind if (change := _last_change(ask)) else "",
    "team_last_name": last_name,
    "team_preview": preview,
    "team_alone": alone,
    "team_could_come": could_take_over,
    "team_person": who,
    "team_youth_readers": youth_readers,
    "team_short": lambda ask: _able(ask) < 2,
}

"""Who reads what a youngster needs somebody for, and when: the one function behind sentence, delivery, escalation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.conversation.turn import Turn
from bot.schedule import escalation
from bot.schedule.escalation import Clock, Level, Rungs, Team
from bot.schedule.reading import is_working
from bot.storage import duty, holidays, people
from bot.storage.people import Person

When = Literal["now", "later", "nobody"]

DRILL = "drill"
"""State and alert kind of the made-up youngster with whom the chain is exercised."""


@dataclass(frozen=True, slots=True)
class Reading:
    """*rungs*: who is asked first, second, third. *holder*: the first of them. *reads_from*: when they read it.

    *also*: who is on call without a telephone that rings. They get the message at once, and nobody is promised it.
    """

    rungs: Rungs
    everybody: tuple[int, ...]
    clock: Clock
    holder: int | None
    when: When
    reads_from: datetime | None
    also: tuple[int, ...] = ()


def team_of(turn: Turn, youth: Person) -> Team:
    """Everybody of the youngster's organisation who may be asked; testers only for a practice youngster."""
    conn = turn.conn
    assigned = _assigned(turn, youth)
    organisation = duty.organisation_of(conn, youth)
    if organisation is None:
        team = Team(assigned.get("main"), assigned.get("backup"))
    else:
        on_call = duty.decision(conn, organisation).on_call == "roster"
        team = Team(
            main=assigned.get("main"),
            backup=assigned.get("backup"),
            coordinators=_of_role(turn, organisation, "coordinator", practice=youth.practice),
            confidants=_of_role(turn, organisation, "confidant", practice=youth.practice),
            on_duty=tuple(duty.on_duty(conn, organisation, turn.now)) if on_call else (),
        )
    return _with_gone(turn, team)


def reading(
    turn: Turn, youth: Person, level: Level, *, about_staff: bool, excluded: Collection[int]
) -> Reading:
    """Who would hold an alert at this moment, and when they would read it."""
    return _read_by(turn, team_of(turn, youth), level, about_staff=about_staff, excluded=excluded)


def example(turn: Turn, organisation: int, decided: duty.OnCall) -> Reading:
    """Who would read an alert from the first group at this moment, if the organisation decided so."""
    group = duty.first_group(turn.conn, organisation)
    leaders = people.staff_of_group(turn.conn, group) if group is not None else []
    team = Team(
        main=leaders[0].id if leaders else None,
        backup=leaders[1].id if len(leaders) > 1 else None,
        coordinators=_of_role(turn, organisation, "coordinator", practice=False),
        confidants=_of_role(turn, organisation, "confidant", practice=False),
        on_duty=tuple(duty.on_duty(turn.conn, organisation, turn.now)) if decided == "roster" else (),
    )
    return _read_by(turn, _with_gone(turn, team), "p1", about_staff=False, excluded=())


def _read_by(
    turn: Turn, team: Team, level: Level, *, about_staff: bool, excluded: Collection[int]
) -> Reading:
    settings = turn.world.settings
    working = is_working(turn.now, settings.working_hours, settings.zone)
    on_roster = not working and escalation.on_call_now(team, excluded)
    # Without a telephone that rings nobody can be promised that it is read at night: what is said, and from when
    # the minutes count, is as if nobody were on call.
    covered = on_roster and settings.rings
    on_call = covered and level == "p1"
    # What may wait for working hours goes to whoever works then, not to whoever is on call.
    found = escalation.rungs(team, working=not on_call, about_staff=about_staff, excluded=excluded)
    clock = Clock(settings.working_hours, settings.zone, working=level != "p1", covered=on_call)
    together = escalation.everybody_of(found, team if level == "p1" else Team(gone=team.gone), excluded)
    holder = next((one for rung in found for one in rung), None)
    if level == "p3":
        begins = escalation.next_working_day(turn.now, settings.working_hours, settings.zone)
    else:
        begins = escalation.begins(level, clock, turn.now)
    when: When = "nobody" if holder is None else "now" if begins <= turn.now else "later"
    unheard = on_roster and not settings.rings and level == "p1"
    also = escalation.left(team.on_duty, team, (*excluded, *(() if holder is None else (holder,))))
    return Reading(
        found,
        together,
        clock,
        holder,
        when,
        begins if holder is not None else None,
        also[:1] if unheard else (),
    )


def _with_gone(turn: Turn, team: Team) -> Team:
    everyone = (team.main, team.backup, *team.coordinators, *team.confidants, *team.on_duty)
    gone = {one for one in everyone if one is not None and not duty.reachable(turn.conn, one, turn.now)}
    return replace(team, gone=frozenset(gone))


def _assigned(turn: Turn, youth: Person) -> dict[str, int]:
    if youth.state != DRILL or youth.group_id is None:
        return _covered(turn, people.looked_after_by(turn.conn, youth.id))
    leaders = people.staff_of_group(turn.conn, youth.group_id)
    return {kind: one.id for kind, one in zip(("main", "backup"), leaders, strict=False)}


def _covered(turn: Turn, pair: dict[str, int]) -> dict[str, int]:
    """Who stands in for somebody in a holiday has their place."""
    covered = dict(pair)
    for kind, own in pair.items():
        standing = holidays.stands_in(turn.conn, own, turn.now)
        if standing is not None and standing not in covered.values():
            covered[kind] = standing
    return covered


def _of_role(turn: Turn, organisation: int, role: str, *, practice: bool) -> tuple[int, ...]:
    return tuple(duty.numbers(turn.conn, organisation, role, practice=practice))

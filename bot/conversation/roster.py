"""Who reads what a youngster needs somebody for, and when: the one function behind sentence, delivery, escalation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.conversation.turn import Turn
from bot.schedule import escalation
from bot.schedule.escalation import Clock, Level, Rungs, Team
from bot.schedule.reading import is_working
from bot.storage import duty, people
from bot.storage.people import Person

When = Literal["now", "later", "nobody"]

DRILL = "drill"
"""State and alert kind of the made-up youngster with whom the chain is exercised."""


@dataclass(frozen=True, slots=True)
class Reading:
    """*rungs*: who is asked first, second, third. *holder*: the first of them. *reads_from*: when they read it."""

    rungs: Rungs
    everybody: tuple[int, ...]
    clock: Clock
    holder: int | None
    when: When
    reads_from: datetime | None


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
            coordinators=_of_role(turn, youth, organisation, "coordinator"),
            confidants=_of_role(turn, youth, organisation, "confidant"),
            on_duty=tuple(duty.on_duty(conn, organisation, turn.now)) if on_call else (),
        )
    everyone = (team.main, team.backup, *team.coordinators, *team.confidants, *team.on_duty)
    gone = {one for one in everyone if one is not None and not duty.reachable(conn, one, turn.now)}
    return Team(team.main, team.backup, team.coordinators, team.confidants, team.on_duty, frozenset(gone))


def reading(
    turn: Turn, youth: Person, level: Level, *, about_staff: bool, excluded: Collection[int]
) -> Reading:
    """Who would hold an alert at this moment, and when they would read it."""
    settings = turn.world.settings
    team = team_of(turn, youth)
    working = is_working(turn.now, settings.working_hours, settings.zone)
    covered = not working and escalation.on_call_now(team, excluded)
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
    return Reading(found, together, clock, holder, when, begins if holder is not None else None)


def _assigned(turn: Turn, youth: Person) -> dict[str, int]:
    if youth.state != DRILL or youth.group_id is None:
        return people.looked_after_by(turn.conn, youth.id)
    leaders = people.staff_of_group(turn.conn, youth.group_id)
    return {kind: one.id for kind, one in zip(("main", "backup"), leaders, strict=False)}


def _of_role(turn: Turn, youth: Person, organisation: int, role: str) -> tuple[int, ...]:
    found = duty.staff(turn.conn, organisation, (role,))
    return tuple(one.id for one in found if youth.practice or not one.practice)

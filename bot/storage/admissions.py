"""Coming into the programme: who takes a place in a group, and the first moves of somebody new."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, select

from bot.programme import capacity, lifecycle
from bot.programme.lifecycle import Move, Phase
from bot.programme.team import LEADERS
from bot.storage import calendars, group_moves, halts, people, phases, waiting
from bot.storage.schema_people import person
from bot.storage.waiting import Room

DRILL = "drill"
"""State of the made-up youngster of an exercise."""

ROAD: tuple[Phase, ...] = ("applied", "screening", "trial", "participating")
REASONS: dict[Phase, str] = {
    "applied": "self",
    "screening": "talk",
    "waiting": "full",
    "trial": "fits",
    "participating": "both_want",
}
"""Why somebody new begins in a phase, when nobody says otherwise."""


def members(conn: Connection, group_id: int) -> dict[int, Phase | None]:
    """Everybody of a group but testers, with their phase; none where nothing is recorded."""
    query = select(person.c.id).where(
        person.c.group_id == group_id,
        person.c.role == "youth",
        person.c.practice.is_(False),
        person.c.state != DRILL,
    )
    ids = list(conn.execute(query.order_by(person.c.id)).scalars())
    moves = phases.histories(conn, ids)
    return {number: lifecycle.current(moves.get(number, [])) for number in ids}


def free_places(conn: Connection, group_id: int) -> int:
    """How many places of a group are free now; who is going to come into it takes one already. None once it closes.

    A halt keeps the place, but of who died it is free.
    """
    if waiting.room(conn, group_id).closes_on is not None:
        return 0
    return capacity.free(waiting.room(conn, group_id).capacity, _coming_and_here(conn, group_id))


def taken_places(conn: Connection, group_id: int) -> int:
    """How many places of a group are in use, those of who is going to come into it included."""
    return capacity.taken(_coming_and_here(conn, group_id))


def _coming_and_here(conn: Connection, group_id: int) -> list[Phase | None]:
    there, died = members(conn, group_id), halts.died(conn)
    here = [phase for one, phase in there.items() if one not in died]
    coming = [None for one in group_moves.into(conn, group_id) if one not in there and one not in died]
    return [*here, *coming]


def has_room(conn: Connection, group_id: int) -> bool:
    """Whether somebody can come in now. Keeps other workers from giving the place until this transaction ends.

    Who also keeps a youngster from others does that after this, so that two workers never wait for each other.
    """
    calendars.lock(conn, group_id)
    return free_places(conn, group_id) > 0


def others_with_room(conn: Connection, group_id: int) -> list[Room]:
    """Groups of the same organisation and age with a free place: the way out when this one is full."""
    here = waiting.room(conn, group_id)
    return [
        one
        for one in waiting.rooms(conn, here.organisation_id)
        if one.id != group_id and one.age_group == here.age_group and free_places(conn, one.id) > 0
    ]


def enter(
    conn: Connection,
    youth_id: int,
    group_id: int,
    phase: Phase,
    by: int | None,
    today: date,
    now: datetime,
    signed_up_on: date | None = None,
) -> None:
    """Record in which phase somebody new begins. Who signed up themselves has come along the road from there."""
    moves: list[tuple[Phase, date]] = [(phase, today)]
    if signed_up_on is not None:
        last = ROAD.index(phase) if phase in ROAD else ROAD.index("screening")
        moves = [("applied", signed_up_on), *((one, today) for one in ROAD[1 : last + 1])]
        moves += [(phase, today)] if phase not in ROAD else []
    for one, day in moves:
        wanted = Move(one, REASONS[one], day, now, by)
        decided = lifecycle.decide(phases.history(conn, youth_id), wanted, today)
        if isinstance(decided, Move):
            phases.add(conn, youth_id, decided)
    if phase == "waiting":
        waiting.add(conn, youth_id, group_id, capacity.next_sign(today), now)


def has_two_readers(conn: Connection, youth_id: int) -> bool:
    """Whether a professional and another one who stands in look after a youngster, and both have begun."""
    return not lacking_readers(conn, people.looked_after_by(conn, youth_id).values())


def lacking_readers(conn: Connection, pair: Collection[int]) -> Literal["no_backup", "not_begun", ""]:
    """Why these do not make two who read: there are fewer, or somebody never pressed Start. Empty when they do."""
    staff = [people.load(conn, number) for number in set(pair)]
    if len([one for one in staff if one.state == people.BEGUN]) >= LEADERS:
        return ""
    return "not_begun" if len([one for one in staff if one.state != "erased"]) >= LEADERS else "no_backup"


def belongs_to_evenings(conn: Connection, youth_ids: list[int]) -> set[int]:
    """Who of these gets reminders of evenings: who takes part, and who was there before phases were recorded."""
    moves = phases.histories(conn, youth_ids)
    return {
        one
        for one in youth_ids
        if (here := lifecycle.current(moves.get(one, []))) is None or here in lifecycle.TAKING_PART
    }

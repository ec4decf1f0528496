"""What remains of a way through the programme after an erasure: numbers by month, municipality and age group."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import Connection, select, update

from bot.programme.lifecycle import Phase
from bot.storage import phases
from bot.storage.dialect import insert_unless_there
from bot.storage.schema_course import phase_tally
from bot.storage.schema_people import person
from bot.storage.schema_programme import meeting_group

DRILL = "drill"


def keep(conn: Connection, youth_id: int, erased_because: str, on: date) -> None:
    """Count the moves of somebody who is about to be erased; testers and made-up youngsters count for nothing."""
    query = (
        select(meeting_group.c.municipality_id, meeting_group.c.age_group)
        .join(person, person.c.group_id == meeting_group.c.id)
        .where(person.c.id == youth_id, person.c.practice.is_(False), person.c.state != DRILL)
    )
    where = conn.execute(query).one_or_none()
    moves = phases.history(conn, youth_id)
    if where is None or not moves:
        return
    counted = {(_month(one.on), one.phase, one.reason) for one in moves}
    if moves[-1].phase != "erased":
        counted.add((_month(on), "erased", erased_because))
    for month, phase, reason in sorted(counted):
        _add(conn, month, where.municipality_id, where.age_group, phase, reason)


def counted(
    conn: Connection, since: date, until: date, municipality_id: int | None = None
) -> Counter[tuple[Phase, str]]:
    """How many erased people came into each phase for each reason, in the months from *since* to *until*."""
    query = select(phase_tally).where(phase_tally.c.month.between(_month(since), _month(until)))
    if municipality_id is not None:
        query = query.where(phase_tally.c.municipality_id == municipality_id)
    found: Counter[tuple[Phase, str]] = Counter()
    for row in conn.execute(query):
        found[(row.phase, row.reason)] += row.number
    return found


def _add(conn: Connection, month: str, municipality_id: int, age_group: str, phase: str, reason: str) -> None:
    unique = {
        "month": month,
        "municipality_id": municipality_id,
        "age_group": age_group,
        "phase": phase,
        "reason": reason,
    }
    insert_unless_there(conn, phase_tally, {**unique, "number": 0}, tuple(unique), phase_tally.c.number)
    mine = [phase_tally.c[name] == value for name, value in unique.items()]
    conn.execute(update(phase_tally).where(*mine).values(number=phase_tally.c.number + 1))


def _month(day: date) -> str:
    return f"{day:%Y-%m}"

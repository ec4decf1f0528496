"""Where youngsters are in the programme: moves are added and undone, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.programme.lifecycle import Move, Phase, current
from bot.storage import sealed
from bot.storage.schema_course import phase_move
from bot.storage.schema_people import person


def history(conn: Connection, youth_id: int) -> list[Move]:
    """The moves of one youngster, oldest first, without what was undone."""
    return histories(conn, [youth_id]).get(youth_id, [])


def histories(conn: Connection, youth_ids: list[int]) -> dict[int, list[Move]]:
    """The moves of these youngsters, oldest first, without what was undone."""
    query = (
        select(phase_move)
        .where(phase_move.c.youth_id.in_(youth_ids), phase_move.c.undone_at.is_(None))
        .order_by(phase_move.c.id)
    )
    found: dict[int, list[Move]] = {}
    for row in conn.execute(query):
        found.setdefault(row.youth_id, []).append(
            Move(row.phase, row.reason, row.happened_on, row.at, row.by_id)
        )
    return found


def phase_of(conn: Connection, youth_id: int) -> Phase | None:
    """The phase a youngster is in; none when nothing is recorded."""
    return current(history(conn, youth_id))


def ever_in(conn: Connection, phase: Phase) -> list[int]:
    """Every youngster who came into a phase at some time, also when they left it since."""
    query = select(phase_move.c.youth_id).where(phase_move.c.phase == phase, phase_move.c.undone_at.is_(None))
    return list(conn.execute(query.distinct().order_by(phase_move.c.youth_id)).scalars())


def latest(conn: Connection, youth_id: int) -> int:
    """The number of the last move that was not undone, so that two at once notice each other; 0 without one."""
    query = select(func.max(phase_move.c.id)).where(
        phase_move.c.youth_id == youth_id, phase_move.c.undone_at.is_(None)
    )
    return conn.execute(query).scalar_one() or 0


def add(conn: Connection, youth_id: int, move: Move, note: str = "") -> int:
    """Record a move that ``lifecycle.decide`` found legal; its number."""
    values = {
        "youth_id": youth_id,
        "phase": move.phase,
        "reason": move.reason,
        "happened_on": move.on,
        "by_id": move.by,
        "at": move.at,
    }
    return sealed.insert(conn, phase_move, values, {"note": note} if note else {}, owner=youth_id)


def undo_last(conn: Connection, youth_id: int, by: int | None, now: datetime) -> None:
    """Take the last move back; ``lifecycle.undo`` says whether that is still possible."""
    last = (
        select(phase_move.c.id)
        .where(phase_move.c.youth_id == youth_id, phase_move.c.undone_at.is_(None))
        .order_by(phase_move.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    conn.execute(update(phase_move).where(phase_move.c.id == last).values(undone_at=now, undone_by=by))


def of_group(conn: Connection, group_id: int) -> dict[int, Phase]:
    """The phase of everybody in a group of whom one is recorded."""
    query = select(person.c.id).where(person.c.group_id == group_id, person.c.role == "youth")
    ids = list(conn.execute(query).scalars())
    return {
        youth: phase for youth, moves in histories(conn, ids).items() if (phase := current(moves)) is not None
    }

"""How many youngsters stand where, per step of a challenge and per screen of a dialog; practice never counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Select, select

from bot.storage import sealed
from bot.storage.schema_people import person
from bot.storage.schema_talk import attempt, challenge, session
from dialogs import state as states


@dataclass(frozen=True, slots=True)
class Reached:
    """Youngsters (each once): who had it, who ended it, and by step who stopped there."""

    began: int
    ended: int
    stopped: Mapping[str, int] = field(default_factory=dict)


def of_challenge(conn: Connection, key: str, quiet_since: datetime) -> Reached:
    """By step: on which each youngster was last, who put it aside or did nothing with it since *quiet_since*."""
    real = (person.c.practice.is_(False), person.c.role == "youth", challenge.c.key == key)
    held = select(challenge).join(person, person.c.id == challenge.c.youth_id).where(*real)
    rows = list(conn.execute(held.order_by(challenge.c.id)))
    latest = {row.youth_id: row for row in rows}
    moved: dict[int, datetime] = {}
    steps: dict[int, str] = {}
    tried = (
        select(attempt)
        .join(challenge, challenge.c.id == attempt.c.challenge_id)
        .join(person, person.c.id == challenge.c.youth_id)
        .where(*real)
    )
    for row in conn.execute(tried.order_by(attempt.c.id)):
        steps[row.challenge_id] = row.step
        moved[row.challenge_id] = row.closed_at or max(row.created_at, row.planned_at)
    stopped: Counter[str] = Counter()
    for row in latest.values():
        last = moved.get(row.id) or row.answered_at or row.given_at
        if row.state == "resting" or (row.state in ("given", "active") and last <= quiet_since):
            stopped[row.step or steps.get(row.id, "")] += 1
        elif row.state == "declined":
            stopped[""] += 1
    ended = sum(row.state == "done" for row in latest.values())
    return Reached(len(latest), ended, stopped)


def of_dialog(conn: Connection, script: str, quiet_since: datetime) -> Reached:
    """By step: where each youngster's latest dialog of this name stands still, of those that are kept (30 days)."""
    rows = conn.execute(_sessions(script))
    latest = {row.person_id: row for row in rows}
    stopped: Counter[str] = Counter()
    for row in latest.values():
        if row.status != "ended" and row.updated_at <= quiet_since and row.state is not None:
            at = states.load(sealed.opened(conn, session.c.state, row.id, row.state)).at
            stopped[at or ""] += 1
    return Reached(len(latest), sum(row.status == "ended" for row in latest.values()), stopped)


def _sessions(script: str) -> Select[tuple[object, ...]]:
    mine = select(session).join(person, person.c.id == session.c.person_id)
    real = (person.c.practice.is_(False), person.c.role == "youth", session.c.script == script)
    return mine.where(*real).order_by(session.c.updated_at, session.c.id)

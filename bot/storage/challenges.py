"""Challenges that were given, the youngster's own ratings, and attempts."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.storage import sealed
from bot.storage.schema_content import withdrawal
from bot.storage.schema_talk import attempt, challenge, rating
from dialogs.words import Words

OPEN = ("given", "active")
LEFT = ("resting", "done")
"""States of a challenge that can be taken up again: one at a time is open."""


@dataclass(frozen=True, slots=True)
class Given:
    """A challenge one youngster has; *revision* is the text it was given with."""

    id: int
    youth_id: int
    key: str
    revision: str
    state: str
    step: str | None
    given_by: int
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One planned step. *words* are what the youngster typed about it, by field; figures are 0-10 or 0-100."""

    id: int
    challenge_id: int
    youth_id: int
    step: str
    planned_at: datetime
    state: str
    outcome: str | None
    words: Mapping[str, Words]
    belief: int | None
    tension: int | None
    highest: int | None
    after: int | None
    feared: int | None
    belief_again: int | None
    confidence: int | None = None


def give(conn: Connection, youth_id: int, key: str, revision: str, given_by: int, now: datetime) -> int:
    """Give a challenge; returns its id."""
    row_id: int = conn.execute(
        insert(challenge)
        .values(youth_id=youth_id, key=key, revision=revision, given_by=given_by, state="given", given_at=now)
        .returning(challenge.c.id)
    ).scalar_one()
    return row_id


def current(conn: Connection, youth_id: int) -> Given | None:
    """The challenge that is given or active; one at a time. One whose text was withdrawn is not there."""
    return next(iter(_held(conn, youth_id, OPEN)), None)


def left(conn: Connection, youth_id: int) -> list[Given]:
    """The challenges that rest or are done, the latest given first. One whose text was withdrawn is not there."""
    return _held(conn, youth_id, LEFT)


def all_of(conn: Connection, youth_id: int) -> list[Given]:
    """Every challenge a youngster ever had, in the order in which they were given."""
    query = select(challenge).where(challenge.c.youth_id == youth_id)
    return [_given(row) for row in conn.execute(query.order_by(challenge.c.id))]


def load(conn: Connection, challenge_id: int) -> Given:
    """The given challenge with this id."""
    return _given(conn.execute(select(challenge).where(challenge.c.id == challenge_id)).one())


def set_state(conn: Connection, challenge_id: int, state: str, now: datetime) -> None:
    """active, resting, declined, done, or taken_back by who gave it."""
    conn.execute(update(challenge).where(challenge.c.id == challenge_id).values(state=state, answered_at=now))


def choose_step(conn: Connection, challenge_id: int, step: str | None) -> None:
    """The step the youngster goes for; going down loses nothing. None: no step is chosen any more."""
    conn.execute(update(challenge).where(challenge.c.id == challenge_id).values(step=step))


def holding(conn: Connection, revisions: Collection[str]) -> list[Given]:
    """Every challenge that is given or active with one of these texts, by youngster."""
    query = select(challenge).where(challenge.c.revision.in_(revisions), challenge.c.state.in_(OPEN))
    return [_given(row) for row in conn.execute(query.order_by(challenge.c.youth_id, challenge.c.id))]


def set_aside(conn: Connection, challenge_id: int, step: str | None, now: datetime) -> list[int]:
    """Set aside what is planned of a challenge (of one *step*, or of all); the attempts."""
    mine = [attempt.c.challenge_id == challenge_id, attempt.c.state == "planned"]
    if step is not None:
        mine.append(attempt.c.step == step)
    statement = update(attempt).where(*mine).values(state="aside", closed_at=now)
    return list(conn.execute(statement.returning(attempt.c.id)).scalars())


def plan_again(conn: Connection, challenge_id: int, aside_at: datetime, now: datetime) -> list[int]:
    """What was set aside at that moment and still lies ahead is planned again; the attempts."""
    mine = (
        attempt.c.challenge_id == challenge_id,
        attempt.c.state == "aside",
        attempt.c.closed_at == aside_at,
    )
    statement = (
        update(attempt).where(*mine, attempt.c.planned_at > now).values(state="planned", closed_at=None)
    )
    return list(conn.execute(statement.returning(attempt.c.id)).scalars())


def rate(conn: Connection, challenge_id: int, ratings: Mapping[str, int], now: datetime) -> None:
    """Replace the youngster's ratings (0-10 per step)."""
    conn.execute(delete(rating).where(rating.c.challenge_id == challenge_id))
    for step, tension in ratings.items():
        conn.execute(insert(rating).values(challenge_id=challenge_id, step=step, tension=tension, at=now))


def ratings(conn: Connection, challenge_id: int) -> dict[str, int]:
    """The youngster's ratings so far."""
    query = select(rating.c.step, rating.c.tension).where(rating.c.challenge_id == challenge_id)
    return {row.step: row.tension for row in conn.execute(query)}


def plan(conn: Connection, given: Given, step: str, planned_at: datetime, now: datetime) -> int:
    """Plan one attempt; an earlier open one is set aside. Returns its id."""
    conn.execute(
        update(attempt)
        .where(attempt.c.youth_id == given.youth_id, attempt.c.state == "planned")
        .values(state="aside", closed_at=now)
    )
    values = {
        "challenge_id": given.id,
        "youth_id": given.youth_id,
        "step": step,
        "planned_at": planned_at,
        "state": "planned",
        "created_at": now,
    }
    return sealed.insert(conn, attempt, values, {"words": "{}"}, owner=given.youth_id)


def planned(conn: Connection, youth_id: int) -> Attempt | None:
    """The attempt that is planned now."""
    row = conn.execute(
        select(attempt)
        .where(attempt.c.youth_id == youth_id, attempt.c.state == "planned")
        .order_by(attempt.c.id.desc())
        .limit(1)
    ).one_or_none()
    return _attempt(conn, row) if row else None


def reported(conn: Connection, youth_id: int) -> list[Attempt]:
    """The attempts of which the youngster told how they went, in the order in which they told it."""
    query = select(attempt).where(attempt.c.youth_id == youth_id, attempt.c.state == "closed")
    rows = conn.execute(query.order_by(attempt.c.closed_at, attempt.c.id))
    return [_attempt(conn, row) for row in rows]


def load_attempt(conn: Connection, attempt_id: int) -> Attempt:
    """The attempt with this id."""
    return _attempt(conn, conn.execute(select(attempt).where(attempt.c.id == attempt_id)).one())


def note(conn: Connection, one: Attempt, words: Mapping[str, str | None], **values: Any) -> None:
    """Add words (by field; None leaves a field out) and figures to an attempt."""
    kept = {**one.words, **{key: text for key, text in words.items() if text}}
    sealed.update_sealed(
        conn, attempt, one.id, {"words": json.dumps(kept, ensure_ascii=False)}, owner=one.youth_id
    )
    if values:
        conn.execute(update(attempt).where(attempt.c.id == one.id).values(values))


def forget_told(conn: Connection, one: Attempt, state: str, now: datetime) -> None:
    """What was told of an attempt goes, words and figures alike; it is planned again or set aside."""
    sealed.update_sealed(conn, attempt, one.id, {"words": "{}"}, owner=one.youth_id)
    told = ("outcome", "belief", "tension", "highest", "after", "feared", "belief_again", "confidence")
    closed = None if state == "planned" else now
    conn.execute(
        update(attempt)
        .where(attempt.c.id == one.id)
        .values({**dict.fromkeys(told), "state": state, "closed_at": closed})
    )


def _held(conn: Connection, youth_id: int, states: Collection[str]) -> list[Given]:
    gone = select(withdrawal.c.id).where(
        withdrawal.c.revision == challenge.c.revision,
        withdrawal.c.step.is_(None),
        withdrawal.c.lifted_at.is_(None),
    )
    mine = (challenge.c.youth_id == youth_id, challenge.c.state.in_(states), ~gone.exists())
    return [
        _given(row) for row in conn.execute(select(challenge).where(*mine).order_by(challenge.c.id.desc()))
    ]


def _given(row: Row[Any]) -> Given:
    return Given(row.id, row.youth_id, row.key, row.revision, row.state, row.step, row.given_by, row.given_at)


def _attempt(conn: Connection, row: Row[Any]) -> Attempt:
    words = json.loads(sealed.opened(conn, attempt.c.words, row.id, row.words)) if row.words else {}
    return Attempt(
        id=row.id,
        challenge_id=row.challenge_id,
        youth_id=row.youth_id,
        step=row.step,
        planned_at=row.planned_at,
        state=row.state,
        outcome=row.outcome,
        words={key: Words(text) for key, text in words.items()},
        belief=row.belief,
        tension=row.tension,
        highest=row.highest,
        after=row.after,
        feared=row.feared,
        belief_again=row.belief_again,
        confidence=row.confidence,
    )

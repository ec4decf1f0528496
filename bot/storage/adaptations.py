"""Steps in words of their own: one professional's text for one youngster, kept with the revision it was made on."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from bot.storage import sealed
from bot.storage.challenges import Given
from bot.storage.schema_guidance import adapted_step
from bot.storage.schema_talk import challenge
from dialogs.words import Words

End = Literal["undone", "replaced", "refused", "renewed"]


@dataclass(frozen=True, slots=True)
class Adapted:
    """*kept_at*: the newer revision beside which a professional kept it."""

    id: int
    youth_id: int
    challenge_id: int
    step: str
    revision: str
    kept_at: str | None
    title: Words
    do: Words
    by_id: int
    at: datetime
    state: str


def add(conn: Connection, one: Given, step: str, title: str, do: str, by: int, now: datetime) -> int:
    """Keep the words for a step of a given challenge; the ones before them end."""
    before = [old.id for old in standing(conn, one.id) if old.step == step]
    end(conn, before, "replaced", now)
    values = {
        "youth_id": one.youth_id,
        "challenge_id": one.id,
        "step": step,
        "revision": one.revision,
        "by_id": by,
        "at": now,
        "state": "standing",
    }
    words = json.dumps({"title": title, "do": do}, ensure_ascii=False)
    return sealed.insert(conn, adapted_step, values, {"words": words}, owner=one.youth_id)


def find(conn: Connection, number: int) -> Adapted | None:
    row = conn.execute(select(adapted_step).where(adapted_step.c.id == number)).one_or_none()
    return _adapted(conn, row) if row is not None else None


def standing(conn: Connection, challenge_id: int) -> list[Adapted]:
    """What holds for a given challenge now."""
    query = select(adapted_step).where(
        adapted_step.c.challenge_id == challenge_id, adapted_step.c.state == "standing"
    )
    rows = conn.execute(query.order_by(adapted_step.c.id)).all()
    return [_adapted(conn, row) for row in rows if row.words is not None]


def running(conn: Connection) -> list[tuple[Adapted, str]]:
    """Everything that holds for a challenge that is open, with the key of the challenge."""
    query = (
        select(adapted_step, challenge.c.key.label("challenge_key"))
        .join(challenge, challenge.c.id == adapted_step.c.challenge_id)
        .where(adapted_step.c.state == "standing", challenge.c.state.in_(("given", "active")))
    )
    rows = conn.execute(query.order_by(adapted_step.c.id)).all()
    return [(_adapted(conn, row), row.challenge_key) for row in rows if row.words is not None]


def end(conn: Connection, numbers: Collection[int], state: End, now: datetime) -> bool:
    """It holds no more; false when nothing of it held."""
    mine = (adapted_step.c.id.in_(numbers), adapted_step.c.state == "standing")
    return conn.execute(update(adapted_step).where(*mine).values(state=state, ended_at=now)).rowcount > 0


def again(conn: Connection, number: int) -> None:
    """What was replaced, or given up for a new text, holds once more."""
    values = {"state": "standing", "ended_at": None}
    conn.execute(update(adapted_step).where(adapted_step.c.id == number).values(values))


def keep(conn: Connection, challenge_id: int, newest: str) -> None:
    """It was kept on purpose beside a newer text."""
    mine = (adapted_step.c.challenge_id == challenge_id, adapted_step.c.state == "standing")
    conn.execute(update(adapted_step).where(*mine).values(kept_at=newest))


def renew(conn: Connection, challenge_id: int, newest: str, step: str | None) -> None:
    """A given challenge goes on with a newer text as a whole, at *step*."""
    conn.execute(update(challenge).where(challenge.c.id == challenge_id).values(revision=newest, step=step))


def renewed_with(conn: Connection, one: Adapted) -> list[int]:
    """What ended together with *one* because the challenge went on with a newer text."""
    ended = select(adapted_step.c.ended_at).where(adapted_step.c.id == one.id).scalar_subquery()
    mine = (
        adapted_step.c.challenge_id == one.challenge_id,
        adapted_step.c.state == "renewed",
        adapted_step.c.ended_at == ended,
    )
    return list(conn.execute(select(adapted_step.c.id).where(*mine)).scalars())


def _adapted(conn: Connection, row: Row[Any]) -> Adapted:
    words = json.loads(sealed.opened(conn, adapted_step.c.words, row.id, row.words)) if row.words else {}
    return Adapted(
        row.id,
        row.youth_id,
        row.challenge_id,
        row.step,
        row.revision,
        row.kept_at,
        Words(words.get("title", "")),
        Words(words.get("do", "")),
        row.by_id,
        row.at,
        row.state,
    )

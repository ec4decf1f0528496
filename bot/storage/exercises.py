"""Exercises a youngster did: words by field, sealed; figures by field; and the item that shows them to somebody."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from bot.storage import sealed
from bot.storage.schema_exercises import exercise
from dialogs.words import Words

Said = Words | tuple[Words, ...]
Figure = int | Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Exercise:
    """*words* are empty once their time is over; *figures* stay. *script* is the dialog it began with."""

    id: int
    youth_id: int
    script: str
    words: Mapping[str, Said]
    figures: Mapping[str, Figure]
    created_at: datetime
    finished_at: datetime
    item_id: int | None

    def said(self, field: str) -> Words:
        """The words of one field on one line; empty when there are none."""
        found = self.words.get(field, Words(""))
        return found if isinstance(found, Words) else Words(", ".join(map(str, found)))

    def figure(self, field: str) -> int | None:
        """One figure, or none."""
        found = self.figures.get(field)
        return found if isinstance(found, int) else None


def add(conn: Connection, youth_id: int, script: str, now: datetime) -> Exercise:
    """A new exercise without answers."""
    values = {
        "youth_id": youth_id,
        "script": script,
        "figures": "{}",
        "created_at": now,
        "finished_at": now,
    }
    number = sealed.insert(conn, exercise, values, {"answers": "{}"}, owner=youth_id)
    return Exercise(number, youth_id, script, {}, {}, now, now, None)


def load(conn: Connection, exercise_id: int) -> Exercise | None:
    """The exercise with this id; the caller checks whose it is."""
    row = conn.execute(select(exercise).where(exercise.c.id == exercise_id)).one_or_none()
    return _exercise(conn, row) if row else None


def note(
    conn: Connection,
    one: Exercise,
    words: Mapping[str, Said],
    figures: Mapping[str, Figure],
    now: datetime,
) -> None:
    """Add words and figures by field; what another field holds stays."""
    kept = {name: _plain(said) for name, said in {**one.words, **words}.items()}
    text = json.dumps(kept, ensure_ascii=False)
    sealed.update_sealed(conn, exercise, one.id, {"answers": text}, owner=one.youth_id)
    numbers = json.dumps({**one.figures, **figures}, default=dict)
    changes = {"figures": numbers, "finished_at": now}
    conn.execute(update(exercise).where(exercise.c.id == one.id).values(changes))


def shown_in(conn: Connection, exercise_id: int, item_id: int) -> None:
    """*item_id* is what would be, or was, sent of it."""
    conn.execute(update(exercise).where(exercise.c.id == exercise_id).values(item_id=item_id))


def latest(conn: Connection, youth_id: int, script: str, count: int = 1) -> list[Exercise]:
    """The latest exercises of one kind, newest first."""
    query = (
        select(exercise)
        .where(exercise.c.youth_id == youth_id, exercise.c.script == script)
        .order_by(exercise.c.created_at.desc(), exercise.c.id.desc())
        .limit(count)
    )
    return [_exercise(conn, row) for row in conn.execute(query)]


def count(conn: Connection, youth_id: int, script: str) -> int:
    """How many exercises of one kind somebody did."""
    query = select(func.count()).where(exercise.c.youth_id == youth_id, exercise.c.script == script)
    return int(conn.execute(query).scalar_one())


def _plain(said: Said) -> str | list[str]:
    return str(said) if isinstance(said, Words) else [str(one) for one in said]


def _exercise(conn: Connection, row: Row[Any]) -> Exercise:
    text = sealed.opened(conn, exercise.c.answers, row.id, row.answers) if row.answers else "{}"
    words: dict[str, Said] = {
        name: Words(said) if isinstance(said, str) else tuple(map(Words, said))
        for name, said in json.loads(text).items()
    }
    return Exercise(
        id=row.id,
        youth_id=row.youth_id,
        script=row.script,
        words=words,
        figures=json.loads(row.figures),
        created_at=row.created_at,
        finished_at=row.finished_at,
        item_id=row.item_id,
    )

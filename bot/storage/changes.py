"""What people changed about evenings: by whom, why, whether it was undone, and which youngsters opened the message."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from bot.schedule.evenings import Change, Stop
from bot.schedule.rhythm import Rhythm
from bot.schedule.series import Series
from bot.storage import sealed
from bot.storage.calendars import change_in
from bot.storage.schema_programme import change_notice, series_change, series_exception, summer_stop
from dialogs.words import Words

Step = Literal["made", "undone"]
What = Literal["change", "stop", "rhythm"]
"""What a message is about: one evening, a summer stop, or the weekday and time of all evenings."""
_TABLES: dict[What, tuple[Table, str]] = {
    "change": (series_exception, "reason"),
    "stop": (summer_stop, "message"),
    "rhythm": (series_change, "reason"),
}
_COLUMNS: dict[What, str] = {"change": "exception_id", "stop": "stop_id", "rhythm": "rhythm_id"}
"""How ``change_notice`` names what was told."""


@dataclass(frozen=True, slots=True)
class Made:
    """One change, stop or rhythm. *reason* and *undone_reason* are what people read; *by* none is the seed file."""

    what: What
    id: int
    group_id: int
    change: Change | None
    stop: Stop | None
    reason: Words
    by: int | None
    at: datetime
    undone_by: int | None
    undone_at: datetime | None
    undone_reason: Words = field(default_factory=lambda: Words(""))
    rhythm: Rhythm | None = None

    @property
    def step(self) -> Step:
        return "made" if self.undone_at is None else "undone"


def add(
    conn: Connection, group_id: int, one: Change | Stop | Rhythm, reason: str, by: int | None, now: datetime
) -> int:
    """Keep a change, a stop or a rhythm; its number."""
    values: dict[str, Any] = {"group_id": group_id, "made_by": by, "made_at": now}
    if isinstance(one, Rhythm):
        values |= {"since": one.since.isoformat(), "first_date": one.first.isoformat()}
        values |= {"was": _written(one.was), "became": _written(one.became)}
        return sealed.insert(conn, series_change, values, {"reason": reason})
    if isinstance(one, Stop):
        values |= {"since": one.since.isoformat(), "until": one.until.isoformat()}
        return sealed.insert(conn, summer_stop, values, {"message": reason})
    values |= {
        "local_date": one.day.isoformat(),
        "kind": one.kind,
        "to_date": one.to.isoformat() if one.to else None,
        "starts": f"{one.starts:%H:%M}" if one.starts else None,
        "ends": f"{one.ends:%H:%M}" if one.ends else None,
        "location_id": one.location,
    }
    return sealed.insert(conn, series_exception, values, {"reason": reason})


def undo(conn: Connection, one: Made, by: int, now: datetime, reason: str = "") -> bool:
    """Take it back; false when that was done before."""
    table, _ = _TABLES[one.what]
    statement = update(table).where(table.c.id == one.id, table.c.undone_at.is_(None))
    if conn.execute(statement.values(undone_by=by, undone_at=now)).rowcount != 1:
        return False
    sealed.update_sealed(conn, table, one.id, {"undone_reason": reason})
    return True


def load(conn: Connection, what: What, number: int) -> Made | None:
    """The change, stop or rhythm with this number."""
    table, _ = _TABLES[what]
    row = conn.execute(select(table).where(table.c.id == number)).one_or_none()
    return _made(conn, what, row) if row else None


def named_in(conn: Connection, subject: Mapping[str, int]) -> Made | None:
    """What the subject of a dialog or of a moment names; none when it names nothing of this kind."""
    for what in _TABLES:
        if subject.get(what):
            return load(conn, what, subject[what])
    return None


def about(conn: Connection, group_id: int, day: date) -> list[Made]:
    """Everything that was ever changed about an evening, oldest first."""
    table = series_exception
    query = select(table).where(table.c.group_id == group_id, table.c.local_date == day.isoformat())
    return [_made(conn, "change", row) for row in conn.execute(query.order_by(table.c.id))]


def topmost(conn: Connection, group_id: int, day: date) -> Made | None:
    """The newest change of an evening that holds: the one that can be undone."""
    return next((one for one in reversed(about(conn, group_id, day)) if one.undone_at is None), None)


def stops(conn: Connection, group_id: int, since: date) -> list[Made]:
    """The summer stops that hold and are not over."""
    table = summer_stop
    query = select(table).where(
        table.c.group_id == group_id, table.c.undone_at.is_(None), table.c.until >= since.isoformat()
    )
    return [_made(conn, "stop", row) for row in conn.execute(query.order_by(table.c.since))]


def rhythm(conn: Connection, group_id: int) -> Made | None:
    """The newest weekday or time that holds: the one that can be undone."""
    table = series_change
    query = select(table).where(table.c.group_id == group_id, table.c.undone_at.is_(None))
    row = conn.execute(query.order_by(table.c.id.desc()).limit(1)).one_or_none()
    return _made(conn, "rhythm", row) if row else None


def is_changed_since(conn: Connection, one: Made) -> bool:
    """Whether an evening of the group was changed, or a newer rhythm was made, after *one*, and holds."""
    for table in (series_exception, series_change):
        newer = (table.c.group_id == one.group_id, table.c.made_at >= one.at, table.c.undone_at.is_(None))
        query = select(table.c.id).where(*newer)
        if table is series_change:
            query = query.where(table.c.id > one.id)
        if conn.execute(query.limit(1)).first() is not None:
            return True
    return False


def version(conn: Connection, group_id: int) -> int:
    """A number that every change of this group raises, also an undone one."""
    return sum(
        int(conn.execute(select(func.count(column)).where(table.c.group_id == group_id)).scalar_one())
        for table, _ in _TABLES.values()
        for column in (table.c.id, table.c.undone_at)
    )


def latest(conn: Connection, group_id: int) -> Made | None:
    """What was changed or undone last in a group."""
    every = [
        _made(conn, what, row)
        for what, (table, _) in _TABLES.items()
        for row in conn.execute(select(table).where(table.c.group_id == group_id))
    ]
    return max(every, key=lambda one: one.undone_at or one.at, default=None)


# Who was told, and who opened it


def note_told(conn: Connection, one: Made, step: Step, person_id: int, now: datetime) -> None:
    """A message about it went to somebody."""
    values = {_COLUMNS[one.what]: one.id, "step": step, "person_id": person_id, "told_at": now}
    conn.execute(insert(change_notice).values(values))


def note_opened(conn: Connection, what: What, number: int, step: str, person_id: int, now: datetime) -> None:
    """Somebody tapped a button of that message."""
    mine = (change_notice.c.person_id == person_id, change_notice.c.step == step)
    this = change_notice.c[_COLUMNS[what]] == number
    conn.execute(
        update(change_notice).where(*mine, this, change_notice.c.opened_at.is_(None)).values(opened_at=now)
    )


def not_heard(conn: Connection, one: Made, person_id: int, moment: datetime) -> None:
    """What was noted at that *moment* as said in person was not said: told and opened then go."""
    this = (change_notice.c[_COLUMNS[one.what]] == one.id, change_notice.c.person_id == person_id)
    conn.execute(delete(change_notice).where(*this, change_notice.c.told_at == moment))
    conn.execute(
        update(change_notice).where(*this, change_notice.c.opened_at == moment).values(opened_at=None)
    )


def told(conn: Connection, one: Made, step: Step) -> set[int]:
    """Who got a message about it."""
    return _who(conn, one, step, opened=False)


def opened(conn: Connection, one: Made, step: Step) -> set[int]:
    """Who opened it."""
    return _who(conn, one, step, opened=True)


def seen(conn: Connection, person_ids: Collection[int], one: Made) -> int:
    """How many of these opened the newest message about it."""
    return len(opened(conn, one, one.step) & set(person_ids))


def _who(conn: Connection, one: Made, step: Step, *, opened: bool) -> set[int]:
    query = select(change_notice.c.person_id).where(
        change_notice.c[_COLUMNS[one.what]] == one.id, change_notice.c.step == step
    )
    if opened:
        query = query.where(change_notice.c.opened_at.is_not(None))
    return set(conn.execute(query).scalars())


def _made(conn: Connection, what: What, row: Row[Any]) -> Made:
    table, words = _TABLES[what]
    blob, back = getattr(row, words), row.undone_reason
    stop = Stop(date.fromisoformat(row.since), date.fromisoformat(row.until)) if what == "stop" else None
    return Made(
        what=what,
        id=row.id,
        group_id=row.group_id,
        change=change_in(row) if what == "change" else None,
        stop=stop,
        reason=Words(sealed.opened(conn, table.c[words], row.id, blob) if blob else ""),
        by=row.made_by,
        at=row.made_at,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
        undone_reason=Words(sealed.opened(conn, table.c.undone_reason, row.id, back) if back else ""),
        rhythm=_rhythm(row) if what == "rhythm" else None,
    )


def _rhythm(row: Row[Any]) -> Rhythm:
    since, first = date.fromisoformat(row.since), date.fromisoformat(row.first_date)
    return Rhythm(since, first, _read(row.was), _read(row.became))


def _written(series: Collection[Series]) -> str:
    return json.dumps(
        [
            [
                one.first.isoformat(),
                f"{one.starts:%H:%M}",
                f"{one.ends:%H:%M}",
                one.every_weeks,
                one.until.isoformat() if one.until else None,
            ]
            for one in series
        ]
    )


def _read(text: str) -> tuple[Series, ...]:
    return tuple(
        Series(
            date.fromisoformat(first),
            time.fromisoformat(starts),
            time.fromisoformat(ends),
            weeks,
            date.fromisoformat(until) if until else None,
        )
        for first, starts, ends, weeks, until in json.loads(text)
    )

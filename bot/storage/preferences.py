"""What a youngster chose about how the bot speaks and when. Codes only; an earlier choice keeps its dates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.storage.schema_wishes import preference


def get(conn: Connection, youth_id: int, name: str) -> str | None:
    """What holds now; none when nothing was chosen."""
    return of(conn, youth_id).get(name)


def of(conn: Connection, youth_id: int) -> dict[str, str]:
    """Everything that holds now, by name."""
    query = select(preference.c.name, preference.c.value).where(
        preference.c.youth_id == youth_id, preference.c.until.is_(None)
    )
    return {row.name: row.value for row in conn.execute(query.order_by(preference.c.id))}


def put(conn: Connection, youth_id: int, name: str, value: str, now: datetime) -> None:
    """This holds from now on."""
    drop(conn, youth_id, name, now)
    conn.execute(insert(preference).values(youth_id=youth_id, name=name, value=value, since=now))


def drop(conn: Connection, youth_id: int, name: str, now: datetime) -> None:
    """What is usual holds again."""
    mine = (preference.c.youth_id == youth_id, preference.c.name == name, preference.c.until.is_(None))
    conn.execute(update(preference).where(*mine).values(until=now))

"""From when somebody of a group stands in the list of who is quiet: by the chat, else the seed file, else the usual."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select, update

from bot.programme.signals import USUAL, Threshold
from bot.storage.schema_programme import meeting_group


def thresholds(conn: Connection, group_ids: Collection[int]) -> Mapping[int, Threshold]:
    """What counts for each of these groups."""
    query = select(meeting_group).where(meeting_group.c.id.in_(group_ids))
    return {
        row.id: Threshold(
            row.silent_days or row.usual_silent_days or USUAL.silent_days,
            row.missed_evenings or row.usual_missed or USUAL.missed,
        )
        for row in conn.execute(query)
    }


def choose(conn: Connection, group_id: int, threshold: Threshold | None) -> None:
    """This counts for a group from now on; none: what is usual there."""
    values = {
        "silent_days": threshold.silent_days if threshold else None,
        "missed_evenings": threshold.missed if threshold else None,
    }
    conn.execute(update(meeting_group).where(meeting_group.c.id == group_id).values(values))

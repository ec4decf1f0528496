"""A drill from outside the bot: it begins, is followed, and ends with a result. The chain itself is the real one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.conversation import alerting, starting
from bot.conversation.turn import Turn
from bot.conversation.world import World
from bot.storage import alerts, audit, drills, items
from bot.storage.alerts import Step
from bot.storage.drills import Outcome


class NobodyToDrill(Exception):
    """The organisation has no group, so nobody would ever get an alert."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be seen of a drill: every step so far, and who acknowledged it when."""

    steps: tuple[Step, ...]
    acknowledged: tuple[int, datetime] | None


def begin(conn: Connection, world: World, organisation_id: int, now: datetime) -> int:
    """Raise the alert of a drill; an earlier one that nobody ended is broken off. Returns the number of the drill."""
    earlier = drills.running(conn, organisation_id)
    if earlier is not None:
        end(conn, earlier.id, now, broken_off=True)
    turn = Turn(conn, world, now)
    try:
        raised = alerting.raise_drill(turn, organisation_id)
    except ValueError as error:
        raise NobodyToDrill from error
    starting.begin_all(turn)
    if raised.item_id is None:
        raise NobodyToDrill
    entry = audit.Entry(None, "operator", "drill", "organisation", organisation_id, None, "done")
    audit.add(conn, entry, now)
    return drills.add(conn, organisation_id, raised.item_id, now)


def look(conn: Connection, number: int) -> Seen:
    """How far a drill is."""
    item_id = drills.load(conn, number).item_id
    one = alerts.load(conn, item_id)
    taken = (step for step in alerts.steps(conn, item_id) if step.what == "acknowledged")
    first = next(taken, None)
    by = first.person_id if first else one.acknowledged_by
    at = first.at if first else one.acknowledged_at
    acknowledged = (by, at) if by is not None and at is not None else None
    return Seen(tuple(alerts.steps(conn, item_id)), acknowledged)


def end(conn: Connection, number: int, now: datetime, *, broken_off: bool = False) -> Outcome:
    """Keep the result, and close the alert: an exercise that goes on would drown a real one."""
    drill, seen = drills.load(conn, number), look(conn, number)
    outcome: Outcome = "broken_off" if broken_off else "nobody"
    if seen.acknowledged:
        outcome = "acknowledged"
    timeline = [(step.at.isoformat(), step.what, step.person_id) for step in seen.steps]
    drills.end(conn, number, outcome, timeline, now, seen.acknowledged)
    if alerts.load(conn, drill.item_id).state != "handled":
        handled = {"state": "handled", "handled_at": now}
        alerts.change(conn, drill.item_id, outcome="false_alarm", **handled)
        items.change(conn, drill.item_id, handling="drill", **handled)
        alerts.note(conn, drill.item_id, "drill_ended", None, now)
    return outcome

"""Away from now on: what waits goes to who is there, and who reads for these days is asked at once."""

from __future__ import annotations

from datetime import datetime

from bot.conversation import alert_chain, handover, holidays, successor, unread
from bot.conversation.turn import Turn
from bot.programme.cover import Stretch
from bot.storage import duty, people
from bot.storage import holidays as stored
from bot.storage.holidays import Holiday
from bot.storage.people import Person


def note(turn: Turn, actor: Person, away: Person, days: Stretch, until: datetime) -> Holiday | None:
    """Note it; the absence when whoever notes it is to be asked who reads. Who read for an earlier one hears so."""
    earlier = stored.noted(turn.conn, away.id, turn.now)
    number = duty.set_absent(turn.conn, away.id, turn.now, until, actor.id, days)
    for one in earlier:
        handover.take_off(turn, one, handover.readers(turn, one))
    successor.stand_in(turn, away)
    holidays.look(turn, away)
    made = stored.find(turn.conn, number)
    return made if made is not None and _needs_reader(turn, made) else None


def back(turn: Turn, away: Person) -> None:
    """There again: of what runs now, holidays too, whoever read or heard of it hears so."""
    running = [one for one in stored.of_person(turn.conn, away.id, turn.now) if one.begins_at <= turn.now]
    noted = stored.noted(turn.conn, away.id, turn.now)
    duty.end_absence(turn.conn, away.id, turn.now)
    for one in running:
        holidays.came_back(turn, one)
    for one in noted:
        handover.take_off(turn, one, handover.readers(turn, one))
    holidays.look(turn, away)
    alert_chain.look_at(turn, away.organisation_id)


def open_for(turn: Turn, person_id: int) -> Holiday | None:
    """The absence of somebody who is away now for which it can be chosen who reads."""
    found = [one for one in stored.noted(turn.conn, person_id, turn.now) if one.begins_at <= turn.now]
    return next((one for one in reversed(found) if _needs_reader(turn, one)), None)


def _needs_reader(turn: Turn, one: Holiday) -> bool:
    return bool(unread.workdays(turn, one.days)) and bool(people.youngsters_of(turn.conn, one.person_id))

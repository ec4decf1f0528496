"""The sign of life that who waits was promised: planned once a day, and anew when a place reopens."""

from __future__ import annotations

from datetime import datetime, time

from bot.conversation.turn import Turn
from bot.programme import capacity
from bot.schedule.local import to_utc
from bot.storage import due, waiting
from bot.storage.due import Due
from bot.storage.waiting import Place

KIND = "waiting_sign"
SENT_AT = time(16)


def plan(turn: Turn, place: Place) -> None:
    """Plan the sign of life that was promised. Twice changes nothing."""
    about = {"waiting": place.id, "sent": 1}
    key, moment = _occurrence(place), _moment(turn, place)
    due.plan(turn.conn, place.youth_id, KIND, key, moment, None, about, turn.now)


def reopened(turn: Turn, place: Place) -> None:
    """The place goes on after all: a sign of life whose moment went by while it had ended comes now."""
    due.again(turn.conn, place.youth_id, KIND, _occurrence(place), _moment(turn, place), None)
    plan(turn, place)


def still_waits(turn: Turn, one: Due) -> Place | None:
    """The place a planned sign of life is about; none when it ended or the day is another by now."""
    place = waiting.load(turn.conn, one.subject["waiting"])
    if place is None or place.ended_at is not None:
        return None
    return place if one.occurrence.endswith(place.next_sign_on.isoformat()) else None


def promised(turn: Turn, place: Place) -> None:
    """The sign of life was given: the day of the next one."""
    waiting.promise(turn.conn, place.id, capacity.next_sign(turn.today))
    again = waiting.load(turn.conn, place.id)
    if again is not None:
        plan(turn, again)


def _occurrence(place: Place) -> str:
    return f"{place.id}:{place.next_sign_on.isoformat()}"


def _moment(turn: Turn, place: Place) -> datetime:
    day = capacity.send_on(place.next_sign_on, turn.today)
    return max(to_utc(day, SENT_AT, turn.world.settings.zone), turn.now)

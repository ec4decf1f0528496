"""After an outage of more than a day: everybody is told once which hours were not received, help first (row 78).

Telegram keeps updates that were not fetched for 24 hours; what was sent before that is gone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot import buttons
from bot.conversation import wording
from bot.conversation.turn import Opening, Turn
from bot.conversation.world import World
from bot.message import Button, Lane, Message, Promise
from bot.schedule.quiet import is_quiet, out_of_night
from bot.schedule.reading import next_reading
from bot.storage import chats, due, meta, people
from bot.storage.due import Due
from bot.storage.people import Person
from dialogs.text import Span

KIND = "lost_hours"
KEPT_BY_TELEGRAM = timedelta(hours=24)
_CONTACT = "telegram_heard_at"


def last_contact(conn: Connection) -> datetime | None:
    """When Telegram last answered, as far as that was noted."""
    noted = meta.get(conn, _CONTACT)
    return datetime.fromisoformat(noted) if noted else None


def contact(conn: Connection, world: World, now: datetime) -> bool:
    """Telegram answers: note it. After too long a silence, plan to tell everybody; whether that was so."""
    last = last_contact(conn)
    meta.put(conn, _CONTACT, now.astimezone(UTC).isoformat())
    if last is None or now - last <= KEPT_BY_TELEGRAM:
        return False
    turn = Turn(conn, world, now)
    lost = {"since": int(last.timestamp()), "until": int((now - KEPT_BY_TELEGRAM).timestamp())}
    for number in chats.active_people(conn):
        one = people.load(conn, number)
        due.plan(conn, number, KIND, last.isoformat(), _moment(turn, one), None, lost, now)
    return True


def tell(turn: Turn, person: Person, one: Due) -> bool:
    """Say which hours are missing; false when somebody cannot be reached."""
    since, until = (datetime.fromtimestamp(one.subject[name], UTC) for name in ("since", "until"))
    key = "lost_hours" if person.role == "youth" else "lost_hours_staff"
    said = turn.phrase(
        key,
        person,
        since=wording.day_and_clock(turn, person, since),
        until=wording.day_and_clock(turn, person, until),
    )
    settings = turn.world.settings
    rows = ((Button(turn.phrase("help_button", person), buttons.fixed("help")),),)
    message = Message(
        (Span(said),),
        rows=rows if person.role == "youth" else (),
        silent=is_quiet(turn.now, turn.band(person), settings.quiet, settings.zone),
    )
    opening = Opening(Lane.RELAY, Promise.AT_LEAST_ONCE, dedupe_key=f"{KIND}:{person.id}:{one.occurrence}")
    return turn.tell(person, message, opening) is not None


def _moment(turn: Turn, one: Person) -> datetime:
    """A youngster hears it at once, or in the morning when it is night; staff when they work."""
    settings = turn.world.settings
    if one.role == "youth":
        return out_of_night(turn.now, turn.band(one), settings.quiet, settings.zone)
    return next_reading(turn.now, settings.working_hours, settings.zone)

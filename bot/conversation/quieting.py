"""The hours in which one youngster is left alone: of the programme, of their age, and the moments they chose."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.turn import Turn
from bot.schedule import dose, own_moments
from bot.schedule.own_moments import OwnMoments
from bot.schedule.quiet import Kind, QuietHours, is_quiet, moved
from bot.storage import preferences
from bot.storage.people import Person

ALL = "moments"
"""The preference for every kind of question; ``moments:KIND`` is for one kind and goes before it."""


def name_of(kind: str) -> str:
    """The preference that holds the moments of one kind."""
    return ALL if kind == "all" else f"{ALL}:{kind}"


def own(turn: Turn, person: Person, kind: str) -> OwnMoments | None:
    """The moments somebody chose for a kind of message, if that is one they may choose for."""
    if person.role != "youth" or kind not in dose.OWN_MOMENTS:
        return None
    chosen = preferences.of(turn.conn, person.id)
    text = chosen.get(name_of(kind), chosen.get(ALL))
    found = own_moments.read(text, turn.band(person)) if text else None
    # The days of the positive log were chosen apart.
    return found.on_every_day() if found is not None and kind == "positive_log" else found


def hours(turn: Turn, person: Person, kind: str) -> QuietHours:
    """The quiet hours that hold for this kind of message to somebody."""
    settings = turn.world.settings
    return settings.quiet.with_own(own(turn, person, kind), turn.band(person), settings.zone, turn.now)


def is_quiet_for(turn: Turn, person: Person, kind: str, moment: datetime) -> bool:
    """Whether *moment* is no moment for this kind of message to somebody."""
    return is_quiet(moment, turn.band(person), hours(turn, person, kind), turn.world.settings.zone)


def free_moment(
    turn: Turn, person: Person, kind: str, moment: datetime, towards: Kind | None = None
) -> datetime:
    """*moment*, or the nearest that suits: earlier for what announces, later for what asks."""
    way: Kind = towards or ("announces" if kind in dose.ANNOUNCES else "asks")
    return moved(moment, way, turn.band(person), hours(turn, person, kind), turn.world.settings.zone)

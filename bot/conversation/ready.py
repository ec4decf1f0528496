"""The short list of self-reliance, filled in by youngster and professional apart; what differs is shown to both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from typing import Any

from bot.conversation import planning, quieting, relay
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.programme import lifecycle, readiness
from bot.schedule.local import to_utc
from bot.storage import due, people, phases
from bot.storage import readiness as lists
from bot.storage.due import Due
from bot.storage.people import Person
from bot.storage.readiness import Rated
from dialogs.effects import Option
from dialogs.words import Words

KIND, FOR_STAFF = "readiness", "readiness_staff"
ASKED_AT = time(16)
STAFF_ASKED_AT = time(10)
STILL_OF_USE = timedelta(weeks=2)
ASKED_IN = frozenset({"participating", "outflow"})


def look_ahead(turn: Turn) -> None:
    """Once a day: plan the round that is near, for both sides on one day. Twice changes nothing."""
    zone = turn.world.settings.zone
    for number, _ in people.births(turn.conn):
        history = phases.history(turn.conn, number)
        if lifecycle.current(history) not in ASKED_IN:
            continue
        since = next(one.on for one in history if one.phase in ASKED_IN)
        day = readiness.next_round(since, turn.today)
        if day > turn.today + planning.AHEAD:
            continue
        for kind, at in ((KIND, ASKED_AT), (FOR_STAFF, STAFF_ASKED_AT)):
            moment = to_utc(day, at, zone)
            if moment > turn.now:
                last = moment + STILL_OF_USE
                due.plan(turn.conn, number, kind, day.isoformat(), moment, last, {"youth": number}, turn.now)


def ask_staff(turn: Turn, youth: Person, one: Due) -> str:
    """The professional gets the list as a neutral message; the colleague when they are away."""
    if is_over(turn, youth):
        return "over"
    return relay.ask_listener(turn, youth, one, FOR_STAFF)


def is_over(turn: Turn, youth: Person) -> bool:
    return phases.phase_of(turn.conn, youth.id) not in ASKED_IN


# What the dialogs ask for


def keep_readiness(deed: Deed) -> Outcome:
    """Keep one side's list. Nothing is said about it but what both chose."""
    turn, person = deed.turn, deed.person
    given = deed.answer("readiness")
    youth_id = person.id if person.role == "youth" else deed.session.state.subject.get("youth")
    answers = readiness.kept(given) if isinstance(given, Mapping) else {}
    if not youth_id:
        return GONE
    if person.role != "youth" and not turn.allowed(
        person, "rate_readiness", about_youth(turn, person, youth_id)
    ):
        return GONE
    if not answers:
        return Outcome("empty")
    side: lists.Side = "youth" if person.role == "youth" else "staff"
    before = _both(turn, youth_id)
    lists.add(turn.conn, youth_id, side, answers, person.id, turn.now)
    if side == "youth":
        relay.notify_staff(turn, person, "ready")
    elif before is None and _both(turn, youth_id) is not None:
        _tell(turn, people.load(turn.conn, youth_id))
    return OK


def open_readiness(deed: Deed) -> Outcome:
    """The page of staff: whose list it is, and whether they may see it."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    youth_id = deed.session.state.subject.get("youth")
    if not youth_id or not turn.allowed(person, "rate_readiness", about_youth(turn, person, youth_id)):
        return GONE
    return OK


def _tell(turn: Turn, youth: Person) -> None:
    """Both are in: the youngster hears it as an answer they waited for."""
    if youth.state != "active":
        return
    moment = quieting.free_moment(turn, youth, "answer", turn.now)
    turn.begin(youth, "readiness_seen", {}, Opening(Lane.RELAY, Promise.AT_LEAST_ONCE, not_before=moment))


def _both(turn: Turn, youth_id: int) -> tuple[Rated, Rated] | None:
    """The two lists of one round; none while one of them is missing."""
    mine, theirs = (lists.latest(turn.conn, youth_id, side) for side in ("youth", "staff"))
    if mine is None or theirs is None or abs(mine.at - theirs.at) > readiness.TOGETHER:
        return None
    return mine, theirs


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "keep_readiness": keep_readiness,
    "open_readiness": open_readiness,
}


# Facts


def _youth_id(ask: Asked) -> int | None:
    """The youngster it is about; none for staff who may not see it."""
    if ask.person.role == "youth":
        return ask.person.id
    number = ask.state.subject.get("youth")
    if not number or not ask.turn.may_see(
        ask.person, "rate_readiness", about_youth(ask.turn, ask.person, number)
    ):
        return None
    return number


def _load(ask: Asked, number: int | None) -> Person:
    return people.load(ask.turn.conn, number or 0)


def told(ask: Asked) -> Words:
    """Item by item what both chose, what differs most first. No figure and no verdict."""
    number = _youth_id(ask)
    pair = _both(ask.turn, number) if number else None
    if number is None or pair is None:
        return Words("")
    turn, person = ask.turn, ask.person
    youth, staff = people.load(turn.conn, number), people.load(turn.conn, pair[1].by)
    lines = []
    for one in readiness.compare(pair[0].answers, pair[1].answers):
        said = [turn.phrase(f"scale_{word}", person) if word else "-" for word in (one.youth, one.staff)]
        lines.append(
            turn.phrase(
                "ready_line",
                person,
                item=turn.phrase(f"ready_{one.item}", person),
                youth_name=youth.name,
                staff_name=staff.name,
                youth=said[0],
                staff=said[1],
            )
        )
    return Words("\n\n".join(lines))


def items(ask: Asked) -> tuple[Option, ...]:
    return tuple(Option(one, ask.turn.phrase(f"ready_{one}", ask.person)) for one in readiness.ITEMS)


def scale(ask: Asked) -> tuple[Option, ...]:
    return tuple(Option(one, ask.turn.phrase(f"scale_{one}", ask.person)) for one in readiness.SCALE)


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "ready_items": items,
    "ready_scale": scale,
    "ready_both": lambda ask: bool(number := _youth_id(ask)) and _both(ask.turn, number or 0) is not None,
    "ready_told": told,
    "ready_asked": lambda ask: bool(number := _youth_id(ask)) and not is_over(ask.turn, _load(ask, number)),
}

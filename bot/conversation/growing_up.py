"""The steps at 16, 18 and 26: prepared six weeks ahead with the professional, told to the youngster with the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from bot.conversation import (
    closing_news,
    colleague_link,
    errands,
    handle,
    planning,
    quieting,
    relay,
    talk_endings,
    unread,
    wording,
)
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.programme import ages
from bot.programme.ages import AgeStep
from bot.schedule.local import to_utc
from bot.storage import admissions, due, group_moves, people, phases, waiting
from bot.storage.due import Due
from bot.storage.group_moves import GroupMove
from bot.storage.people import Person
from dialogs.effects import Option

PREPARE, TOLD, MOVE = "age_step", "age_told", "group_move"
OWN_ACCOUNT = "own_account"
"""On the day somebody without an account is old enough for one: the professional is asked."""
PREPARED_AT, TOLD_AT, MOVES_AT = time(10), time(16), time(5)
STILL_OF_USE = timedelta(days=14)
GONE_FROM = frozenset({"left", "referred", "erased", "aftercare"})
"""Phases in which no step is prepared any more."""
OF_EVENINGS = ("meeting_48h", "meeting_3h", "two_weekly")
SENT = "sent"
FIRST = ages.STEPS[0]
"""The age of an account of one's own."""


def look_ahead(turn: Turn) -> None:
    """Once a day: plan what is near. Twice changes nothing."""
    for number, born in people.births(turn.conn):
        for step in ages.ahead(born, turn.today):
            if step.prepare_on > turn.today + planning.AHEAD:
                continue
            about, zone = {"youth": number, "age": step.age}, turn.world.settings.zone
            last = to_utc(step.on + STILL_OF_USE, PREPARED_AT, zone)
            for kind, day, at in ((PREPARE, step.prepare_on, PREPARED_AT), (TOLD, step.tell_on, TOLD_AT)):
                moment = max(to_utc(day, at, zone), turn.now)
                due.plan(turn.conn, number, kind, str(step.age), moment, last, about, turn.now)
            if step.age == FIRST and people.load(turn.conn, number).state == people.ASSISTED:
                moment = to_utc(step.on, PREPARED_AT, zone)
                due.plan(turn.conn, number, OWN_ACCOUNT, str(step.age), moment, None, about, turn.now)


def prepare(turn: Turn, youth: Person, one: Due) -> str:
    """The professional gets a card with what changes; the colleague when they are away."""
    if phases.phase_of(turn.conn, youth.id) in GONE_FROM:
        return "over"
    return relay.ask_listener(turn, youth, one, PREPARE, age=one.subject["age"])


def offer_account(turn: Turn, youth: Person, one: Due) -> str:
    """They are old enough now: the professional may make a link, together with them."""
    if youth.state != people.ASSISTED or phases.phase_of(turn.conn, youth.id) in GONE_FROM:
        return "over"
    return relay.ask_listener(turn, youth, one, "own_account_news")


def is_over(turn: Turn, youth: Person) -> bool:
    """Whether the youngster need not hear of a step any more."""
    return phases.phase_of(turn.conn, youth.id) in GONE_FROM


def move(turn: Turn, youth: Person, one: Due) -> str:
    """The day is there: the other group and its professionals count from now on, and the old evenings stop."""
    planned = group_moves.load(turn.conn, one.subject["move"])
    if planned is None:
        return "undone"
    carry_out(turn, youth, planned)
    return SENT


def carry_out(turn: Turn, youth: Person, planned: GroupMove) -> None:
    """From now on the other group and its professionals count."""
    before = people.looked_after_by(turn.conn, youth.id).values()
    people.change(turn.conn, youth.id, group_id=planned.group_id)
    for kind, professional in _leaders(turn, planned):
        if people.looked_after_by(turn.conn, youth.id).get(kind) != professional.id:
            people.assign(turn.conn, youth.id, professional.id, kind, turn.now)
    for number in before:
        talk_endings.look(turn, number)
    # Both groups may have an evening of the same day: what was planned for the old one must not stand in the way.
    due.forget(turn.conn, youth.id, OF_EVENINGS)
    group_moves.done(turn.conn, planned.id, turn.now)
    planning.plan_again(turn)


def _leaders(turn: Turn, planned: GroupMove) -> list[tuple[str, Person]]:
    """Who looks after them in the other group: whoever does now and leads it too stays."""
    now = people.looked_after_by(turn.conn, planned.youth_id).values()
    found = sorted(
        people.staff_of_group(turn.conn, planned.group_id),
        key=lambda one: (one.id not in now, one.state != "active", one.id),
    )
    return list(zip(("main", "backup"), found, strict=False))


# What the dialogs ask for


def plan_group_move(deed: Deed) -> Outcome:
    """From the Monday on or after the birthday month; the youngster hears it now, with the day and the names."""
    turn, person = deed.turn, deed.person
    youth, step = _youth(deed), _step(deed.turn, deed.session.state.subject)
    chosen = handle.meant(turn, person, "group", deed.answer("to_group"))
    if youth is None or step is None or chosen is None:
        return GONE
    return begin_move(deed, youth, chosen, ages.moves_on(step.on))


def begin_move(deed: Deed, youth: Person, chosen: int, day: date) -> Outcome:
    """To the *chosen* group from a day on, or why not: no two professionals, no room, nobody who reads."""
    turn, person = deed.turn, deed.person
    target = waiting.room(turn.conn, chosen)
    if target.organisation_id != person.organisation_id or chosen == youth.group_id:
        return GONE
    lacking = colleague_link.lacking_in(turn, chosen)
    if lacking is not None:
        return lacking
    if not admissions.has_room(turn.conn, chosen):
        return Outcome("full")
    alone = nobody_reads(turn, person, youth, chosen, day)
    if alone is not None:
        return alone
    made = group_moves.add(turn.conn, youth.id, chosen, day, person.id, turn.now)
    moment = to_utc(made.moves_on, MOVES_AT, turn.world.settings.zone)
    due.plan(turn.conn, youth.id, MOVE, str(made.id), moment, None, {"move": made.id}, turn.now)
    _tell_youth(turn, youth, made)
    return Outcome("ok", {"move": made.id})


def nobody_reads(turn: Turn, actor: Person, youth: Person, chosen: int, day: date) -> Outcome | None:
    """Why somebody cannot go to the *chosen* group on a day: days without a reader. A tester always can."""
    if youth.practice:
        return None
    pair = [one.id for _, one in _leaders(turn, GroupMove(0, youth.id, chosen, day, actor.id))]
    return unread.refused(turn, pair, since=day)


def move_now(turn: Turn, actor: Person, youth: Person, chosen: int) -> int:
    """To the *chosen* group from this moment: the place in the own group is gone. The number of the move."""
    made = group_moves.add(turn.conn, youth.id, chosen, turn.today, actor.id, turn.now)
    carry_out(turn, youth, made)
    _tell_youth(turn, youth, made)
    return made.id


def _tell_youth(turn: Turn, youth: Person, made: GroupMove) -> None:
    opening = Opening(
        Lane.RELAY,
        Promise.AT_LEAST_ONCE,
        not_before=quieting.free_moment(turn, youth, TOLD, turn.now),
        dedupe_key=f"moves:{made.id}",
    )
    if youth.state == "active":
        turn.begin(youth, "group_moves", {"move": made.id}, opening)
    errands.put(turn, youth, "group_moves", str(made.id), {"move": made.id})


def undo_group_move(deed: Deed) -> Outcome:
    """Until the day it can be undone; the youngster hears that all stays as it is."""
    turn, youth = deed.turn, _youth(deed)
    number = deed.session.state.subject.get("move")
    if youth is None or not number or not group_moves.undo(turn.conn, number, turn.now):
        return GONE
    due.cancel(turn.conn, youth.id, MOVE, str(number), turn.now)
    closing_news.does_not_come(turn, youth, number)
    return OK


def _youth(deed: Deed) -> Person | None:
    number = deed.session.state.subject.get("youth")
    if not number or not deed.turn.allowed(
        deed.person, "move_group", about_youth(deed.turn, deed.person, number)
    ):
        return None
    return people.load(deed.turn.conn, number)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "plan_group_move": plan_group_move,
    "undo_group_move": undo_group_move,
}


# Facts


def _step(turn: Turn, about: Any) -> AgeStep | None:
    number, age = about.get("youth"), about.get("age")
    if not number or not age:
        return None
    born = people.load(turn.conn, number).born
    return AgeStep(age, ages.turns(born, age)) if born else None


def _said(ask: Asked, day: date | None) -> str:
    if day is None:
        return ""
    return wording.day(ask.turn, ask.person, to_utc(day, time(12), ask.turn.world.settings.zone))


def step_day(ask: Asked) -> str:
    found = _step(ask.turn, ask.state.subject)
    return _said(ask, found.on if found else None)


def _move(ask: Asked) -> GroupMove | None:
    number = ask.state.subject.get("move")
    if number:
        return group_moves.load(ask.turn.conn, number) or group_moves.made(ask.turn.conn, number)
    about = ask.state.subject.get("youth") or (ask.person.id if ask.person.role == "youth" else None)
    return group_moves.of_youth(ask.turn.conn, about) if about else None


def move_day(ask: Asked) -> str:
    found = _move(ask)
    return _said(ask, found.moves_on if found else None)


def move_group(ask: Asked) -> str:
    found = _move(ask)
    return waiting.room(ask.turn.conn, found.group_id).name if found else ""


def move_leaders(ask: Asked) -> str:
    """The names of who is there."""
    found = _move(ask)
    names = [str(one.name) for _, one in _leaders(ask.turn, found)] if found else []
    return ask.turn.phrase("two_names", ask.person, names=names) if names else ""


def groups(ask: Asked) -> tuple[Option, ...]:
    """Groups of the organisation for 18 and older in which there is room."""
    youth = people.load(ask.turn.conn, ask.state.subject["youth"])
    if ask.person.organisation_id is None:
        return ()
    return tuple(
        Option(handle.named(ask.turn, ask.person, "group", one.id), one.name)
        for one in waiting.rooms(ask.turn.conn, ask.person.organisation_id)
        if one.age_group == "18-25" and one.id != youth.group_id and one.closes_on is None
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "age_reached": lambda ask: ask.state.subject.get("age", 0),
    "age_day": step_day,
    "age_groups": groups,
    "moves_group": lambda ask: _move(ask) is not None,
    "moved_group": lambda ask: group_moves.made(ask.turn.conn, ask.state.subject.get("move", 0)) is not None,
    "move_day": move_day,
    "move_group": move_group,
    "move_leaders": move_leaders,
}

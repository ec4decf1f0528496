"""How one youngster goes on when the group closes: another group, alone with a goodbye, or stopping. Until the day it
can be chosen anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from bot.conversation import (
    afterwards,
    closing_news,
    colleague_link,
    growing_up,
    handle,
    phase_moves,
    relay,
    settings,
    unread,
)
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.conversation.turn import Turn
from bot.programme import closing as rules
from bot.programme.lifecycle import Move, Phase, Refused
from bot.schedule.local import to_utc
from bot.storage import (
    admissions,
    calendars,
    closings,
    due,
    group_moves,
    outflows,
    people,
    phases,
    preferences,
    waiting,
)
from bot.storage.closings import Closing, Way
from bot.storage.people import Person
from bot.storage.waiting import Room
from dialogs.effects import Option

PURPOSE = "closing_group"
ALONE = "alleen"
ERASED_AT = time(10)
STOPS = phase_moves.REMINDERS
"""What comes by itself about a group, and stops with it."""


def others(turn: Turn, one: Closing) -> list[Room]:
    """Groups of the organisation for the same age that go on, with a free place, two leaders who have begun, and
    somebody who reads on each day after the last."""
    return rooms(turn, one.group_id, one.closes_on) if one.group_id is not None else []


def rooms(turn: Turn, group_id: int, closes_on: date | None = None) -> list[Room]:
    """Where the youngsters of a group could go, whether it closes or not; after *closes_on* somebody reads there."""
    found = [
        room
        for room in admissions.others_with_room(turn.conn, group_id)
        if colleague_link.lacking_in(turn, room.id) is None
    ]
    if closes_on is None:
        return found
    return [room for room in found if _is_read(turn, room, closes_on + timedelta(days=1))]


def _is_read(turn: Turn, room: Room, since: date) -> bool:
    leaders = [one.id for one in people.staff_of_group(turn.conn, room.id)]
    return unread.refused(turn, leaders, since=since) is None


def whole(turn: Turn, one: Closing) -> bool:
    """Whether the organisation closes as well: then nobody is left to ask how it goes afterwards."""
    return closings.of_organisation(turn.conn, one.organisation_id) is not None


def standing(turn: Turn, youth: Person, known: Way | None) -> str | None:
    """The way somebody goes now. A choice does not count any more once its move or its goodbye was undone."""
    if known is None or known.way is None:
        return None
    if known.way == "group" and group_moves.of_youth(turn.conn, youth.id) is None:
        return None
    if known.way == "outflow" and outflows.of_youth(turn.conn, youth.id) is None:
        return None
    return known.way


def drop_move(turn: Turn, youth: Person) -> None:
    """No other group waits for them any more."""
    planned = group_moves.of_youth(turn.conn, youth.id)
    if planned is not None and group_moves.undo(turn.conn, planned.id, turn.now):
        due.cancel(turn.conn, youth.id, growing_up.MOVE, str(planned.id), turn.now)


def choose(
    turn: Turn, youth: Person, one: Closing, chosen: int | None, by: Person, *, aftercare: bool
) -> str:
    """Note the way: *chosen* is another group, none for going on without one. What was chosen before is undone."""
    known = closings.ways(turn.conn, one.id).get(youth.id)
    if known is None or one.closed_at is not None:
        return "gone"
    if chosen is not None and chosen not in {room.id for room in others(turn, one)}:
        return "full"
    revert(turn, youth, known, by.id)
    drop_move(turn, youth)
    if chosen is not None:
        row, way = _to_group(turn, youth, one, chosen, by), "group"
    elif rules.alone(phases.phase_of(turn.conn, youth.id)) == "outflow":
        row, way = _alone(turn, youth, one, by, aftercare=aftercare), "outflow"
    else:
        row, way = 0, "ends"
    closings.choose(turn.conn, known.id, way, row or None, by.id, turn.now)
    return way


def revert(turn: Turn, youth: Person, known: Way, by: int | None) -> None:
    """What was chosen is undone: the move is not made, and there is no goodbye."""
    if known.way == "group" and known.row_id and group_moves.undo(turn.conn, known.row_id, turn.now):
        due.cancel(turn.conn, youth.id, growing_up.MOVE, str(known.row_id), turn.now)
    agreed = outflows.of_youth(turn.conn, youth.id)
    if known.way == "outflow" and agreed is not None and agreed.id == known.row_id:
        outflows.change(turn.conn, agreed.id, state="withdrawn", answered_at=turn.now)
        afterwards.drop(turn, youth.id)
        preferences.drop(turn.conn, youth.id, settings.QUIETER, turn.now)
        if phases.phase_of(turn.conn, youth.id) == "outflow":
            back = Move("participating", "not_yet", turn.today, turn.now, by)
            phase_moves.record(turn, youth.id, back)
    closings.choose(turn.conn, known.id, None, None, by, turn.now)


def leaves(turn: Turn, youth: Person) -> None:
    """Who did not take part yet stops with the group."""
    phase_moves.record(turn, youth.id, Move("left", "group_closes", turn.today, turn.now))


def _to_group(turn: Turn, youth: Person, one: Closing, chosen: int, by: Person) -> int:
    on = one.closes_on + timedelta(days=1)
    made = group_moves.add(turn.conn, youth.id, chosen, on, by.id, turn.now)
    moment = to_utc(on, growing_up.MOVES_AT, turn.world.settings.zone)
    due.plan(turn.conn, youth.id, growing_up.MOVE, str(made.id), moment, None, {"move": made.id}, turn.now)
    return made.id


def _alone(turn: Turn, youth: Person, one: Closing, by: Person, *, aftercare: bool) -> int:
    """The usual goodbye on the last day, with all that follows from it."""
    main = people.looked_after_by(turn.conn, youth.id).get("main") or by.id
    if phases.phase_of(turn.conn, youth.id) is None:
        began = Move("participating", "both_want", turn.today, turn.now, main)
        phase_moves.record(turn, youth.id, began)
    wanted = Move("outflow", "group_closes", turn.today, turn.now, by.id)
    if isinstance(phase_moves.record(turn, youth.id, wanted), Refused):
        return 0
    number = outflows.propose(
        turn.conn, youth.id, main, one.closes_on, taper=False, farewell="", now=turn.now
    )
    asks = aftercare and not whole(turn, one)
    outflows.change(turn.conn, number, state="agreed", answer="yes", answered_at=turn.now, aftercare=asks)
    agreed = outflows.of_youth(turn.conn, youth.id)
    if agreed is not None:
        afterwards.plan(turn, agreed)
    return number


# What the dialog of the youngster asks for


def choose_closing(deed: Deed) -> Outcome:
    """The youngster's own choice; the professional hears it."""
    turn, person = deed.turn, deed.person
    token = deed.answer("closing_way")
    chosen = None if token == ALONE else handle.meant(turn, person, PURPOSE, token)
    if chosen is None and token != ALONE:
        return GONE
    lock(turn, person.group_id, chosen)
    youth = people.locked(turn.conn, person.id)
    one = mine(turn, youth)
    if one is None:
        return GONE
    aftercare = deed.answer("aftercare") == "ja"
    way = choose(turn, youth, one, chosen, person, aftercare=aftercare)
    if way in ("gone", "full"):
        return Outcome(way)
    relay.notify_staff(turn, person, f"closing_{way}")
    return Outcome(way)


def lock(turn: Turn, *groups: int | None) -> None:
    """Nobody else closes these groups or takes a place in them until this is done; always in one order."""
    for number in sorted({one for one in groups if one is not None}):
        calendars.lock(turn.conn, number)


def open_my_closing(deed: Deed) -> Outcome:
    """What was chosen so far, or the question."""
    one = mine(deed.turn, deed.person)
    if one is None:
        return GONE
    way = standing(deed.turn, deed.person, closings.ways(deed.turn.conn, one.id)[deed.person.id])
    return Outcome(way) if way is not None else OK


def mine(turn: Turn, person: Person) -> Closing | None:
    """The closing in which somebody still has a choice."""
    one = closings.of_group(turn.conn, person.group_id) if person.group_id is not None else None
    if one is None or one.closed_at is not None:
        return None
    return one if person.id in closings.ways(turn.conn, one.id) else None


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "choose_closing": choose_closing,
    "open_my_closing": open_my_closing,
}


# Facts


def _phase(ask: Asked) -> Phase | None:
    return phases.phase_of(ask.turn.conn, ask.person.id)


def options(ask: Asked) -> tuple[Option, ...]:
    """The other groups that are open to this youngster."""
    one = mine(ask.turn, ask.person)
    if one is None:
        return ()
    return tuple(
        Option(
            handle.named(ask.turn, ask.person, PURPOSE, room.id),
            ask.turn.phrase("closing_to", ask.person, group=room.name),
        )
        for room in others(ask.turn, one)
    )


def _day(ask: Asked, *, kept: bool = False) -> str:
    one = mine(ask.turn, ask.person)
    if one is None:
        return ""
    return closing_news.day_of(ask.turn, ask.person, one.closes_on + (rules.KEPT if kept else timedelta()))


def lost(ask: Asked) -> str:
    """The group they had chosen and cannot go to any more; empty for who chose none, or can choose it again."""
    one = mine(ask.turn, ask.person)
    known = closings.ways(ask.turn.conn, one.id).get(ask.person.id) if one is not None else None
    if one is None or known is None or known.way != "group" or not known.row_id:
        return ""
    group_id = group_moves.target(ask.turn.conn, known.row_id)
    if group_id is None or standing(ask.turn, ask.person, known) is not None:
        return ""
    if group_id in {room.id for room in others(ask.turn, one)}:
        return ""
    return waiting.room(ask.turn.conn, group_id).name


def can_be_asked_after(ask: Asked) -> bool:
    one = mine(ask.turn, ask.person)
    return one is not None and not whole(ask.turn, one) and rules.alone(_phase(ask)) == "outflow"


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "closing_announced": lambda ask: "closing" in ask.state.subject,
    "my_group_closes": lambda ask: mine(ask.turn, ask.person) is not None,
    "closing_group": lambda ask: (
        waiting.room(ask.turn.conn, ask.person.group_id).name if ask.person.group_id else ""
    ),
    "closing_day": _day,
    "closing_erase_day": lambda ask: _day(ask, kept=True),
    "closing_lost": lost,
    "closing_moved": lambda ask: closing_news.MOVED in ask.state.subject,
    "closing_options": options,
    "closing_has_groups": lambda ask: bool(options(ask)),
    "closing_goodbye": lambda ask: rules.alone(_phase(ask)) == "outflow",
    "closing_asks_after": can_be_asked_after,
}

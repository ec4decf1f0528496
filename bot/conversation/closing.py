"""A group that closes: announced to everybody, undone until the day, closed when each youngster has a way to go on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.conversation import (
    closing_news,
    closing_way,
    growing_up,
    planning,
    rights,
)
from bot.conversation.turn import Turn
from bot.programme import capacity
from bot.programme import closing as rules
from bot.schedule.local import to_utc
from bot.storage import (
    audit,
    calendars,
    closings,
    due,
    erasures,
    group_moves,
    halts,
    meetings,
    people,
    phases,
    waiting,
)
from bot.storage import team as teams
from bot.storage.closings import Closing
from bot.storage.people import Person


def undecided(turn: Turn, group_id: int) -> list[Person]:
    """The youngsters of a group of whom nobody knows yet how they go on."""
    one = closings.of_group(turn.conn, group_id)
    known = closings.ways(turn.conn, one.id) if one is not None else {}
    return [
        youth
        for youth in teams.youngsters(turn.conn, group_id)
        if needs_way(turn, youth) and closing_way.standing(turn, youth, known.get(youth.id)) is None
    ]


def needs_way(turn: Turn, youth: Person) -> bool:
    return rules.needs_way(phases.phase_of(turn.conn, youth.id), died=has_died(turn, youth))


def has_died(turn: Turn, youth: Person) -> bool:
    halt = halts.running(turn.conn, youth.id)
    return halt is not None and halt.reason == "died"


def announce(
    turn: Turn, group_id: int, closes_on: date, actor: Person | None, knew: Collection[int] = ()
) -> Closing:
    """From now on the group closes on that day: its evenings end there, nobody new comes in, everybody is told.

    What was announced before stands. Who *knew* of a later day hears that it is another day now.
    """
    calendars.lock(turn.conn, group_id)
    stands = closings.of_group(turn.conn, group_id)
    if stands is not None:
        return stands
    organisation = meetings.organisation_of_group(turn.conn, group_id)
    if organisation is None:
        raise LookupError("the group that was just shown")
    by = _id_of(actor)
    one = closings.add(turn.conn, organisation, group_id, closes_on, by, turn.now)
    _note(turn, actor, "close_group", group_id)
    _send_back(turn, group_id)
    planning.plan_evenings(turn, group_id)
    for youth in teams.youngsters(turn.conn, group_id):
        if needs_way(turn, youth):
            told = closing_news.can_be_told(turn, youth)
            closings.expect(turn.conn, one.id, youth.id, turn.now if told else None)
            if told:
                closing_news.tell(turn, youth, one, moved=youth.id in knew)
    closing_news.tell_leaders(turn, one, actor, "closing_staff")
    planning.plan_again(turn)
    return one


def announce_organisation(turn: Turn, organisation_id: int, closes_on: date, actor: Person | None) -> Closing:
    """The whole organisation: each of its groups, and at the end its staff. What was announced before stands."""
    closings.lock(turn.conn, organisation_id)
    stands = closings.of_organisation(turn.conn, organisation_id)
    if stands is not None:
        return stands
    by = _id_of(actor)
    one = closings.add(turn.conn, organisation_id, None, closes_on, by, turn.now)
    _note(turn, actor, "close_organisation", organisation_id)
    for group_id, _ in meetings.groups_of_organisation(turn.conn, organisation_id):
        known = closings.of_group(turn.conn, group_id)
        if known is not None and known.closed_at is None and known.closes_on > closes_on:
            _bring_forward(turn, known, closes_on, actor)
        if known is None:
            announce(turn, group_id, closes_on, actor)
    closing_news.tell_organisation(turn, one, actor)
    closing_news.say_sign_ups(turn, one)
    return one


def _bring_forward(turn: Turn, one: Closing, closes_on: date, actor: Person | None) -> None:
    """An earlier day for a group: nobody reads that it goes on. What was chosen for the later day is asked anew."""
    if one.group_id is None or not closings.undo(turn.conn, one, _id_of(actor), turn.now):
        return
    knew = set()
    for youth_id, way in closings.ways(turn.conn, one.id).items():
        youth = people.load(turn.conn, youth_id)
        closing_way.revert(turn, youth, way, _id_of(actor))
        if closing_news.drop(turn, youth, one, way):
            knew.add(youth_id)
    announce(turn, one.group_id, closes_on, actor, knew)


def take_back(turn: Turn, one: Closing, actor: Person | None) -> bool:
    """Until the day: everything is as before, and who had heard of it hears that. False when it is too late."""
    by = _id_of(actor)
    if one.group_id is None:
        closings.lock(turn.conn, one.organisation_id)
    else:
        calendars.lock(turn.conn, one.group_id)
    if not closings.undo(turn.conn, one, by, turn.now):
        return False
    if one.group_id is None:
        for group_id, _ in meetings.groups_of_organisation(turn.conn, one.organisation_id):
            known = closings.of_group(turn.conn, group_id)
            # What the group had decided by itself before stays decided.
            if known is not None and known.closed_at is None and known.made_at == one.made_at:
                take_back(turn, known, actor)
        _note(turn, actor, "undo_close_organisation", one.organisation_id)
        return True
    for youth_id, way in closings.ways(turn.conn, one.id).items():
        youth = people.load(turn.conn, youth_id)
        closing_way.revert(turn, youth, way, by)
        closing_news.stays(turn, youth, one, way)
    planning.plan_evenings(turn, one.group_id)
    for youth in people.youngsters_in(turn.conn, one.group_id):
        planning.plan_for(turn, youth)
    closing_news.tell_leaders(turn, one, actor, "closing_staff_undone")
    _note(turn, actor, "undo_close_group", one.group_id)
    planning.plan_again(turn)
    return True


def look_ahead(turn: Turn) -> None:
    """Once a day: who has not chosen is said to staff, what is over closes, and what is empty is proved."""
    for one in closings.running(turn.conn):
        if one.closes_on < turn.today:
            close(turn, one)
        elif one.closes_on - turn.today > closing_news.SAID_BEFORE:
            continue
        elif one.group_id is None:
            closing_news.say_sign_ups(turn, one)
        else:
            closing_news.say_undecided(turn, one, undecided(turn, one.group_id))
    for one in closings.unproved(turn.conn):
        _prove(turn, one)


def close(turn: Turn, one: Closing) -> bool:
    """The day is over. As long as somebody has no way to go on it does not close: staff are told once a week.

    An organisation waits for its groups and for whoever signed up and was called by nobody yet.
    """
    if one.group_id is None:
        closings.lock(turn.conn, one.organisation_id)
        if closings.load(turn.conn, one.id) is None or closing_news.say_sign_ups(turn, one):
            return False
        groups = [number for number, _ in meetings.groups_of_organisation(turn.conn, one.organisation_id)]
        if not all(closings.is_closed(turn.conn, number) for number in groups):
            return False
        closings.closed(turn.conn, one.id, turn.now)
        _end_staff(turn, one)
        return True
    calendars.lock(turn.conn, one.group_id)
    if closings.load(turn.conn, one.id) is None:
        return False
    waits = undecided(turn, one.group_id)
    if waits:
        closing_news.say_undecided(turn, one, waits)
        return False
    known = closings.ways(turn.conn, one.id)
    for youth in teams.youngsters(turn.conn, one.group_id):
        _go(turn, youth, closing_way.standing(turn, youth, known.get(youth.id)), one)
    closings.closed(turn.conn, one.id, turn.now)
    for number in closings.forget_leaders(turn.conn, one.group_id):
        teams.forget_buttons(turn.conn, number)
    return True


def _go(turn: Turn, youth: Person, way: str | None, one: Closing) -> None:
    """One youngster leaves the group the way that was chosen; nothing that was planned about it comes any more.

    What there is of somebody who died stays for the family, for the term of ``halting``, and goes nowhere.
    """
    if has_died(turn, youth):
        closing_way.drop_move(turn, youth)
        return
    here = phases.phase_of(turn.conn, youth.id)
    if way == "group" and (planned := group_moves.of_youth(turn.conn, youth.id)) is not None:
        due.cancel(turn.conn, youth.id, growing_up.MOVE, str(planned.id), turn.now)
        growing_up.carry_out(turn, youth, planned)
        if here == "waiting":
            waiting.add(turn.conn, youth.id, planned.group_id, capacity.next_sign(turn.today), turn.now)
        return
    if way == "ends" and here is not None:
        closing_way.leaves(turn, youth)
    if way == "ends" or here in ("left", "referred") or closing_way.whole(turn, one):
        erase_later(turn, youth)
    due.cancel_all(turn.conn, youth.id, closing_way.STOPS, turn.now)


def erase_later(turn: Turn, youth: Person) -> None:
    """The existing way of erasing, with its proof, when the term is over; it waits for an open alert."""
    if erasures.pending(turn.conn, youth.id) is not None:
        return
    moment = to_utc(turn.today + rules.KEPT, closing_way.ERASED_AT, turn.world.settings.zone)
    number = erasures.ask(turn.conn, youth.id, "closed", turn.now, moment)
    due.plan(turn.conn, youth.id, rights.KIND, str(number), moment, None, {"erasure": number}, turn.now)


def _end_staff(turn: Turn, one: Closing) -> None:
    """Nothing comes to the staff of an organisation that closed; alerts go on as long as a youngster is there."""
    for member in people.staff_of_organisation(turn.conn, one.organisation_id):
        due.cancel_all(turn.conn, member.id, {"digest"}, turn.now)


def _prove(turn: Turn, one: Closing) -> None:
    """When nobody of it is left the closing is proved. Staff go after the last youngster and their words."""
    if one.group_id is None:
        youngsters = [
            youth
            for group_id, _ in meetings.groups_of_organisation(turn.conn, one.organisation_id)
            for youth in teams.youngsters(turn.conn, group_id)
        ]
        if youngsters:
            return
        for member in people.staff_of_organisation(turn.conn, one.organisation_id):
            busy = erasures.looks_after(turn.conn, member.id) or erasures.words_in_chat(turn.conn, member.id)
            if member.state != "erased" and not busy and erasures.pending(turn.conn, member.id) is None:
                number = erasures.ask(turn.conn, member.id, "closed", turn.now, turn.now)
                about = {"erasure": number}
                due.plan(turn.conn, member.id, rights.KIND, str(number), turn.now, None, about, turn.now)
    if closings.left(turn.conn, one) == 0:
        closings.proved(turn.conn, one.id, turn.now)


def _send_back(turn: Turn, group_id: int) -> None:
    """Who was going to come into this group stays where they are, and hears so; or is asked anew."""
    for youth_id in group_moves.into(turn.conn, group_id):
        youth, planned = people.load(turn.conn, youth_id), group_moves.of_youth(turn.conn, youth_id)
        if planned is not None:
            closing_way.drop_move(turn, youth)
            closing_news.does_not_come(turn, youth, planned.id)


def _id_of(actor: Person | None) -> int | None:
    return actor.id if actor is not None else None


def _note(turn: Turn, actor: Person | None, action: str, number: int) -> None:
    kind = "organisation" if action.endswith("organisation") else "group"
    if actor is not None:
        turn.note(actor, action, kind, number, None)
        return
    entry = audit.Entry(None, "operator", action, kind, number, None, "done")
    audit.add(turn.conn, entry, turn.now)

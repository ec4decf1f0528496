"""Halting: everything for one youngster stops at once, and can be lifted by the same people. Alerts stay open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import buttons
from bot.conversation import alert_chain, alert_course, care, keyboard, phase_moves, planning, relay, talk
from bot.conversation.passing import CARE, WHILE_HALTED
from bot.conversation.turn import Opening, Turn
from bot.incoming import Blocked, Command, Incoming, OtherChat, Tapped, Typed
from bot.message import Lane, Promise
from bot.programme import capacity, lifecycle
from bot.storage import (
    admissions,
    alerts,
    calendars,
    due,
    duty,
    erasures,
    halts,
    journal,
    people,
    phases,
    sessions,
    waiting,
)
from bot.storage import care as cases
from bot.storage.due import Due
from bot.storage.people import Person

DIED = "died_term"
KEPT_AFTER_DEATH = timedelta(days=90)
"""How long after it was noted what there is of somebody who died is kept: the family may ask for it."""
REASONS = frozenset({"died", "admitted", "unsafe", "other"})
LASTING = alert_course.KINDS | {
    "danger_silence",
    "item_age",
    "item_again",
    "erase",
    "wipe",
    "inspection_told",
    DIED,
}
"""Due moments that go on: they bring somebody to the youngster, take words away, or are owed."""


def halt(turn: Turn, actor: Person, youth: Person, reason: str) -> bool:
    """Stop everything for *youth*; false when that was done before. Colleagues are told in plain words."""
    if halts.running(turn.conn, youth.id) is not None:
        return False
    halts.begin(turn.conn, youth.id, reason, actor.id, turn.now)
    phase_moves.halted(turn, youth.id, reason, actor.id)
    halts.cancel_everything(turn.conn, youth.id, LASTING, turn.now)
    for one in sessions.open_of(turn.conn, youth.id):
        sessions.save(turn.conn, replace(one, status="ended"), turn.now)
    if reason == "died":
        ends = turn.now + KEPT_AFTER_DEATH
        due.plan(turn.conn, youth.id, DIED, turn.now.isoformat(), ends, None, {}, turn.now)
    _tell_colleagues(turn, actor, youth, f"halted_{reason}")
    return True


def ended(turn: Turn, youth: Person, _one: Due) -> str:
    """The term after a death is over: everything is erased, with its proof, and nothing is sent to the account."""
    running = halts.running(turn.conn, youth.id)
    if running is None or running.reason != "died":
        return "over"
    if erasures.pending(turn.conn, youth.id) is None:
        number = erasures.ask(turn.conn, youth.id, "died", turn.now, turn.now)
        about = {"erasure": number}
        due.plan(turn.conn, youth.id, "erase", str(number), turn.now, None, about, turn.now)
    return due.SENT


def lost_place(turn: Turn, youth: Person) -> bool:
    """Whether the place of somebody who did not die after all went to another meanwhile.

    Keeps other workers from giving a place in the group until this transaction ends.
    """
    running = halts.running(turn.conn, youth.id)
    if running is None or running.reason != "died" or youth.practice or youth.group_id is None:
        return False
    back = lifecycle.before_halt(phases.history(turn.conn, youth.id))
    if back is not None and not capacity.takes_place(back):
        return False
    calendars.lock(turn.conn, youth.group_id)
    places = waiting.room(turn.conn, youth.group_id).capacity
    return admissions.taken_places(turn.conn, youth.group_id) >= places


def lift(turn: Turn, actor: Person, youth: Person, *, waits: bool = False) -> bool:
    """Go on; false when nothing was halted. What lies ahead comes as planned, what passed is not made up for.

    *waits*: onto the waiting list of the group, because the place is gone; where they were stays on record. False as
    well, and still halted, when they cannot be put on it.
    """
    if not resume(turn, actor, youth, waits=waits):
        return False
    tell_lifted(turn, actor, youth)
    return True


def resume(turn: Turn, actor: Person, youth: Person, *, waits: bool = False) -> bool:
    """``lift`` without a word to colleagues, for who changes more first: ``tell_lifted`` belongs after it."""
    running = halts.running(turn.conn, youth.id)
    if running is None or (waits and not phase_moves.can_wait(turn, youth.id, actor.id)):
        return False
    halts.lift(turn.conn, youth.id, actor.id, turn.now)
    due.cancel_all(turn.conn, youth.id, {DIED}, turn.now)
    if not waits:
        phase_moves.lifted(turn, youth.id, actor.id)
    due.restore(turn.conn, youth.id, running.halted_at, turn.now)
    if waits:
        phase_moves.waits_again(turn, youth.id, actor.id)
    planning.plan_again(turn)
    return True


def tell_lifted(turn: Turn, actor: Person, youth: Person) -> None:
    """Those who look after them now hear that it goes on."""
    _tell_colleagues(turn, actor, youth, "lifted")


def wrote(turn: Turn, youth: Person) -> str:
    """Somebody wrote on the phone of a halted youngster: help, and a person; what was typed is not kept.

    While that person works on it they hear of it again on a later day, not of every message.
    """
    running = [one for one in alerts.running_about(turn.conn, youth.id) if one.kind == care.WROTE]
    case = cases.of_item(turn.conn, running[0].item_id) if running else None
    if case is not None:
        alert_chain.remind_daily(turn, running[0])
    elif youth.state == "active" or youth.began_at is not None:
        case = cases.load(turn.conn, cases.add(turn.conn, youth.id, turn.now, "", kind=care.WROTE))
        care.send(turn, youth, case, "p2")
    else:
        turn.alarm("danger_before_consent")
    talk.begin(turn, youth, "halted", {"case": case.id} if case is not None else {})
    return "halted"


def _tell_colleagues(turn: Turn, actor: Person, youth: Person, kind: str) -> None:
    note = journal.add(turn.conn, youth.id, kind, turn.now)
    organisation = duty.organisation_of(turn.conn, youth)
    told = list(people.looked_after_by(turn.conn, youth.id).values())
    if organisation is not None:
        told += [one.id for one in duty.staff(turn.conn, organisation, ("coordinator",))]
    for number in dict.fromkeys(told):
        if number == actor.id:
            continue
        opening = Opening(
            lane=Lane.RELAY,
            promise=Promise.AT_LEAST_ONCE,
            not_before=relay.reading_moment(turn),
            silent=True,
            dedupe_key=f"notice:{note}:{number}",
        )
        about = {"youth": youth.id, "notice": note}
        turn.begin(people.load(turn.conn, number), "notice", about, opening)


def answers(turn: Turn, youth: Person, incoming: Incoming) -> bool:
    """Whether this is answered as somebody who was halted: all but help, rights and the words about danger."""
    if halts.running(turn.conn, youth.id) is None:
        return False
    match incoming.what:
        case Command(name=name):
            return name in ("menu", "start")
        case Typed(text=text):
            latest = next(iter(sessions.open_of(turn.conn, youth.id)), None)
            in_care = latest is not None and latest.script in CARE
            return not in_care and keyboard.pressed(turn.world, str(text)) != "help"
        case Tapped(data=data):
            match buttons.parse(data):
                case buttons.FixedButton(name="help"):
                    return False
                case buttons.DialogButton(session=number):
                    one = sessions.load(turn.conn, number)
                    return one is None or one.script not in WHILE_HALTED
        case Blocked() | OtherChat():
            return False
    return True

"""What the dialogs about the worst day may ask for: emergency card, halt, roster, absence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.authorize import Target
from bot.conversation import alert_chain, away_at_once, closing_way, growing_up, halting, handle
from bot.conversation.deed import (
    GONE,
    OK,
    Deed,
    Outcome,
    about_organisation,
    about_staff,
    about_youth,
    code_is_open,
)
from bot.phone import phone_of
from bot.programme.cover import Stretch
from bot.schedule.escalation import next_working_day
from bot.schedule.local import to_utc
from bot.storage import cards, due, duty, halts, people

DUTY_BEGINS = time(9)
"""A day on the roster runs from this local hour until the same hour of the next day."""

HOLIDAY = "absence"
"""Subject: the number of an absence for which who reads is chosen."""
AWAY = {"tomorrow": 1, "week": 7, "two_weeks": 14}
ROLES = ("professional", "coordinator")


def fill_card(deed: Deed) -> Outcome:
    """Whom to call, or where the organisation keeps that."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    youth_id = deed.row("youth")
    kept_at, phone = deed.words("card_kept_at"), phone_of(deed.words("card_phone") or "")
    if not kept_at and phone is None:
        return Outcome("wrong_phone")
    if not turn.allowed(person, "fill_card", about_youth(turn, person, youth_id)):
        return GONE
    cards.fill(
        turn.conn,
        youth_id,
        person.id,
        turn.now,
        contact="" if kept_at else deed.words("card_contact") or "",
        relation="" if kept_at else deed.words("card_relation") or "",
        phone="" if kept_at else phone or "",
        kept_at=kept_at or "",
    )
    due.cancel_all(turn.conn, youth_id, {"card_missing"}, turn.now)
    return Outcome("saved")


def pick_to_halt(deed: Deed) -> Outcome:
    """A coordinator picks whom to halt."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    youth_id = handle.meant(turn, person, "halt", deed.answer("whom"))
    if youth_id is None or not turn.allowed(person, "halt", about_youth(turn, person, youth_id)):
        return GONE
    return Outcome("ok", {"youth": youth_id})


def halt_youth(deed: Deed) -> Outcome:
    turn, person, youth_id = deed.turn, deed.person, deed.row("youth")
    reason = str(deed.answer("halt_reason"))
    if reason not in halting.REASONS or not turn.allowed(person, "halt", about_youth(turn, person, youth_id)):
        return GONE
    done = halting.halt(turn, person, people.load(turn.conn, youth_id), reason)
    return OK if done else Outcome("already")


def lift_halt(deed: Deed) -> Outcome:
    turn, person, youth_id = deed.turn, deed.person, deed.row("youth")
    if not turn.allowed(person, "lift_halt", about_youth(turn, person, youth_id)):
        return GONE
    youth = people.load(turn.conn, youth_id)
    if halting.lost_place(turn, youth):
        return Outcome("full")
    return OK if halting.lift(turn, person, youth) else Outcome("already")


def lift_to_waiting(deed: Deed) -> Outcome:
    """The place went to another: they come back onto the waiting list, and everything else goes on."""
    turn, person, youth_id = deed.turn, deed.person, deed.row("youth")
    if not turn.allowed(person, "lift_halt", about_youth(turn, person, youth_id)):
        return GONE
    youth = people.load(turn.conn, youth_id)
    # There may be a place by now.
    waits = halting.lost_place(turn, youth)
    if not halting.lift(turn, person, youth, waits=waits):
        return Outcome("already") if halts.running(turn.conn, youth_id) is None else GONE
    return Outcome("waits") if waits else OK


def lift_elsewhere(deed: Deed) -> Outcome:
    """The same, but into another group with a place and two who read, from now on."""
    turn, person, youth_id = deed.turn, deed.person, deed.row("youth")
    if not turn.allowed(person, "lift_halt", about_youth(turn, person, youth_id)):
        return GONE
    chosen = handle.meant(turn, person, "group", deed.answer("halt_group"))
    youth = people.load(turn.conn, youth_id)
    if chosen is None or youth.group_id is None or chosen == youth.group_id:
        return GONE
    closing_way.lock(turn, youth.group_id, chosen)
    if halts.running(turn.conn, youth_id) is None:
        return Outcome("already")
    if chosen not in {room.id for room in closing_way.rooms(turn, youth.group_id)}:
        return Outcome("full")
    alone = growing_up.nobody_reads(turn, person, youth, chosen, turn.today)
    if alone is not None:
        return alone
    halting.resume(turn, person, youth)
    made = growing_up.move_now(turn, person, youth, chosen)
    # Only now: whoever looked after them in the group before has nothing to read of them any more.
    halting.tell_lifted(turn, person, people.load(turn.conn, youth_id))
    return Outcome("ok", {"move": made})


def add_duty(deed: Deed) -> Outcome:
    """Somebody is on call from nine until nine."""
    turn, person = deed.turn, deed.person
    organisation = _own_organisation(deed)
    if isinstance(organisation, Outcome):
        return organisation
    chosen = handle.meant(turn, person, "duty", deed.answer("duty_person"))
    if chosen is None or people.load(turn.conn, chosen).organisation_id != organisation:
        return GONE
    begins, ends = duty_day(deed, date.fromisoformat(str(deed.answer("duty_day"))))
    duty.add_shift(turn.conn, organisation, chosen, begins, ends)
    alert_chain.look_at(turn, organisation)
    return OK


def remove_duty(deed: Deed) -> Outcome:
    organisation = _own_organisation(deed)
    if isinstance(organisation, Outcome):
        return organisation
    number = handle.meant(deed.turn, deed.person, "shift", deed.answer("shift"))
    removed = number is not None and duty.remove_shift(deed.turn.conn, number, organisation)
    return OK if removed else GONE


def mark_absent(deed: Deed) -> Outcome:
    """Away for a while: what comes passes this person at once. A coordinator may note it for a colleague."""
    turn, person = deed.turn, deed.person
    token = deed.answer("absent_person")
    chosen = handle.meant(turn, person, "absent", token) if token else person.id
    if chosen is None or not turn.allowed(person, "mark_absent", about_staff(turn, person, chosen)):
        return GONE
    until = str(deed.answer("absent_until"))
    away = people.load(turn.conn, chosen)
    if until == "back":
        away_at_once.back(turn, away)
        return Outcome("back")
    days = Stretch(turn.today, turn.today + timedelta(days=AWAY.get(until, 0)))
    asks = away_at_once.note(turn, person, away, days, _away_until(deed, until))
    return Outcome("asks", {HOLIDAY: asks.id}) if asks is not None else OK


def ask_reader(deed: Deed) -> Outcome:
    """Who reads while somebody is away now: the question that was left open, or another answer."""
    turn, person = deed.turn, deed.person
    token = deed.answer("absent_person")
    chosen = handle.meant(turn, person, "absent", token) if token else person.id
    if chosen is None or not turn.allowed(person, "mark_absent", about_staff(turn, person, chosen)):
        return GONE
    one = away_at_once.open_for(turn, chosen)
    return Outcome("ok", {HOLIDAY: one.id}) if one is not None else GONE


def duty_day(deed: Deed, day: date) -> tuple[datetime, datetime]:
    """From when until when the shift of a local day runs."""
    zone = deed.turn.world.settings.zone
    return to_utc(day, DUTY_BEGINS, zone), to_utc(day + timedelta(days=1), DUTY_BEGINS, zone)


def _own_organisation(deed: Deed) -> int | Outcome:
    """The organisation whose roster may be changed; what to answer when it may not."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, person = deed.turn, deed.person
    target: Target = about_organisation(turn, person, person.organisation_id)
    if person.organisation_id is None or not turn.allowed(person, "change_duty", target):
        return GONE
    return person.organisation_id


def _away_until(deed: Deed, until: str) -> datetime:
    """The moment at which work begins on the first working day after the absence."""
    settings = deed.turn.world.settings
    days = timedelta(days=AWAY.get(until, 0))
    return next_working_day(deed.turn.now + days, settings.working_hours, settings.zone)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "fill_card": fill_card,
    "pick_to_halt": pick_to_halt,
    "halt_youth": halt_youth,
    "lift_halt": lift_halt,
    "lift_to_waiting": lift_to_waiting,
    "lift_elsewhere": lift_elsewhere,
    "add_duty": add_duty,
    "remove_duty": remove_duty,
    "mark_absent": mark_absent,
    "ask_reader": ask_reader,
}

"""What the dialogs about holidays may ask for: planning one, other days, taking it back, and who reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bot.conversation import handle, holidays
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_staff, relation_to_youth
from bot.conversation.handover import readers
from bot.programme.cover import Stretch
from bot.storage import holidays as stored
from bot.storage import people
from bot.storage.holidays import Holiday

HOLIDAY, READER, BACKUPS = "absence", "reader", "backups"
LONG = {"day": 0, "week": 6, "two": 13, "three": 20}
ANSWER_WITHIN = timedelta(minutes=10)
"""Whoever plans a holiday that is near may say at once who reads; after this the person who goes away is asked."""
LATE = ("long", "far")


def pick_absent(deed: Deed) -> Outcome:
    """Whose holidays: the own ones, or for a coordinator those of a colleague."""
    turn, person = deed.turn, deed.person
    token = deed.answer("absent_person")
    chosen = handle.meant(turn, person, "absent", token) if token else person.id
    if chosen is None or not turn.allowed(person, "mark_absent", about_staff(turn, person, chosen)):
        return GONE
    return Outcome("ok", {"staff": chosen, HOLIDAY: 0})


def open_holidays(deed: Deed) -> Outcome:
    """The list of somebody's holidays."""
    number = deed.session.state.subject.get("staff") or deed.person.id
    if not deed.turn.allowed(deed.person, "mark_absent", about_staff(deed.turn, deed.person, number)):
        return GONE
    return Outcome("ok", {"staff": number, HOLIDAY: 0})


def pick_holiday(deed: Deed) -> Outcome:
    """One of them; on the coordinator's page one of the organisation."""
    number = handle.meant(deed.turn, deed.person, HOLIDAY, deed.answer("holiday"))
    one = stored.find(deed.turn.conn, number) if number is not None else None
    if one is None or not _may(deed, one):
        return GONE
    return Outcome("ok", {"staff": one.person_id, HOLIDAY: one.id})


def plan_holiday(deed: Deed) -> Outcome:
    """Plan it, or give the one that is open other days. Refused when it is past, backwards, too long, or overlaps."""
    turn, person = deed.turn, deed.person
    days = said_days(deed.answer("holiday_day"), deed.answer("holiday_long"), deed.answer("holiday_last"))
    one = _holiday(deed)
    whose = one.person_id if one else deed.session.state.subject.get("staff")
    if days is None or not whose:
        return GONE
    if not turn.allowed(person, "mark_absent", about_staff(turn, person, whose)):
        return GONE
    if one is not None and (one.withdrawn_at is not None or one.ends_at <= turn.now):
        return GONE
    if one is not None:
        made = holidays.change(turn, person, one, days)
    else:
        made = holidays.plan(turn, person, people.load(turn.conn, whose), days)
    if isinstance(made, str):
        return Outcome("long" if made in LATE else made)
    return Outcome(_asks(deed, made), {HOLIDAY: made.id})


def _asks(deed: Deed, one: Holiday) -> str:
    """``asks`` when it begins soon: the question who reads is put now, and again in the chat if it stays open."""
    if not holidays.is_asked(deed.turn, one):
        return "ok"
    holidays.ask_soon(deed.turn, one, deed.turn.now + ANSWER_WITHIN)
    return "asks"


def withdraw_holiday(deed: Deed) -> Outcome:
    one = _holiday(deed)
    if one is None or one.withdrawn_at is not None or one.ends_at <= deed.turn.now or not _may(deed, one):
        return GONE
    holidays.withdraw(deed.turn, deed.person, one)
    return OK


def restore_holiday(deed: Deed) -> Outcome:
    """Undo: it happens after all, unless another holiday took its days."""
    one = _holiday(deed)
    if one is None or not _may(deed, one):
        return GONE
    if holidays.restore(deed.turn, deed.person, one):
        return GONE
    stands = stored.find(deed.turn.conn, one.id)
    return Outcome(_asks(deed, stands)) if stands is not None else GONE


def look_holiday(deed: Deed) -> Outcome:
    """Before the question who reads: is it still to come, or does it run?"""
    one = _holiday(deed)
    if one is None or one.withdrawn_at is not None or one.ends_at <= deed.turn.now or not _may(deed, one):
        return GONE
    return OK


def choose_reader(deed: Deed) -> Outcome:
    """Who reads. Refused when that colleague is away on one of the days."""
    turn, person = deed.turn, deed.person
    found, one = look_holiday(deed), _holiday(deed)
    if found is not OK or one is None:
        return found
    said = deed.answer(READER)
    if said == BACKUPS:
        done = holidays.choose(turn, person, one, "backup", None)
    else:
        number = handle.meant(turn, person, READER, said)
        done = number is not None and holidays.choose(turn, person, one, "colleague", number)
    return OK if done else Outcome("away")


def decline_reading(deed: Deed) -> Outcome:
    """The colleague says that they cannot."""
    turn, person, one = deed.turn, deed.person, _holiday(deed)
    if one is None or one.withdrawn_at is not None or person.id not in {x.id for x in readers(turn, one)}:
        return GONE
    youth = stored.youngsters_for(turn.conn, one, person.id)[0]
    if relation_to_youth(turn, person, youth.id) not in ("backup", "cover"):
        return GONE
    holidays.decline(turn, person, one)
    return Outcome("ok", {"staff": one.person_id})


def said_days(first: object, long: object, last: object) -> Stretch | None:
    """The days that were chosen; none when one of them is no day."""
    try:
        begins = date.fromisoformat(str(first))
        if long in LONG:
            return Stretch(begins, begins + timedelta(days=LONG[str(long)]))
        return Stretch(begins, date.fromisoformat(str(last)))
    except ValueError:
        return None


def _holiday(deed: Deed) -> Holiday | None:
    number = deed.session.state.subject.get(HOLIDAY)
    return stored.find(deed.turn.conn, number) if number else None


def _may(deed: Deed, one: Holiday) -> bool:
    return deed.turn.allowed(deed.person, "mark_absent", about_staff(deed.turn, deed.person, one.person_id))


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "pick_absent": pick_absent,
    "open_holidays": open_holidays,
    "pick_holiday": pick_holiday,
    "plan_holiday": plan_holiday,
    "withdraw_holiday": withdraw_holiday,
    "restore_holiday": restore_holiday,
    "look_holiday": look_holiday,
    "choose_reader": choose_reader,
    "decline_reading": decline_reading,
}

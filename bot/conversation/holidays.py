"""A holiday of somebody of the staff and all that follows: the question who reads, the card, and who hears of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.conversation import alert_chain, handover, holiday_told, quieting, relay, successor, unread
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.programme import cover
from bot.programme.cover import AGAIN_BEFORE, ASK_BEFORE, Problem, Stretch
from bot.schedule.escalation import next_working_day
from bot.schedule.local import to_utc
from bot.schedule.reading import next_reading
from bot.storage import due, duty, holidays, people
from bot.storage.due import Due
from bot.storage.holidays import Holiday, Reads
from bot.storage.people import Person

ASKS, TURNS = "holiday_asks", "holiday_turns"
ASKED_AT = time(10)
SOON = timedelta(hours=12)
"""A question that comes within this time is one that was just put off."""
BEGINS, ENDS = 1, 2
"""What a moment of a holiday is about, in ``subject["turns"]``."""


def plan(turn: Turn, actor: Person, person: Person, days: Stretch) -> Holiday | Problem:
    """Plan a holiday, or say why not."""
    why = may_plan(turn, person.id, days)
    if why is not None:
        return why
    one = holidays.add(turn.conn, person.id, days, *_moments(turn, days), actor.id)
    turn.note(actor, "plan_holiday", "person", person.id, person.id)
    _follow(turn, one)
    return one


def change(turn: Turn, actor: Person, one: Holiday, days: Stretch) -> Holiday | Problem:
    """Other days. Who reads stays, unless they are away then: the question comes again."""
    why = may_change(turn, one, days)
    if why is not None:
        return why
    if days != one.days:
        holidays.move(turn.conn, one.id, days, *_moments(turn, days))
        turn.note(actor, "change_holiday", "person", one.person_id, one.person_id)
        one = _still_read(turn, _load(turn, one.id))
        handover.put(turn, one, turn.now.isoformat())
        _follow(turn, one)
    return one


def may_change(turn: Turn, one: Holiday, days: Stretch, *without: int) -> Problem | None:
    """Why it cannot get these days; *without* are numbers of holidays that go first."""
    gone = {one.id, *without}
    found = holidays.of_person(turn.conn, one.person_id, turn.now)
    others = [other.days for other in found if other.id not in gone]
    return cover.may_change(days, one.days, turn.today, others)


def may_plan(turn: Turn, person_id: int, days: Stretch, *without: int) -> Problem | None:
    """Why somebody cannot plan these days; *without* as for ``may_change``."""
    found = holidays.of_person(turn.conn, person_id, turn.now)
    return cover.problem(days, turn.today, [other.days for other in found if other.id not in without])


def withdraw(turn: Turn, actor: Person, one: Holiday) -> None:
    """It does not happen; one that runs ends now. Whoever heard of it hears so."""
    if one.begins_at <= turn.now:
        holidays.move(turn.conn, one.id, one.days, one.begins_at, turn.now)
        alert_chain.look_at(turn, people.load(turn.conn, one.person_id).organisation_id)
    else:
        holidays.withdraw(turn.conn, one.id, turn.now)
    turn.note(actor, "withdraw_holiday", "person", one.person_id, one.person_id)
    handover.take_off(turn, one, handover.readers(turn, one))
    _follow(turn, _load(turn, one.id))


def restore(turn: Turn, actor: Person, one: Holiday) -> Problem | None:
    """It happens after all, with who read before when they are there."""
    others = [other.days for other in holidays.of_person(turn.conn, one.person_id, turn.now)]
    if any(one.days.meets(other) for other in others):
        return "overlap"
    begins, ends = _moments(turn, one.days)
    if ends <= turn.now:
        return "past"
    holidays.withdraw(turn.conn, one.id, None)
    holidays.move(turn.conn, one.id, one.days, begins, ends)
    turn.note(actor, "restore_holiday", "person", one.person_id, one.person_id)
    one = _still_read(turn, _load(turn, one.id))
    handover.put(turn, one, turn.now.isoformat())
    _follow(turn, one)
    return None


def choose(turn: Turn, actor: Person, one: Holiday, reads: Reads, reader_id: int | None) -> bool:
    """Who reads. False when they are away on one of the days, or work elsewhere: the caller offers others."""
    if (reads, reader_id) == (one.reads, one.reader_id):
        return True
    if not (backups(turn, one) if reads == "backup" else may_read(turn, one, reader_id)):
        return False
    former = handover.readers(turn, one)
    holidays.choose(turn.conn, one.id, reads, reader_id)
    turn.note(actor, "choose_reader", "person", one.person_id, one.person_id)
    one = _load(turn, one.id)
    now = {reader.id for reader in handover.readers(turn, one)}
    handover.take_off(turn, one, [reader for reader in former if reader.id not in now])
    handover.put(turn, one, turn.now.isoformat())
    _follow(turn, one)
    return True


def decline(turn: Turn, reader: Person, one: Holiday) -> None:
    """The colleague cannot: whoever goes away is asked again, and hears why."""
    holidays.choose(turn.conn, one.id, None, None)
    turn.note(reader, "decline_reading", "person", one.person_id, one.person_id)
    _ask_again(turn, one, reader.id)
    _follow(turn, _load(turn, one.id))


def available(turn: Turn, one: Holiday) -> list[Person]:
    """Colleagues of the same organisation who are there on every working day of it, second professionals first."""
    staff = colleagues(turn, one)
    working = unread.workdays(turn, one.days)
    away = holidays.away(turn.conn, [other.id for other in staff], working, accounts=True)
    return [other for other in staff if cover.is_there(other.id, working, away)]


def colleagues(turn: Turn, one: Holiday) -> list[Person]:
    """Who else of the organisation could read, whenever they are there: second professionals first."""
    person = people.load(turn.conn, one.person_id)
    if person.organisation_id is None:
        return []
    staff = [
        other
        for other in duty.staff(turn.conn, person.organisation_id, ("professional",))
        if other.id != person.id and other.practice == person.practice and other.began_at is not None
    ]
    second = set(_backups_of(turn, one))
    return sorted(staff, key=lambda other: (other.id not in second, other.name.casefold(), other.id))


def backups(turn: Turn, one: Holiday) -> list[Person]:
    """The second professionals, when every youngster has one who is there on every working day; else nobody."""
    found = _backups_of(turn, one)
    there = {other.id for other in available(turn, one)}
    if not found or not set(found) <= there:
        return []
    return [people.load(turn.conn, number) for number in found]


def is_asked(turn: Turn, one: Holiday) -> bool:
    """Whether it is time to say who reads: within two weeks, nobody said so, and there is somebody to read for."""
    soon = one.days.first - turn.today <= ASK_BEFORE
    return one.reads is None and one.withdrawn_at is None and soon and _has_youngsters(turn, one.person_id)


def look_ahead(turn: Turn) -> None:
    """Once a day: is who reads still there, and has everybody heard of what is near?"""
    for one in holidays.every(turn.conn, turn.now):
        holiday_told.plan(turn, _still_read(turn, one), at_once=False)
    unread.look_ahead(turn)


def look(turn: Turn, person: Person) -> None:
    """Somebody was noted as away or back: what follows from that for holidays."""
    for one in holidays.every(turn.conn, turn.now):
        if one.person_id == person.id or one.reader_id == person.id:
            holiday_told.plan(turn, one)
    unread.look(turn, person.organisation_id)


def came_back(turn: Turn, one: Holiday) -> None:
    """Back before the last day: whoever heard of it hears so."""
    handover.take_off(turn, one, handover.readers(turn, one))
    holiday_told.plan(turn, _load(turn, one.id))


# What happens at its moment


def ask(turn: Turn, person: Person, one: Due) -> str:
    """Who reads? In working hours while there are any before it begins, unless it was said."""
    found = holidays.find(turn.conn, one.subject["absence"])
    if found is None or found.begins_at <= turn.now or not is_asked(turn, found):
        return "answered"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=_in_time(turn, person, found),
        silent=True,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_relay", person),
    )
    turn.begin(person, ASKS, one.subject, opening)
    return due.SENT


def turns(turn: Turn, person: Person, one: Due) -> str:
    """It begins: what waits goes to who is there, and they get the card anew. It ends: alerts are looked at."""
    found = holidays.find(turn.conn, one.subject["absence"])
    if found is None or found.withdrawn_at is not None:
        return "undone"
    begins = one.subject["turns"] == BEGINS
    if one.occurrence != _occurrence(found, one.subject["turns"]):
        return "moved_on"
    if begins:
        successor.stand_in(turn, person)
        handover.put(turn, found, "begins")
    else:
        alert_chain.look_at(turn, person.organisation_id)
    return due.SENT


def _follow(turn: Turn, one: Holiday) -> None:
    """Plan the moments of a holiday, tell youngsters what is news to them, and look for days without a reader."""
    if not one.planned:
        # It runs already, and whoever sends something reads there who gets it.
        unread.look(turn, people.load(turn.conn, one.person_id).organisation_id)
        return
    if one.withdrawn_at is None:
        for what, moment in ((BEGINS, one.begins_at), (ENDS, one.ends_at)):
            if moment > turn.now:
                about = {"absence": one.id, "turns": what}
                key = _occurrence(one, what)
                due.plan(turn.conn, one.person_id, TURNS, key, moment, None, about, turn.now)
        for before in (ASK_BEFORE, AGAIN_BEFORE):
            day = one.days.first - before
            moment = to_utc(day, ASKED_AT, turn.world.settings.zone)
            if moment > turn.now:
                key, about = f"{one.id}:{day.isoformat()}", {"absence": one.id}
                due.plan(turn.conn, one.person_id, ASKS, key, moment, one.ends_at, about, turn.now)
    holiday_told.plan(turn, one)
    unread.look(turn, people.load(turn.conn, one.person_id).organisation_id)


def _still_read(turn: Turn, one: Holiday) -> Holiday:
    """Who was chosen may be away by now, or gone: then nobody was chosen, and the question comes again."""
    if one.reads is None or one.withdrawn_at is not None:
        return one
    if one.begins_at <= turn.now and not any(
        holidays.is_gone(turn.conn, other.id) for other in handover.readers(turn, one)
    ):
        # Ill for a day in it: the coordinator hears of that day, and nobody is asked on holiday.
        return one
    if one.reads == "backup" and (backups(turn, one) or not _has_youngsters(turn, one.person_id)):
        return one
    if one.reads == "colleague" and may_read(turn, one, one.reader_id):
        return one
    holidays.choose(turn.conn, one.id, None, None)
    handover.take_off(turn, one, [other for other in handover.readers(turn, one) if other.state == "active"])
    _ask_again(turn, one, one.reader_id or 0)
    return _load(turn, one.id)


def _in_time(turn: Turn, person: Person, one: Holiday) -> datetime:
    """In working hours; when it begins before those do, outside the quiet hours of the night."""
    moment = relay.reading_moment(turn)
    if moment < one.begins_at:
        return moment
    sooner = quieting.free_moment(turn, person, ASKS, turn.now, "asks")
    return sooner if sooner < one.begins_at else moment


def ask_later(turn: Turn, one: Holiday) -> None:
    """Whoever goes away does not know yet: they are asked a week before, else the next working day."""
    ahead = [w for w in due.waiting_of(turn.conn, one.person_id) if _asks_about(w, one)]
    soon = [w for w in ahead if w.not_before - turn.now <= SOON]
    for waiting in soon:
        due.cancel(turn.conn, one.person_id, ASKS, waiting.occurrence, turn.now)
    settings = turn.world.settings
    tomorrow = to_utc(turn.today + timedelta(days=1), ASKED_AT, settings.zone)
    moment = next_reading(tomorrow, settings.working_hours, settings.zone)
    if len(soon) == len(ahead) and moment < one.begins_at:
        ask_soon(turn, one, moment)


def _asks_about(one: Due, holiday: Holiday) -> bool:
    return one.kind == ASKS and one.subject["absence"] == holiday.id


def ask_soon(turn: Turn, one: Holiday, moment: datetime) -> None:
    """Put the question to whoever goes away, unless somebody answers it before that moment."""
    key = f"{one.id}:{moment.isoformat()}"
    due.plan(turn.conn, one.person_id, ASKS, key, moment, one.ends_at, {"absence": one.id}, turn.now)


def _ask_again(turn: Turn, one: Holiday, gone: int) -> None:
    key, about = f"{one.id}:again:{turn.now.isoformat()}", {"absence": one.id, "gone": gone}
    due.plan(turn.conn, one.person_id, ASKS, key, turn.now, one.ends_at, about, turn.now)


def may_read(turn: Turn, one: Holiday, reader_id: int | None) -> bool:
    """Whether this colleague is there on every working day of it."""
    return any(other.id == reader_id for other in available(turn, one))


def _backups_of(turn: Turn, one: Holiday) -> list[int]:
    """The second professional of each youngster; empty when one has none."""
    pairs = [
        people.looked_after_by(turn.conn, youth.id).get("backup")
        for youth in people.youngsters_of(turn.conn, one.person_id)
    ]
    return [] if None in pairs else list(dict.fromkeys(n for n in pairs if n is not None))


def _has_youngsters(turn: Turn, person_id: int) -> bool:
    return bool(people.youngsters_of(turn.conn, person_id))


def _moments(turn: Turn, days: Stretch) -> tuple[datetime, datetime]:
    """From the beginning of the first day until work begins after the last."""
    settings = turn.world.settings
    noon = to_utc(days.last, time(12), settings.zone)
    return (
        to_utc(days.first, time(0), settings.zone),
        next_working_day(noon, settings.working_hours, settings.zone),
    )


def _occurrence(one: Holiday, what: int) -> str:
    return f"{one.id}:{what}:{(one.begins_at if what == BEGINS else one.ends_at).isoformat()}"


def _load(turn: Turn, number: int) -> Holiday:
    found = holidays.find(turn.conn, number)
    if found is None:
        raise LookupError(f"absence {number} is no holiday")
    return found

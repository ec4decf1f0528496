"""A talk with a day and an hour, planned by a professional: the youngster is asked, and can have another moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.conversation import choosing, quieting, subject, talk_answers, talk_endings, talk_wishes, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Turn
from bot.schedule.local import to_utc
from bot.storage import appointments, due, pauses, people
from bot.storage.appointments import Appointment
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.text import Scope
from dialogs.words import Words

DAYS_AHEAD = 14
HOURS = tuple(time(half // 2, half % 2 * 30) for half in range(18, 42))
"""From nine in the morning until half past eight in the evening."""
WAYS = ("call", "place", "walk", "video")
EARLIEST = timedelta(minutes=30)
ANSWERED_BEFORE, ASKED_FOR = timedelta(hours=3), timedelta(minutes=15)
"""Past three hours before the talk nobody is asked any more: time is left to call. A near talk is asked at once."""
TAKE_BACK = timedelta(minutes=2)
WISH = "wish"
"""Subject: the wish to talk that a talk answers."""
DAY_BEFORE, HOURS_BEFORE = timedelta(hours=24), timedelta(hours=2)


def open_plan(deed: Deed) -> Outcome:
    """Whether a talk can be planned with somebody now; *running* when one stands."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, youth = deed.turn, _youth(deed)
    if youth is None:
        return GONE
    why = choosing.refused(turn, youth)
    if why in ("halted", "left"):
        return Outcome(why)
    one = appointments.to_come(turn.conn, youth.id, deed.person.id, turn.now)
    if one is not None:
        return Outcome("running", {"appointment": one.id})
    if not _reached(turn, youth):
        return Outcome("alone")
    return Outcome("paused") if _paused(turn, deed.person, youth) else Outcome("ok", {"appointment": 0})


def check(deed: Deed) -> Outcome:
    """Whether the question can reach the youngster in time for the moment that was chosen."""
    if not code_is_open(deed):
        return Outcome("code")
    youth = _youth(deed)
    if youth is None or str(deed.answer("talk_way")) not in WAYS:
        return GONE
    if _paused(deed.turn, deed.person, youth):
        return Outcome("paused")
    return Outcome("past") if _times(deed, youth) is None else OK


def plan(deed: Deed) -> Outcome:
    """The youngster is asked at a moment that suits them, after the time to take it back; reminded once."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, youth, way = deed.turn, _youth(deed), str(deed.answer("talk_way"))
    if youth is None or way not in WAYS or choosing.refused(turn, youth) in ("halted", "left"):
        return GONE
    if not _reached(turn, youth):
        return Outcome("alone")
    standing = appointments.to_come(turn.conn, youth.id, deed.person.id, turn.now)
    if standing is not None:
        return Outcome("running", {"appointment": standing.id})
    if _paused(turn, deed.person, youth):
        return Outcome("paused")
    times = _times(deed, youth)
    if times is None:
        return Outcome("past")
    starts, asked = times
    number = appointments.add(turn.conn, youth.id, starts, way, deed.person.id, turn.now)
    about = {"appointment": number}
    wish = talk_wishes.waiting(turn, deed.person.id, youth.id)
    kind = talk_answers.PLANNED if wish is None else talk_answers.WISHED
    says = about if wish is None else {**about, WISH: wish.id}
    last = min(starts, max(starts - ANSWERED_BEFORE, asked + ASKED_FOR))
    due.plan(turn.conn, youth.id, kind, str(number), asked, last, says, turn.now)
    soon = remind_at(turn, youth, starts, asked)
    if soon is not None:
        due.plan(turn.conn, youth.id, talk_answers.SOON, str(number), soon, starts, about, turn.now)
    return Outcome("ok", about if wish is None else {**about, "item": wish.id})


def _times(deed: Deed, youth: Person) -> tuple[datetime, datetime] | None:
    """When the talk begins and when the youngster is asked; none when the question would come too late."""
    turn = deed.turn
    starts = _moment(turn, deed.answer("talk_day"), deed.answer("talk_hour"))
    asked = quieting.free_moment(turn, youth, talk_answers.PLANNED, turn.now + TAKE_BACK, "asks")
    if starts is None or starts < turn.now + EARLIEST or asked >= starts:
        return None
    return starts, asked


def remind_at(turn: Turn, youth: Person, starts: datetime, asked: datetime) -> datetime | None:
    """A day before, else two hours before; earlier out of a quiet hour. None when the question itself is as near."""
    for before in (DAY_BEFORE, HOURS_BEFORE):
        moment = quieting.free_moment(turn, youth, talk_answers.SOON, starts - before, "announces")
        if moment > asked + HOURS_BEFORE:
            return moment
    return None


def cancel(deed: Deed) -> Outcome:
    """Called off. Who heard of it hears that too; who did not hears nothing."""
    turn, youth = deed.turn, _youth(deed)
    number = deed.session.state.subject.get("appointment", 0)
    one = appointments.find(turn.conn, number) if number else None
    if youth is None or one is None or one.youth_id != youth.id:
        return GONE
    if one.starts_at <= turn.now or not appointments.cancel(turn.conn, one.id, deed.person.id):
        return GONE
    told = talk_endings.call_off(turn, one)
    return Outcome("told" if told else "ok", {"appointment": 0})


def _youth(deed: Deed) -> Person | None:
    number = deed.session.state.subject.get("youth")
    if not number or not deed.turn.allowed(
        deed.person, "plan_talk", about_youth(deed.turn, deed.person, number)
    ):
        return None
    return people.locked(deed.turn.conn, number)


def _reached(turn: Turn, youth: Person) -> bool:
    account = people.account_of(turn.conn, youth.id)
    return youth.state == "active" and account is not None and account.state == "active"


def _paused(turn: Turn, reader: Person, youth: Person) -> bool:
    """Whether a pause holds the question; what answers a wish to talk was asked for, and comes in a pause too."""
    paused = pauses.running(turn.conn, youth.id, turn.now) is not None
    return paused and talk_wishes.waiting(turn, reader.id, youth.id) is None


def _moment(turn: Turn, day: object, hour: object) -> datetime | None:
    try:
        wall = time(int(str(hour)[:2]), int(str(hour)[2:]))
        return to_utc(date.fromisoformat(str(day)), wall, turn.world.settings.zone)
    except ValueError:
        return None


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_talk_plan": open_plan,
    "check_talk": check,
    "plan_talk": plan,
    "cancel_talk": cancel,
}


# Facts


def days(ask: Asked) -> tuple[Option, ...]:
    """The coming two weeks, from the first day that still has an hour."""
    zone = ask.turn.world.settings.zone
    found = [ask.turn.today + timedelta(days=shift) for shift in range(DAYS_AHEAD + 1)]
    return tuple(
        Option(one.isoformat(), wording.day_label(ask.turn, ask.person, to_utc(one, time(12), zone)))
        for one in found
        if _free(ask.turn, one)
    )


def hours(ask: Asked) -> Callable[[Scope], tuple[Option, ...]]:
    """The half hours that lie ahead on the day that was just chosen."""

    def of_day(names: Scope) -> tuple[Option, ...]:
        day = date.fromisoformat(str(names["answers"]["talk_day"]))
        return tuple(Option(f"{wall:%H%M}", f"{wall:%H:%M}") for wall in _free(ask.turn, day))

    return of_day


def _free(turn: Turn, day: date) -> tuple[time, ...]:
    zone = turn.world.settings.zone
    return tuple(wall for wall in HOURS if to_utc(day, wall, zone) >= turn.now + EARLIEST)


def _one(ask: Asked) -> Appointment | None:
    number = ask.state.subject.get("appointment")
    one = appointments.find(ask.turn.conn, number) if number else None
    return one if one is not None and ask.person.id in (one.youth_id, one.by_id) else None


def moment(ask: Asked) -> str:
    one = _one(ask)
    return wording.day_and_clock(ask.turn, ask.person, one.starts_at) if one else ""


def preview(ask: Asked) -> Words:
    """What the youngster will read, word for word."""
    answers = ask.state.answers
    starts = _moment(ask.turn, answers.get("talk_day"), answers.get("talk_hour"))
    if starts is None:
        return Words("")
    youth = subject.youth(ask.turn, ask.state)
    return Words(
        ask.turn.phrase(
            "talk_asks_wish" if wish_open(ask) else "talk_asks",
            youth,
            talk_by=ask.person.name,
            talk_moment=wording.day_and_clock(ask.turn, youth, starts),
            way=ask.turn.phrase(f"talk_way_{answers.get('talk_way')}", youth),
        )
    )


def state(ask: Asked) -> str:
    """What the youngster said to it."""
    one = _one(ask)
    return ask.turn.phrase(f"talk_is_{one.state}", ask.person) if one else ""


def asks(ask: Asked) -> Words:
    """The question to the youngster, as the preview showed it."""
    one = _one(ask)
    if one is None:
        return Words("")
    return Words(
        ask.turn.phrase(
            "talk_asks_wish" if ask.state.subject.get(WISH) else "talk_asks",
            ask.person,
            talk_by=people.load(ask.turn.conn, one.by_id).name,
            talk_moment=moment(ask),
            way=ask.turn.phrase(f"talk_way_{one.way}", ask.person),
        )
    )


def by(ask: Asked) -> Words:
    one = _one(ask)
    return people.load(ask.turn.conn, one.by_id).name if one else Words("")


def wish_open(ask: Asked) -> bool:
    """Whether the youngster asked this professional to talk and that is open: planning does not close it."""
    number = ask.state.subject.get("youth")
    return bool(number) and talk_wishes.waiting(ask.turn, ask.person.id, number or 0) is not None


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "talk_wish_open": wish_open,
    "talk_days": days,
    "talk_hours": hours,
    "talk_preview": preview,
    "talk_state": state,
    "talk_moment": moment,
    "talk_asks": asks,
    "talk_by": by,
}

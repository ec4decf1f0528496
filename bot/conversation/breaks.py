"""A break of the programme: after twelve weeks at most the professional is asked whether it goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from bot.conversation import news, relay, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Turn
from bot.programme import breaks
from bot.schedule.local import to_utc
from bot.storage import due, duty, phases
from bot.storage.due import Due
from bot.storage.people import Person

KIND, NEWS = "break_look", "break_news"
PERIOD = "period"
ASKED_AT = time(10)
WEEKS = {f"w{weeks}": weeks for weeks in breaks.WEEKS_OFFERED}


def look_ahead(turn: Turn) -> None:
    """Once a day: every break has a day on which somebody is asked. Twice changes nothing."""
    for number in phases.ever_in(turn.conn, "paused"):
        began = breaks.since(phases.history(turn.conn, number))
        if began is not None and waits(turn, number) is None:
            _plan(turn, number, breaks.look_on(began))


def waits(turn: Turn, youth_id: int) -> Due | None:
    """The question that is planned for the break that goes on now."""
    last = phases.latest(turn.conn, youth_id)
    mine = (one for one in due.waiting_of(turn.conn, youth_id) if one.kind == KIND)
    return next((one for one in mine if one.subject["move"] == last), None)


def ask(turn: Turn, youth: Person, one: Due) -> str:
    """The own professional gets a neutral message, the colleague when they are away; again a week later."""
    last = phases.latest(turn.conn, youth.id)
    if breaks.since(phases.history(turn.conn, youth.id)) is None or one.subject["move"] != last:
        return "over"
    began = one.subject.get(PERIOD, turn.today.toordinal())
    _plan(turn, youth.id, turn.today + breaks.AGAIN, began)
    became = relay.ask_listener(turn, youth, one, NEWS)
    if became == "nobody":
        _tell_coordinators(turn, youth, began)
    return became


def _tell_coordinators(turn: Turn, youth: Person, began: int) -> None:
    """Nobody could be asked: somebody else is to know, once in each period that ends with a question."""
    organisation_id = duty.organisation_of(turn.conn, youth)
    if organisation_id is None:
        return
    about = {"news": news.BREAK_UNASKED, "youth": youth.id}
    key = f"break:{youth.id}:{phases.latest(turn.conn, youth.id)}:{began}"
    news.tell(turn, duty.staff(turn.conn, organisation_id, ("coordinator",)), about, key)


def _plan(turn: Turn, youth_id: int, day: date, began: int = 0) -> None:
    """*began*: the day on which the question of this period was first put, when it was."""
    last = phases.latest(turn.conn, youth_id)
    moment = max(to_utc(day, ASKED_AT, turn.world.settings.zone), turn.now)
    about = {"youth": youth_id, "move": last, **({PERIOD: began} if began else {})}
    key = f"{last}:{day}"
    if not due.plan(turn.conn, youth_id, KIND, key, moment, None, about, turn.now):
        due.again(turn.conn, youth_id, KIND, key, moment, None)


# What the dialogs ask for


def open_break(deed: Deed) -> Outcome:
    """The question itself, behind the code; over when the youngster is in no break any more."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    number = deed.session.state.subject.get("youth")
    if not number or not turn.allowed(person, "move_phase", about_youth(turn, person, number)):
        return GONE
    return OK if breaks.since(phases.history(turn.conn, number)) is not None else Outcome("over")


def keep_break(deed: Deed) -> Outcome:
    """It goes on: the day on which is asked again, twelve weeks from now at most."""
    opened = open_break(deed)
    weeks = WEEKS.get(str(deed.answer("break_weeks")))
    if opened != OK or weeks is None:
        return GONE if opened == OK else opened
    number = deed.session.state.subject["youth"]
    due.forget(deed.turn.conn, number, {KIND})
    _plan(deed.turn, number, deed.turn.today + timedelta(weeks=weeks))
    return OK


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"open_break": open_break, "keep_break": keep_break}


# Facts


def day_said(ask_: Asked, day: date | None) -> str:
    """A day in words, or nothing."""
    if day is None:
        return ""
    turn = ask_.turn
    return wording.day(turn, ask_.person, to_utc(day, time(12), turn.world.settings.zone))


def next_look(turn: Turn, youth_id: int) -> date | None:
    """On which day somebody is asked about the break that goes on; none without one."""
    began = breaks.since(phases.history(turn.conn, youth_id))
    if began is None:
        return None
    planned = waits(turn, youth_id)
    zone = turn.world.settings.zone
    return planned.not_before.astimezone(zone).date() if planned else breaks.look_on(began)


def _next(ask_: Asked) -> str:
    number = ask_.state.subject.get("youth")
    return day_said(ask_, next_look(ask_.turn, number)) if number else ""


def _since(ask_: Asked) -> str:
    number = ask_.state.subject.get("youth")
    return day_said(ask_, breaks.since(phases.history(ask_.turn.conn, number))) if number else ""


LOOKUPS: dict[str, Callable[[Asked], Any]] = {"break_since": _since, "break_next": _next}

"""A pause that a professional gives: of the chat, until a day. The youngster reads who chose it and goes on at will."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.conversation import choosing, pausing, quieting, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Turn
from bot.conversation.youth_moments import begin, out_of_quiet
from bot.storage import due, pauses, people
from bot.storage.due import Due
from bot.storage.pauses import Pause
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words

KIND = "pause_given"
"""The due moment at which the youngster hears that there is a pause, or that it was ended."""

TAKE_BACK = timedelta(minutes=2)
WEEKS = {"week": 1, "two": 2, "four": 4}
LONGEST = timedelta(weeks=4)
"""A pause that somebody else chose is short, and always has an end."""


def open_pause(deed: Deed) -> Outcome:
    """Whether a pause can be given now: *own* when they chose one themselves, *given* when one was given."""
    if not code_is_open(deed):
        return Outcome("code")
    youth = _youth(deed)
    return GONE if youth is None else Outcome(_hindered(deed.turn, youth) or "ok")


def check(deed: Deed) -> Outcome:
    """Whether the day that was chosen can be."""
    if not code_is_open(deed):
        return Outcome("code")
    if _youth(deed) is None:
        return GONE
    return OK if _until(deed) is not None else Outcome("past")


def give(deed: Deed) -> Outcome:
    """It begins at once; the youngster hears it after the time to take it back, outside quiet hours."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, youth, until = deed.turn, _youth(deed), _until(deed)
    if youth is None:
        return GONE
    hindered = _hindered(turn, youth)
    if hindered is not None:
        return Outcome(hindered)
    if until is None:
        return Outcome("past")
    number = pausing.begin(turn, youth, until, deed.person.id)
    _say(turn, youth, str(number), {"pause": number}, TAKE_BACK)
    return OK


def end(deed: Deed) -> Outcome:
    """Undone: who did not hear of the pause hears nothing, who did hears that it is over. Their own one stays."""
    turn, youth = deed.turn, _youth(deed)
    running = pauses.running(turn.conn, youth.id, turn.now) if youth is not None else None
    if youth is None or running is None or running.by_id is None:
        return GONE
    unheard = due.cancel(turn.conn, youth.id, KIND, str(running.id), turn.now, "undone")
    pausing.end(turn, youth)
    if unheard:
        return OK
    _say(turn, youth, f"{running.id}:over", {"pause": running.id, "over": 1}, timedelta(0))
    return Outcome("told")


def look(deed: Deed) -> Outcome:
    """How it stands when the youngster opens it."""
    running = pauses.running(deed.turn.conn, deed.person.id, deed.turn.now)
    if deed.session.state.subject.get("over"):
        return Outcome("over" if running else "ended")
    return Outcome("runs" if running and running.id == deed.session.state.subject.get("pause") else "over")


def tell(turn: Turn, youth: Person, one: Due) -> str:
    """They hear it once, unless they went on or chose otherwise meanwhile."""
    running = pauses.running(turn.conn, youth.id, turn.now)
    stands = running is None if "over" in one.subject else running is not None and _is(running, one)
    return (out_of_quiet(turn, youth, one) or begin(turn, youth, KIND, one)) if stands else "over"


def _is(running: Pause, one: Due) -> bool:
    return running.id == one.subject["pause"]


def _say(turn: Turn, youth: Person, occurrence: str, about: dict[str, int], after: timedelta) -> None:
    moment = quieting.free_moment(turn, youth, KIND, turn.now + after, "asks")
    due.plan(turn.conn, youth.id, KIND, occurrence, moment, None, about, turn.now)


def _hindered(turn: Turn, youth: Person) -> str | None:
    """Why no pause can be given; none when it can."""
    why = choosing.refused(turn, youth)
    if why in ("halted", "left"):
        return why
    account = people.account_of(turn.conn, youth.id)
    if youth.state != "active" or account is None or account.state != "active":
        return "alone"
    running = pauses.running(turn.conn, youth.id, turn.now)
    if running is None:
        return None
    return "own" if running.by_id is None else "given"


def _until(deed: Deed) -> date | None:
    chosen, today = str(deed.answer("how_long")), deed.turn.today
    until = today + timedelta(weeks=WEEKS[chosen]) if chosen in WEEKS else pausing.day_of(deed)
    return until if until is not None and today < until <= today + LONGEST else None


def _youth(deed: Deed) -> Person | None:
    turn, number = deed.turn, deed.session.state.subject.get("youth")
    if not number or not turn.allowed(deed.person, "pause_youth", about_youth(turn, deed.person, number)):
        return None
    return people.locked(turn.conn, number)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_pause": open_pause,
    "check_pause": check,
    "give_pause": give,
    "end_given_pause": end,
    "open_given_pause": look,
}


# Facts


def days(ask: Asked) -> tuple[Option, ...]:
    last = (ask.turn.today + LONGEST).isoformat()
    return tuple(one for one in pausing.days(ask) if one.key <= last)


def preview(ask: Asked) -> Words:
    """What the youngster will read, word for word."""
    turn, chosen = ask.turn, str(ask.state.answers.get("how_long"))
    youth = subject.youth(turn, ask.state)
    try:
        until = (
            turn.today + timedelta(weeks=WEEKS[chosen])
            if chosen in WEEKS
            else date.fromisoformat(str(ask.state.answers.get("pause_day")))
        )
    except ValueError:
        return Words("")
    moment = wording.day_and_clock(turn, youth, pausing.ends(turn, youth, until))
    return Words(turn.phrase("pause_given_said", youth, pause_by=ask.person.name, moment=moment))


def _given(ask: Asked) -> Pause | None:
    """The pause somebody was given, of the youngster themselves or of whom the dialog is about; never their own."""
    youth_id = ask.person.id if ask.person.role == "youth" else ask.state.subject.get("youth")
    running = pauses.running(ask.turn.conn, youth_id, ask.turn.now) if youth_id else None
    return running if running is not None and running.by_id is not None else None


def said(ask: Asked) -> Words:
    one = _given(ask)
    if one is None:
        return Words("")
    return Words(ask.turn.phrase("pause_given_said", ask.person, pause_by=_giver(ask), moment=_ends_at(ask)))


def _giver(ask: Asked) -> Words:
    one = _given(ask)
    return people.load(ask.turn.conn, one.by_id).name if one is not None and one.by_id else Words("")


def _ends_at(ask: Asked) -> str:
    one = _given(ask)
    return wording.day_and_clock(ask.turn, ask.person, one.until) if one is not None and one.until else ""


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "give_pause_days": days,
    "give_pause_preview": preview,
    "given_pause": said,
    "given_pause_by": _giver,
    "given_pause_until": _ends_at,
}

"""Practising with a made-up youngster: it asks, tries a challenge, answers, raises an alert, and is gone again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.conversation import made_up, relay, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.conversation.turn import Turn
from bot.storage import alerts, challenges, due, erasures, items, people, replies
from bot.storage.due import Due
from bot.storage.people import Person

BORN = "2004-03"
CAUSES = "skills"
LEVEL = "p1"
ALARM = "rehearsal"
CALM_AFTER = timedelta(minutes=30)
"""Before an acknowledgement that nobody handled stops counting: the chain of others is never reached."""


def begin(deed: Deed) -> Outcome:
    """A made-up youngster for a week; one at a time."""
    turn, person = deed.turn, deed.person
    if person.role != "professional":
        return GONE
    if made_up.of(turn.conn, person.id) is not None:
        return Outcome("running")
    values = {
        "role": "youth",
        "key": made_up.key(person.id),
        "practice": True,
        "state": made_up.STATE,
        "language": person.language,
        "born": BORN,
        "causes": CAUSES,
        "began_at": turn.now,
    }
    number = people.add(turn.conn, turn.phrase("made_up_name", person), turn.now, values)
    people.assign(turn.conn, number, person.id, "main", turn.now)
    ends, asks = turn.now + made_up.LASTS, turn.now + made_up.REACTS_AFTER
    due.plan(turn.conn, number, made_up.KIND, "over", ends, None, {"over": 1}, turn.now)
    due.plan(turn.conn, number, made_up.KIND, "wish", asks, None, {"wish": 1}, turn.now)
    turn.note(person, "begin_rehearsal", "person", person.id, None)
    return OK


def end(deed: Deed) -> Outcome:
    """It is gone, with everything it sent and got."""
    one = made_up.of(deed.turn.conn, deed.person.id)
    if one is None:
        return GONE
    _remove(deed.turn, one)
    deed.turn.note(deed.person, "end_rehearsal", "person", deed.person.id, None)
    return OK


def sound(deed: Deed) -> Outcome:
    """An alert about the made-up youngster: to who practises, and to nobody else, ever."""
    turn, person = deed.turn, deed.person
    one = made_up.of(turn.conn, person.id)
    if one is None:
        return GONE
    if alerts.running_about(turn.conn, one.id):
        return Outcome("running")
    words = turn.phrase("made_up_alert", person)
    values = {"level": LEVEL, "state": "sent", "sent_at": turn.now, "recipient_id": person.id}
    number = items.add(turn.conn, one.id, "alert", turn.now, words, **values)
    alerts.add(turn.conn, number, one.id, turn.now, level=LEVEL, kind=ALARM, organisation_id=None, drill=True)
    alerts.note(turn.conn, number, "raised", None, turn.now)
    alerts.note(turn.conn, number, "sent", person.id, turn.now)
    alerts.change(turn.conn, number, state="sent")
    relay.alert(turn, number, person.id, 0)
    moment, about = turn.now + CALM_AFTER, {"calmed": number}
    due.plan(turn.conn, one.id, made_up.KIND, f"calm:{number}", moment, None, about, turn.now)
    return OK


def happen(turn: Turn, youth: Person, one: Due) -> str:
    """What it does at a moment; who looks after it is the one who practises."""
    main = subject.main_of(turn, youth.id)
    match dict(one.subject):
        case {"over": _}:
            _remove(turn, youth)
        case {"calmed": number}:
            _calm(turn, number)
        case {"wish": _} if main is not None:
            said = turn.phrase("line_talk", youth), turn.phrase("made_up_wish", youth)
            _sends(turn, youth, main, "talk", "\n".join(said))
        case {"tried": number} if main is not None:
            _tries(turn, youth, main, number)
        case {"answered": number} if main is not None:
            _answers(turn, youth, main, number)
        case _:
            return "nobody_practises"
    return due.SENT


def _calm(turn: Turn, item_id: int) -> None:
    """An exercise that nobody ended would call again, and drown a real alert."""
    if alerts.load(turn.conn, item_id).state != "handled":
        handled = {"state": "handled", "handled_at": turn.now}
        alerts.change(turn.conn, item_id, outcome="false_alarm", **handled)
        items.change(turn.conn, item_id, handling="drill", **handled)
        alerts.note(turn.conn, item_id, "drill_ended", None, turn.now)


def _tries(turn: Turn, youth: Person, main: Person, challenge_id: int) -> None:
    given = challenges.current(turn.conn, youth.id)
    if given is None or given.id != challenge_id:
        return
    step = subject.ladder(turn, given, youth.language)[0]
    challenges.set_state(turn.conn, given.id, "active", turn.now)
    challenges.choose_step(turn.conn, given.id, step.key)
    _sends(turn, youth, main, "checkin", turn.phrase("made_up_checkin", youth, step=step.title))


def _answers(turn: Turn, youth: Person, main: Person, reply_id: int) -> None:
    """It writes back once; what answers that ends the talk."""
    reply = replies.find(turn.conn, reply_id)
    if reply is None:
        return
    items.reply_opened(turn.conn, reply.id, turn.now)
    if items.load(turn.conn, reply.item_id).reply_id is None:
        said = turn.phrase("line_answer_back", main, answer=turn.phrase("made_up_answer", youth))
        _sends(turn, youth, main, "talk", said, reply_id=reply.id)


def _sends(turn: Turn, youth: Person, to: Person, kind: str, said: str, **values: Any) -> None:
    number = items.add(turn.conn, youth.id, kind, turn.now, said, **values)
    relay.send_item(turn, number, to, turn.now)


def _remove(turn: Turn, one: Person) -> None:
    """Nothing of it is kept: it was nobody, so there is no proof and no line in the ledger either."""
    erasures.erase(turn.conn, one.id, turn.now)


def _until(ask: Asked) -> str:
    one = made_up.of(ask.turn.conn, ask.person.id)
    return wording.day(ask.turn, ask.person, one.created_at + made_up.LASTS) if one else ""


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "practises": lambda ask: made_up.of(ask.turn.conn, ask.person.id) is not None,
    "practises_until": _until,
}

ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "begin_rehearsal": begin,
    "end_rehearsal": end,
    "sound_rehearsal": sound,
}

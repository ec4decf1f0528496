"""Danger in what a youngster wrote: which conversation begins, and what follows on silence or on more words."""

from __future__ import annotations

from datetime import timedelta

from bot.buttons import fixed
from bot.conversation import alerting, talk, wording
from bot.conversation import care as cases
from bot.conversation.passing import CARE
from bot.conversation.turn import Opening, Turn
from bot.message import Button, Lane, Message, Promise
from bot.safety.finding import Finding
from bot.storage import alerts, care, due, items, sessions
from bot.storage.care import Case
from bot.storage.due import Due
from bot.storage.people import Person
from bot.storage.sessions import Session
from dialogs.events import Resumed
from dialogs.text import Span

ASK_AGAIN = timedelta(hours=24)
"""What is unsure is asked about once a day (care research 3.5)."""


def noticed(turn: Turn, person: Person, finding: Finding, words: str, *, edited: bool = False) -> str | None:
    """What follows on words with a *finding*: one word for the inbox, or none when they are ordinary words now.

    Of somebody who has not said yes nothing is kept, not even that this happened. Who stopped while a case was open
    or an alert ran is still heard in that one. An *edited* message begins no second alert beside one that runs.
    """
    waiting = care.open_of(turn.conn, person.id)
    crisis = finding.label == "crisis"
    serious = crisis or (waiting is not None and _counts_down(turn, waiting.id, person))
    if person.state != "active" and not (serious and waiting is not None):
        told = _running(turn, person, finding)
        if told is not None:
            return _told_again(turn, person, told, words, edited=edited)
        _tell_alone(turn, person)
        return "help"
    if edited and crisis and waiting is None:
        told = _running(turn, person, finding, words)
        if told is not None:
            return _told_again(turn, person, told, words, edited=True)
    if serious:
        return _begin(turn, person, "danger", _case_for(turn, person, waiting, finding, words, edited=edited))
    if care.noted(turn.conn, person.id, "asked", turn.now - ASK_AGAIN):
        return None
    if waiting is not None:
        cases.send_nothing(turn, person, waiting)
    care.note(turn.conn, person.id, "asked", turn.now)
    return _begin(turn, person, "concern", cases.open_case(turn, person, finding, words))


def more_words(turn: Turn, person: Person, one: Session, words: str) -> str:
    """What is typed while a question about danger stands on the screen goes where the first words went."""
    number = one.state.subject.get("case")
    case = care.load(turn.conn, number) if number else None
    if case is not None and case.state == "open":
        care.append(turn.conn, case, words)
    elif case is not None and case.item_id is not None and case.level != "p3":
        alerting.add_words(turn, case.item_id, words)
    else:
        return talk.unasked(turn, person)
    talk.proceed(turn, person, one, Resumed(), tapped=False)
    return "danger"


def silence(turn: Turn, person: Person, one: Due) -> str:
    """Nothing was answered: a person is told, and so is the youngster."""
    case = care.load(turn.conn, one.subject["case"])
    if case.state != "open":
        return "answered"
    told = cases.send(turn, person, case, "p2", silent=True)
    about = {"case": case.id} | ({"item": told.item_id} if told.item_id is not None else {})
    opening = Opening(Lane.ALERT, Promise.AT_LEAST_ONCE, dedupe_key=f"due:{one.id}")
    talk.begin(turn, person, "danger_told", about, opening, foreground=not _tells_of_staff(turn, person))
    return "sent"


def _begin(turn: Turn, person: Person, script: str, case_id: int) -> str:
    """Questions of an earlier case are over; a case that counts down stays counting."""
    for earlier in CARE:
        sessions.close(turn.conn, person.id, earlier, turn.now)
    talk.begin(turn, person, script, {"case": case_id})
    return script


def _case_for(
    turn: Turn, person: Person, waiting: Case | None, finding: Finding, words: str, *, edited: bool
) -> int:
    """The number of the case that now holds these words; those about staff never join one that staff would get."""
    if waiting is None:
        return cases.open_case(turn, person, finding, words)
    about, _ = cases.about_whom(turn, person, finding)
    if about == "staff" and waiting.about != "staff" and not (edited and words.strip() in waiting.words):
        if not _counts_down(turn, waiting.id, person):
            cases.send_nothing(turn, person, waiting)
        return cases.open_case(turn, person, finding, words)
    cases.joined(turn, waiting, finding, words, edited=edited)
    return waiting.id


def _running(turn: Turn, person: Person, finding: Finding, words: str = "") -> Case | None:
    """The latest case somebody works on that more words may go to: one that has them already, else a fitting one."""
    running = [
        case
        for one in reversed(alerts.running_about(turn.conn, person.id))
        if (case := care.of_item(turn.conn, one.item_id)) is not None
    ]
    holding = (case for case in running if words and _holds(turn, case, words))
    about, _ = cases.about_whom(turn, person, finding)
    fitting = (case for case in running if about != "staff" or case.about == "staff")
    return next(holding, None) or next(fitting, None)


def _holds(turn: Turn, case: Case, words: str) -> bool:
    """Whether these words stand in the alert of a case."""
    return case.item_id is not None and words.strip() in str(items.load(turn.conn, case.item_id).content)


def _told_again(turn: Turn, person: Person, case: Case, words: str, *, edited: bool) -> str:
    """A person works on it: the words go there (never to a wish for contact), and who that is is said again."""
    if case.item_id is not None and case.level != "p3" and not (edited and _holds(turn, case, words)):
        alerting.add_words(turn, case.item_id, words)
    return _begin(turn, person, "danger_told", case.id)


def _tells_of_staff(turn: Turn, person: Person) -> bool:
    """Whether words typed next are about staff: an answer about something else may not take them."""
    waiting = care.open_of(turn.conn, person.id)
    return (waiting is not None and waiting.about == "staff") or any(
        one.script == "talk_staff" for one in sessions.open_of(turn.conn, person.id)
    )


def _counts_down(turn: Turn, case_id: int, person: Person) -> bool:
    return any(
        one.kind == "danger_silence" and one.occurrence == str(case_id)
        for one in due.waiting_of(turn.conn, person.id)
    )


def _tell_alone(turn: Turn, person: Person) -> None:
    """Numbers, and that nobody is told. No dialog is stored; the question that was open stays open."""
    lines = wording.helplines_for(turn, person, person.born, turn.danger_kind)
    text = turn.phrase("danger_alone", person, helplines=lines)
    rows = tuple(
        (Button(turn.phrase(key, person), fixed(name)),)
        for key, name in (("go_on_button", "menu"), ("help_button", "help"))
    )
    turn.tell(person, Message((Span(text),), rows=rows))

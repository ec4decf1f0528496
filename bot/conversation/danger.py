"""Danger in what a youngster wrote: which conversation begins, and what follows on silence or on more words."""

from __future__ import annotations

from datetime import timedelta

from bot.buttons import fixed
from bot.conversation import alerting, talk, wording
from bot.conversation import care as cases
from bot.conversation.passing import CARE, LEAVES
from bot.conversation.turn import Opening, Turn
from bot.message import Button, Lane, Message, Promise
from bot.safety.finding import Finding
from bot.schedule.reading import is_working
from bot.storage import alerts, care, due, items, sessions
from bot.storage.care import Case
from bot.storage.due import Due
from bot.storage.people import Person
from bot.storage.sessions import Session
from dialogs.events import Resumed
from dialogs.text import Span
from dialogs.words import Words

NIGHT = timedelta(hours=8)
"""How long it holds that somebody was told that nobody reads now."""

ASK_AGAIN = timedelta(hours=24)
"""What is unsure is asked about once a day (care research 3.5)."""


def noticed(turn: Turn, person: Person, finding: Finding, words: str, *, edited: bool = False) -> str | None:
    """What follows on words with a *finding*: one word for the inbox, or none when they are ordinary words now.

    Of somebody who never said yes nothing is kept, not even that this happened. Who stopped, or whose parent or
    guardian stopped it, is heard when they write about danger: care goes on after a stop (PRODUCT rows 7 and 62), in
    the case that is open or the alert that runs.
    An *edited* message begins no second alert beside one that runs.
    """
    waiting = care.open_of(turn.conn, person.id)
    crisis = finding.label == "crisis"
    serious = crisis or (waiting is not None and _counts_down(turn, waiting.id, person))
    stopped = person.state != "active" and person.began_at is not None
    if person.state != "active" and not (stopped and serious):
        _tell_alone(turn, person)
        return "help"
    if (edited or stopped) and crisis and waiting is None:
        told = _running(turn, person, finding, words if edited else "")
        if told is not None:
            return _told_again(turn, person, told, words, edited=edited)
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
    elif case is not None and case.item_id is not None:
        alerting.add_words(turn, case.item_id, words)
    else:
        return talk.unasked(turn, person)
    talk.proceed(turn, person, one, Resumed(), tapped=False)
    return "danger"


def may_ask(turn: Turn, person: Person, finding: Finding, words: Words) -> bool:
    """Crisis always counts. What is unsure is not asked about the words of a button, nor of who asks for a person."""
    if finding.label == "crisis":
        return True
    latest = next(iter(sessions.open_of(turn.conn, person.id)), None)
    return latest is None or (latest.script not in LEAVES | CARE and not talk.offers(latest, words))


def say_limits(turn: Turn, person: Person) -> None:
    """Who types at night while a case is open hears once a night that nobody reads it (care research 3.3)."""
    settings = turn.world.settings
    if person.role != "youth" or is_working(turn.now, settings.working_hours, settings.zone):
        return
    waits = care.open_of(turn.conn, person.id) is not None
    if not waits and not any(not one.drill for one in alerts.running_about(turn.conn, person.id)):
        return
    if care.noted(turn.conn, person.id, "limits", turn.now - NIGHT) == 0:
        care.note(turn.conn, person.id, "limits", turn.now)
        turn.tell(person, Message((Span(turn.phrase("care_limits", person)),)))


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
    """The latest case somebody works on that more words may go to: one that has them already, else a fitting one.

    A wish for contact fits no cry for help, nor does the notice that a phone was used that was halted: those words
    begin a case of their own, with its question and its ten minutes.
    """
    running = [
        (case, one.level != "p3" and one.kind != cases.WROTE)
        for one in reversed(alerts.running_about(turn.conn, person.id))
        if (case := care.of_item(turn.conn, one.item_id)) is not None
    ]
    holding = (case for case, _ in running if words and _holds(turn, case, words))
    about, _ = cases.about_whom(turn, person, finding)
    fitting = (case for case, urgent in running if urgent and (about != "staff" or case.about == "staff"))
    return next(holding, None) or next(fitting, None)


def _holds(turn: Turn, case: Case, words: str) -> bool:
    """Whether these words stand in the alert of a case."""
    return case.item_id is not None and words.strip() in str(items.load(turn.conn, case.item_id).content)


def _told_again(turn: Turn, person: Person, case: Case, words: str, *, edited: bool) -> str:
    """A person works on it: the words go there, and who that is is said again."""
    if case.item_id is not None and not (edited and _holds(turn, case, words)):
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

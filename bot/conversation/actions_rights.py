"""What dialogs about rights may ask for: own data, erasure, taking back, stopping, and the letter to a guardian."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

from bot.age import age_on
from bot.authorize import Target
from bot.conversation import invited, paper_consent, relay, rights, subject, terms
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth
from bot.conversation.passing import CARE
from bot.conversation.turn import Opening
from bot.letter import Page, letter
from bot.message import Document, Lane, Message, Promise
from bot.schedule.quiet import moved
from bot.storage import consents, guardians, items, pauses, people, sessions, throttle
from bot.storage.people import Person
from dialogs.text import Span

CODE_DIGITS = 6
TRIES, TRIES_IN = 5, timedelta(hours=1)
PARAGRAPHS = ("letter_what", "letter_reads", "letter_you", "letter_kept", "letter_choice", "letter_danger")


def ask_erasure(deed: Deed) -> Outcome:
    rights.ask_erasure(deed.turn, deed.person)
    return OK


def undo_erasure(deed: Deed) -> Outcome:
    """When nothing waited to be erased any more, nothing is erased either."""
    rights.undo_erasure(deed.turn, deed.person)
    return OK


def send_my_data(deed: Deed) -> Outcome:
    """Only soon after the second question, and only to the person's own private chat."""
    if deed.turn.now - deed.session.updated_at > rights.CONFIRM_WITHIN:
        return Outcome("expired")
    return Outcome("sent") if rights.send_export(deed.turn, deed.person) else GONE


def open_my_item(deed: Deed) -> Outcome:
    number = str(deed.answer("mine") or "")
    if not number.isdecimal() or int(number) not in {
        one.id for one in items.sent_of(deed.turn.conn, deed.person.id)
    }:
        return GONE
    return Outcome("ok", {"item": int(number)})


def withdraw_item(deed: Deed) -> Outcome:
    number = deed.session.state.subject.get("item")
    if number is None:
        return GONE
    return Outcome(rights.withdraw(deed.turn, deed.person, items.load(deed.turn.conn, number)))


def see_who_looked(deed: Deed) -> Outcome:
    target = Target("person", deed.person.id, deed.person.id, "self")
    return OK if deed.turn.allowed(deed.person, "see_access", target) else GONE


def stop_using(deed: Deed) -> Outcome:
    """Withdrawing consent works at once: from now on nothing is kept and nothing unasked is sent.

    A question about danger stays open, as its ten minutes go on.
    """
    turn, person = deed.turn, deed.person
    if person.role != "youth" or person.state != "active":
        return GONE
    consents.add(turn.conn, person.id, terms.PURPOSE, False, terms.hash_of(turn.world.library), turn.now)
    turn.note(person, "consent_withdrawn", "person", person.id, person.id)
    people.change(turn.conn, person.id, state="refused")
    pauses.end(turn.conn, person.id, turn.now)
    relay.notify_staff(turn, person, "stopped")
    for one in sessions.open_of(turn.conn, person.id):
        if one.id != deed.session.id and one.script not in CARE:
            sessions.close(turn.conn, person.id, one.script, turn.now)
    return OK


def agree_terms(deed: Deed) -> Outcome:
    turn, person = deed.turn, deed.person
    consents.add(turn.conn, person.id, terms.PURPOSE, True, terms.hash_of(turn.world.library), turn.now)
    turn.note(person, "consent_given", "person", person.id, person.id)
    return OK


def guardian_letter(deed: Deed) -> Outcome:
    """A page in each language with a fresh code; the code of an earlier letter dies."""
    turn, person = deed.turn, deed.person
    youth = subject.youth(turn, deed.session.state)
    if not _may_note(deed, youth):
        return GONE
    code = f"{int.from_bytes(turn.world.random(8), 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
    if youth.state == people.ASSISTED:
        pages = paper_consent.pages(turn, person, guardian=True)
    else:
        pages = [_page(deed, language) for language in turn.world.library.languages]
    words = hashlib.sha256(repr(pages).encode()).hexdigest()
    guardians.add(turn.conn, youth.id, code, words, person.id, turn.now)
    document = Document(f"{turn.phrase('letter_file', person)}.pdf", letter(pages, code, turn.now))
    turn.tell(person, Message((Span(turn.phrase("letter_sent", person)),), document=document))
    return OK


def note_guardian(deed: Deed) -> Outcome:
    """The professional saw the signature and types the code that stands on the paper."""
    turn, person = deed.turn, deed.person
    youth = subject.youth(turn, deed.session.state)
    if not _may_note(deed, youth):
        return GONE
    who = people.lookup(turn.conn, "guardian", person.id)
    if throttle.count(turn.conn, "guardian", who, turn.now - TRIES_IN) >= TRIES:
        return Outcome("locked")
    words = guardians.note(turn.conn, youth.id, str(deed.answer("code")), person.id, turn.now)
    if words is None:
        throttle.hit(turn.conn, "guardian", who, turn.now)
        return Outcome("wrong")
    consents.add(turn.conn, youth.id, "guardian", True, words, turn.now)
    if youth.state == "too_young" and not invited.is_too_young(turn, youth):
        people.change(turn.conn, youth.id, state="started")
        settings = turn.world.settings
        moment = moved(turn.now, "asks", turn.band(youth), settings.quiet, settings.zone)
        opening = Opening(Lane.RELAY, Promise.AT_LEAST_ONCE, not_before=moment)
        turn.begin(youth, "welcome", {}, opening)
    return OK


def guardian_withdraws(deed: Deed) -> Outcome:
    """The channel stops and a talk begins; a child's words are neither shown nor erased."""
    turn, person = deed.turn, deed.person
    youth = subject.youth(turn, deed.session.state)
    known = guardians.latest(turn.conn, youth.id)
    if known is None or known.stand != "noted" or not _may_note(deed, youth):
        return GONE
    guardians.withdraw(turn.conn, known, person.id, turn.now)
    consents.add(turn.conn, youth.id, "guardian", False, "", turn.now)
    reached = youth.state in ("active", "started")
    if youth.state != people.ASSISTED:
        people.change(turn.conn, youth.id, state="too_young")
    if reached:
        settings = turn.world.settings
        moment = moved(turn.now, "asks", turn.band(youth), settings.quiet, settings.zone)
        opening = Opening(Lane.RELAY, Promise.AT_LEAST_ONCE, not_before=moment)
        turn.begin(youth, "guardian_told", {}, opening)
    listener = subject.listener(turn, youth.id)
    if listener is not None:
        said = turn.phrase("line_guardian_stopped", listener)
        item_id = items.add(turn.conn, youth.id, "talk", turn.now, said)
        relay.send_item(turn, item_id, listener, turn.now)
    return OK


def _may_note(deed: Deed, youth: Person) -> bool:
    young = youth.born is not None and age_on(youth.born, deed.turn.today) < invited.GUARDIAN_AGE
    about = about_youth(deed.turn, deed.person, youth.id)
    return young and deed.turn.allowed(deed.person, "note_guardian", about)


def _page(deed: Deed, language: str) -> Page:
    turn = deed.turn
    names = {"organisation": people.organisation_name(turn.conn, deed.person), "age": invited.GUARDIAN_AGE}

    def said(key: str) -> str:
        return turn.phrase_in(language, key, **names)

    return Page(
        language,
        said("letter_title"),
        tuple(said(key) for key in PARAGRAPHS),
        said("letter_code"),
        tuple(said("letter_blanks").split("|")),
    )


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "ask_erasure": ask_erasure,
    "undo_erasure": undo_erasure,
    "send_my_data": send_my_data,
    "open_my_item": open_my_item,
    "withdraw_item": withdraw_item,
    "see_who_looked": see_who_looked,
    "stop_using": stop_using,
    "agree_terms": agree_terms,
    "guardian_letter": guardian_letter,
    "note_guardian": note_guardian,
    "guardian_withdraws": guardian_withdraws,
}

"""Consent on paper for who has no account: a letter that the youngster signs from 16 on, noted with its code.

Under 16 a parent or guardian signs; that letter is made and noted by ``actions_rights``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.conversation import assisted, invited, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.conversation.turn import Turn
from bot.letter import Page, letter
from bot.message import Document, Message
from bot.storage import consents, guardians, people, throttle
from bot.storage.people import Person
from dialogs.text import Span

PURPOSE = "paper"
CODE_DIGITS = 6
TRIES, TRIES_IN = 5, timedelta(hours=1)
OWN = ("own_letter_what", "own_letter_reads", "own_letter_you", "own_letter_kept", "own_letter_danger")
GUARDIAN = ("letter_for_what", "letter_for_reads", "letter_for_you", "letter_for_kept", "letter_danger")
"""The paragraphs of both letters about taking part without an account."""


def pages(turn: Turn, person: Person, *, guardian: bool) -> list[Page]:
    """A page in each language: what is noted, who reads it, that it can be taken back."""
    return [_page(turn, person, language, guardian=guardian) for language in turn.world.library.languages]


def own_letter(deed: Deed) -> Outcome:
    """A page in each language with a fresh code; the code of an earlier letter dies."""
    turn, person = deed.turn, deed.person
    youth = _old_enough(deed)
    if youth is None:
        return GONE
    code = f"{int.from_bytes(turn.world.random(8), 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
    made = pages(turn, person, guardian=False)
    words = hashlib.sha256(repr(made).encode()).hexdigest()
    guardians.add(turn.conn, youth.id, code, words, person.id, turn.now, "self")
    document = Document(f"{turn.phrase('own_letter_file', person)}.pdf", letter(made, code, turn.now))
    turn.tell(person, Message((Span(turn.phrase("letter_sent", person)),), document=document))
    return OK


def note_own(deed: Deed) -> Outcome:
    """The professional saw the signature and types the code that stands on the paper."""
    turn, person = deed.turn, deed.person
    youth = _old_enough(deed)
    if youth is None:
        return GONE
    who = people.lookup(turn.conn, "guardian", person.id)
    if throttle.count(turn.conn, "guardian", who, turn.now - TRIES_IN) >= TRIES:
        return Outcome("locked")
    words = guardians.note(turn.conn, youth.id, str(deed.answer("code")), person.id, turn.now, "self")
    if words is None:
        throttle.hit(turn.conn, "guardian", who, turn.now)
        return Outcome("wrong")
    consents.add(turn.conn, youth.id, PURPOSE, True, words, turn.now)
    turn.note(person, "paper_consent_given", "person", youth.id, youth.id)
    return OK


def withdraw_own(deed: Deed) -> Outcome:
    """From now on nothing more is noted; what is there stays until somebody asks to erase it."""
    turn, youth = deed.turn, _old_enough(deed)
    known = guardians.latest(turn.conn, youth.id, "self") if youth is not None else None
    if youth is None or known is None or known.stand != "noted":
        return GONE
    guardians.withdraw(turn.conn, known, deed.person.id, turn.now)
    consents.add(turn.conn, youth.id, PURPOSE, False, "", turn.now)
    turn.note(deed.person, "paper_consent_withdrawn", "person", youth.id, youth.id)
    return OK


def undo_withdrawal(deed: Deed) -> Outcome:
    """Noted by mistake: the signed letter counts again."""
    turn, youth = deed.turn, _old_enough(deed)
    known = guardians.latest(turn.conn, youth.id, "self") if youth is not None else None
    if youth is None or known is None or known.stand != "withdrawn" or known.at.date() != turn.now.date():
        return GONE
    words = guardians.unwithdraw(turn.conn, known)
    consents.add(turn.conn, youth.id, PURPOSE, True, words, turn.now)
    turn.note(deed.person, "paper_consent_given", "person", youth.id, youth.id)
    return OK


def _old_enough(deed: Deed) -> Person | None:
    youth = assisted.mine(deed.turn, deed.person, deed.session.state)
    return youth if youth is not None and assisted.signer(deed.turn, youth) == "self" else None


def _page(turn: Turn, person: Person, language: str, *, guardian: bool) -> Page:
    names = {"organisation": people.organisation_name(turn.conn, person), "age": invited.GUARDIAN_AGE}

    def said(key: str) -> str:
        return turn.phrase_in(language, key, **names)

    return Page(
        language,
        said("letter_title" if guardian else "own_letter_title"),
        tuple(said(key) for key in (GUARDIAN if guardian else OWN)),
        said("letter_code"),
        tuple(said("letter_blanks" if guardian else "own_letter_blanks").split("|")),
    )


def day(ask: Asked) -> str:
    """Since when it stands as it does."""
    youth = assisted.seen(ask)
    known = guardians.latest(ask.turn.conn, youth.id, "self") if youth is not None else None
    return wording.day(ask.turn, ask.person, known.at) if known else ""


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "own_letter": own_letter,
    "note_own": note_own,
    "withdraw_own": withdraw_own,
    "undo_withdrawal": undo_withdrawal,
}
LOOKUPS: dict[str, Callable[[Asked], Any]] = {"paper_day": day}

"""Somebody was not there twice: a note of a person is drafted for the professional. Nothing goes by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import relay, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_item, about_youth, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.programme import attendance as rules
from bot.storage import attendance, halts, items, meetings, people
from bot.storage.items import Item
from bot.storage.meetings import Meeting
from bot.storage.people import Person
from dialogs.words import Words

NOTE = "note"


def look(turn: Turn, evening: Meeting, youth_ids: list[int]) -> None:
    """After the names were noted: a draft about each who was not there for the second time."""
    for youth_id in youth_ids:
        if not _twice(turn, youth_id, evening):
            continue
        main = subject.listener(turn, youth_id)
        if main is None:
            continue
        opening = Opening(
            lane=Lane.RELAY,
            promise=Promise.AT_LEAST_ONCE,
            not_before=relay.reading_moment(turn),
            silent=True,
            dedupe_key=f"absent:{youth_id}:{evening.id}",
        )
        turn.begin(main, "absent_note", {"youth": youth_id, "meeting": evening.id}, opening)


def _twice(turn: Turn, youth_id: int, evening: Meeting) -> bool:
    return rules.absent_twice(attendance.last_states(turn.conn, youth_id, evening.ends_at, 3))


def open_note(deed: Deed) -> Outcome:
    """What was noted may have been corrected since, and somebody may have stopped."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, youth = deed.turn, _youth(deed)
    if youth is None:
        return GONE
    evening = meetings.load(turn.conn, deed.row("meeting"))
    if not _twice(turn, youth.id, evening):
        return Outcome("over")
    return OK if _reached(turn, youth) else Outcome("unreachable")


def send_note(deed: Deed) -> Outcome:
    """The professional sends it, as it was drafted or in words of their own."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, person, youth = deed.turn, deed.person, _youth(deed)
    if youth is None:
        return GONE
    if not _reached(turn, youth):
        return Outcome("unreachable")
    said = deed.words("absent_words") or draft(turn, person, youth)
    one = own_note(turn, person, youth.id)
    number = items.answer(turn.conn, one, person.id, said, turn.now)
    relay.answer_youth(turn, youth, number)
    return Outcome("sent", {"item": one.id, "reply": number})


def own_note(turn: Turn, writer: Person, youth_id: int) -> Item:
    """What somebody of the staff writes without being asked: it answers nothing that the youngster sent."""
    handled: dict[str, Any] = {"handled_at": turn.now, "handled_by": writer.id}
    number = items.add(
        turn.conn, youth_id, NOTE, turn.now, state="handled", recipient_id=writer.id, **handled
    )
    one = items.load(turn.conn, number)
    turn.allow(writer, "answer_item", about_item(turn, writer, one))
    return one


def draft(turn: Turn, writer: Person, youth: Person) -> str:
    """A note without blame, in the language of who reads it, with the next evening when one is planned."""
    coming = meetings.upcoming(turn.conn, youth.group_id, turn.now) if youth.group_id else None
    day = wording.day(turn, youth, coming.starts_at) if coming else ""
    return turn.phrase("absent_draft", youth, youth_name=youth.name, staff_name=writer.name, day=day)


def _youth(deed: Deed) -> Person | None:
    number = deed.row("youth")
    target = about_youth(deed.turn, deed.person, number)
    return (
        people.load(deed.turn.conn, number) if deed.turn.allowed(deed.person, "see_youth", target) else None
    )


def _reached(turn: Turn, youth: Person) -> bool:
    account = people.account_of(turn.conn, youth.id)
    return account is not None and account.state == "active" and halts.running(turn.conn, youth.id) is None


def _shown(ask: Asked) -> Words:
    """What would be sent, exactly."""
    said = ask.state.answers.get("absent_words")
    if isinstance(said, Words):
        return said
    number = ask.row("youth")
    if not ask.turn.may_see(ask.person, "see_youth", about_youth(ask.turn, ask.person, number)):
        return Words("")
    return Words(draft(ask.turn, ask.person, people.load(ask.turn.conn, number)))


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_absent_note": open_note,
    "send_absent_note": send_note,
}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {"absent_note": _shown}

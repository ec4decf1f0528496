"""The hand-over card for who reads during a holiday: the evenings of those days, and who, where in the programme, on
which step, what was sent. Only what was shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import overview, relay, unread, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.storage import halts, holidays, items, meetings, people, phases
from bot.storage.holidays import Holiday
from bot.storage.people import Person
from dialogs.text import Span
from dialogs.words import Words

SCRIPT = "handover"
ON_A_PAGE = 5
SENT_SHOWN = 3
KINDS = ("checkin", "talk", "exercise", "scary")
PAGE = "page"


def readers(turn: Turn, one: Holiday) -> list[Person]:
    """Who reads in this holiday by what was chosen, and for whom there is somebody to read for."""
    mine = people.youngsters_of(turn.conn, one.person_id)
    if one.reads == "colleague" and one.reader_id is not None:
        return [people.load(turn.conn, one.reader_id)] if mine else []
    if one.reads is None:
        return []
    pairs = (people.looked_after_by(turn.conn, youth.id).get("backup") for youth in mine)
    return [people.load(turn.conn, number) for number in dict.fromkeys(n for n in pairs if n is not None)]


def put(turn: Turn, one: Holiday, when: str) -> None:
    """Put the card into the chat of each reader, once for each *when*."""
    for reader in readers(turn, one):
        opening = Opening(
            lane=Lane.RELAY,
            promise=Promise.AT_LEAST_ONCE,
            not_before=relay.reading_moment(turn),
            silent=True,
            dedupe_key=f"handover:{one.id}:{reader.id}:{when}",
        )
        turn.begin(reader, SCRIPT, {"absence": one.id}, opening)


def take_off(turn: Turn, one: Holiday, former: list[Person]) -> None:
    """Who does not read after all hears so."""
    who = people.load(turn.conn, one.person_id)
    for reader in former:
        said = turn.phrase(
            "handover_off", reader, staff_name=who.name, period=unread.said(turn, reader, one.days)
        )
        key = f"handover_off:{one.id}:{reader.id}:{turn.now.isoformat()}"
        opening = Opening(
            Lane.RELAY,
            Promise.AT_LEAST_ONCE,
            not_before=relay.reading_moment(turn),
            silent=True,
            dedupe_key=key,
        )
        turn.tell(reader, Message((Span(said),)), opening)


# What the dialog asks for


def open_handover(deed: Deed) -> Outcome:
    """The card, after the code; every youngster it names is written down. From the menu the first that is coming."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    one = _holiday(turn, person, deed.session.state.subject.get("absence"))
    if one is None:
        return Outcome("over")
    named = _named(turn, person, one)
    for youth in named:
        if not turn.allowed(person, "see_handover", about_youth(turn, person, youth.id)):
            return GONE
    return Outcome("ok", {"absence": one.id, PAGE: 0}) if named else Outcome("over")


def next_handover(deed: Deed) -> Outcome:
    """The next youngsters."""
    found = open_handover(deed)
    if found.result != "ok":
        return found
    return Outcome("ok", {PAGE: deed.session.state.subject.get(PAGE, 0) + 1})


def _holiday(turn: Turn, person: Person, number: int | None) -> Holiday | None:
    """The holiday the dialog is about, while this person reads in it."""
    mine = holidays.read_by(turn.conn, person.id, turn.now)
    return next((one for one in mine if number is None or one.id == number), None)


def _named(turn: Turn, person: Person, one: Holiday) -> list[Person]:
    halted = halts.halted(turn.conn)
    found = holidays.youngsters_for(turn.conn, one, person.id)
    return [youth for youth in found if youth.id not in halted and youth.state == "active"]


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_handover": open_handover,
    "next_handover": next_handover,
}


# Facts


def _about(ask: Asked) -> Holiday | None:
    return _holiday(ask.turn, ask.person, ask.state.subject.get("absence"))


def opener(ask: Asked) -> Words:
    """Who is away when, and for how many somebody reads then. No name of a youngster."""
    turn, one = ask.turn, _about(ask)
    if one is None:
        return Words(turn.phrase("handover_over", ask.person))
    who = people.load(turn.conn, one.person_id).name
    count = len(_named(turn, ask.person, one))
    days = unread.said(turn, ask.person, one.days)
    return Words(
        turn.phrase("handover_opener", ask.person, staff_name=who, period=days, count=count, one=count == 1)
    )


def card(ask: Asked) -> Words:
    """Youngster by youngster the fixed list, and what they sent by kind and day. No words: those went to one person."""
    turn, person, one = ask.turn, ask.person, _about(ask)
    if one is None:
        return Words(turn.phrase("handover_over", person))
    first = ask.state.subject.get(PAGE, 0) * ON_A_PAGE
    shown = _named(turn, person, one)[first : first + ON_A_PAGE]
    said = _evenings(ask, one, shown)
    for youth in shown:
        if not turn.may_see(person, "see_handover", about_youth(turn, person, youth.id)):
            continue
        lines = [overview.card(turn, person, youth), *_phase(ask, youth), *_sent(ask, one, youth)]
        said.append("\n".join(lines))
    return Words("\n\n".join(said))


def _evenings(ask: Asked, holiday: Holiday, shown: list[Person]) -> list[str]:
    """The evenings in those days of the groups they are in."""
    turn, reader = ask.turn, ask.person
    groups = dict.fromkeys(youth.group_id for youth in shown if youth.group_id is not None)
    lines = [
        turn.phrase(
            "handover_evening",
            reader,
            moment=wording.day_and_clock(turn, reader, evening.starts_at),
            place=evening.place,
            group_name=meetings.group_name(turn.conn, number),
        )
        for number in groups
        for evening in meetings.between(turn.conn, number, max(holiday.begins_at, turn.now), holiday.ends_at)
    ]
    return ["\n".join(lines)] if lines else []


def _phase(ask: Asked, youth: Person) -> list[str]:
    phase = phases.phase_of(ask.turn.conn, youth.id)
    if phase is None:
        return []
    return [
        ask.turn.phrase("handover_phase", ask.person, phase=ask.turn.phrase(f"phase_{phase}", ask.person))
    ]


def _sent(ask: Asked, holiday: Holiday, youth: Person) -> list[str]:
    """What went to somebody else, as to a confidant, is not theirs to hand over."""
    turn, own = ask.turn, (holiday.person_id, ask.person.id)
    shared = [
        one
        for one in items.sent_of(turn.conn, youth.id)
        if one.state in items.SHARED and one.recipient_id in own and one.kind in KINDS
    ]
    return [
        turn.phrase(
            "handover_sent",
            ask.person,
            kind=turn.phrase(f"handover_{one.kind}", ask.person),
            day=wording.day(turn, ask.person, one.sent_at or one.created_at),
            handled=one.state == "handled",
        )
        for one in shared[:SENT_SHOWN]
    ]


def has_more(ask: Asked) -> bool:
    one = _about(ask)
    shown = (ask.state.subject.get(PAGE, 0) + 1) * ON_A_PAGE
    return one is not None and len(_named(ask.turn, ask.person, one)) > shown


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "handover_opener": opener,
    "handover_card": card,
    "handover_more": has_more,
    "handover_staff": lambda ask: (
        people.load(ask.turn.conn, one.person_id).name
        if (one := _about(ask))
        else Words(ask.turn.phrase("somebody", ask.person))
    ),
    "has_handover": lambda ask: ask.person.role == "professional" and _about(ask) is not None,
}

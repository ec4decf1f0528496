"""Facts about danger: who is told or would be, when they read, and whether a person still works on an alert."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.conversation import care, wording
from bot.conversation.asked import Asked
from bot.storage import care as cases
from bot.storage import items, people
from bot.storage.care import Case
from bot.storage.people import Person
from dialogs.words import Words


def case_of(ask: Asked) -> Case | None:
    """The case a dialog is about."""
    number = ask.state.subject.get("case")
    return cases.load(ask.turn.conn, number) if number else None


def person(ask: Asked) -> Words:
    """Who has it, else who would get it."""
    case = case_of(ask)
    somebody = Words(ask.turn.phrase("somebody", ask.person))
    if case is None:
        return somebody
    if case.item_id is not None:
        recipient = items.load(ask.turn.conn, case.item_id).recipient_id
        return people.load(ask.turn.conn, recipient).name if recipient else somebody
    holder = care.would_get(ask.turn, ask.person, case).holder
    return holder.name if holder else somebody


def word(ask: Asked) -> str:
    """The youngster's own word for suicide, in the language they read."""
    case = case_of(ask)
    return ask.turn.phrase(f"word_{(case.word if case else '') or care.OWN_WORDS[-1]}", ask.person)


def reading(ask: Asked) -> str:
    """now, later or nobody: of what was sent as it is at this moment, else as it would be."""
    case = case_of(ask)
    if case is None:
        return "nobody"
    if case.state == "alerted":
        return care.standing(ask.turn, case).when
    return care.would_get(ask.turn, ask.person, case).when


def reads_from(ask: Asked) -> str:
    """*maandag 23 november vanaf 09:00*."""
    case = case_of(ask)
    if case is None:
        return ""
    known = case.state == "alerted"
    moment = (
        care.standing(ask.turn, case).reads_from
        if known
        else care.would_get(ask.turn, ask.person, case).reads_from
    )
    return _moment(ask, moment) if moment else wording.reading_from(ask)


def on_call(ask: Asked) -> Words | None:
    """Who would hear of danger at once, where others hear of the rest later: the one on call. None when nobody."""
    one = _called(ask)
    return one.name if one else None


def two(ask: Asked) -> bool:
    """Whether the one on call is somebody else than who would get the rest."""
    case, one = case_of(ask), _called(ask)
    if case is None or one is None:
        return False
    usual = care.would_get(ask.turn, ask.person, case).holder
    return usual is not None and usual.id != one.id


def _called(ask: Asked) -> Person | None:
    case = case_of(ask)
    if case is None or case.state == "alerted":
        return None
    now = care.would_get(ask.turn, ask.person, case, "p1")
    usual = care.would_get(ask.turn, ask.person, case)
    if now.holder is None or now.when != "now" or usual.when == "now":
        return None
    return now.holder


def can_avoid(ask: Asked) -> bool:
    """Whether "not this person" still can be said: before it leaves of one person, after that of each who gets it."""
    case = case_of(ask)
    if case is None or reading(ask) == "nobody":
        return False
    return case.excluded_id is None if case.item_id is None else care.has_it(ask.turn, case) is not None


def confidant(ask: Asked) -> Words:
    """Who hears what is said about the own professional."""
    one = care.confidant(ask.turn, ask.person)
    return one.name if one else Words(ask.turn.phrase("somebody", ask.person))


def has_confidant(ask: Asked) -> bool:
    """Whether there is somebody besides the own professional."""
    return care.confidant(ask.turn, ask.person) is not None


def _of_case(choose: Callable[[Case], Any], otherwise: Any) -> Callable[[Asked], Any]:
    def look(ask: Asked) -> Any:
        case = case_of(ask)
        return choose(case) if case else otherwise

    return look


def _moment(ask: Asked, moment: datetime) -> str:
    turn, one = ask.turn, ask.person
    day, time = wording.day(turn, one, moment), wording.clock(turn, one, moment)
    return turn.phrase("day_from", one, day=day, time=time)


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "care_kind": _of_case(lambda case: case.kind, ""),
    "care_word": word,
    "care_person": person,
    "care_reading": reading,
    "care_reads_from": reads_from,
    "care_on_call": on_call,
    "care_two": two,
    "care_level": _of_case(lambda case: case.level or "", ""),
    "care_can_avoid": can_avoid,
    "care_explicit": _of_case(lambda case: case.explicit and not case.quoted, False),
    "care_stated": _of_case(lambda case: case.explicit or bool(case.kind), False),
    "care_waits": _of_case(lambda case: case.state == "open", False),
    "care_silent": _of_case(lambda case: case.silent, False),
    "care_wiped": _of_case(lambda case: case.wiped, False),
    "confidant": confidant,
    "has_confidant": has_confidant,
}

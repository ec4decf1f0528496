"""Facts for dialogs about rights: what was sent and how it stands, erasure, who looked, the letter to a guardian."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.age import age_on
from bot.conversation import invited, looking, rights, terms, wording
from bot.conversation.asked import Asked
from bot.conversation.scary import OVER
from bot.conversation.world import PRIVATE_FOR
from bot.storage import erasures, guardians, items, people
from bot.storage.items import Item
from dialogs.effects import Option
from dialogs.words import Words

MOST_SHOWN = 8


def sent_items(ask: Asked) -> tuple[Option, ...]:
    found = items.sent_of(ask.turn.conn, ask.person.id)[:MOST_SHOWN]
    return tuple(Option(str(one.id), _label(ask, one)) for one in found)


def sent_state(ask: Asked) -> str:
    """How something the youngster sent stands, with the day on which it was opened."""
    one = _item(ask)
    if one is None:
        return ""
    moment = one.opened_at or one.handled_at or one.sent_at
    key = "mine_over" if one.handling == OVER else f"mine_{one.state}"
    return ask.turn.phrase(
        key,
        ask.person,
        reader=_reader(ask, one),
        moment=wording.day_and_clock(ask.turn, ask.person, moment) if moment else "",
    )


def can_take_back(ask: Asked) -> bool:
    one = _item(ask)
    return one is not None and one.state == "sent" and one.kind != "alert"


def sent_to(ask: Asked) -> Words:
    """Who got what the dialog is about."""
    one = _item(ask)
    return Words(_reader(ask, one) if one else "")


def sent_text(ask: Asked) -> Words:
    """What was sent, as long as it is kept."""
    one = _item(ask)
    if one is None:
        return Words("")
    return one.content or Words(ask.turn.phrase("words_gone", ask.person))


def erasure_day(ask: Asked) -> str:
    known = erasures.pending(ask.turn.conn, ask.person.id)
    if known is not None:
        return rights.day_of(ask.turn, ask.person, known)
    return wording.day_and_clock(ask.turn, ask.person, ask.turn.now + erasures.UNDO_FOR)


def guardian_stand(ask: Asked) -> str:
    known = guardians.latest(ask.turn.conn, ask.row("youth"))
    return known.stand if known else "none"


def guardian_day(ask: Asked) -> str:
    known = guardians.latest(ask.turn.conn, ask.row("youth"))
    return wording.day(ask.turn, ask.person, known.at) if known else ""


def guardian_asked(ask: Asked) -> bool:
    """Whether the opened youngster is one for whom a guardian agrees."""
    if "youth" not in ask.state.subject:
        return False
    youth = people.find(ask.turn.conn, ask.row("youth"))
    lower = ask.turn.world.settings.minimum_age < invited.GUARDIAN_AGE
    return (
        youth is not None
        and (lower or youth.state == people.ASSISTED)
        and youth.born is not None
        and age_on(youth.born, ask.turn.today) < invited.GUARDIAN_AGE
    )


def _item(ask: Asked) -> Item | None:
    number = ask.state.subject.get("item")
    if number is None:
        return None
    one = items.load(ask.turn.conn, number)
    return one if one.youth_id == ask.person.id else None


def _reader(ask: Asked, one: Item) -> str:
    reader = people.find(ask.turn.conn, one.recipient_id) if one.recipient_id else None
    return str(reader.name) if reader else ask.turn.phrase("somebody", ask.person)


def _label(ask: Asked, one: Item) -> str:
    day = wording.day(ask.turn, ask.person, one.sent_at or one.created_at)
    return ask.turn.phrase(
        "mine_label", ask.person, day=day, stand=ask.turn.phrase(f"short_{one.state}", ask.person)
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "sent_items": sent_items,
    "has_sent_items": lambda ask: (
        ask.person.role == "youth" and bool(items.sent_of(ask.turn.conn, ask.person.id))
    ),
    "sent_state": sent_state,
    "sent_to": sent_to,
    "sent_text": sent_text,
    "can_take_back": can_take_back,
    "erasure_asked": lambda ask: erasures.pending(ask.turn.conn, ask.person.id) is not None,
    "erasure_day": erasure_day,
    "alert_open": lambda ask: erasures.waits_for_alert(ask.turn.conn, ask.person.id),
    "files_gone": lambda ask: wording.day_and_clock(ask.turn, ask.person, ask.turn.now + PRIVATE_FOR),
    "who_looked": lambda ask: "\n".join(looking.lines(ask.turn, ask.person, looking.MOST_IN_CHAT)),
    "looked_more": lambda ask: looking.count(ask.turn, ask.person) > looking.MOST_IN_CHAT,
    "terms_seen": lambda ask: terms.shown(ask.turn, ask.person, 0),
    "terms_more": lambda ask: terms.shown(ask.turn, ask.person, 1),
    "officer": lambda ask: ask.turn.world.settings.officer,
    "guardian_stand": guardian_stand,
    "guardian_day": guardian_day,
    "guardian_asked": guardian_asked,
}

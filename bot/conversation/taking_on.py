"""What staff do with a sign-up: look, write into the chat it came from, note that nobody answered, refer, take on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.authorize import Action, Relation, Target
from bot.conversation import elsewhere, guests, handle, sign_up_news, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, code_is_open
from bot.conversation.turn import Turn
from bot.message import Message
from bot.programme.lifecycle import UNDO_WITHIN
from bot.storage import organisations, sign_ups
from bot.storage.people import Person
from bot.storage.sign_ups import SignUp
from dialogs.effects import Option
from dialogs.text import Span
from dialogs.words import Words

REFERRED = ("care", "district_team", "school", "other", "no_contact")
"""Where somebody was helped on to. *no_contact*: tried, and nobody was reached."""


def about(turn: Turn, actor: Person, one: SignUp) -> Target:
    """A sign-up as the object of an action: for who leads a group there, and for the coordinator; for no tester."""
    relation: Relation = "none"
    if actor.organisation_id == one.organisation_id and not actor.practice:
        leads = actor.id in sign_ups.leaders(turn.conn, one)
        relation = "leads_group" if leads else "organisation" if actor.role == "coordinator" else "none"
    return Target("sign_up", one.id, None, relation)


def visible(turn: Turn, person: Person) -> list[SignUp]:
    """The open sign-ups somebody may see, oldest first."""
    if person.organisation_id is None or person.role not in ("professional", "coordinator"):
        return []
    found = sign_ups.open_of(turn.conn, person.organisation_id)
    return [one for one in found if about(turn, person, one).relation != "none"]


# What the dialogs ask for


def open_sign_up(deed: Deed) -> Outcome:
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    token = deed.answer("sign_up")
    known = deed.session.state.subject.get("sign_up")
    number = handle.meant(turn, person, "sign_up", token) if token is not None else known
    one = sign_ups.load(turn.conn, number) if number is not None else None
    if one is None or not turn.allowed(person, "see_sign_up", about(turn, person, one)):
        return GONE
    return Outcome("ok", {"sign_up": one.id}) if one.state == sign_ups.OPEN else GONE


def note_not_reached(deed: Deed) -> Outcome:
    """Nobody answered: it stays, with how often that was; whoever signed up in the chat reads it there."""
    turn = deed.turn
    one = _mine(deed, "handle_sign_up")
    if isinstance(one, Outcome):
        return one
    if not sign_ups.tried(turn.conn, one.id, turn.now):
        return GONE
    name = deed.person.name
    sign_up_news.answer(turn, one, "sign_up_tried", f"tried:{one.id}:{one.tries + 1}", staff_name=name)
    return OK


def refer_sign_up(deed: Deed) -> Outcome:
    """Helped on to somebody else, with the reason; a second colleague is told that it was done."""
    turn, person = deed.turn, deed.person
    one = _mine(deed, "handle_sign_up")
    why = str(deed.answer("referred"))
    if isinstance(one, Outcome):
        return one
    if why not in REFERRED:
        return GONE
    done = sign_ups.settle(turn.conn, one.id, "referred", why, person.id, turn.now)
    return OK if done else GONE


def reopen_sign_up(deed: Deed) -> Outcome:
    """Undo, for a day and by whoever did it."""
    one = _mine(deed, "handle_sign_up")
    if isinstance(one, Outcome):
        return one
    since = deed.turn.now - UNDO_WITHIN
    return OK if sign_ups.reopen(deed.turn.conn, one.id, deed.person.id, since) else GONE


def write_sign_up(deed: Deed) -> Outcome:
    """Words of a professional, into the chat of whoever signed up; answers there are taps or a number.

    Never to somebody under the age that Telegram asks for: a person calls.
    """
    turn, person = deed.turn, deed.person
    one, said = _mine(deed, "handle_sign_up"), deed.words("reply")
    if isinstance(one, Outcome):
        return one
    if not said or one.state != sign_ups.OPEN:
        return GONE
    chat = sign_up_news.chat_of(turn, one)
    if chat is None:
        return Outcome("unreachable")
    host = {number: name for number, _, name in organisations.every(turn.conn)}[one.organisation_id]
    head = turn.phrase_in(one.language, "sign_up_writes", staff_name=person.name, host=host)
    opening = sign_up_news.opening(turn, one, None)
    turn.send(None, chat, Message((Span(f"{head}\n\n"), Span(said, "words"))), opening)
    language, turn.stranger_language = turn.stranger_language, one.language
    guests.begin(turn, chat, "sign_up_called", {"sign_up": one.id}, opening=opening)
    turn.stranger_language = language
    return Outcome("sent")


def _mine(deed: Deed, action: Action) -> SignUp | Outcome:
    """The sign-up, for who may do this with it now; else why not."""
    if not code_is_open(deed):
        return Outcome("code")
    number = deed.session.state.subject.get("sign_up")
    one = sign_ups.locked(deed.turn.conn, number) if number else None
    if one is None or not deed.turn.allowed(deed.person, action, about(deed.turn, deed.person, one)):
        return GONE
    return one


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_sign_up": open_sign_up,
    "note_not_reached": note_not_reached,
    "refer_sign_up": refer_sign_up,
    "reopen_sign_up": reopen_sign_up,
    "write_sign_up": write_sign_up,
}


# Facts


def one_of(ask: Asked) -> SignUp | None:
    """The sign-up a dialog of staff is about, for who may see it now."""
    number = ask.state.subject.get("sign_up")
    one = sign_ups.load(ask.turn.conn, number) if number else None
    if one is None or not ask.turn.may_see(ask.person, "see_sign_up", about(ask.turn, ask.person, one)):
        return None
    return one


def options(ask: Asked) -> tuple[Option, ...]:
    turn, person = ask.turn, ask.person
    return tuple(
        Option(
            handle.named(turn, person, "sign_up", one.id),
            turn.phrase(
                "sign_up_line", person, first_name=one.name, age_group=one.age_group, age=_age(turn, one)
            ),
        )
        for one in visible(turn, person)
    )


def card(ask: Asked) -> Words:
    """Everything that was left, in lines; nothing more is known."""
    turn, person, one = ask.turn, ask.person, one_of(ask)
    if one is None:
        return Words("")
    towns = {town.id: town.name for town in sign_ups.towns(turn.conn)}
    said = turn.phrase(
        "sign_up_card",
        person,
        first_name=one.name,
        town=towns.get(one.municipality_id, ""),
        age_group=one.age_group,
        reach=turn.phrase(f"reach_{one.reach}", person),
        contact=one.contact,
        day=wording.day(turn, person, one.at),
        age=_age(turn, one),
        tries=one.tries,
    )
    young = turn.phrase("sign_up_young", person, minimum_age=turn.world.settings.minimum_age)
    far = elsewhere.of_sign_up(turn, person, one)
    return Words("\n\n".join(part for part in (said, young if one.young else "", far) if part))


def in_chat(ask: Asked) -> bool:
    one = one_of(ask)
    return one is not None and sign_up_news.chat_of(ask.turn, one) is not None


def gets_link(turn: Turn, one: SignUp) -> bool:
    """Whether the way in goes to their own chat as a button: only for who wants to be reached there."""
    return one.reach == "chat" and sign_up_news.chat_of(turn, one) is not None


def _age(turn: Turn, one: SignUp) -> int:
    return max(0, (turn.now - one.at) // timedelta(days=1))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "sign_ups": options,
    "has_sign_ups": lambda ask: bool(visible(ask.turn, ask.person)),
    "sign_up_card": card,
    "sign_up_name": lambda ask: one.name if (one := one_of(ask)) else Words(""),
    "sign_up_in_chat": in_chat,
    "sign_up_gets_link": lambda ask: (one := one_of(ask)) is not None and gets_link(ask.turn, one),
    "from_sign_up": lambda ask: one_of(ask) is not None,
    "sign_up_waits": lambda ask: (one := one_of(ask)) is not None and one.state == sign_ups.OPEN,
}

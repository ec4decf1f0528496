"""What comes to staff by itself: words that are wiped, and what is left too long."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import news, reader_news, relay, scary, subject, talk_wishes
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.storage import due, duty, items, people
from bot.storage.due import Due
from bot.storage.items import Item
from bot.storage.people import Person
from dialogs.text import Span

LEFT_AGAIN = timedelta(days=7)
"""How often whoever coordinates hears of what two people left open."""


def wipe(turn: Turn, person: Person, one: Due) -> str:
    """Personal words disappear from the chat of staff within a day."""
    account = people.account_of(turn.conn, person.id)
    if account is None:
        return "no_account"
    # A picture cannot be turned into a text: it goes as a whole.
    gone = bool(one.subject.get("picture"))
    message = Message((), do="delete") if gone else Message((Span(turn.phrase("wiped", person)),), do="edit")
    opening = Opening(Lane.TIDY, Promise.IDEMPOTENT)
    turn.send(person.id, account, message, opening, edits=one.subject["message"])
    return due.SENT


def item_again(turn: Turn, one: Due) -> str:
    """Half-way, and once: whoever has it hears that it is still open."""
    waiting, reader = items.load(turn.conn, one.subject["item"]), one.subject["reader"]
    if waiting.state not in items.WAITING or waiting.recipient_id != reader or scary.is_let_go(turn, waiting):
        return "handled"
    if talk_wishes.put_off(turn, waiting, one, relay.REPEATED_AFTER):
        return "moved"
    relay.to_professional(turn, waiting, people.load(turn.conn, reader), turn.now.isoformat(), again=True)
    return due.SENT


def item_age(turn: Turn, one: Due) -> str:
    """Nobody handled it in time: the colleague may read it now, and the youngster is told.

    It goes over once. When the colleague leaves it as well, whoever coordinates hears of it every week.
    """
    waiting = items.load(turn.conn, one.subject["item"])
    if waiting.state not in items.WAITING or waiting.recipient_id is None or scary.is_let_go(turn, waiting):
        return "handled"
    if talk_wishes.put_off(turn, waiting, one, relay.AGES_AFTER):
        return "moved"
    first = people.load(turn.conn, waiting.recipient_id)
    if waiting.passed_on_at is not None and duty.reachable(turn.conn, first.id, turn.now):
        return _left_by_both(turn, waiting, one)
    colleague = _next_reader(turn, waiting, first)
    if colleague is None:
        turn.alarm("nobody_reads", waiting.reference)
        tomorrow = turn.now + timedelta(days=1)
        due.replan(turn.conn, one.person_id, one.kind, one.occurrence, tomorrow, None)
        return "moved"
    relay.hand_over(turn, waiting, colleague)
    items.change(turn.conn, waiting.id, passed_on_at=turn.now)
    youth = people.load(turn.conn, waiting.youth_id)
    # Who stopped is not told: a talk that a guardian's letter led to was no message of theirs.
    key = f"aged:{waiting.id}:{colleague.id}:{turn.today}"
    reader_news.tell(turn, youth, reader_news.LEFT, first, colleague, key)
    return "moved"


def _left_by_both(turn: Turn, waiting: Item, one: Due) -> str:
    """Two people had it, and it is still open: no third message to the youngster, a person asks what is going on."""
    youth = people.load(turn.conn, waiting.youth_id)
    organisation = duty.organisation_of(turn.conn, youth)
    told = (
        [
            other
            for other in duty.staff(turn.conn, organisation, ("coordinator",))
            if other.id != waiting.recipient_id
        ]
        if organisation is not None
        else []
    )
    if told:
        about = {"news": news.LEFT_OPEN, "item": waiting.id}
        news.tell(turn, told, about, f"left:{waiting.id}:{turn.today}")
    else:
        turn.alarm("nobody_reads", waiting.reference)
    later = relay.reading_moment(turn) + LEFT_AGAIN
    due.replan(turn.conn, one.person_id, one.kind, one.occurrence, later, None)
    return "moved"


def _next_reader(turn: Turn, waiting: Item, first: Person) -> Person | None:
    """The other professional; what went past the professionals on purpose stays with confidants and coordinators."""
    youth = people.load(turn.conn, waiting.youth_id)
    if first.role == "professional":
        found = subject.reachable(turn, youth.id)
    else:
        organisation = duty.organisation_of(turn.conn, youth)
        roles = ("confidant", "coordinator")
        others = duty.staff(turn.conn, organisation, roles) if organisation is not None else []
        found = [one for one in others if duty.reachable(turn.conn, one.id, turn.now)]
    return next((one for one in found if one.id != waiting.recipient_id), None)

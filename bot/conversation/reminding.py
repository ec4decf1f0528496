"""Due moments about emergency cards: one that is missing, and one that was opened."""

from __future__ import annotations

from datetime import time, timedelta

from bot.conversation import relay, talk
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule.escalation import next_working_day
from bot.schedule.local import to_utc
from bot.storage import cards, due, errands, people
from bot.storage.due import Due
from bot.storage.people import Person

KINDS = frozenset({"card_missing", "card_told"})
ASKED_AGAIN = (timedelta(0), timedelta(days=2), timedelta(days=7))
"""How long after the next working day the professional is asked for a card that is missing."""


def plan_card(turn: Turn, youth: Person) -> None:
    """Nobody real is admitted without a card: ask for it until it is there."""
    if youth.practice:
        return
    settings = turn.world.settings
    first = next_working_day(turn.now, settings.working_hours, settings.zone)
    for number, after in enumerate(ASKED_AGAIN):
        about = {"youth": youth.id}
        due.plan(turn.conn, youth.id, "card_missing", str(number), first + after, None, about, turn.now)


def happen(turn: Turn, youth: Person, one: Due) -> str:
    """Let one of these moments happen; the outcome in one word."""
    if one.kind == "card_told":
        return _told(turn, youth, one)
    if cards.has(turn.conn, youth.id) or youth.state not in ("invited", "started", "active", people.ASSISTED):
        return "filled"
    main = people.looked_after_by(turn.conn, youth.id).get("main")
    if main is None:
        return "nobody"
    if _asked_today(turn, main):
        # One a day: the question names nobody, and four alike say no more than one.
        settings = turn.world.settings
        later = next_working_day(turn.now, settings.working_hours, settings.zone)
        due.replan(turn.conn, youth.id, one.kind, one.occurrence, later, one.not_after, "one_a_day")
        return "moved"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.WHILE_VALID,
        not_before=relay.reading_moment(turn),
        silent=True,
        dedupe_key=f"due:{one.id}",
    )
    turn.begin(people.load(turn.conn, main), "emergency_card", {"youth": youth.id}, opening)
    return "sent"


def _asked_today(turn: Turn, main: int) -> bool:
    midnight = to_utc(turn.today, time(), turn.world.settings.zone)
    return any(
        due.sent_moments(turn.conn, one.id, frozenset({"card_missing"}), midnight)
        for one in people.youngsters_of(turn.conn, main, None)
    )


def _told(turn: Turn, youth: Person, one: Due) -> str:
    """The youngster hears who opened the card, and why."""
    opening = Opening(Lane.REMINDER, Promise.AT_LEAST_ONCE, dedupe_key=f"due:{one.id}")
    if youth.state == people.ASSISTED:
        # A person tells it, by the list of what cannot be sent.
        errands.add(turn.conn, youth.id, "card_told", one.occurrence, one.subject, turn.now)
    elif talk.begin(turn, youth, "card_told", one.subject, opening, foreground=False) is None:
        return "not_reachable"
    cards.told(turn.conn, one.subject["view"], turn.now)
    return "sent"

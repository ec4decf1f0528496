"""From a youngster to their professional and back: neutral messages that open on a tap, at the right hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation import subject
from bot.conversation.turn import Opening, Start, Turn
from bot.message import Lane, Promise
from bot.schedule.quiet import is_quiet
from bot.schedule.reading import next_reading
from bot.storage import due, items, journal
from bot.storage.due import Due
from bot.storage.items import Item
from bot.storage.people import Person

AGES_AFTER = timedelta(days=2)
"""An item nobody handled goes to the colleague after two working days."""


def reading_moment(turn: Turn) -> datetime:
    """Now inside working hours, else when they begin."""
    settings = turn.world.settings
    return next_reading(turn.now, settings.working_hours, settings.zone)


def ask_listener(turn: Turn, youth: Person, one: Due, script: str, **rows: int) -> str:
    """A neutral question about a youngster for who listens now: the colleague when the own professional is away.

    What became of the moment *one*, as in ``moments``.
    """
    professional = subject.listener(turn, youth.id)
    if professional is None:
        return "nobody"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=reading_moment(turn),
        silent=True,
        dedupe_key=f"due:{one.id}",
    )
    turn.begin(professional, script, {"youth": youth.id, **rows}, opening)
    return due.SENT


def to_professional(turn: Turn, one: Item, professional: Person, occurrence: str = "") -> None:
    """Put a neutral message about an item into the professional's chat, silently, in working hours.

    Once for each *occurrence*: what came back to somebody is said again.
    """
    key = f"item:{one.id}:{professional.id}"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.RELAY,
        not_before=reading_moment(turn),
        silent=True,
        doubt=turn.phrase("doubt_relay", professional),
        dedupe_key=f"{key}:{occurrence}" if occurrence else key,
    )
    turn.begin(professional, "read_item", {"item": one.id}, opening)


def send_item(turn: Turn, item_id: int, professional: Person, now: datetime) -> Item:
    """An item leaves the youngster: noted as sent, relayed, and due to age."""
    items.change(turn.conn, item_id, state="sent", sent_at=now, recipient_id=professional.id)
    one = items.load(turn.conn, item_id)
    to_professional(turn, one, professional)
    plan_ageing(turn, one)
    return one


def hand_over(turn: Turn, one: Item, colleague: Person) -> None:
    """Somebody else reads it from now on, and has as long as the first one had."""
    items.change(turn.conn, one.id, recipient_id=colleague.id)
    to_professional(turn, one, colleague, turn.now.isoformat())
    if not due.replan(turn.conn, one.youth_id, "item_age", str(one.id), ageing_moment(turn), None):
        plan_ageing(turn, one)


def plan_ageing(turn: Turn, one: Item) -> None:
    """From which moment the colleague may read it, if nobody did."""
    moment, about = ageing_moment(turn), {"item": one.id}
    due.plan(turn.conn, one.youth_id, "item_age", str(one.id), moment, None, about, turn.now)


def ageing_moment(turn: Turn) -> datetime:
    """When two working days passed from the next moment at which staff read."""
    settings = turn.world.settings
    moment = reading_moment(turn)
    for _ in range(AGES_AFTER.days):
        moment = next_reading(moment + timedelta(days=1), settings.working_hours, settings.zone)
    return moment


def alert(turn: Turn, item_id: int, person_id: int, round_number: int) -> None:
    """Put an alert into somebody's chat, at any hour, once each round. No words, no name before a tap."""
    key = f"item:{item_id}:{person_id}:{round_number}"
    opening = Opening(Lane.ALERT, Promise.ALERT, dedupe_key=key)
    turn.starts.append(Start(person_id, "alert_item", {"item": item_id}, opening))


def notify_staff(turn: Turn, youth: Person, kind: str) -> None:
    """Note a line of the fixed list and tell the professional in working hours, neutrally; the colleague stands in."""
    note = journal.add(turn.conn, youth.id, kind, turn.now)
    professional = subject.listener(turn, youth.id)
    if professional is None:
        return
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=reading_moment(turn),
        silent=True,
        dedupe_key=f"notice:{note}:{professional.id}",
    )
    turn.begin(professional, "notice", {"youth": youth.id, "notice": note}, opening)


def answer_youth(turn: Turn, youth: Person, reply_id: int, *, again: bool = False) -> None:
    """Tell the youngster that an answer came; it opens on a tap. At once: they asked for it.

    *again*: it was said before to an account that could not be reached, or is not theirs any more.
    """
    settings = turn.world.settings
    key = f"reply:{reply_id}:{turn.now.isoformat()}" if again else f"reply:{reply_id}"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        silent=is_quiet(turn.now, turn.band(youth), settings.quiet, settings.zone),
        dedupe_key=key,
    )
    turn.begin(youth, "answer_from", {"reply": reply_id}, opening)

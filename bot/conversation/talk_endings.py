"""A talk that does not happen: called off, or who planned it is not there. Who never heard of it hears nothing."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import quieting, relay, talk_wishes
from bot.conversation.turn import Turn
from bot.storage import appointments, due, people
from bot.storage.appointments import Appointment
from bot.storage.due import Due
from bot.storage.people import Person

PLANNED, WISHED, SOON, OFF = "talk_planned", talk_wishes.WISHED, "talk_soon", "talk_off"
ASKS = (PLANNED, WISHED)
NEAR = timedelta(hours=2)
UNHEARD = "dropped_talk"
"""The line of the fixed list, and the news for the professional, when the youngster was never asked."""


def call_off(turn: Turn, one: Appointment) -> bool:
    """What was to come of it stays away; whether the youngster was sent it, and so hears that it does not go on."""
    for kind in (SOON, *ASKS):
        due.cancel(turn.conn, one.youth_id, kind, str(one.id), turn.now, "undone")
    if not was_sent(turn, one):
        return False
    talk_wishes.open_again(turn, one)
    youth = people.load(turn.conn, one.youth_id)
    moment = quieting.free_moment(turn, youth, OFF, turn.now, "asks")
    if moment >= one.starts_at - NEAR:
        # It is too near to wait for the end of the quiet hours: nobody stands somewhere for nothing.
        moment = turn.now
    about = {"appointment": one.id}
    due.plan(turn.conn, one.youth_id, OFF, str(one.id), moment, one.starts_at, about, turn.now)
    return True


def unheard(turn: Turn, youth: Person, question: Due) -> None:
    """The question stayed away until it was too late: the talk is off, and the professional hears it."""
    one = appointments.find(turn.conn, question.subject["appointment"])
    if one is None or was_sent(turn, one):
        return
    if one.state in appointments.STANDS:
        end(turn, one)
    relay.notify_staff(turn, youth, UNHEARD)


def was_sent(turn: Turn, one: Appointment) -> bool:
    """Whether the question, by itself or as the answer to a wish, really went to the youngster."""
    since = turn.now - talk_wishes.LONG
    return any(due.was_sent(turn.conn, one.youth_id, kind, str(one.id), since) for kind in ASKS)


def is_kept(turn: Turn, one: Appointment) -> bool:
    """Whether who planned it still looks after the youngster and has an account; not whether they are away."""
    if one.by_id not in people.looked_after_by(turn.conn, one.youth_id).values():
        return False
    account = people.account_of(turn.conn, one.by_id)
    by = people.load(turn.conn, one.by_id)
    return by.state == "active" and account is not None and account.state in people.REACHED


def look(turn: Turn, by_id: int) -> None:
    """Somebody reads for others now, or has no account any more: what they cannot keep is off."""
    for one in appointments.ahead_of(turn.conn, by_id, turn.now):
        if not is_kept(turn, one):
            end(turn, one)


def end(turn: Turn, one: Appointment) -> None:
    """It is off without anybody calling it off. Who asked for another moment knew that it does not go on."""
    appointments.cancel(turn.conn, one.id, one.by_id)
    if one.state in appointments.STANDS:
        call_off(turn, one)

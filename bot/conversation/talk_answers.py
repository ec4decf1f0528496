"""The youngster's side of a planned talk: yes, another moment on a tap, and a file for the agenda."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot import calendar_file
from bot.calendar_file import Entry
from bot.conversation import relay, talk_endings, talk_wishes
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.message import Document, Message
from bot.storage import appointments, journal
from bot.storage.appointments import Appointment
from dialogs.text import Span

PLANNED, WISHED = talk_endings.PLANNED, talk_endings.WISHED
SOON, OFF = talk_endings.SOON, talk_endings.OFF
"""Due moments of a talk: the question, by itself or as the answer to a wish; one reminder; that it is called off."""
LASTS = timedelta(minutes=30)
OTHER = {"dag": "talk_other_day", "tijd": "talk_other_time", "manier": "talk_other_way", "niet": "talk_no"}


def look(deed: Deed) -> Outcome:
    """How it stands when they open it."""
    one = _own(deed)
    if one is None:
        return Outcome("over")
    appointments.told(deed.turn.conn, one.id, deed.turn.now)
    if one.starts_at <= deed.turn.now:
        return Outcome("over")
    return Outcome(one.state)


def agree(deed: Deed) -> Outcome:
    """Yes, also after another moment was asked for; not when a newer one stands."""
    turn, one = deed.turn, _own(deed)
    if one is None:
        return Outcome("over")
    newest = appointments.to_come(turn.conn, one.youth_id, one.by_id, turn.now)
    if newest is not None and newest.id > one.id:
        return Outcome("over")
    if not appointments.answer(turn.conn, one.id, "agreed", turn.now):
        return Outcome("over")
    journal.add(deed.turn.conn, deed.person.id, "talk_yes", deed.turn.now, None, one.id)
    return OK


def ask_other(deed: Deed) -> Outcome:
    """The professional hears what does not fit, and plans again; nothing is planned until then."""
    one, kind = _own(deed), OTHER.get(str(deed.answer("talk_other")))
    if one is None or kind is None:
        return Outcome("over")
    if not appointments.answer(deed.turn.conn, one.id, "other", deed.turn.now):
        return Outcome("over")
    relay.notify_staff(deed.turn, deed.person, kind)
    talk_wishes.open_again(deed.turn, one)
    return OK


def send_calendar(deed: Deed) -> Outcome:
    """The talk as a file for any agenda. What stands in it says nothing about anybody."""
    turn, person, one = deed.turn, deed.person, _own(deed)
    if one is None or one.state not in appointments.STANDS or one.starts_at <= turn.now:
        return GONE
    title = turn.phrase("calendar_talk", person)
    day = one.starts_at.astimezone(turn.world.settings.zone).date().isoformat()
    uid = calendar_file.uid(f"talk:{one.id}", day)
    entry = Entry(uid, 0, one.starts_at, one.starts_at + LASTS, "", cancelled=False)
    content = calendar_file.text([entry], title, turn.world.settings.zone, turn.now)
    words = turn.phrase("calendar_talk_said", person)
    turn.tell(person, Message((Span(words),), document=Document(f"{title}.ics", content.encode())))
    return OK


def _own(deed: Deed) -> Appointment | None:
    number = deed.session.state.subject.get("appointment", 0)
    one = appointments.find(deed.turn.conn, number) if number else None
    return one if one is not None and one.youth_id == deed.person.id else None


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_talk_moment": look,
    "agree_talk": agree,
    "ask_other_talk": ask_other,
    "send_talk_calendar": send_calendar,
}

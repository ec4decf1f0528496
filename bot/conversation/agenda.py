"""The evenings of a group as a file for somebody's own agenda, sent in the chat when they ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot import calendar_file
from bot.calendar_file import Entry
from bot.conversation import planning
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group
from bot.conversation.turn import Turn
from bot.message import Document, Message
from bot.storage import meetings
from bot.storage.people import Person
from dialogs.text import Span

AHEAD = timedelta(days=365)
BEFORE = timedelta(days=31)


def text(turn: Turn, group_id: int, title: str) -> str:
    """The file. Its evenings get a row of their own now, so that a later change finds them in every agenda."""
    planning.plan_evenings(turn, group_id, turn.today + AHEAD)
    key = meetings.group_key(turn.conn, group_id)
    rows = meetings.between(turn.conn, group_id, turn.now - BEFORE, turn.now + AHEAD, held=False)
    entries = (
        Entry(
            calendar_file.uid(key, one.local_date),
            one.sequence,
            one.starts_at,
            one.ends_at,
            ", ".join(part for part in (one.place, one.address) if part),
            one.state not in meetings.HELD,
        )
        for one in rows
    )
    return calendar_file.text(entries, title, turn.world.settings.zone, turn.now)


def send(deed: Deed) -> Outcome:
    """A youngster gets the file of the own group, staff of the group the dialog is about."""
    turn, person = deed.turn, deed.person
    group_id = person.group_id if person.role == "youth" else deed.session.state.subject.get("group")
    if group_id is None:
        return GONE
    if person.role != "youth" and not turn.allowed(
        person, "change_meeting", about_group(turn, person, group_id)
    ):
        return GONE
    shown = message(turn, person, group_id)
    if shown is None:
        return GONE
    turn.tell(person, shown)
    return OK


def message(turn: Turn, person: Person, group_id: int) -> Message | None:
    """The file; none when no evening is known."""
    name = turn.phrase("calendar_file", person)
    content = text(turn, group_id, turn.phrase("calendar_title", person))
    if "BEGIN:VEVENT" not in content:
        return None
    words = turn.phrase("calendar_said", person)
    return Message((Span(words),), document=Document(f"{name}.ics", content.encode()))


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"send_calendar": send}

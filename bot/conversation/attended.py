"""What the list of an evening shows: the names as buttons, and who noted it before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import handle, wording
from bot.conversation.asked import Asked
from bot.conversation.attending import EVENING, draft_of, listed, open_ones, purpose
from bot.conversation.deed import about_group
from bot.programme import attendance as rules
from bot.storage import attendance, meetings, people
from bot.storage.meetings import Meeting
from dialogs.effects import Option
from dialogs.words import Words


def _asked_about(ask: Asked) -> Meeting | None:
    number = ask.state.subject.get("meeting")
    if number is None:
        return None
    evening = meetings.load(ask.turn.conn, number)
    allowed = ask.turn.may_see(
        ask.person, "see_meeting_list", about_group(ask.turn, ask.person, evening.group_id)
    )
    return evening if allowed else None


def evening_options(ask: Asked) -> tuple[Option, ...]:
    turn, person = ask.turn, ask.person
    return tuple(
        Option(handle.named(turn, person, EVENING, one.id), _evening_label(ask, one))
        for one in open_ones(turn, person)
    )


def _evening_label(ask: Asked, one: Meeting) -> str:
    day = wording.day_label(ask.turn, ask.person, one.starts_at)
    several = len(people.groups_of(ask.turn.conn, ask.person.id)) > 1
    return f"{day}, {meetings.group_name(ask.turn.conn, one.group_id)}" if several else day


def names(ask: Asked) -> tuple[Option, ...]:
    """The names as buttons, each with how it was; a tap sets what comes after that."""
    evening = _asked_about(ask)
    if evening is None:
        return ()
    draft = draft_of(ask.turn, evening, ask.state.subject)
    return tuple(
        Option(
            handle.steady(ask.turn, ask.person, purpose(evening, rules.after(draft[one.id])), one.id),
            ask.turn.phrase(f"attend_{draft[one.id]}", ask.person, youth_name=one.name),
        )
        for one in listed(ask.turn, evening)
    )


def head(ask: Asked) -> Words:
    """Which evening, of which group, and who noted it before."""
    evening = _asked_about(ask)
    if evening is None:
        return Words("")
    day = wording.day(ask.turn, ask.person, evening.starts_at)
    group = meetings.group_name(ask.turn.conn, evening.group_id)
    said = [ask.turn.phrase("attend_head", ask.person, day=day, group=group)]
    last = attendance.last_note(ask.turn.conn, evening.id)
    if last is not None:
        moment = wording.day_and_clock(ask.turn, ask.person, last.at)
        name = people.load(ask.turn.conn, last.by).name
        said.append(ask.turn.phrase("attend_noted", ask.person, staff_name=name, moment=moment))
    return Words("\n".join(said))


def second(ask: Asked) -> Words:
    number = ask.state.subject.get("colleague")
    return people.load(ask.turn.conn, number).name if number else Words("")


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "attendance_asked": lambda ask: bool(ask.state.subject.get("asked")),
    "attendance_evenings": evening_options,
    "attendance_head": head,
    "attendance_names": names,
    "attendance_present": lambda ask: ask.state.subject.get("present", 0),
    "attendance_by": second,
    "has_attendance": lambda ask: ask.person.role == "professional" and bool(open_ones(ask.turn, ask.person)),
}

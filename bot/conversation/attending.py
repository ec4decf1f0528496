"""Attendance: a quarter of an hour after an evening one message with the names, filled in from what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import cast

from bot.conversation import handle, missing
from bot.conversation.deed import GONE, Deed, Outcome, about_group, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.programme import attendance as rules
from bot.programme.attendance import STATES, State
from bot.storage import admissions, attendance, due, duty, halts, meetings, people
from bot.storage.due import Due
from bot.storage.meetings import Meeting
from bot.storage.people import Person

KIND = "attendance"
AHEAD = timedelta(days=21)
EVENING = "attendance_of"


def plan(turn: Turn, group_id: int) -> None:
    """Ask after each coming evening; one of the two is asked, the other finds it in the menu."""
    leaders = people.staff_of_group(turn.conn, group_id)
    if not leaders:
        return
    for one in meetings.between(turn.conn, group_id, turn.now - timedelta(days=1), turn.now + AHEAD):
        asked = one.ends_at + rules.ASKED_AFTER
        if asked >= turn.now:
            last, about = one.ends_at + rules.CORRECTABLE, {"meeting": one.id}
            due.plan(turn.conn, leaders[0].id, KIND, _occurrence(one), asked, last, about, turn.now)


def ask(turn: Turn, one: Due) -> str:
    """The moment came: whoever leads the group and is there gets the list."""
    evening = meetings.load(turn.conn, one.subject["meeting"])
    if evening.state not in meetings.HELD or _occurrence(evening) != one.occurrence:
        return "cancelled"
    if attendance.of_meeting(turn.conn, evening.id):
        return "answered"
    if not listed(turn, evening):
        return "nobody"
    leaders = people.staff_of_group(turn.conn, evening.group_id)
    there = [person for person in leaders if duty.reachable(turn.conn, person.id, turn.now)]
    if not there:
        return "nobody"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.WHILE_VALID,
        not_after=one.not_after,
        silent=True,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_relay", there[0]),
    )
    turn.begin(there[0], "attendance", {"meeting": evening.id, "asked": 1}, opening)
    return "sent"


def listed(turn: Turn, evening: Meeting) -> list[Person]:
    """Whom the list names: who takes part, who was noted before, and nobody who was halted."""
    noted = attendance.of_meeting(turn.conn, evening.id)
    halted = halts.halted(turn.conn)
    found = {one.id: one for one in people.youngsters_in(turn.conn, evening.group_id)}
    coming = admissions.belongs_to_evenings(turn.conn, list(found))
    wanted = [
        one for one in found.values() if one.id in noted or (one.id in coming and _was_in(one, evening))
    ]
    return sorted(
        (one for one in wanted if one.id not in halted), key=lambda one: (one.name.casefold(), one.id)
    )


def last_two(turn: Turn, youth_id: int, evening: Meeting) -> list[bool] | None:
    """Whether they came to the last two evenings before this one; none when nobody noted it."""
    states = attendance.last_states(turn.conn, youth_id, evening.starts_at)
    return rules.came(states) if states else None


def _was_in(one: Person, evening: Meeting) -> bool:
    return one.began_at is None or one.began_at <= evening.ends_at


def _occurrence(one: Meeting) -> str:
    return f"{one.id}:{one.ends_at:%Y%m%dT%H%MZ}"


# What the dialog asks for


def open_list(deed: Deed) -> Outcome:
    """The evening that was asked about, else the one that ended last; several are chosen from."""
    turn, person = deed.turn, deed.person
    number = deed.session.state.subject.get("meeting")
    if number is None:
        found = open_ones(turn, person)
        if len(found) > 1:
            return Outcome("several")
        if not found:
            return Outcome("none")
        number = found[0].id
    return _opened(deed, number)


def pick_evening(deed: Deed) -> Outcome:
    number = handle.meant(deed.turn, deed.person, EVENING, deed.answer("attended_evening"))
    return _opened(deed, number) if number is not None else GONE


def toggle(deed: Deed) -> Outcome:
    """A tap on a name sets what its button says: there, not there, excused. Nothing is kept before [Klaar].

    The same button twice sets the same.
    """
    if not code_is_open(deed):
        return Outcome("code")
    evening = _evening(deed)
    if evening is None:
        return GONE
    there = {one.id for one in listed(deed.turn, evening)}
    for place, state in enumerate(STATES):
        number = handle.meant(deed.turn, deed.person, purpose(evening, state), deed.answer("attended"))
        if number is not None and number in there:
            return Outcome("ok", {f"at{number}": place})
    return GONE


def save(deed: Deed) -> Outcome:
    """Keep the list as it stands. The last one counts; who came second is told so."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, person, evening = deed.turn, deed.person, _evening(deed)
    if evening is None or not turn.allowed(
        person, "note_attendance", about_group(turn, person, evening.group_id)
    ):
        return GONE
    if not rules.correctable(evening.ends_at, turn.now):
        return Outcome("over")
    about = deed.session.state.subject
    before = attendance.last_note(turn.conn, evening.id)
    draft = draft_of(turn, evening, about)
    attendance.note(turn.conn, evening.id, draft, person.id, turn.now)
    missing.look(turn, evening, [one.id for one in listed(turn, evening)])
    there = {"present": sum(state == "present" for state in draft.values())}
    if before is not None and before.by != person.id and _stamp(before.at) != about.get("noted", 0):
        return Outcome("second", {**there, "colleague": before.by, "noted": _stamp(turn.now)})
    return Outcome("saved", {**there, "noted": _stamp(turn.now)})


def draft_of(turn: Turn, evening: Meeting, about: Mapping[str, int]) -> dict[int, State]:
    """What stands on the screen: as it was opened, with what was tapped since."""
    said = meetings.answers(turn.conn, evening.id)
    return {
        one.id: STATES[about[f"at{one.id}"]] if f"at{one.id}" in about else rules.expected(said.get(one.id))
        for one in listed(turn, evening)
    }


def _opened(deed: Deed, number: int) -> Outcome:
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    evening = meetings.load(turn.conn, number)
    if not turn.allowed(person, "see_meeting_list", about_group(turn, person, evening.group_id)):
        return GONE
    if not rules.correctable(evening.ends_at, turn.now):
        return Outcome("over")
    found = listed(turn, evening)
    for one in found:
        turn.note(person, "see_meeting_list", "person", one.id, one.id)
    last = attendance.last_note(turn.conn, evening.id)
    rows = {"meeting": evening.id, "noted": _stamp(last.at) if last else 0}
    noted = attendance.of_meeting(turn.conn, evening.id)
    for youth_id, state in draft_of(turn, evening, {}).items():
        shown = noted[youth_id].state if youth_id in noted else state
        rows[f"at{youth_id}"] = STATES.index(cast(State, shown))
    return Outcome("ok" if found else "empty", rows)


def _evening(deed: Deed) -> Meeting | None:
    number = deed.session.state.subject.get("meeting")
    return meetings.load(deed.turn.conn, number) if number is not None else None


def open_ones(turn: Turn, person: Person) -> list[Meeting]:
    found = [
        one
        for number, _ in people.groups_of(turn.conn, person.id)
        for one in attendance.ended(turn.conn, number, turn.now, rules.CORRECTABLE)
    ]
    return sorted(found, key=lambda one: one.starts_at, reverse=True)


def purpose(evening: Meeting, state: State) -> str:
    """A button that sets somebody to *state*."""
    return f"{KIND}:{evening.id}:{state}"


def _stamp(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_attendance": open_list,
    "pick_attended_evening": pick_evening,
    "toggle_attendance": toggle,
    "save_attendance": save,
}

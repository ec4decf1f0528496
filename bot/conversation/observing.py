"""After the names: three taps for each youngster who was there, for the professionals, tied to the challenge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import attending, handle, subject
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open, relation_to_youth
from bot.conversation.turn import Turn
from bot.programme import attendance as rules
from bot.storage import attendance, meetings, observations, people
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words

PURPOSE = "observe"
CONTACT = {"zocht": "sought", "deed_mee": "joined", "apart": "apart"}
MOOD = {"rustig": "easy", "gespannen": "tense", "wisselend": "mixed"}
STEP = {"gedaan": "did", "begin": "began", "niet": "not_seen"}


def open_observing(deed: Deed) -> Outcome:
    """Whether there is anybody left of whom something can be noted."""
    if not code_is_open(deed):
        return Outcome("code")
    number = deed.session.state.subject.get("meeting")
    if not number or not rules.correctable(meetings.load(deed.turn.conn, number).ends_at, deed.turn.now):
        return GONE
    return OK if _left(deed.turn, deed.person, number) else Outcome("done")


def pick(deed: Deed) -> Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    turn, person = deed.turn, deed.person
    youth_id = handle.meant(turn, person, f"{PURPOSE}:{deed.row('meeting')}", deed.answer("observed"))
    if youth_id is None or not turn.allowed(person, "observe", about_youth(turn, person, youth_id)):
        return GONE
    return Outcome("ok", {"youth": youth_id})


def keep(deed: Deed) -> Outcome:
    """Keep the three taps, with the challenge they work on now."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, person, youth_id = deed.turn, deed.person, deed.row("youth")
    if not turn.allowed(person, "observe", about_youth(turn, person, youth_id)):
        return GONE
    given = subject.given(turn, youth_id)
    seen = {
        "contact": CONTACT.get(str(deed.answer("contact"))),
        "mood": MOOD.get(str(deed.answer("mood"))),
        # Who works on nothing was not asked about; an answer about the one before counts for nothing.
        "step": STEP.get(str(deed.answer("step_seen"))) if given else "not_seen",
    }
    told = {name: value for name, value in seen.items() if value is not None}
    if len(told) < len(seen):
        return GONE
    number = observations.add(
        turn.conn, youth_id, deed.row("meeting"), given.id if given else None, told, person.id, turn.now
    )
    return Outcome("ok", {"observation": number})


def undo(deed: Deed) -> Outcome:
    number = deed.session.state.subject.get("observation", 0)
    return OK if observations.undo(deed.turn.conn, number, deed.person.id, deed.turn.now) else GONE


def _left(turn: Turn, person: Person, meeting_id: int) -> list[Person]:
    """Who was there, is looked after by this professional, and was not noted by them yet."""
    noted = attendance.of_meeting(turn.conn, meeting_id)
    seen = {one.youth_id for one in observations.of_meeting(turn.conn, meeting_id) if one.by == person.id}
    return [
        one
        for one in attending.listed(turn, meetings.load(turn.conn, meeting_id))
        if one.id in noted
        and noted[one.id].state == "present"
        and one.id not in seen
        and relation_to_youth(turn, person, one.id) in ("main", "backup")
    ]


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_observing": open_observing,
    "pick_observed": pick,
    "keep_observation": keep,
    "undo_observation": undo,
}


def options(ask: Asked) -> tuple[Option, ...]:
    number = ask.state.subject.get("meeting")
    return tuple(
        Option(handle.named(ask.turn, ask.person, f"{PURPOSE}:{number}", one.id), str(one.name))
        for one in (_left(ask.turn, ask.person, number) if number else ())
    )


def step_title(ask: Asked) -> Words:
    """The step or challenge they work on; empty when they have none."""
    number = ask.state.subject.get("youth")
    given = subject.given(ask.turn, number) if number else None
    if given is None or number is None:
        return Words("")
    if relation_to_youth(ask.turn, ask.person, number) not in ("main", "backup"):
        return Words("")
    text = subject.challenge_text(ask.turn, given, ask.person.language)
    step = text.step(given.step) if given.step else None
    return Words(step.title if step else text.title)


def name(ask: Asked) -> Words:
    number = ask.state.subject.get("youth")
    return people.load(ask.turn.conn, number).name if number else Words("")


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "observe_options": options,
    "observe_step": step_title,
    "observe_name": name,
}

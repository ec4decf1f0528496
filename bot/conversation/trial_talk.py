"""What both sides say after a trial evening, and what the briefing holds. The next step is taken by a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import phase_moves, subject, trial, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.message import Picture
from bot.programme.lifecycle import Move
from bot.storage import calendars, meetings, people, phases, trial_views
from bot.storage.people import Person
from bot.storage.trial_views import TrialView
from dialogs.words import Words

SAID = {"ja": "yes", "weet_niet": "unsure", "nee": "no"}

# What the dialogs ask for


def choose_trial(deed: Deed) -> Outcome:
    """The evening the dialog is about, else the next one, as long as this is a trial."""
    turn, person = deed.turn, deed.person
    evening = subject.meeting(turn, person, deed.session.state)
    if evening is None or phases.phase_of(turn.conn, person.id) != "trial" or evening.starts_at <= turn.now:
        return Outcome("none")
    if evening.state not in meetings.HELD:
        return Outcome("none")
    sent = "meeting" in deed.session.state.subject
    return Outcome("sent" if sent else "ok", {"meeting": evening.id})


def note_trial(deed: Deed) -> Outcome:
    """What the youngster says; it can be said anew. Who decides is a person."""
    turn, person = deed.turn, deed.person
    number, said = deed.session.state.subject.get("meeting"), SAID.get(str(deed.answer("trial_wants")))
    if not number or said is None or phases.phase_of(turn.conn, person.id) != "trial":
        return GONE
    one = trial_views.of(turn.conn, person.id, number)
    trial_views.youth_said(turn.conn, one, said, turn.now)
    if one.staff_says is not None and one.youth_says != said:
        trial.ask_staff(turn, person, number, f"again:{said}")
    return OK


def open_trial(deed: Deed) -> Outcome:
    """Staff open what was said, behind the code."""
    if not code_is_open(deed):
        return Outcome("code")
    youth = _youth(deed)
    if youth is None:
        return GONE
    return OK if phases.phase_of(deed.turn.conn, youth.id) == "trial" else Outcome("over")


def judge_trial(deed: Deed) -> Outcome:
    """What the professional thinks. When both say yes, the next step is proposed, never taken."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, youth, said = deed.turn, _youth(deed), SAID.get(str(deed.answer("trial_fits")))
    if youth is None or said is None or phases.phase_of(turn.conn, youth.id) != "trial":
        return GONE
    one = trial_views.of(turn.conn, youth.id, deed.row("meeting"))
    trial_views.staff_said(turn.conn, one, said, deed.person.id, turn.now)
    if said == "yes" and one.youth_says == "yes":
        return Outcome("both")
    return Outcome("waits" if one.youth_says is None else "differ")


def accept_trial(deed: Deed) -> Outcome:
    """The professional lets them take part."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, youth = deed.turn, _youth(deed)
    if youth is None:
        return GONE
    wanted = Move("participating", "both_want", turn.today, turn.now, deed.person.id)
    return OK if isinstance(phase_moves.record(turn, youth.id, wanted), Move) else GONE


def undo_trial(deed: Deed) -> Outcome:
    """Take that step back, for a day."""
    turn, youth = deed.turn, _youth(deed)
    if youth is None or phases.phase_of(turn.conn, youth.id) != "participating":
        return GONE
    return OK if isinstance(phase_moves.take_back(turn, youth.id, deed.person.id), Move) else GONE


def _youth(deed: Deed) -> Person | None:
    target = about_youth(deed.turn, deed.person, deed.row("youth"))
    return (
        people.load(deed.turn.conn, deed.row("youth"))
        if deed.turn.allowed(deed.person, "move_phase", target)
        else None
    )


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "choose_trial": choose_trial,
    "note_trial": note_trial,
    "open_trial": open_trial,
    "judge_trial": judge_trial,
    "accept_trial": accept_trial,
    "undo_trial": undo_trial,
}


# What the dialogs show


def _of_place(name: str) -> Callable[[Asked], str]:
    """What the place says about *name*, in the reader's language; empty when nobody wrote it down."""

    def look(ask: Asked) -> str:
        evening = subject.meeting(ask.turn, ask.person, ask.state)
        if evening is None:
            return ""
        found = calendars.notes_of(ask.turn.conn, evening.id)
        return found.get(name) or found.get(f"{name}_{ask.person.language}") or found.get(f"{name}_nl") or ""

    return look


def _photo(what: str) -> Callable[[Asked], Picture | None]:
    """How the door or the room looks, if there is a photo."""

    def look(ask: Asked) -> Picture | None:
        evening = subject.meeting(ask.turn, ask.person, ask.state)
        png = calendars.photo_of(ask.turn.conn, evening.id, what) if evening else None
        return Picture(png) if png else None

    return look


def leaders(ask: Asked) -> Words:
    """Who is there: the two who lead the group."""
    number = ask.person.group_id
    names = [one.name for one in people.staff_of_group(ask.turn.conn, number)] if number else []
    return Words(ask.turn.phrase("two_names", ask.person, names=[str(one) for one in names]))


def _view(ask: Asked) -> TrialView | None:
    about = ask.state.subject
    if not about.get("youth") or not about.get("meeting"):
        return None
    return trial_views.of(ask.turn.conn, about["youth"], about["meeting"])


def youth_says(ask: Asked) -> str:
    """What the youngster said, in a sentence for staff."""
    one = _view(ask)
    if one is None:
        return ""
    name = people.load(ask.turn.conn, one.youth_id).name
    return ask.turn.phrase(f"trial_{one.youth_says or 'nothing'}", ask.person, youth_name=name)


def day(ask: Asked) -> str:
    evening = subject.meeting(ask.turn, ask.person, ask.state)
    return wording.day(ask.turn, ask.person, evening.starts_at) if evening else ""


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "trial_address": _of_place("address"),
    "trial_map": _of_place("map_url"),
    "trial_route": _of_place("route"),
    "trial_noise": _of_place("noise"),
    "trial_corner": _of_place("corner"),
    "trial_door": _photo("door"),
    "trial_room": _photo("room"),
    "has_trial_door": lambda ask: _photo("door")(ask) is not None,
    "has_trial_room": lambda ask: _photo("room")(ask) is not None,
    "trial_leaders": leaders,
    "trial_says": youth_says,
    "trial_day": day,
    "in_trial": lambda ask: phases.phase_of(ask.turn.conn, ask.person.id) == "trial",
}

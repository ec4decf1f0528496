"""The page that says where a youngster is in the programme, and the next step that staff record there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from bot.conversation import breaks, colleague_link, handle, phase_moves, unread, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Turn
from bot.programme import breaks as rules
from bot.programme import capacity, lifecycle
from bot.programme.lifecycle import Move, Phase, Refused
from bot.schedule.local import to_utc
from bot.storage import admissions, calendars, duty, people, phases
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words

DAYS_OFFERED = 28
SHOWN = 12
"""How many moves of the history fit on the page."""
DAYS = {"today": 0, "yesterday": 1}
AFTER = "after"
"""Subject: the number of the last move that the page showed."""


def pick_phase_youth(deed: Deed) -> Outcome:
    """Pick whose page it is."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    youth_id = handle.meant(turn, person, "phase", deed.answer("whom"))
    if youth_id is None or not turn.allowed(person, "see_phase", about_youth(turn, person, youth_id)):
        return GONE
    return Outcome("ok", {"youth": youth_id})


def look_at_phase(deed: Deed) -> Outcome:
    """Open the page: from here on a move of somebody else is noticed."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    youth_id = deed.session.state.subject.get("youth")
    if not youth_id or not turn.allowed(person, "see_phase", about_youth(turn, person, youth_id)):
        return GONE
    return Outcome("ok", {"youth": youth_id, AFTER: phases.latest(turn.conn, youth_id)})


def draft_phase(deed: Deed) -> Outcome:
    """Go on with what was chosen so far; nothing is recorded yet."""
    return GONE if _youth(deed) is None else OK


def move_phase(deed: Deed) -> Outcome:
    """Record the next step. Refused with the way out: somebody was first, the group is full, it is not legal."""
    turn, person, youth = deed.turn, deed.person, _youth(deed)
    phase, reason = str(deed.answer("phase")), str(deed.answer("phase_why"))
    if youth is None or phase not in lifecycle.PHASES:
        return GONE
    if phases.latest(turn.conn, youth.id) != deed.session.state.subject.get(AFTER, 0):
        return Outcome("changed")
    wanted_phase: Phase = phase
    history = phases.history(turn.conn, youth.id)
    if _needs_place(turn, youth, history, wanted_phase):
        return Outcome("full")
    if wanted_phase not in lifecycle.next_steps(history):
        return Outcome("illegal")
    begins = lifecycle.current(history) not in lifecycle.PLACE_TAKEN and capacity.takes_place(wanted_phase)
    if begins and (alone := colleague_link.lacking_for(turn, youth.id) or unread.refused_for(turn, youth)):
        return alone
    day = _day(deed)
    made = phase_moves.record(turn, youth.id, Move(wanted_phase, reason, day, turn.now, person.id))
    if isinstance(made, Refused):
        return Outcome("early" if made.why in ("before_last", "future") else "illegal")
    return Outcome("ok", {AFTER: phases.latest(turn.conn, youth.id)})


def undo_phase(deed: Deed) -> Outcome:
    """Take the last step back, for a day, by anybody who may record one."""
    turn, youth = deed.turn, _youth(deed)
    if youth is None:
        return GONE
    if phases.latest(turn.conn, youth.id) != deed.session.state.subject.get(AFTER, 0):
        return Outcome("changed")
    undone = phase_moves.take_back(turn, youth.id, deed.person.id)
    if isinstance(undone, Refused):
        return Outcome("full" if undone.why == "full" else "late")
    return Outcome("ok", {AFTER: phases.latest(turn.conn, youth.id)})


def _youth(deed: Deed) -> Person | None:
    number = deed.session.state.subject.get("youth")
    target = about_youth(deed.turn, deed.person, number) if number else None
    if not number or target is None or not deed.turn.allowed(deed.person, "move_phase", target):
        return None
    group_id = people.load(deed.turn.conn, number).group_id
    if group_id is not None:
        calendars.lock(deed.turn.conn, group_id)
    return people.locked(deed.turn.conn, number)


def _needs_place(turn: Turn, youth: Person, history: list[Move], phase: Phase) -> bool:
    here = lifecycle.current(history)
    if youth.practice or youth.group_id is None or not capacity.takes_place(phase):
        return False
    if here is None or capacity.takes_place(here):
        return False
    return not admissions.has_room(turn.conn, youth.group_id)


def _day(deed: Deed) -> date:
    said = str(deed.answer("phase_day"))
    if said in DAYS:
        return deed.turn.today - timedelta(days=DAYS[said])
    return date.fromisoformat(said)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "pick_phase_youth": pick_phase_youth,
    "look_at_phase": look_at_phase,
    "draft_phase": draft_phase,
    "move_phase": move_phase,
    "undo_phase": undo_phase,
}


# Facts


def _history(ask: Asked) -> list[Move]:
    """What the page is about; nothing for who may not see it."""
    number = ask.state.subject.get("youth")
    if not number or not ask.turn.may_see(ask.person, "see_phase", about_youth(ask.turn, ask.person, number)):
        return []
    return phases.history(ask.turn.conn, number)


def name_of(turn: Turn, reader: Person, phase: str) -> str:
    return turn.phrase(f"phase_{phase}", reader)


def reason_of(turn: Turn, reader: Person, phase: str, reason: str) -> str:
    return turn.phrase(f"by_{phase}_{reason}", reader)


def day_of(turn: Turn, reader: Person, day: date) -> str:
    return wording.day(turn, reader, to_utc(day, time(12), turn.world.settings.zone))


def said(ask: Asked) -> Words:
    """Since when somebody is where and why, and the steps before, newest first, with who noted them."""
    turn, history = ask.turn, _history(ask)
    if not history:
        return Words(turn.phrase("phase_nothing", ask.person))
    here = _line(ask, history[-1])
    before = [
        turn.phrase("phase_before", ask.person, said=_line(ask, one)) for one in history[-2::-1][:SHOWN]
    ]
    looks = breaks.next_look(turn, ask.state.subject["youth"])
    again = [turn.phrase("break_look", ask.person, day=day_of(turn, ask.person, looks))] if looks else []
    return Words("\n".join([turn.phrase("phase_here", ask.person, said=here), *again, *before]))


def _line(ask: Asked, one: Move) -> str:
    turn, person = ask.turn, ask.person
    by = str(people.load(turn.conn, one.by).name) if one.by else ""
    return turn.phrase(
        "phase_line",
        person,
        phase=name_of(turn, person, one.phase),
        day=day_of(turn, person, one.on),
        reason=reason_of(turn, person, one.phase, one.reason),
        by=by,
    )


def options(ask: Asked) -> tuple[Option, ...]:
    steps = lifecycle.next_steps(_history(ask))
    return tuple(Option(one, name_of(ask.turn, ask.person, one)) for one in steps)


def reasons(ask: Asked) -> tuple[Option, ...]:
    """The reasons of the phase that was chosen; a lifted halt is none that can be chosen."""
    phase = ask.state.answers.get("phase")
    known = lifecycle.REASONS.get(phase, ()) if isinstance(phase, str) else ()  # type: ignore[call-overload]  # any key
    return tuple(
        Option(one, reason_of(ask.turn, ask.person, str(phase), one)) for one in known if one != "lifted"
    )


def days(ask: Asked) -> tuple[Option, ...]:
    """The days before yesterday, not before the last step."""
    turn, history = ask.turn, _history(ask)
    first = history[-1].on if history else date.min
    found = (turn.today - timedelta(days=shift) for shift in range(2, DAYS_OFFERED))
    zone = turn.world.settings.zone
    return tuple(
        Option(day.isoformat(), wording.day_label(turn, ask.person, to_utc(day, time(12), zone)))
        for day in found
        if day >= first
    )


def may_be_yesterday(ask: Asked) -> bool:
    history = _history(ask)
    return not history or history[-1].on < ask.turn.today


def preview(ask: Asked) -> Words:
    """What is going to be recorded, and what changes with it."""
    phase, why = ask.state.answers.get("phase"), ask.state.answers.get("phase_why")
    chosen = ask.state.answers.get("phase_day")
    if not isinstance(phase, str) or not isinstance(why, str) or not isinstance(chosen, str):
        return Words("")
    turn, person = ask.turn, ask.person
    shift = DAYS.get(chosen)
    on = turn.today - timedelta(days=shift) if shift is not None else date.fromisoformat(chosen)
    line = turn.phrase(
        "phase_line",
        person,
        phase=name_of(turn, person, phase),
        day=day_of(turn, person, on),
        reason=reason_of(turn, person, phase, why),
        by="",
    )
    then = effect(turn, person, phase)
    if phase == "paused":
        looks = max(rules.look_on(on), turn.today)
        then = f"{then} {turn.phrase('break_look', person, day=day_of(turn, person, looks))}"
    return Words(f"{line}\n\n{then}")


def effect(turn: Turn, reader: Person, phase: str) -> str:
    if phase in lifecycle.TAKING_PART:
        return turn.phrase("phase_effect_evenings", reader)
    key = "phase_effect_silent" if phase in lifecycle.NO_REMINDERS else "phase_effect_no_evenings"
    return turn.phrase(key, reader)


def rooms(ask: Asked) -> str:
    """Groups with a free place, as the way out of a full one."""
    number = ask.state.subject.get("youth")
    group_id = people.load(ask.turn.conn, number).group_id if number else None
    if group_id is None:
        return ""
    return ", ".join(one.name for one in admissions.others_with_room(ask.turn.conn, group_id))


def whom(ask: Asked) -> tuple[Option, ...]:
    """For a coordinator the youngsters of the organisation; for a professional those they look after, as backup too."""
    turn, person = ask.turn, ask.person
    if person.role == "coordinator" and person.organisation_id is not None:
        found = duty.youngsters(turn.conn, person.organisation_id)
    else:
        found = people.youngsters_of(turn.conn, person.id, None)
    return tuple(
        Option(handle.named(turn, person, "phase", one.id), str(one.name))
        for one in found
        if one.state not in ("refused", "drill")
    )


def guided(ask: Asked) -> bool:
    """Whether this professional guides the youngster, as backup too: for a backup this page is the way to the rest."""
    turn, person, number = ask.turn, ask.person, ask.state.subject.get("youth")
    if not number or person.role != "professional" or people.load(turn.conn, number).state == "invited":
        return False
    return turn.may_see(person, "plan_talk", about_youth(turn, person, number))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "phase_guided": guided,
    "phase_said": said,
    "phase_steps": options,
    "phase_can_move": lambda ask: bool(lifecycle.next_steps(_history(ask))),
    "phase_can_undo": lambda ask: lifecycle.may_undo(_history(ask), ask.turn.now),
    "phase_legal": lambda ask: ", ".join(str(one.label) for one in options(ask)),
    "phase_reasons": reasons,
    "phase_days": days,
    "phase_yesterday": may_be_yesterday,
    "phase_earlier": lambda ask: bool(days(ask)),
    "phase_preview": preview,
    "phase_rooms": rooms,
    "phase_people": whom,
}

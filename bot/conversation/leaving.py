"""Going on alone: a professional proposes it with a date, the youngster says yes, not yet, or let us talk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from bot.conversation import afterwards, farewell, phase_moves, quieting, relay, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.programme import ending
from bot.programme.lifecycle import Move, Phase, Refused
from bot.schedule.local import to_utc
from bot.storage import outflows, people, phases
from bot.storage.outflows import Outflow
from bot.storage.people import Person

WEEKS = {f"w{weeks}": weeks for weeks in ending.WEEKS_OFFERED}
PROPOSED_IN: frozenset[Phase] = frozenset({"participating", "paused", "outflow"})
"""Phases in which a goodbye can be proposed; outflow is one when the step was noted without a day for it."""


def open_outflow(deed: Deed) -> Outcome:
    """The page of staff: whom it is about, and whether it can be proposed now."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    youth = _youth(deed)
    if youth is None:
        return GONE
    if outflows.of_youth(turn.conn, youth.id) is not None:
        return Outcome("running")
    can = phases.phase_of(turn.conn, youth.id) in PROPOSED_IN
    if can and (youth.state != "active" or people.account_of(turn.conn, youth.id) is None):
        return Outcome("alone")
    return OK if can and person.role == "professional" else Outcome("illegal")


def propose_outflow(deed: Deed) -> Outcome:
    """Ask the youngster; nothing changes until they say yes."""
    turn, youth = deed.turn, _youth(deed)
    weeks = WEEKS.get(str(deed.answer("when")))
    if youth is None or weeks is None or outflows.of_youth(turn.conn, youth.id) is not None:
        return GONE
    if phases.phase_of(turn.conn, youth.id) not in PROPOSED_IN or youth.state != "active":
        return GONE
    number = outflows.propose(
        turn.conn,
        youth.id,
        deed.person.id,
        turn.today + timedelta(weeks=weeks),
        taper=deed.answer("taper") == "ja",
        farewell=deed.words("farewell") or "",
        now=turn.now,
    )
    opening = Opening(
        Lane.RELAY,
        Promise.AT_LEAST_ONCE,
        not_before=quieting.free_moment(turn, youth, "answer", turn.now),
        dedupe_key=f"outflow:{number}",
    )
    turn.begin(youth, "outflow_asked", {"outflow": number}, opening)
    return OK


def withdraw_outflow(deed: Deed) -> Outcome:
    """Take a proposal or an agreement back, until the goodbye; the phase is taken back on its own page."""
    turn, youth = deed.turn, _youth(deed)
    one = outflows.of_youth(turn.conn, youth.id) if youth is not None else None
    if youth is None or one is None or one.state == "ended":
        return GONE
    _stays(turn, youth, one, deed.person.id)
    return OK


def agree_outflow(deed: Deed) -> Outcome:
    """The youngster says yes: from now on it is a phase, with the day of the goodbye."""
    turn, person = deed.turn, deed.person
    one = _asked(deed)
    if one is None or one.state != "proposed":
        return GONE
    if one.ends_on <= turn.today:
        # A goodbye on a day that is over would come at once: their yes is told, and another day is proposed.
        outflows.change(turn.conn, one.id, state="withdrawn", answer="yes", answered_at=turn.now)
        relay.notify_staff(turn, person, "outflow_late")
        return Outcome("late")
    if phases.phase_of(turn.conn, person.id) != "outflow":
        wanted = Move("outflow", "self_reliant", turn.today, turn.now, one.proposed_by)
        if isinstance(phase_moves.record(turn, person.id, wanted), Refused):
            return GONE
    aftercare = deed.answer("aftercare") == "ja"
    outflows.change(
        turn.conn, one.id, state="agreed", answer="yes", answered_at=turn.now, aftercare=aftercare
    )
    afterwards.begin_tapering(turn, one)
    afterwards.plan(turn, one)
    relay.notify_staff(turn, person, "outflow_yes")
    return OK


def refuse_outflow(deed: Deed) -> Outcome:
    """Not yet: nothing changes, and the professional hears it."""
    turn, person, one = deed.turn, deed.person, _asked(deed)
    if one is None or one.state not in ("proposed", "agreed"):
        return GONE
    _stays(turn, person, one, person.id)
    relay.notify_staff(turn, person, "outflow_not_yet")
    return OK


def come_back(deed: Deed) -> Outcome:
    """Somebody wants back: nothing is erased for now, and a person gets in touch."""
    turn, person = deed.turn, deed.person
    one = outflows.of_youth(turn.conn, person.id)
    if one is None or one.state != "ended":
        return GONE
    afterwards.put_off(turn, one)
    relay.notify_staff(turn, person, "wants_back")
    return OK


def note_aftercare(deed: Deed) -> Outcome:
    """How it goes now, in one word, for the professional."""
    said = str(deed.answer("now"))
    kinds = {"goed": "aftercare_good", "gaat": "aftercare_fair", "moeilijk": "aftercare_hard"}
    if said not in kinds or outflows.of_youth(deed.turn.conn, deed.person.id) is None:
        return GONE
    relay.notify_staff(deed.turn, deed.person, kinds[said])
    return OK


def send_plan_page(deed: Deed) -> Outcome:
    """The own plan as a page to print."""
    page = farewell.plan_page(deed.turn, deed.person)
    if page is None:
        return Outcome("none")
    deed.turn.tell(deed.person, page)
    return OK


def _stays(turn: Turn, youth: Person, one: Outflow, by: int) -> None:
    outflows.change(turn.conn, one.id, state="withdrawn", answer="not_yet", answered_at=turn.now)
    if one.state != "agreed":
        return
    afterwards.drop(turn, youth.id)
    afterwards.end_tapering(turn, youth.id)
    if phases.phase_of(turn.conn, youth.id) == "outflow":
        wanted = Move("participating", "not_yet", turn.today, turn.now, by)
        phase_moves.record(turn, youth.id, wanted)


def _youth(deed: Deed) -> Person | None:
    number = deed.session.state.subject.get("youth")
    target = about_youth(deed.turn, deed.person, number) if number else None
    if not number or target is None or not deed.turn.allowed(deed.person, "move_phase", target):
        return None
    return people.locked(deed.turn.conn, number)


def _asked(deed: Deed) -> Outflow | None:
    one = outflows.of_youth(deed.turn.conn, deed.person.id)
    return one if one is not None and one.id == deed.session.state.subject.get("outflow") else None


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_outflow": open_outflow,
    "propose_outflow": propose_outflow,
    "withdraw_outflow": withdraw_outflow,
    "agree_outflow": agree_outflow,
    "refuse_outflow": refuse_outflow,
    "come_back": come_back,
    "note_aftercare": note_aftercare,
    "send_plan_page": send_plan_page,
}


# Facts


def _one(ask: Asked) -> Outflow | None:
    """The one the dialog is about; of a youngster of theirs for staff."""
    if ask.person.role == "youth":
        return outflows.of_youth(ask.turn.conn, ask.person.id)
    number = ask.state.subject.get("youth")
    if not number or not ask.turn.may_see(ask.person, "see_phase", about_youth(ask.turn, ask.person, number)):
        return None
    return outflows.of_youth(ask.turn.conn, number)


def _day(ask: Asked, day: date | None) -> str:
    if day is None:
        return ""
    return wording.day(ask.turn, ask.person, to_utc(day, time(12), ask.turn.world.settings.zone))


def offered(ask: Asked) -> bool:
    number = ask.state.subject.get("youth")
    if not number or ask.person.role != "professional":
        return False
    return phases.phase_of(ask.turn.conn, number) in PROPOSED_IN or _one(ask) is not None


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "outflow_offered": offered,
    "outflow_day": lambda ask: _day(ask, one.ends_on) if (one := _one(ask)) else "",
    "outflow_taper": lambda ask: bool((one := _one(ask)) and one.taper),
    "outflow_passed": lambda ask: bool((one := _one(ask)) and one.ends_on <= ask.turn.today),
    "outflow_open": lambda ask: (
        (one := _one(ask)) is not None
        and one.id == ask.state.subject.get("outflow")
        and one.state in ("proposed", "agreed")
    ),
    "outflow_agreed": lambda ask: bool((one := _one(ask)) and one.state == "agreed"),
    "outflow_aftercare": lambda ask: bool((one := _one(ask)) and one.aftercare),
    "outflow_ended": lambda ask: bool((one := _one(ask)) and one.state == "ended"),
    "erase_day": lambda ask: _day(ask, one.erase_on) if (one := _one(ask)) else "",
    "farewell_words": lambda ask: one.farewell if (one := _one(ask)) else "",
    "has_relapse_plan": lambda ask: farewell.plan_of(ask.turn, ask.person) is not None,
}

"""The decision about the hours in which nobody works: made in the chat, after reading what a youngster will hear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.care.commissioning import duty_is_covered
from bot.conversation import alert_chain, roster, standing, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_organisation, code_is_open
from bot.conversation.turn import Turn
from bot.schedule.local import to_utc
from bot.schedule.reading import is_working
from bot.storage import duty, people
from bot.storage.duty import OnCall
from bot.storage.people import Person
from dialogs.words import Words

ANSWER = "on_call"
WISHES: dict[str, OnCall] = {"bereikbaar": "roster", "niemand": "none"}
LATE = time(23)
"""The local hour of the example that is shown before somebody decides."""


def decide(deed: Deed) -> Outcome:
    """Record who decided what, and when. The decision works at once, also for alerts that wait.

    Refused without an alarm command: "on call" would promise a telephone that stays silent.
    """
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    organisation, wish = person.organisation_id, WISHES.get(str(deed.answer(ANSWER)))
    target = about_organisation(turn, person, organisation)
    if organisation is None or wish is None or not turn.allowed(person, "change_duty", target):
        return GONE
    if wish == "roster" and not turn.world.settings.rings:
        return Outcome("no_alarm")
    duty.decide(turn.conn, organisation, wish, f"{person.key or f'S-{person.id}'}, {turn.today}")
    turn.note(person, f"decide_on_call_{wish}", "organisation", organisation, None)
    alert_chain.look_at(turn, organisation)
    standing.look_again(turn.conn)
    return OK


def decided(ask: Asked) -> str:
    """What the organisation decided, by whom and when."""
    found = duty.decision(ask.turn.conn, ask.person.organisation_id)
    return ask.turn.phrase(
        "duty_by_roster" if found.on_call == "roster" else "duty_by_nobody",
        ask.person,
        decided_by=_by(ask.turn, found.decided_by),
    )


def told(ask: Asked, wish: OnCall) -> Words:
    """What a youngster in danger will hear in the next late evening on which nobody works, if it is decided so."""
    organisation = ask.person.organisation_id
    if organisation is None:
        return Words("")
    late = _next_late(ask.turn)
    then = replace(ask.turn, now=late)
    moment = wording.day_and_clock(ask.turn, ask.person, late)
    said = sentence(then, ask.person, roster.example(then, organisation, wish))
    lines = [ask.turn.phrase("duty_example", ask.person, moment=moment, said=Words(said))]
    until = duty.covered_until(ask.turn.conn, organisation, ask.turn.now)
    if not duty_is_covered(on_call=wish == "roster", covered_until=until, now=ask.turn.now):
        lines.append(ask.turn.phrase("duty_gap", ask.person))
    if ask.turn.world.settings.real:
        lines.append(ask.turn.phrase("duty_record", ask.person))
    return Words("\n\n".join(lines))


def sentence(turn: Turn, reader: Person, found: roster.Reading) -> str:
    """The words of the dialog about danger: who gets it, and when that person reads it."""
    holder = people.load(turn.conn, found.holder).name if found.holder is not None else Words("")
    reads = ""
    if found.reads_from is not None:
        day = wording.day(turn, reader, found.reads_from)
        reads = turn.phrase("day_from", reader, day=day, time=wording.clock(turn, reader, found.reads_from))
    return turn.phrase(f"duty_youth_{found.when}", reader, name=holder, moment=reads)


def _by(turn: Turn, decided_by: str) -> Words:
    """A decision in the chat is kept with the key of who decided, so that no name stands in the open."""
    key, comma, day = decided_by.rpartition(", ")
    known = people.by_key(turn.conn, key) if key else None
    return Words(f"{known.name}{comma}{day}" if known else decided_by)


def _next_late(turn: Turn) -> datetime:
    settings = turn.world.settings
    nights = (to_utc(turn.today + timedelta(days=shift), LATE, settings.zone) for shift in range(8))
    free = (
        night
        for night in nights
        if night > turn.now and not is_working(night, settings.working_hours, settings.zone)
    )
    return next(free, turn.now)


def _is(ask: Asked, wanted: OnCall) -> bool:
    found = duty.decision(ask.turn.conn, ask.person.organisation_id)
    return bool(found.decided_by) and found.on_call == wanted


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "duty_decision": decided,
    "duty_told_roster": lambda ask: told(ask, "roster"),
    "duty_told_nobody": lambda ask: told(ask, "none"),
    "duty_is_roster": lambda ask: _is(ask, "roster"),
    "duty_is_nobody": lambda ask: _is(ask, "none"),
}
ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"decide_on_call": decide}

"""The chain of an alert: it goes on from one person to the next until somebody acknowledges it. Survives restarts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.conversation import relay, roster
from bot.conversation.roster import Reading
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule import escalation
from bot.schedule.escalation import Call, Clock
from bot.storage import alerts, duty, items, people
from bot.storage.alerts import Alert
from bot.storage.people import Person

AGAIN = frozenset({"expired", "passed", "rerouted", "reopened", "heightened"})
"""Steps after which the chain began anew, also within one second."""

LISTED = frozenset({"sent", "reminded", "lowered"})
"""Steps from which a wish for contact waits to be opened."""

CALLED = frozenset({"raised", "sent", "reminded", "acknowledged"})
"""Steps by which somebody heard of an alert."""

MOST_CALLS = 10
"""Calls that may fall due at one moment; after a long standstill the rest follows at the next tick."""


def reading_of(turn: Turn, one: Alert) -> Reading:
    """Who holds this alert at this moment, by the roster."""
    youth = people.load(turn.conn, one.youth_id)
    return roster.reading(turn, youth, one.level, about_staff=one.about == "staff", excluded=one.excluded)


def begin(turn: Turn, item_id: int) -> Reading:
    """Begin the chain, or begin it again: its minutes count from now, or from when somebody reads."""
    one = alerts.load(turn.conn, item_id)
    found = reading_of(turn, one)
    began = found.reads_from or escalation.begins(one.level, found.clock, turn.now)
    alerts.change(turn.conn, item_id, began_at=began, state="open")
    items.change(turn.conn, item_id, state="sent", recipient_id=found.holder)
    if one.level == "p3":
        _list(turn, one, found)
        return found
    if one.level == "p1" and found.when == "later" and found.holder is not None:
        # Nobody is on call, or no telephone rings: the neutral message is there when somebody looks, and the
        # operator's alarm rings.
        _send(turn, one, (found.holder, *found.also))
        turn.alarm(_alarm(one, "alert"), one.reference)
    if one.level == "p1" and found.holder is None and began > turn.now:
        turn.alarm(_alarm(one, "alert_reaches_nobody"), one.reference)
    advance(turn, item_id)
    return found


def advance(turn: Turn, item_id: int) -> None:
    """Do whatever is due by now for an alert nobody acknowledged, and plan what comes next."""
    for _ in range(MOST_CALLS):
        one = alerts.load(turn.conn, item_id)
        if one.state not in alerts.UNSEEN:
            return
        if one.level == "p3":
            if one.state == "open":
                begin(turn, item_id)
            else:
                _look_again(turn, one)
            return
        if _somebody_came(turn, one):
            begin(turn, item_id)
            return
        _send_also(turn, one)
        call = _next_call(turn, one)
        if call.at > turn.now:
            plan(turn, one, "alert_wake", _no_later_than_a_shift(turn, one, call))
            return
        _carry_out(turn, one, call)
    plan(turn, alerts.load(turn.conn, item_id), "alert_wake", Call(turn.now, (), everybody=False))


def plan(turn: Turn, one: Alert, kind: str, call: Call) -> int:
    """Look at an alert again at a moment; the number of that look."""
    return alerts.plan(turn.conn, one, kind, call.at, turn.now)


def look_at(turn: Turn, organisation_id: int | None) -> None:
    """Who can be reached changed for the better: every alert nobody acknowledged is looked at now."""
    if organisation_id is not None:
        alerts.wake(turn.conn, organisation_id, turn.now)


def say_again(turn: Turn, person_id: int) -> None:
    """Put what still waits for somebody into their chat once more: an earlier message may be lost."""
    for one in alerts.sent_to(turn.conn, person_id):
        if one.level != "p3" and one.acknowledged_by in (None, person_id):
            remind(turn, one, person_id)


def expires_at(turn: Turn, one: Alert) -> Call:
    """When an acknowledgement that was not handled stops counting."""
    settings = turn.world.settings
    clock = Clock(settings.working_hours, settings.zone, working=one.level != "p1", covered=True)
    since = max(turn.now, one.try_again_at or turn.now)
    return Call(clock.after(since, settings.escalation.of(one.level).acknowledged), (), everybody=False)


def remind(turn: Turn, one: Alert, person_id: int) -> None:
    """Put the alert into somebody's chat once more."""
    number = len(alerts.steps(turn.conn, one.item_id))
    relay.alert(turn, one.item_id, person_id, number)
    alerts.note(turn.conn, one.item_id, "reminded", person_id, turn.now)


def remind_daily(turn: Turn, one: Alert) -> None:
    """It happened again: whoever took it on hears so once a day, in working hours. Before that the chain calls."""
    steps = alerts.steps(turn.conn, one.item_id)
    last = max(step.at for step in steps if step.what in CALLED)
    zone = turn.world.settings.zone
    if one.acknowledged_by is not None and last.astimezone(zone).date() < turn.today:
        _put_quietly(turn, one, people.load(turn.conn, one.acknowledged_by))
        alerts.note(turn.conn, one.item_id, "reminded", one.acknowledged_by, turn.now)


def pass_on(turn: Turn, person_id: int, *, about: Collection[int] | None = None) -> None:
    """No message reaches this person any more: what waited for them goes to the next at once.

    *about*: only alerts about these youngsters, for whom they do not read any more.
    """
    for one in alerts.sent_to(turn.conn, person_id):
        if about is not None and one.youth_id not in about:
            continue
        if one.acknowledged_by == person_id:
            release(turn, one, "passed")
        elif one.level == "p3" and items.load(turn.conn, one.item_id).recipient_id == person_id:
            begin(turn, one.item_id)
        elif one.state in alerts.UNSEEN and one.level != "p3":
            advance(turn, one.item_id)


def release(turn: Turn, one: Alert, why: str) -> Reading:
    """Whoever acknowledged it has it no longer, and the chain begins anew."""
    alerts.note(turn.conn, one.item_id, why, one.acknowledged_by, turn.now)
    none = {"acknowledged_by": None, "acknowledged_at": None, "try_again_at": None}
    alerts.change(turn.conn, one.item_id, **none)
    return begin(turn, one.item_id)


def _list(turn: Turn, one: Alert, found: Reading) -> None:
    """A wish for contact stands in the list of a professional, without a message; others have no list and get one.

    It is looked at again when nobody opened it; with nobody to have it the next day.
    """
    if found.holder is not None:
        holder = people.load(turn.conn, found.holder)
        if holder.role != "professional":
            _put_quietly(turn, one, holder)
        alerts.note(turn.conn, one.item_id, "sent", holder.id, turn.now)
        alerts.change(turn.conn, one.item_id, state="sent")
        plan(turn, one, "alert_wake", Call(_read_by(turn, turn.now), (), everybody=False))
        return
    settings = turn.world.settings
    tomorrow = escalation.next_working_day(turn.now, settings.working_hours, settings.zone)
    plan(turn, one, "alert_wake", Call(tomorrow, (), everybody=False))


def _look_again(turn: Turn, one: Alert) -> None:
    """Nobody opened a wish for contact for a working day: its holder gets a message; from the second time on the
    operator hears of it."""
    steps = [step for step in alerts.steps(turn.conn, one.item_id) if step.what in LISTED]
    moment = _read_by(turn, steps[-1].at if steps else one.began_at)
    held = items.load(turn.conn, one.item_id).recipient_id
    if moment <= turn.now:
        if held is None or not duty.reachable(turn.conn, held, turn.now):
            begin(turn, one.item_id)
            return
        if steps[-1:] and steps[-1].what == "reminded":
            turn.alarm("nobody_reads", one.reference)
        _put_quietly(turn, one, people.load(turn.conn, held))
        alerts.note(turn.conn, one.item_id, "reminded", held, turn.now)
        moment = _read_by(turn, turn.now)
    plan(turn, one, "alert_wake", Call(moment, (), everybody=False))


def _read_by(turn: Turn, since: datetime) -> datetime:
    """When a whole working day passed in which something of *since* could be read."""
    settings = turn.world.settings
    read = escalation.next_working_day(since, settings.working_hours, settings.zone)
    return escalation.next_working_day(read, settings.working_hours, settings.zone)


def _put_quietly(turn: Turn, one: Alert, holder: Person) -> None:
    number = len(alerts.steps(turn.conn, one.item_id))
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=relay.reading_moment(turn),
        silent=True,
        dedupe_key=f"item:{one.item_id}:{holder.id}:{number}",
    )
    turn.begin(holder, "alert_item", {"item": one.item_id}, opening)


def _somebody_came(turn: Turn, one: Alert) -> bool:
    """Whether an alert that waits for working hours has somebody now: on call, or back."""
    if one.level != "p1" or one.began_at <= turn.now:
        return False
    found = reading_of(turn, one)
    nobody_had_it = items.load(turn.conn, one.item_id).recipient_id is None
    return found.when == "now" or (nobody_had_it and found.holder is not None)


def _no_later_than_a_shift(turn: Turn, one: Alert, call: Call) -> Call:
    """Whoever begins to be on call hears of what waits at once."""
    if one.level != "p1" or one.organisation_id is None:
        return call
    if duty.decision(turn.conn, one.organisation_id).on_call != "roster":
        return call
    begins = duty.next_shift(turn.conn, one.organisation_id, turn.now)
    return call if begins is None or begins >= call.at else Call(begins, (), everybody=False)


def _next_call(turn: Turn, one: Alert) -> Call:
    found = reading_of(turn, one)
    since = [step for step in alerts.steps(turn.conn, one.item_id) if step.at >= one.began_at]
    last_again = max((n for n, step in enumerate(since) if step.what in AGAIN), default=-1)
    since = since[last_again + 1 :]
    return escalation.next_call(
        found.rungs,
        found.everybody,
        turn.world.settings.escalation.of(one.level),
        found.clock,
        began=one.began_at,
        asked={step.person_id for step in since if step.what == "sent" and step.person_id is not None},
        rounds=[step.at for step in since if step.what == "round"],
    )


def _carry_out(turn: Turn, one: Alert, call: Call) -> None:
    if call.everybody:
        _round(turn, one, call)
    _send(turn, one, call.to)
    held = items.load(turn.conn, one.item_id).recipient_id
    lost = held is None or held in one.excluded or not duty.reachable(turn.conn, held, turn.now)
    if call.to and lost:
        items.change(turn.conn, one.item_id, recipient_id=call.to[0])


def _round(turn: Turn, one: Alert, call: Call) -> None:
    """The maximum time passed: the alarm rings, and once the youngster hears honestly that nobody looked."""
    steps = alerts.steps(turn.conn, one.item_id)
    alerts.note(turn.conn, one.item_id, "round", None, turn.now)
    turn.alarm(_alarm(one, "alert_unseen" if call.to else "alert_reaches_nobody"), one.reference)
    told = any(step.what == "youth_told" and step.at >= one.began_at for step in steps)
    youth = people.load(turn.conn, one.youth_id)
    if told or call.at <= one.raised_at:
        return
    alerts.note(turn.conn, one.item_id, "youth_told", youth.id, turn.now)
    opening = Opening(Lane.ALERT, Promise.AT_LEAST_ONCE, dedupe_key=f"alert_nobody:{one.item_id}:{one.wakes}")
    turn.begin(youth, "alert_nobody", {"item": one.item_id}, opening)


def _send_also(turn: Turn, one: Alert) -> None:
    """Whoever came on call since, without a telephone that rings, gets it as well: the chain waits for nobody there."""
    steps = alerts.steps(turn.conn, one.item_id)
    last_again = max((n for n, step in enumerate(steps) if step.what in AGAIN), default=-1)
    asked = {step.person_id for step in steps[last_again + 1 :] if step.what == "sent"}
    _send(turn, one, tuple(number for number in reading_of(turn, one).also if number not in asked))


def _send(turn: Turn, one: Alert, to: tuple[int, ...]) -> None:
    number = len(alerts.steps(turn.conn, one.item_id))
    for person_id in to:
        relay.alert(turn, one.item_id, person_id, number)
        alerts.note(turn.conn, one.item_id, "sent", person_id, turn.now)
    if to:
        alerts.change(turn.conn, one.item_id, state="sent")


def _alarm(one: Alert, kind: str) -> str:
    return "drill" if one.drill else kind

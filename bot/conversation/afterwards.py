"""What follows an agreed goodbye: planned, put off, ended when somebody comes back, and restored with that undone."""

from __future__ import annotations

from datetime import time, timedelta

from bot.conversation import rights, settings
from bot.conversation.turn import Turn
from bot.programme import ending
from bot.programme.ending import Ending
from bot.programme.lifecycle import Move, Phase
from bot.schedule.local import to_utc
from bot.storage import due, erasures, outflows, preferences
from bot.storage.outflows import Outflow

GOODBYE, ASKS, ANNOUNCES, TERM = "goodbye", "aftercare", "deletion_soon", "term_ended"
KINDS = frozenset({GOODBYE, ASKS, ANNOUNCES, TERM})
AT, ERASED_AT = time(16), time(10)
STILL_OF_USE = timedelta(weeks=2)
PUT_OFF = timedelta(weeks=6)
"""How long somebody who wants back is waited for before the erasure is announced again."""
TAPERING = "taper"
"""Quieter because of the goodbye: what a youngster chose themselves is another word, and stays when this ends."""
BACK: frozenset[Phase] = frozenset({"applied", "screening", "waiting", "trial", "participating"})
"""Phases in which no goodbye stands any more."""


def plan(turn: Turn, one: Outflow) -> None:
    """The goodbye on the day that was agreed on."""
    moment = to_utc(one.ends_on, AT, turn.world.settings.zone)
    due.plan(turn.conn, one.youth_id, GOODBYE, str(one.id), moment, None, {"outflow": one.id}, turn.now)


def plan_end(turn: Turn, one: Outflow, days: Ending) -> None:
    """What comes after the goodbye, each of it named by this goodbye: a later one may have the same days."""
    zone, about = turn.world.settings.zone, {"outflow": one.id}
    for day in days.asks:
        moment = to_utc(day, AT, zone)
        last = moment + STILL_OF_USE
        due.plan(turn.conn, one.youth_id, ASKS, f"{one.id}:{day}", moment, last, about, turn.now)
    occurrence = f"{one.id}:{days.erase_on}"
    announced = to_utc(days.announce_on, AT, zone)
    due.plan(turn.conn, one.youth_id, ANNOUNCES, occurrence, announced, None, about, turn.now)
    ends = to_utc(days.erase_on, ERASED_AT, zone)
    due.plan(turn.conn, one.youth_id, TERM, occurrence, ends, None, about, turn.now)


def drop(turn: Turn, youth_id: int) -> None:
    """Nothing of all this comes, and an erasure that the term asked for does not happen."""
    due.forget(turn.conn, youth_id, KINDS)
    _keep(turn, youth_id)


def put_off(turn: Turn, one: Outflow) -> None:
    """The erasure waits: somebody wants back. When nobody brings them back it is announced again."""
    drop(turn, one.youth_id)
    erase_on = turn.today + PUT_OFF
    outflows.change(turn.conn, one.id, erase_on=erase_on)
    plan_end(turn, one, Ending(turn.today, (), erase_on))


def said(turn: Turn, one: Outflow) -> None:
    """The erasure is announced now: when that is later than planned there is a whole week left all the same."""
    erase_on = turn.today + ending.ANNOUNCED
    if one.erase_on is None or one.erase_on >= erase_on:
        return
    outflows.change(turn.conn, one.id, erase_on=erase_on)
    due.forget(turn.conn, one.youth_id, {TERM})
    ends = to_utc(erase_on, ERASED_AT, turn.world.settings.zone)
    about = {"outflow": one.id}
    due.plan(turn.conn, one.youth_id, TERM, f"{one.id}:{erase_on}", ends, None, about, turn.now)


def moved(turn: Turn, youth_id: int, made: Move) -> None:
    """Somebody who takes part again has no goodbye any more, and what it had planned does not come.

    A goodbye that was noted by hand was said in person: what comes after it is planned all the same.
    """
    if made.phase == "aftercare":
        _said_in_person(turn, youth_id, made)
        return
    one = outflows.of_youth(turn.conn, youth_id)
    if made.phase not in BACK or one is None or one.state not in ("agreed", "ended"):
        return
    outflows.change(turn.conn, one.id, state="withdrawn", answered_at=made.at)
    due.cancel_all(turn.conn, youth_id, KINDS, made.at)
    _keep(turn, youth_id)
    end_tapering(turn, youth_id)


def _said_in_person(turn: Turn, youth_id: int, made: Move) -> None:
    """A goodbye outside the bot, by hand or by who has no account: it has an end with a proof like any other."""
    running = outflows.of_youth(turn.conn, youth_id)
    if made.by is None or (running is not None and running.state != "proposed"):
        return
    asks = made.reason == "chosen"
    number = outflows.propose(turn.conn, youth_id, made.by, made.on, taper=False, farewell="", now=turn.now)
    days = ending.ending(made.on, aftercare=asks)
    values = {
        "state": "ended",
        "answer": "yes",
        "answered_at": made.at,
        "aftercare": asks,
        "erase_on": days.erase_on,
    }
    outflows.change(turn.conn, number, **values)
    if (stands := outflows.of_youth(turn.conn, youth_id)) is not None:
        plan_end(turn, stands, days)


def moved_back(turn: Turn, youth_id: int, undone: Move) -> None:
    """The move was a mistake: the goodbye that it ended stands again, with its days."""
    one = outflows.last(turn.conn, youth_id)
    if (
        undone.phase == "aftercare"
        and one is not None
        and (one.state, one.answered_at) == ("ended", undone.at)
    ):
        outflows.change(turn.conn, one.id, state="withdrawn")
        drop(turn, youth_id)
        return
    if undone.phase not in BACK or one is None or one.state != "withdrawn" or one.answered_at != undone.at:
        return
    outflows.change(turn.conn, one.id, state="agreed" if one.erase_on is None else "ended")
    due.restore(turn.conn, youth_id, undone.at, turn.now)
    if one.erase_on is None:
        begin_tapering(turn, one)
    elif not any(ahead.kind == TERM for ahead in due.waiting_of(turn.conn, youth_id)):
        # The term was over and the erasure waited for an alert: it is announced anew.
        erase_on = turn.today + ending.ANNOUNCED
        outflows.change(turn.conn, one.id, erase_on=erase_on)
        plan_end(turn, one, Ending(turn.today, (), erase_on))


def begin_tapering(turn: Turn, one: Outflow) -> None:
    """Fewer messages until the goodbye, when that was agreed on."""
    if one.taper and preferences.get(turn.conn, one.youth_id, settings.QUIETER) is None:
        preferences.put(turn.conn, one.youth_id, settings.QUIETER, TAPERING, turn.now)


def end_tapering(turn: Turn, youth_id: int) -> None:
    """As many messages as before; what they chose themselves stays."""
    if preferences.get(turn.conn, youth_id, settings.QUIETER) == TAPERING:
        preferences.drop(turn.conn, youth_id, settings.QUIETER, turn.now)


def _keep(turn: Turn, youth_id: int) -> None:
    """Take back an erasure that the term asked for and that waits for an alert; never a wish of their own."""
    waits = erasures.pending(turn.conn, youth_id)
    if waits is None or erasures.why(turn.conn, waits.id) != "term_ended":
        return
    erasures.undo(turn.conn, waits, turn.now)
    due.cancel(turn.conn, youth_id, rights.KIND, str(waits.id), turn.now)

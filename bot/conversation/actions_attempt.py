"""What a youngster may ask for about one attempt at a step: plan, prepare, lay aside, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

from bot.conversation import progress, subject
from bot.conversation.deed import OK, Deed, Outcome
from bot.schedule.local import to_utc
from bot.schedule.quiet import moved
from bot.storage import challenges, due, journal, learned
from bot.storage.challenges import Attempt

NUDGE_VALID = timedelta(hours=2)
FOLLOW_UP = timedelta(hours=2)
FOLLOW_UP_VALID = timedelta(days=2)
OUTCOMES = {"gedaan": "done", "deels": "partly", "niet": "not_done"}
FEARED = {"nee": 0, "beetje": 50, "ja": 100}
TYPED_BEFORE = ("place", "obstacle", "plan_b", "safety", "drop")
TYPED_AFTER = ("happened", "surprised", "learned")


def plan_attempt(deed: Deed) -> Outcome:
    """One attempt, one nudge at its moment and one question two hours later (care research 1.4)."""
    turn, person = deed.turn, deed.person
    given = subject.given(turn, person.id)
    settings = turn.world.settings
    clock = str(deed.answer("time"))
    wall = time(int(clock[:2]), int(clock[2:]))
    moment = to_utc(date.fromisoformat(str(deed.answer("day"))), wall, settings.zone)
    if given is None or given.step is None or moment <= turn.now:
        return Outcome("past")
    for earlier in (challenges.planned(turn.conn, person.id),):
        if earlier is not None:
            _cancel_moments(deed, earlier)
    attempt_id = challenges.plan(turn.conn, given, given.step, moment, turn.now)
    about = {"attempt": attempt_id}
    due.plan(turn.conn, person.id, "nudge", str(attempt_id), moment, moment + NUDGE_VALID, about, turn.now)
    asked = moved(moment + FOLLOW_UP, "asks", turn.band(person), settings.quiet, settings.zone)
    due.plan(
        turn.conn, person.id, "follow_up", str(attempt_id), asked, asked + FOLLOW_UP_VALID, about, turn.now
    )
    return Outcome("ok", about)


def prepare_attempt(deed: Deed) -> Outcome:
    one = _attempt(deed)
    if one is None:
        return OK
    words = {name: deed.words(name) for name in ("prediction", *TYPED_BEFORE)}
    challenges.note(deed.turn.conn, one, words, belief=deed.number("belief"), tension=deed.number("tension"))
    if deed.answer("dangerous") == "ja":
        lay_aside(deed, one)
        return Outcome("danger")
    return OK


def set_attempt_aside(deed: Deed) -> Outcome:
    one = _attempt(deed)
    if one is not None and one.state == "planned":
        lay_aside(deed, one)
    return OK


def choose_smaller(deed: Deed) -> Outcome:
    """One step down the ladder as the youngster rated it. Nothing that was done is lost."""
    turn, person = deed.turn, deed.person
    given = subject.given(turn, person.id)
    found = progress.beside(turn, given, person.language, -1) if given else None
    if given is None or found is None:
        return Outcome("lowest")
    challenges.choose_step(turn.conn, given.id, found.key)
    journal.add(turn.conn, person.id, "step", turn.now, None, given.id)
    return OK


def record_outcome(deed: Deed) -> Outcome:
    """How it went; said again, as after a wrong tap, the later word takes the place of the earlier one."""
    one = _attempt(deed)
    if one is None:
        return OK
    outcome = OUTCOMES[str(deed.answer("outcome"))]
    challenges.note(deed.turn.conn, one, {}, outcome=outcome, state="closed", closed_at=deed.turn.now)
    _cancel_moments(deed, one)
    journal.remove(deed.turn.conn, "outcome", one.id)
    journal.add(deed.turn.conn, deed.person.id, "outcome", deed.turn.now, outcome, one.id)
    return Outcome("ok", {"attempt": one.id})


def record_story(deed: Deed) -> Outcome:
    one = _attempt(deed)
    if one is not None:
        challenges.note(
            deed.turn.conn,
            one,
            {name: deed.words(name) for name in TYPED_AFTER},
            feared=FEARED.get(str(deed.answer("feared"))),
            highest=deed.number("highest"),
            after=deed.number("after"),
            belief_again=deed.number("belief_again"),
        )
        _keep_learned(deed, one)
    return OK


def _attempt(deed: Deed) -> Attempt | None:
    return subject.attempt(deed.turn, deed.person, deed.session.state)


def _keep_learned(deed: Deed, one: Attempt) -> None:
    """What was learned comes back before a next attempt; after a worry that came true nothing does by itself."""
    said = deed.words("learned")
    if said and deed.answer("feared") != "ja":
        learned.keep(deed.turn.conn, deed.person.id, said, "attempt", one.id, deed.turn.now)


def lay_aside(deed: Deed, one: Attempt) -> None:
    """A planned attempt will not happen, nor what was planned around it."""
    challenges.note(deed.turn.conn, one, {}, state="aside", closed_at=deed.turn.now)
    _cancel_moments(deed, one)


def _cancel_moments(deed: Deed, one: Attempt) -> None:
    for kind in ("nudge", "follow_up"):
        due.cancel(deed.turn.conn, one.youth_id, kind, str(one.id), deed.turn.now)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "plan_attempt": plan_attempt,
    "prepare_attempt": prepare_attempt,
    "set_attempt_aside": set_attempt_aside,
    "choose_smaller": choose_smaller,
    "record_outcome": record_outcome,
    "record_story": record_story,
}

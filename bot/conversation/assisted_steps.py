"""Steps that professional and youngster note together: choose, plan, say how it went. "Niet opschrijven" is possible.

A step without words counts like any other. Nothing is noted before somebody signed, nor after that was taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from bot.conversation import actions_attempt, assisted, assisted_danger, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, code_is_open
from bot.conversation.turn import Turn
from bot.schedule.local import to_utc
from bot.storage import challenges, due, journal, learned, withdrawals
from bot.storage.challenges import Attempt
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words

FOLLOW_UP = "follow_up"
DAYS_AHEAD, DAYS_BACK = 14, 14
NOON, ASKED_AT = time(12), time(10)
NO_CONSENT = Outcome("no_consent")
WORDS = assisted_danger.WORDS
NOTHING_ASKED = {"attempt": 0, "fresh": 0, "case": 0, assisted_danger.ASKED: 0}


def choose_together(deed: Deed) -> Outcome:
    """The step they go for; the challenge is taken up with it."""
    turn = deed.turn
    youth = _writable(deed)
    if isinstance(youth, Outcome):
        return youth
    given, chosen = subject.given(turn, youth.id), str(deed.answer("step"))
    if given is None or chosen in withdrawals.steps(turn.conn, given.revision):
        return GONE
    if given.state == "given":
        challenges.set_state(turn.conn, given.id, "active", turn.now)
        journal.add(turn.conn, youth.id, "challenge", turn.now, "active", given.id)
    plan = challenges.planned(turn.conn, youth.id)
    if plan is not None and plan.step != chosen:
        _drop_plan(turn, youth)
    challenges.choose_step(turn.conn, given.id, chosen)
    journal.add(turn.conn, youth.id, "step", turn.now, None, given.id)
    return Outcome("ok", {"attempt": 0, "fresh": 0})


def plan_together(deed: Deed) -> Outcome:
    """A day for it. Nobody gets a message; the day after it the professional is reminded to ask."""
    turn = deed.turn
    youth = _writable(deed)
    if isinstance(youth, Outcome):
        return youth
    given, day = subject.given(turn, youth.id), _day(deed, "when")
    if given is None or given.step is None:
        return GONE
    if day is None or not turn.today <= day <= turn.today + timedelta(days=DAYS_AHEAD):
        return Outcome("past")
    _drop_plan(turn, youth)
    zone = turn.world.settings.zone
    number = challenges.plan(turn.conn, given, given.step, to_utc(day, NOON, zone), turn.now)
    _remind(turn, youth, number, day, str(number))
    return Outcome("ok", {"attempt": number, "fresh": 0})


def undo_plan(deed: Deed) -> Outcome:
    """Nothing is planned any more; the step stays chosen."""
    youth = _writable(deed)
    if isinstance(youth, Outcome):
        return youth
    return OK if _drop_plan(deed.turn, youth) else GONE


def begin_note(deed: Deed) -> Outcome:
    """Of which step they are going to tell: the planned one, else the chosen one on a day they name."""
    turn = deed.turn
    youth = _writable(deed)
    if isinstance(youth, Outcome):
        return youth
    planned = challenges.planned(turn.conn, youth.id)
    given = subject.given(turn, youth.id)
    if planned is None and (given is None or given.step is None):
        return GONE
    return Outcome("day" if planned is None else "planned", NOTHING_ASKED)


def note_together(deed: Deed) -> Outcome:
    """How it went, of what was planned or of a day that was just named; said again, the later word counts."""
    turn = deed.turn
    youth = _writable(deed)
    if isinstance(youth, Outcome):
        return youth
    number, fresh = deed.session.state.subject.get("attempt"), deed.session.state.subject.get("fresh", 0)
    one = challenges.load_attempt(turn.conn, number) if number else challenges.planned(turn.conn, youth.id)
    if one is not None and (one.youth_id != youth.id or one.state == "aside"):
        return GONE
    if one is None:
        given, day = subject.given(turn, youth.id), _day(deed, "was")
        if given is None or given.step is None or day is None or day > turn.today:
            return GONE
        at = to_utc(day, NOON, turn.world.settings.zone)
        one = challenges.load_attempt(turn.conn, challenges.plan(turn.conn, given, given.step, at, turn.now))
        fresh = 1
    about = {"attempt": one.id, "fresh": fresh}
    state = replace(deed.session.state, subject={**deed.session.state.subject, **about})
    actions_attempt.record_outcome(Deed(turn, youth, replace(deed.session, state=state)))
    return Outcome("ok", about)


def note_happened(deed: Deed) -> Outcome:
    """What they say happened, as soon as it is typed: danger in it is asked about before anything else.

    Also when the code is no longer open: only keeping the words waits for that, until the end.
    """
    youth = _writable(deed)
    if youth is GONE:
        return GONE
    one = _noted(deed, youth) if isinstance(youth, Person) else None
    said = deed.words(assisted_danger.HAPPENED)
    if one is not None:
        challenges.note(deed.turn.conn, one, {assisted_danger.HAPPENED: said})
    if assisted_danger.found(said) is not None:
        return Outcome("danger", {assisted_danger.ASKED: 1})
    return OK


def note_words(deed: Deed) -> Outcome:
    """What was said about it, only when they chose to write it down. Danger is asked about first, and once."""
    turn = deed.turn
    youth = _writable(deed)
    if youth is GONE:
        return GONE
    if assisted_danger.asked(deed) < len(WORDS) and assisted_danger.found(
        deed.words(assisted_danger.LEARNED)
    ):
        return Outcome("danger", {assisted_danger.ASKED: len(WORDS)})
    if isinstance(youth, Outcome):
        # After the code they go on here.
        return replace(youth, subject={assisted_danger.ASKED: len(WORDS)})
    one = _noted(deed, youth)
    if one is None:
        return GONE
    words = {name: deed.words(name) for name in WORDS}
    challenges.note(turn.conn, one, words, highest=deed.number("highest"))
    if words["learned"]:
        learned.keep(turn.conn, youth.id, words["learned"], "attempt", one.id, turn.now)
    return Outcome("ok", {assisted_danger.ASKED: 0})


def undo_note(deed: Deed) -> Outcome:
    """As it was before: what was planned is planned again, words and figures are gone."""
    turn = deed.turn
    if not code_is_open(deed):
        return Outcome("code")
    youth = assisted.mine(turn, deed.person, deed.session.state)
    one = _noted(deed, youth) if youth is not None else None
    if youth is None or one is None:
        return GONE
    back = "aside" if deed.session.state.subject.get("fresh") else "planned"
    challenges.forget_told(turn.conn, one, back, turn.now)
    journal.remove(turn.conn, "outcome", one.id)
    learned.forget(turn.conn, youth.id, "attempt", one.id)
    if back == "planned":
        day = one.planned_at.astimezone(turn.world.settings.zone).date()
        _remind(turn, youth, one.id, day, f"{one.id}:{turn.now:%Y%m%dT%H%M%S}")
    return Outcome("ok", {"attempt": 0, "fresh": 0})


def _writable(deed: Deed) -> Person | Outcome:
    """The youngster, when something may be noted now; else why not."""
    if not code_is_open(deed):
        return Outcome("code")
    youth = assisted.mine(deed.turn, deed.person, deed.session.state)
    if youth is None:
        return GONE
    return youth if assisted.consent(deed.turn, youth) == "given" else NO_CONSENT


def _noted(deed: Deed, youth: Person) -> Attempt | None:
    number = deed.session.state.subject.get("attempt")
    one = challenges.load_attempt(deed.turn.conn, number) if number else None
    return one if one is not None and one.youth_id == youth.id and one.state == "closed" else None


def _remind(turn: Turn, youth: Person, number: int, day: date, occurrence: str) -> None:
    moment = to_utc(day + timedelta(days=1), ASKED_AT, turn.world.settings.zone)
    if moment > turn.now:
        due.plan(turn.conn, youth.id, FOLLOW_UP, occurrence, moment, None, {"attempt": number}, turn.now)


def _drop_plan(turn: Turn, youth: Person) -> bool:
    one = challenges.planned(turn.conn, youth.id)
    if one is None:
        return False
    challenges.note(turn.conn, one, {}, state="aside", closed_at=turn.now)
    due.cancel_all(turn.conn, youth.id, (FOLLOW_UP,), turn.now)
    return True


def _day(deed: Deed, field: str) -> date | None:
    try:
        return date.fromisoformat(str(deed.answer(field)))
    except ValueError:
        return None


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "choose_together": choose_together,
    "plan_together": plan_together,
    "undo_plan": undo_plan,
    "begin_note": begin_note,
    "note_together": note_together,
    "note_happened": note_happened,
    "note_words": note_words,
    "undo_note": undo_note,
}


# Facts


def ladder(ask: Asked) -> tuple[Option, ...]:
    youth = assisted.seen(ask)
    given = subject.given(ask.turn, youth.id) if youth is not None else None
    if given is None:
        return ()
    steps = subject.ladder(ask.turn, given, ask.person.language)
    return tuple(Option(step.key, step.title) for step in steps)


def has_step(ask: Asked) -> bool:
    youth = assisted.seen(ask)
    given = subject.given(ask.turn, youth.id) if youth is not None else None
    return given is not None and given.step is not None


def has_plan(ask: Asked) -> bool:
    youth = assisted.seen(ask)
    return youth is not None and challenges.planned(ask.turn.conn, youth.id) is not None


def step_title(ask: Asked) -> str:
    """The step that is noted or planned, else the one they chose."""
    youth = assisted.seen(ask)
    if youth is None:
        return ""
    number = ask.state.subject.get("attempt")
    one = (
        challenges.load_attempt(ask.turn.conn, number)
        if number
        else challenges.planned(ask.turn.conn, youth.id)
    )
    return title_of(ask.turn, youth, one, ask.person.language)


def title_of(turn: Turn, youth: Person, one: Attempt | None, language: str) -> str:
    """The title of the step of an attempt, else of the one that is chosen; empty when there is none."""
    if one is not None and one.youth_id == youth.id:
        held, key = challenges.load(turn.conn, one.challenge_id), one.step
    else:
        given = subject.given(turn, youth.id)
        if given is None or given.step is None:
            return ""
        held, key = given, given.step
    found = subject.challenge_text(turn, held, language).step(key)
    return found.title if found is not None else ""


def _days(first: int, last: int) -> Callable[[Asked], tuple[Option, ...]]:
    shifts = range(first, last + 1) if first <= last else range(first, last - 1, -1)

    def look(ask: Asked) -> tuple[Option, ...]:
        zone = ask.turn.world.settings.zone
        found = [ask.turn.today + timedelta(days=shift) for shift in shifts]
        return tuple(
            Option(day.isoformat(), wording.day_label(ask.turn, ask.person, to_utc(day, NOON, zone)))
            for day in found
        )

    return look


def noted_words(ask: Asked) -> Words:
    """What is kept about the step that was just noted."""
    youth, number = assisted.seen(ask), ask.state.subject.get("attempt")
    one = challenges.load_attempt(ask.turn.conn, number) if youth is not None and number else None
    if youth is None or one is None or one.youth_id != youth.id or one.state != "closed":
        return Words("")
    return kept(ask.turn, ask.person, youth, one)


def kept(turn: Turn, reader: Person, youth: Person, one: Attempt) -> Words:
    """One line about a step: day, step, how it went, and the words if there are any."""
    line = turn.phrase(
        "assisted_note",
        reader,
        day=wording.day(turn, reader, one.planned_at),
        step_title=title_of(turn, youth, one, reader.language),
        how=turn.phrase(f"moved_outcome_{one.outcome}", reader),
    )
    more = [str(one.words[name]) for name in WORDS if one.words.get(name)]
    if one.highest is not None:
        more.insert(0, turn.phrase("assisted_tension", reader, figure=one.highest))
    return Words("\n".join([line, *more]))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "assisted_ladder": ladder,
    "assisted_has_challenge": lambda ask: bool(ladder(ask)),
    "assisted_has_step": has_step,
    "assisted_has_plan": has_plan,
    "assisted_step": step_title,
    "assisted_days": _days(0, DAYS_AHEAD),
    "assisted_days_back": _days(0, -DAYS_BACK),
    "assisted_noted": noted_words,
}

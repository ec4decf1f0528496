"""What a youngster's dialogs may ask for: consent, challenge, plan, outcome, check-in, evening, a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from bot.conversation import checkin, lines, pinning, planning, progress, relay, subject, terms
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.schedule.local import to_utc
from bot.schedule.quiet import moved
from bot.schedule.reading import is_working
from bot.storage import (
    challenges,
    consents,
    due,
    items,
    journal,
    learned,
    meetings,
    people,
    sessions,
    withdrawals,
)
from bot.storage.challenges import Attempt

NUDGE_VALID = timedelta(hours=2)
FOLLOW_UP = timedelta(hours=2)
FOLLOW_UP_VALID = timedelta(days=2)
OUTCOMES = {"gedaan": "done", "deels": "partly", "niet": "not_done"}
FEARED = {"nee": 0, "beetje": 50, "ja": 100}
COMING = {"kom": "come", "niet": "not", "weet_niet": "unsure"}
TYPED_BEFORE = ("place", "obstacle", "plan_b", "safety", "drop")
TYPED_AFTER = ("happened", "surprised", "learned")


def acknowledge(deed: Deed) -> Outcome:
    people.change(deed.turn.conn, deed.person.id, acknowledged_at=deed.turn.now)
    deed.turn.note(deed.person, "acknowledge", "person", deed.person.id, deed.person.id)
    return OK


def consent_given(deed: Deed) -> Outcome:
    _consent(deed, given=True)
    people.change(
        deed.turn.conn, deed.person.id, state="active", began_at=deed.person.began_at or deed.turn.now
    )
    pinning.pin_help(deed.turn, deed.person)
    relay.notify_staff(deed.turn, deed.person, "joined")
    planning.plan_again(deed.turn)
    return OK


def consent_refused(deed: Deed) -> Outcome:
    _consent(deed, given=False)
    people.change(deed.turn.conn, deed.person.id, state="refused")
    relay.notify_staff(deed.turn, deed.person, "refused")
    return OK


def set_language(deed: Deed) -> Outcome:
    language = str(deed.answer("language"))
    if language in deed.turn.world.library.languages:
        people.change(deed.turn.conn, deed.person.id, language=language)
    return OK


def accept_challenge(deed: Deed) -> Outcome:
    given = subject.given(deed.turn, deed.person.id)
    if given is None:
        return GONE
    challenges.set_state(deed.turn.conn, given.id, "active", deed.turn.now)
    journal.add(deed.turn.conn, deed.person.id, "challenge", deed.turn.now, "active", given.id)
    return OK


def decline_challenge(deed: Deed) -> Outcome:
    given = subject.given(deed.turn, deed.person.id)
    if given is None:
        return GONE
    challenges.set_state(deed.turn.conn, given.id, "declined", deed.turn.now)
    journal.add(deed.turn.conn, deed.person.id, "challenge", deed.turn.now, "declined", given.id)
    return OK


def save_ratings(deed: Deed) -> Outcome:
    given = subject.given(deed.turn, deed.person.id)
    rated = deed.answer("tension")
    if given is not None and isinstance(rated, Mapping):
        figures = {step: figure for step, figure in rated.items() if isinstance(figure, int)}
        challenges.rate(deed.turn.conn, given.id, figures, deed.turn.now)
    return OK


def choose_step(deed: Deed) -> Outcome:
    given = subject.given(deed.turn, deed.person.id)
    chosen = str(deed.answer("step"))
    if given is None or chosen in withdrawals.steps(deed.turn.conn, given.revision):
        return GONE
    challenges.choose_step(deed.turn.conn, given.id, chosen)
    journal.add(deed.turn.conn, deed.person.id, "step", deed.turn.now, None, given.id)
    return OK


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
    one = _attempt(deed)
    if one is None:
        return OK
    outcome = OUTCOMES[str(deed.answer("outcome"))]
    challenges.note(deed.turn.conn, one, {}, outcome=outcome, state="closed", closed_at=deed.turn.now)
    _cancel_moments(deed, one)
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


def draft_checkin(deed: Deed) -> Outcome:
    one = _attempt(deed)
    if one is None or not checkin.parts_of(one):
        return Outcome("empty")
    content = lines.check_in(deed.turn, deed.person, one, frozenset())
    item_id = items.add(
        deed.turn.conn,
        deed.person.id,
        "checkin",
        deed.turn.now,
        content,
        attempt_id=one.id,
        recipient_id=subject.reader_now(deed.turn, deed.person.id),
    )
    return Outcome("ready", {"item": item_id})


def toggle_part(deed: Deed) -> Outcome:
    one = items.load(deed.turn.conn, deed.row("item"))
    attempt = _attempt(deed)
    if attempt is None or one.state != "draft":
        return Outcome("empty")
    left_out = one.left_out ^ {str(deed.answer("part"))}
    content = lines.check_in(deed.turn, deed.person, attempt, left_out)
    items.write(deed.turn.conn, one, content, left_out)
    return Outcome("ready" if checkin.told(attempt, left_out) else "empty")


def send_checkin(deed: Deed) -> Outcome:
    """To whom the preview named. Is that person gone or away meanwhile, it names somebody else first."""
    reader = subject.listener(deed.turn, deed.person.id)
    one = items.load(deed.turn.conn, deed.row("item"))
    if reader is None:
        deed.turn.alarm("nobody_reads")
        return Outcome("nobody")
    if one.state == "draft" and one.recipient_id != reader.id:
        items.change(deed.turn.conn, one.id, recipient_id=reader.id)
        return Outcome("changed")
    if one.state == "draft":
        relay.send_item(deed.turn, one.id, reader, deed.turn.now)
    return _now_or_later(deed)


def keep_checkin(deed: Deed) -> Outcome:
    one = items.load(deed.turn.conn, deed.row("item"))
    if one.state == "draft":
        items.change(deed.turn.conn, one.id, state="kept")
    return OK


def choose_evening(deed: Deed) -> Outcome:
    """The evening the dialog is about stays the same however long its question is open."""
    if "meeting" in deed.session.state.subject:
        return Outcome("reminded")
    evening = subject.meeting(deed.turn, deed.person, deed.session.state)
    return Outcome("asked", {"meeting": evening.id}) if evening else Outcome("none")


def answer_meeting(deed: Deed) -> Outcome:
    evening = subject.meeting(deed.turn, deed.person, deed.session.state)
    if evening is None or evening.starts_at <= deed.turn.now:
        return Outcome("over")
    said = COMING[str(deed.answer("coming"))]
    meetings.answer(deed.turn.conn, evening.id, deed.person.id, said, deed.turn.now)
    journal.add(deed.turn.conn, deed.person.id, "meeting", deed.turn.now, said, evening.id)
    return Outcome("ok", {"meeting": evening.id})


def _consent(deed: Deed, *, given: bool) -> None:
    text = terms.hash_of(deed.turn.world.library)
    consents.add(deed.turn.conn, deed.person.id, terms.PURPOSE, given, text, deed.turn.now)
    action = "consent_given" if given else "consent_refused"
    deed.turn.note(deed.person, action, "person", deed.person.id, deed.person.id)
    for other in {"welcome", "again"} - {deed.session.script}:
        # An older screen may not undo, behind their back, what was just decided.
        sessions.close(deed.turn.conn, deed.person.id, other, deed.turn.now)


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


def _now_or_later(deed: Deed, rows: Mapping[str, int] | None = None) -> Outcome:
    settings = deed.turn.world.settings
    now: datetime = deed.turn.now
    return Outcome("now" if is_working(now, settings.working_hours, settings.zone) else "later", rows or {})


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "acknowledge": acknowledge,
    "consent_given": consent_given,
    "consent_refused": consent_refused,
    "set_language": set_language,
    "accept_challenge": accept_challenge,
    "decline_challenge": decline_challenge,
    "save_ratings": save_ratings,
    "choose_step": choose_step,
    "plan_attempt": plan_attempt,
    "prepare_attempt": prepare_attempt,
    "set_attempt_aside": set_attempt_aside,
    "choose_smaller": choose_smaller,
    "record_outcome": record_outcome,
    "record_story": record_story,
    "draft_checkin": draft_checkin,
    "toggle_part": toggle_part,
    "send_checkin": send_checkin,
    "keep_checkin": keep_checkin,
    "choose_evening": choose_evening,
    "answer_meeting": answer_meeting,
}

"""What a youngster's dialogs may ask for: consent, language, a challenge and its step, the evening."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import pinning, planning, relay, subject, terms
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.storage import challenges, consents, journal, meetings, people, sessions, withdrawals

COMING = {"kom": "come", "niet": "not", "weet_niet": "unsure"}


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


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "acknowledge": acknowledge,
    "consent_given": consent_given,
    "consent_refused": consent_refused,
    "set_language": set_language,
    "accept_challenge": accept_challenge,
    "decline_challenge": decline_challenge,
    "save_ratings": save_ratings,
    "choose_step": choose_step,
    "choose_evening": choose_evening,
    "answer_meeting": answer_meeting,
}

"""Several challenges, one open at a time: the youngster chooses which; the next one is chosen together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import actions_attempt, subject
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.storage import challenges, journal, withdrawals
from bot.storage.challenges import Given
from dialogs.effects import Option


def others(ask: Asked) -> tuple[Option, ...]:
    """The challenges that can be taken up again, by the title they were given with."""
    found = challenges.left(ask.turn.conn, ask.person.id)
    return tuple(
        Option(str(one.id), subject.challenge_text(ask.turn, one, ask.person.language).title) for one in found
    )


def choose_challenge(deed: Deed) -> Outcome:
    """Another one becomes the open one; the one that was open rests, with everything that was done."""
    wanted = str(deed.answer("challenge"))
    found = [one for one in challenges.left(deed.turn.conn, deed.person.id) if str(one.id) == wanted]
    if not found:
        return GONE
    current = subject.given(deed.turn, deed.person.id)
    if current is not None:
        _leave(deed, current, "resting")
    return Outcome(_take_up(deed, found[0]))


def rest_challenge(deed: Deed) -> Outcome:
    """Nothing is open for now: the professional sees that a new one is chosen together."""
    return _leave_open(deed, "resting")


def finish_challenge(deed: Deed) -> Outcome:
    """This challenge is done; the professional sees that, and the next one is chosen together."""
    return _leave_open(deed, "done")


def reopen_challenge(deed: Deed) -> Outcome:
    """Not left after all; too late when another one is open since."""
    number = deed.session.state.subject.get("challenge")
    found = [one for one in challenges.left(deed.turn.conn, deed.person.id) if one.id == number]
    if not found or subject.given(deed.turn, deed.person.id) is not None:
        return GONE
    _take_up(deed, found[0])
    return OK


def _leave_open(deed: Deed, state: str) -> Outcome:
    current = subject.given(deed.turn, deed.person.id)
    if current is None:
        return GONE
    _leave(deed, current, state)
    journal.add(deed.turn.conn, deed.person.id, "challenge", deed.turn.now, state, current.id)
    return Outcome("ok", {"challenge": current.id})


def _leave(deed: Deed, one: Given, state: str) -> None:
    planned = challenges.planned(deed.turn.conn, deed.person.id)
    if planned is not None:
        actions_attempt.lay_aside(deed, planned)
    challenges.set_state(deed.turn.conn, one.id, state, deed.turn.now)


def _take_up(deed: Deed, one: Given) -> str:
    """Open it again; whether a step is chosen that still exists."""
    conn = deed.turn.conn
    challenges.set_state(conn, one.id, "active", deed.turn.now)
    journal.add(conn, deed.person.id, "challenge", deed.turn.now, "active", one.id)
    if one.step is None or one.step in withdrawals.steps(conn, one.revision):
        challenges.choose_step(conn, one.id, None)
        return "no_step"
    return "step"


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "choose_challenge": choose_challenge,
    "rest_challenge": rest_challenge,
    "finish_challenge": finish_challenge,
    "reopen_challenge": reopen_challenge,
}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "other_challenges": others,
    "has_other_challenges": lambda ask: bool(challenges.left(ask.turn.conn, ask.person.id)),
}

"""Facts of the notice that a step or a challenge was withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import subject
from bot.conversation.asked import Asked
from bot.storage import challenges, withdrawals
from bot.storage.challenges import Given


def _given(ask: Asked) -> Given:
    return challenges.load(ask.turn.conn, ask.row("challenge"))


def withdrawn_step(ask: Asked) -> str:
    """The title of the step that was taken away."""
    given, one = _given(ask), withdrawals.load(ask.turn.conn, ask.row("withdrawal"))
    step = subject.challenge_text(ask.turn, given, ask.person.language).step(one.step or "")
    return step.title if step else ""


def withdrawn_challenge(ask: Asked) -> str:
    """The title of the challenge that was taken away."""
    return subject.challenge_text(ask.turn, _given(ask), ask.person.language).title


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "withdrawn_step": withdrawn_step,
    "withdrawn_challenge": withdrawn_challenge,
    "has_other_step": lambda ask: (
        (one := subject.given(ask.turn, ask.person.id)) is not None
        and bool(subject.ladder(ask.turn, one, ask.person.language))
    ),
}

"""A new challenge out of the answers of a conversation, sent as two documents to read and to send back."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from bot.content.new import FEWEST, NewChallenge, NewStep, Said, written
from bot.content.pages import Actor, allow
from bot.conversation import editing
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.storage import drafts, publications
from challenge_catalog.model import Band, Cause

BANDS: dict[str, tuple[Band, ...]] = {
    "both": ("under18", "18plus"),
    "under18": ("under18",),
    "18plus": ("18plus",),
}


def make_challenge(deed: Deed) -> Outcome:
    """Both documents; *taken* when there is a challenge or a draft with this name. Nothing is kept here."""
    turn, person = deed.turn, deed.person
    if not editing.may_edit(person):
        return GONE
    pages = written(_answered(deed))
    if publications.history(turn.conn, pages.kind, pages.key) or drafts.of_key(
        turn.conn, pages.kind, pages.key
    ):
        return Outcome("taken")
    allow(turn.conn, Actor(person.id, person.role), "make_content", pages, turn.now)
    editing.hand_over(turn, person, pages, new=True)
    return OK


def _answered(deed: Deed) -> NewChallenge:
    def said(name: str) -> Said:
        return Said(deed.words(name) or "")

    return NewChallenge(
        title=said("new_title"),
        about=said("new_about"),
        causes=(cast(Cause, deed.answer("new_cause")),),
        bands=BANDS[str(deed.answer("new_band"))],
        steps=tuple(
            NewStep(
                said(f"new_title_{number}"),
                said(f"new_do_{number}"),
                (said(f"new_fear_{number}"), said(f"new_second_{number}")),
            )
            for number in range(1, FEWEST + 1)
        ),
    )


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"make_challenge": make_challenge}

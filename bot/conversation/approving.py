"""Which challenges may be given to whom: never a withdrawn one, and to real youngsters only what was approved."""

from __future__ import annotations

from typing import Literal

from bot.conversation.turn import Turn
from bot.storage import approvals, withdrawals
from bot.storage.people import Person
from challenge_catalog.model import Challenge

Verdict = Literal["yes", "gone", "not_approved"]


def verdict(turn: Turn, youth: Person, key: str) -> Verdict:
    """Whether the newest text of a challenge may be given. Examples are for sandbox and practice (issue: approval).

    *Real Telegram* is decided in one place, ``bot.config.is_real_telegram``; the settings carry its answer.
    """
    library = turn.world.library
    if not library.has_challenge(key):
        return "gone"
    revision = library.revision("challenge", key)
    if withdrawals.whole(turn.conn, revision):
        return "gone"
    if turn.world.settings.real and not youth.practice and not approvals.has(turn.conn, revision):
        return "not_approved"
    return "yes"


def offered(turn: Turn, reader: Person, youth: Person) -> list[tuple[Challenge, Verdict]]:
    """The challenges for the youngster's band, none that was withdrawn; what may be given stands first."""
    band = turn.band(youth)
    found = [
        (one, verdict(turn, youth, one.key))
        for one in turn.world.library.challenges(reader.language)
        if band in one.bands
    ]
    there = [(one, said) for one, said in found if said != "gone"]
    return sorted(there, key=lambda pair: pair[1] != "yes")

"""A youngster hears that somebody else reads what they send: neutral in the chat, the names after a tap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation.asked import Asked
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule.quiet import moved
from bot.storage import chats, people
from bot.storage.people import Person
from dialogs.words import Words

SCRIPT = "reader_told"
NOW, CHANGED, AWAY, LEFT, TAKEN = 1, 2, 3, 4, 5
"""Why, as ``subject["reads"]``: who looks after them changed; the reader can get nothing; is away; left it too long;
a colleague took it over."""
_PHRASES = {
    CHANGED: "reader_changed",
    AWAY: "reader_away",
    LEFT: "notify_colleague_reads",
    TAKEN: "taken_over_youth",
}


def tell(
    turn: Turn, youth: Person, reads: int, gone: Person | None, colleague: Person | None, key: str
) -> None:
    """A change of reader is never silent: outside quiet hours, once for each *key*.

    Who stopped, or never said yes, hears nothing.
    """
    asked = any(one.opening.dedupe_key == key for one in turn.starts)
    if youth.state != "active" or asked or chats.was_put(turn.conn, key):
        return
    about = {"reads": reads}
    if gone is not None:
        about["gone"] = gone.id
    if colleague is not None:
        about["colleague"] = colleague.id
    settings = turn.world.settings
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=moved(turn.now, "asks", turn.band(youth), settings.quiet, settings.zone),
        dedupe_key=key,
    )
    turn.begin(youth, SCRIPT, about, opening)


# Facts


def said(ask: Asked) -> Words:
    """Who reads and why. Who looks after them is told as it is when they read it, not as it was when it was sent."""
    turn, youth, reads = ask.turn, ask.person, ask.state.subject.get("reads", NOW)
    gone = people.find(turn.conn, ask.state.subject.get("gone", 0))
    if reads != NOW:
        colleague = people.find(turn.conn, ask.state.subject.get("colleague", 0))
        names = {"professional": _name(ask, gone), "colleague": _name(ask, colleague)}
        return Words(turn.phrase(_PHRASES[reads], youth, **names))
    helpers = people.looked_after_by(turn.conn, youth.id)
    names = {kind: people.load(turn.conn, number).name for kind, number in helpers.items()}
    leaders = people.staff_of_group(turn.conn, youth.group_id) if youth.group_id is not None else []
    left = gone is not None and gone.id not in {one.id for one in leaders}
    return Words(
        turn.phrase(
            "readers_now",
            youth,
            gone=_name(ask, gone) if left else Words(""),
            main=names.get("main", Words("")),
            backup=names.get("backup", Words("")),
        )
    )


def _name(ask: Asked, one: Person | None) -> Words:
    return one.name if one is not None else Words(ask.turn.phrase("somebody", ask.person))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {"reader_news": said}

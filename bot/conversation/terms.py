"""The words a youngster agreed to. When they change, the question is asked anew, once, before anything else changes."""

from __future__ import annotations

import hashlib

from bot.conversation.shelf import Shelf
from bot.conversation.turn import Turn
from bot.schedule.quiet import moved
from bot.storage import consents, due
from bot.storage.people import Person
from dialogs.facts import FACTS
from dialogs.text import plain

KIND = "terms"
PURPOSE = "keep_answers"
STEPS = ("start", "who", "seen", "seen_more", "consent", "more")
"""The steps of the welcome dialog that say who reads what, what is kept and what is asked."""

_SHOWN = ("seen", "seen_more")


def hash_of(shelf: Shelf) -> str:
    """A hash of the promise in Dutch, for both age bands, worded for an example person."""
    steps = shelf.script("welcome", "nl").steps
    digest = hashlib.sha256()
    for key in STEPS:
        say = steps[key].say
        for band in ("under18", "18plus"):
            scope = {**FACTS, "band": band, "answers": {}, "labels": {}}
            digest.update((plain(say(scope)) if say else "").encode() + b"\0")
    return digest.hexdigest()


def shown(turn: Turn, person: Person, part: int) -> str:
    """What the professional always sees, as the welcome dialog says it now; *part* 0 or 1."""
    say = turn.world.library.script("welcome", person.language).steps[_SHOWN[part]].say
    names = {**FACTS, "band": turn.band(person), "answers": {}, "labels": {}}
    main = _reader(turn, person)
    return plain(say({**names, "professional": main})) if say else ""


def plan(turn: Turn, youth: Person, current: str) -> None:
    """Ask once for each version of the words, at a moment that suits."""
    agreed = consents.latest_words(turn.conn, youth.id, PURPOSE)
    if agreed is None or agreed == current:
        return
    settings = turn.world.settings
    moment = moved(turn.now, "asks", turn.band(youth), settings.quiet, settings.zone)
    due.plan(turn.conn, youth.id, KIND, current[:16], moment, None, {}, turn.now)


def _reader(turn: Turn, person: Person) -> str:
    from bot.conversation import subject

    main = subject.main_of(turn, person.id)
    return str(main.name) if main else turn.phrase("somebody", person)

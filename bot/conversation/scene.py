"""A part of a draft that its author tries: the script that is played, with the facts of a made-up youngster."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from bot.age import Band
from bot.content.kinds import sources_of
from bot.content.library import Library, Vocabulary
from bot.content.loader import build
from bot.content.pages import Pages, drafted
from bot.content.problem import LANGUAGES, Language
from bot.conversation import example, pages_played
from bot.conversation.example import BANDS, NOWHERE, SCENE
from bot.conversation.sample import samples
from bot.conversation.turn import Turn
from bot.storage import drafts
from bot.storage.drafts import Draft
from bot.storage.people import Person
from challenge_catalog.model import Challenge
from dialogs.script import Script

OFFER, STEP = "challenge", "step_now"
"""The dialogs in which a youngster meets a challenge: first all of it, then each step."""
_HASH = 12
_FOR_WHOM = re.compile(r"^for:[ \t]*[\"']?(\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of a draft that is played: *script* with *samples*; *parts* are all there are."""

    script: Script
    samples: Mapping[str, Any]
    parts: int


def of(turn: Turn, person: Person, subject: Mapping[str, int]) -> Scene | None:
    """What is played of the draft that *subject* names; none when nothing is, or when it cannot be."""
    draft = draft_of(turn.conn, person.id, subject) if plays(subject) and not subject["errors"] else None
    if draft is None:
        return None
    pages = drafted(draft)
    band, language = reader_of(subject)
    reader = replace(person, language=language)
    library = compiled(turn, pages)
    place = subject[SCENE]
    challenge = challenge_in(library, pages.key, language) if pages.kind == "challenge" else None
    given = samples(turn, reader, band, challenge or _any_challenge(turn, band, language), max(place - 1, 0))
    if subject.get("dialog"):
        other = _named(turn, subject["dialog"])
        played = _dialog(turn, library, other, language) if other else None
    elif challenge is not None:
        played = turn.world.library.script(STEP if place else OFFER, language)
    elif pages.kind == "dialog":
        played = _dialog(turn, library, pages.key, language)
    else:
        played = example.told(pages.key, pages_played.shown(turn, reader, band, pages, library, given))
    if played is None:
        return None
    return Scene(played, given, 1 + len(challenge.steps) if challenge else 1)


def compiled(turn: Turn, pages: Pages) -> Library:
    """The text in *pages*, which was found free of errors."""
    others = tuple(sorted(turn.world.library.audiences().items()))
    return _compiled(pages, others)


def challenge_in(library: Library, key: str, language: Language) -> Challenge | None:
    """The challenge in *language*, else in Dutch."""
    return library.challenges.get((key, language)) or library.challenges.get((key, "nl"))


def reader_of(subject: Mapping[str, int]) -> tuple[Band, Language]:
    """For whom it is played: ``reader`` counts the age bands, then once more in the other language."""
    number = subject.get("reader", 0)
    return BANDS[number % len(BANDS)], LANGUAGES[number // len(BANDS) % len(LANGUAGES)]


def number_of_name(name: str) -> int:
    """A name as a subject holds it."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:_HASH], 16)


def name_of(turn: Turn, number: int) -> str:
    """The dialog whose name has this number; empty when there is none."""
    return _named(turn, number) or ""


def plays(subject: Mapping[str, int]) -> bool:
    """Whether a dialog is about a part that is played now."""
    return subject.get(SCENE, NOWHERE) != NOWHERE


def draft_of(conn: Connection, person_id: int, subject: Mapping[str, int]) -> Draft | None:
    """The draft a dialog of its author is about, as it was checked; none when it is gone or changed."""
    draft = drafts.load(conn, subject["draft"])
    if draft is None or draft.author_id != person_id:
        return None
    return draft if drafted(draft).number == subject["checked"] else None


def has_weeks(draft: Draft) -> bool:
    """Whether a youngster meets this text in weeks: a challenge, or a conversation for youngsters."""
    if draft.kind == "challenge":
        return True
    said = _FOR_WHOM.search(draft.nl)
    return draft.kind == "dialog" and (said is None or said[1] == "youth")


def _named(turn: Turn, number: int) -> str | None:
    return next((name for name in turn.world.library.audiences() if number_of_name(name) == number), None)


def _dialog(turn: Turn, library: Library, name: str, language: Language) -> Script | None:
    own = library.dialogs.get((name, language)) or library.dialogs.get((name, "nl"))
    if own is not None:
        return own
    return turn.world.library.script(name, language) if turn.world.library.has_dialog(name) else None


def _any_challenge(turn: Turn, band: Band, language: Language) -> Challenge | None:
    return next((one for one in turn.world.library.challenges(language) if band in one.bands), None)


@lru_cache(maxsize=8)
def _compiled(pages: Pages, others: tuple[tuple[str, str], ...]) -> Library:
    sources = sources_of(pages.kind, pages.key, pages.nl, pages.en)
    return build(sources, Vocabulary(others=dict(others))).library

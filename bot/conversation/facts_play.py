"""Facts for whoever tries an own draft: for whom it can be played, what comes next, with whom six weeks go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from bot.content.pages import Pages, drafted
from bot.content.problem import LANGUAGES
from bot.conversation import scene
from bot.conversation.asked import Asked
from bot.conversation.example import BANDS, NOWHERE, SCENE
from bot.rehearsal.personas import Persona, personas
from bot.storage import drafts, publications
from bot.storage.drafts import Draft
from dialogs.effects import Option

BOTH_LANGUAGES = ("challenge", "dialog")
"""Kinds that are played in one language; of the others both are shown at once."""


def readers(ask: Asked) -> tuple[Option, ...]:
    """For whom a draft can be played: the age bands it is for, in each language where that makes a difference."""
    pages = _pages(ask)
    if pages is None:
        return ()
    bands = BANDS
    if pages.kind == "challenge":
        challenge = scene.challenge_in(scene.compiled(ask.turn, pages), pages.key, "nl")
        bands = tuple(band for band in BANDS if challenge is None or band in challenge.bands)
    several = pages.kind in BOTH_LANGUAGES
    return tuple(
        Option(
            str(BANDS.index(band) + number * len(BANDS)),
            ask.turn.phrase("play_reader", ask.person, reader=band, spoken=language if several else ""),
        )
        for number, language in enumerate(LANGUAGES if several else LANGUAGES[:1])
        for band in bands
    )


def next_part(ask: Asked) -> str:
    """The title of the step that can be played next; empty when there is none."""
    pages, place = _pages(ask), ask.state.subject.get(SCENE, NOWHERE) + 1
    if pages is None or pages.kind != "challenge":
        return ""
    _, language = scene.reader_of(ask.state.subject)
    challenge = scene.challenge_in(scene.compiled(ask.turn, pages), pages.key, language)
    steps = challenge.steps if challenge else ()
    return steps[place - 1].title if 0 < place <= len(steps) else ""


def then(ask: Asked) -> str:
    """The dialog that a youngster gets after the one that ended; empty when none follows."""
    number = ask.state.subject.get("follows", 0)
    return scene.name_of(ask.turn, number) if number else ""


def own_drafts(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(str(one.id), f"{one.key} ({one.kind})") for one in of_person(ask.turn.conn, ask.person.id)
    )


def has_own(ask: Asked) -> bool:
    """Whether there is an own draft of the file this dialog is about."""
    line = publications.load(ask.turn.conn, ask.row("file"))
    mine = of_person(ask.turn.conn, ask.person.id)
    return any((one.kind, one.key) == (line.kind, line.key) for one in mine)


def people_there(ask: Asked) -> tuple[Persona, ...]:
    """The made-up youngsters for whom the draft is."""
    draft = drafts.load(ask.turn.conn, ask.row("draft"))
    if draft is None or draft.kind != "challenge" or ask.row("errors"):
        return tuple(personas().values())
    pages = drafted(draft)
    challenge = scene.challenge_in(scene.compiled(ask.turn, pages), pages.key, "nl")
    return tuple(
        one
        for one in personas().values()
        if challenge is None or ("18plus" if one.adult else "under18") in challenge.bands
    )


def _described(ask: Asked) -> str:
    language = "en" if ask.person.language == "en" else "nl"
    return "\n".join(f"{one.name}: {one.about[language]}" for one in people_there(ask))


def _persona(ask: Asked) -> str:
    found = personas().get(str(ask.state.answers.get("weeks_with")))
    return found.name if found else ""


def _can(ask: Asked) -> bool:
    draft = drafts.load(ask.turn.conn, ask.row("draft"))
    return draft is not None and scene.has_weeks(draft)


def _pages(ask: Asked) -> Pages | None:
    draft = drafts.load(ask.turn.conn, ask.row("draft"))
    mine = draft is not None and draft.author_id == ask.person.id and not ask.row("errors")
    return drafted(draft) if draft is not None and mine else None


def of_person(conn: Connection, person_id: int) -> list[Draft]:
    return [one for one in drafts.every(conn) if one.author_id == person_id]


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "play_readers": readers,
    "play_next": next_part,
    "play_then": then,
    "content_own_drafts": own_drafts,
    "content_has_drafts": lambda ask: bool(own_drafts(ask)),
    "content_has_own": has_own,
    "weeks_can": _can,
    "weeks_people": lambda ask: tuple(Option(one.key, one.name) for one in people_there(ask)),
    "weeks_described": _described,
    "weeks_persona": _persona,
}

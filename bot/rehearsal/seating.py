"""A persona gets a place in the example programme: a group, professionals, a challenge, the texts that are tried."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from bot.content.pages import Pages
from bot.conversation.shelf import Shelf
from bot.errors import CompanionError
from bot.rehearsal.personas import Persona
from bot.rehearsal.programme import OLDER, YOUNGER
from bot.storage import challenges, due, guardians, people, publications, revisions
from bot.storage.publications import Entry
from bot.storage.schema_programme import meeting_group
from challenge_catalog.model import Challenge

_LETTER = "000000"


class NotPlayable(CompanionError):
    """This cannot be played; *why* is a sentence."""

    exit_code = 2

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


def staff_of(persona: Persona) -> tuple[str, str]:
    """The names of the professional and the colleague of the persona's group."""
    return ("Vera", "Tom") if persona.adult else ("Amira", "Bas")


def put(conn: Connection, library: Shelf, texts: Collection[Pages], now: datetime) -> None:
    """Let *texts* count as if they were published here. Raises ``NotPlayable`` for one that cannot be played."""
    for one in texts:
        nl, en = one.nl.decode("utf-8", "replace"), one.en.decode("utf-8", "replace")
        revisions.add(conn, one.revision, one.kind, one.key, nl, en, "local", now)
        publications.add(conn, Entry(one.kind, one.key, one.revision, "publish"), now)
    library.refresh(conn)
    for at in {(one.kind, one.key) for one in texts} & library.outdated.keys():
        raise NotPlayable(library.outdated[at].rendered("en"))


def fitting(library: Shelf, persona: Persona, wanted: str = "") -> Challenge:
    """The challenge named *wanted*, else one for their cause. Raises ``NotPlayable`` when it is not for their age."""
    band = "18plus" if persona.adult else "under18"
    if wanted and not library.has_challenge(wanted):
        raise NotPlayable(f"there is no challenge {wanted!r}")
    if wanted:
        found = library.challenge(wanted, "nl")
        if band not in found.bands:
            raise NotPlayable(f"{wanted} is not for the age of {persona.name} ({persona.age})")
        return found
    causes = set(persona.causes.split(","))
    able = [one for one in library.challenges("nl") if band in one.bands]
    meant = [one for one in able if causes & set(one.causes)]
    if not able:
        raise NotPlayable(f"there is no challenge for the age of {persona.name} ({persona.age})")
    return (meant or able)[0]


def seat(conn: Connection, persona: Persona, language: str, now: datetime) -> int:
    """The persona as an invited youngster; their number. For one under 16 a letter was signed."""
    age_group = OLDER if persona.adult else YOUNGER
    group = (
        conn.execute(select(meeting_group.c.id).where(meeting_group.c.age_group == age_group))
        .scalars()
        .first()
    )
    values = {
        "role": "youth",
        "group_id": group,
        "born": persona.born(now.date()),
        "causes": persona.causes,
        "practice": persona.practice,
        "language": language,
    }
    number = people.add(conn, persona.name, now, values)
    ids = [_staff(conn, name) for name in staff_of(persona)]
    for person_id, kind in zip(ids, ("main", "backup"), strict=True):
        people.assign(conn, number, person_id, kind, now)
    if persona.age < 16:
        guardians.add(conn, number, _LETTER, "", ids[0], now)
        guardians.note(conn, number, _LETTER, ids[0], now)
    return number


def give(
    conn: Connection, library: Shelf, youth_id: int, challenge: Challenge, persona: Persona, now: datetime
) -> None:
    """The professional chose *challenge*; it is told when it suits, once the youngster has begun."""
    name = library.revision("challenge", challenge.key)
    given = challenges.give(conn, youth_id, challenge.key, name, _staff(conn, staff_of(persona)[0]), now)
    if people.load(conn, youth_id).state == "active":
        due.plan(conn, youth_id, "challenge", str(given), now, None, {"challenge": given}, now)


def _staff(conn: Connection, name: str) -> int:
    found = people.by_key(conn, name.lower())
    if found is None:
        raise NotPlayable(f"the programme has no {name}")
    return found.id

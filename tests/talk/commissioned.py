"""A stage on real Telegram where everything is in order, and what may come to lack."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, update

from bot.care.helplines import Helpline
from bot.content.problem import Language
from bot.conversation import admission
from bot.conversation.shelf import Shelf
from bot.storage import cards, commissionings, copies
from bot.storage.schema_programme import organisation
from tests.talk.stage import AMSTERDAM, Stage, shelf

DECIDED = "Noor Jansen, 2026-10-01"


def commission(stage: Stage) -> Stage:
    """Everything is in order: texts, helplines, decision, copy and record."""
    stage.world = replace(stage.world, library=checked(stage, days_ago=10))
    stage.writes(
        lambda conn: conn.execute(update(organisation).values(on_call="none", on_call_decided_by=DECIDED))
    )
    copied(stage)
    record(stage)
    return stage


def record(stage: Stage) -> int:
    """A commissioning record about what is there now."""

    def add(conn: Connection) -> int:
        basis = admission.basis(conn, stage.world.library, stage.world.settings.minimum_age)
        hashes = {
            "content_hash": stage.world.library.fingerprint(),
            "care_hash": basis.care_hash,
            "duty_hash": basis.duty_hash,
        }
        return commissionings.add(conn, {"by": "Noor"}, hashes, basis.minimum_age, stage.now)

    return stage.writes(add)


def copied(stage: Stage) -> None:
    """A copy of the database was made just now."""
    stage.writes(lambda conn: copies.note(conn, stage.now))


def checked(stage: Stage, days_ago: int) -> Shelf:
    """The shipped content, as if somebody had checked every helpline so many days ago."""
    day = stage.now.astimezone(AMSTERDAM).date() - timedelta(days=days_ago)
    lines: dict[Language, tuple[Helpline, ...]] = {
        language: tuple(replace(line, checked_on=day) for line in shelf().helplines(language))
        for language in shelf().languages
    }
    return Shelf(shelf()._release.library, shelf()._sources, lines)


def card(stage: Stage, youth_id: int) -> None:
    """An emergency card for a youngster."""
    vera = stage.programme.staff["Vera"]
    stage.writes(
        lambda conn: cards.fill(conn, youth_id, vera, stage.now, contact="Anna", phone="06-12345678")
    )

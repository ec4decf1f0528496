"""What the tests about danger look at: cases and alerts as they are stored, and situations to be interrupted in."""

from __future__ import annotations

from sqlalchemy import select

from bot.rehearsal.phone import Phone
from bot.storage import care, items, people
from bot.storage.schema_care import care_case
from bot.storage.schema_talk import item
from tests.talk.journeys import chapter, gives, picks, plans
from tests.talk.stage import Stage

DANGER = "ik wil dood"
PRAISE = (
    "Goed zo",
    "Wat goed",
    "Knap",
    "Mooi",
    "Fijn",
    "Dank je",
    "dapper",
    "Ik begrijp",
    "Wat fijn",
    "trots",
)
"""Beginnings of praise and empathy that may never stand under words about danger (BBC, 2018)."""


def cases(stage: Stage) -> list[care.Case]:
    """Every case, oldest first."""

    def look(conn):
        numbers = conn.execute(select(care_case.c.id).order_by(care_case.c.id)).scalars().all()
        return [care.load(conn, number) for number in numbers]

    return stage.reads(look)


def alerts(stage: Stage) -> list[items.Item]:
    """Every alert that was raised, oldest first."""

    def look(conn):
        query = select(item.c.id).where(item.c.kind == "alert").order_by(item.c.id)
        return [items.load(conn, number) for number in conn.execute(query).scalars().all()]

    return stage.reads(look)


def levels(stage: Stage) -> list[str | None]:
    """The level of every case that a person was told about."""
    return [one.level for one in cases(stage) if one.state == "alerted"]


def holder(stage: Stage) -> str:
    """The name of whoever has the latest alert."""
    number = alerts(stage)[-1].recipient_id
    return str(stage.reads(lambda conn: people.load(conn, number)).name) if number else ""


@chapter
def in_the_middle(stage: Stage) -> Phone:
    """In the middle of preparing a step, at a question for words."""
    stage.youth_begins()
    return plans(picks(gives(stage))).taps("Nog even voorbereiden", "Iets anders")


MIDDLE = "Wat gebeurt er dan precies?"

"""A screen that stood there for longer than the code lasts opens nothing new: the code comes first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import notes
from tests.talk.journeys import HAPPENED, has_sent, opens, opens_youngsters
from tests.talk.test_digest_screen import begun, sends
from tests.talk.test_noting import opens as opens_notes
from tests.talk.test_overview import opens_overview

LONG = timedelta(minutes=16)
ASKS = "Tik je code."
END = "en dit is het einde"


@pytest.fixture
def noted(stage):
    """The page of notes, with more of them than it holds."""
    sam = stage.id_of(stage.youth_begins())
    vera = stage.programme.staff["Vera"]
    stage.writes(lambda conn: [notes.add(conn, sam, f"woord{n}", vera, stage.now) for n in range(6)])
    opens_notes(stage)
    return stage


def long_one(stage, hours=1):
    """What somebody sent, in two pages."""
    words = "\n".join(f"Regel {n}: nog iets over deze week." for n in range(90))
    return sends(stage, begun(stage, "Kim"), kind="talk", content=f"{words}\n{END}", hours=hours)


def test_older_notes_ask_for_it(noted):
    noted.passes(LONG)
    vera = noted.of("Vera").taps("Eerdere")

    assert vera.said.startswith(ASKS)
    assert "woord1" not in vera.ever
    assert "woord5" in vera.taps_code().said


def test_an_older_note_is_not_removed_without_it(noted):
    sam = noted.id_of(noted.of("Sam"))
    noted.passes(LONG)
    vera = noted.of("Vera").taps("Mijn laatste weghalen")

    assert vera.said.startswith(ASKS)
    assert len(noted.reads(lambda conn: notes.of_youth(conn, sam))) == 6
    vera.taps_code().taps("Mijn laatste weghalen")
    assert len(noted.reads(lambda conn: notes.of_youth(conn, sam))) == 5


def test_the_note_that_was_just_written_is_taken_back_without_it(noted):
    sam = noted.id_of(noted.of("Sam"))
    vera = noted.of("Vera").taps("Nieuwe notitie")
    vera.types("Toch niet goed")
    noted.passes(LONG)
    vera.taps("Terugdraaien")

    assert vera.said.startswith("Weggehaald.")
    assert len(noted.reads(lambda conn: notes.of_youth(conn, sam))) == 6


@pytest.mark.parametrize("way", ["list", "digest"])
def test_the_picture_asks_for_it(stage, way):
    has_sent(stage)
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    if way == "list":
        opens_youngsters(vera)
    else:
        opens_overview(vera).taps("1")
    stage.passes(LONG)
    vera.taps("Plaatje")

    assert vera.said.startswith(ASKS)
    assert "Was 80 procent zeker" not in vera.ever
    vera.taps_code().taps("Sam" if way == "list" else "1").taps("Plaatje")
    assert "Was 80 procent zeker" in vera.ever


@pytest.mark.parametrize("button", ["Verder lezen", "Antwoord"])
def test_the_rest_of_what_was_sent_and_answering_it_ask_for_it_in_the_digest(stage, button):
    long_one(stage)
    vera = opens_overview(stage.of("Vera")).taps("1")
    stage.passes(LONG)
    count = len(vera.shown)
    vera.taps(button)

    assert vera.said.startswith(ASKS)
    assert END not in vera.ever
    assert "Regel" not in vera.since(count)
    vera.taps_code().taps("1", "Verder lezen")
    assert END in vera.said


def test_answering_from_the_message_asks_for_it(stage):
    has_sent(stage)
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    opens(vera)
    stage.passes(LONG)
    vera.taps("Antwoord")

    assert "Typ je antwoord" not in vera.ever
    vera.taps_code()
    assert HAPPENED in vera.sees("Antwoord").text
    assert "Typ je antwoord aan Sam." in vera.taps("Antwoord").ever

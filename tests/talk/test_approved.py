"""On real Telegram a challenge is given to a real youngster only when its very text was approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.content.pages import SHELL, Examined, pages_of
from bot.content.publishing import publish
from bot.storage import approvals, challenges, people, publications
from tests.talk.journeys import opens_youngsters

GREETING = "een-groet-per-dag"
GIVEN = "Gegeven aan Sam"


def approve(stage):
    def act(conn):
        name = publications.current(conn, "challenge", GREETING)
        assert name is not None
        approvals.add(
            conn,
            "challenge",
            GREETING,
            name,
            "Ria Jansen, gedragsdeskundige",
            date(2026, 11, 1),
            None,
            stage.now,
        )
        return name

    return stage.writes(act)


def tries(stage):
    """Vera tries to give it; what she reads."""
    vera = opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag")
    return vera.said


@pytest.fixture
def real(stage):
    """The stage on real Telegram from now on; Sam took part already."""
    stage.youth_begins()
    settings = replace(stage.world.settings, real=True)
    stage.world = replace(stage.world, settings=settings)
    return stage


def given(stage):
    return stage.reads(lambda conn: challenges.current(conn, stage.id_of(stage.of("Sam"))))


def test_without_approval_it_is_refused_in_a_clear_sentence(real):
    said = tries(real)

    assert "nog niet goedgekeurd" in said
    assert given(real) is None
    assert "Een andere kiezen" in real.of("Vera").last.labels


def test_it_is_marked_in_the_list(real):
    vera = opens_youngsters(real.of("Vera")).taps("Uitdaging geven")

    assert "Een groet per dag (voorbeeld)" in vera.sees("Een groet per dag").labels


def test_with_a_recorded_approval_it_is_given_and_stands_first(real):
    approve(real)
    vera = opens_youngsters(real.of("Vera")).taps("Uitdaging geven")
    assert vera.sees("Een groet per dag").labels[0] == "Een groet per dag"

    vera.taps("Een groet per dag")

    assert GIVEN in vera.said
    assert given(real).key == GREETING


def test_an_approval_is_of_one_text_and_lapses_when_it_changes(real):
    approve(real)

    def act(conn):
        base = publications.current(conn, "challenge", GREETING)
        assert base is not None
        pages = pages_of(conn, base)
        changed = replace(pages, nl=pages.nl.replace(b"steps:", b"steps:  # anders"))
        return publish(conn, Examined(changed, ()), base, SHELL, real.now).state

    assert real.writes(act) == "published"
    real.ticks()

    assert "nog niet goedgekeurd" in tries(real)


def test_an_approval_that_was_taken_back_does_not_count(real):
    name = approve(real)
    real.writes(lambda conn: approvals.undo(conn, name, real.now))

    assert "nog niet goedgekeurd" in tries(real)


def test_to_a_practice_youngster_an_example_is_given(real):
    number = real.id_of(real.of("Sam"))
    real.writes(lambda conn: people.change(conn, number, practice=True))

    assert GIVEN in tries(real)


def test_in_a_sandbox_an_example_is_given_to_anybody(stage):
    stage.youth_begins()

    assert GIVEN in tries(stage)

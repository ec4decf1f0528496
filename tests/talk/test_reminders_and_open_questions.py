"""A message that comes by itself never breaks what is open: whatever was being asked, the next words still go there."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.storage import due, sessions
from bot.storage.schema_flow import due as due_table
from tests.talk.journeys import has_prepared_plan

OPEN = {
    "prepare": (
        ("Mijn stap", "Voorbereiden", "Iets anders"),
        "Ze lopen weg",
        "Hoe zeker ben je dat dit gebeurt?",
    ),
    "checkin": (
        ("Hoe ging het?", "Gedaan", "Meer vertellen", "Nee"),
        "Ze zei hoi",
        "Hoe hoog was de spanning",
    ),
}
BY_ITSELF = (
    "meeting_48h",
    "meeting_3h",
    "two_weekly",
    "quieter",
    "pause_over",
    "positive_log",
    "terms",
    "limits_again",
)


def comes(stage, sam, kind, number):
    """A message of this kind is due now."""
    evening = next(
        one.subject["meeting"]
        for one in stage.reads(lambda conn: due.waiting_of(conn, stage.id_of(sam)))
        if "meeting" in one.subject
    )
    row = {
        "person_id": stage.id_of(sam),
        "kind": kind,
        "occurrence": f"now {number}",
        "not_before": stage.now,
        "state": "waiting",
        "subject": json.dumps({"meeting": evening}),
        "created_at": stage.now,
    }
    stage.writes(lambda conn: conn.execute(insert(due_table), [row]))
    stage.ticks()


@pytest.mark.parametrize("name", list(OPEN))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(BY_ITSELF), min_size=1, max_size=4))
def test_words_go_to_the_question_that_was_open_whatever_came_in_between(prepared, name, kinds):
    stage = prepared.stage()
    taps, words, next_question = OPEN[name]
    sam = has_prepared_plan(stage).types("Menu").taps(*taps)

    for number, kind in enumerate(kinds):
        comes(stage, sam, kind, number)
    sam.types(words)

    assert next_question in sam.said


@pytest.mark.parametrize("kind", BY_ITSELF)
def test_the_open_question_keeps_its_buttons_and_its_place(stage, kind):
    sam = has_prepared_plan(stage).types("Menu").taps("Mijn stap", "Voorbereiden")
    before = stage.reads(
        lambda conn: [one for one in sessions.open_of(conn, stage.id_of(sam)) if one.script == "prepare"]
    )

    comes(stage, sam, kind, 0)

    after = stage.reads(
        lambda conn: [one for one in sessions.open_of(conn, stage.id_of(sam)) if one.script == "prepare"]
    )
    assert after == before
    assert "Wat gebeurt er dan precies?" in sam.taps("Iets anders").said

"""Exercises, cards and days of the log: each with its owner, nothing lost when something is added."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage import exercises, learned, log_plans
from dialogs.words import Words
from tests.storage.example import NOW, somebody

FIELDS = st.sampled_from(["event", "thought", "belief", "ideas"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20).map(Words)


@pytest.fixture
def sam(conn):
    return somebody(conn)[0]


def loaded(conn, number):
    """An exercise that is there."""
    found = exercises.load(conn, number)
    assert found is not None
    return found


def test_what_is_added_later_leaves_the_rest_as_it_was(conn, sam):
    one = exercises.add(conn, sam, "five_g", NOW)
    exercises.note(conn, one, {"event": Words("binnen")}, {"belief": 80}, NOW)
    again = loaded(conn, one.id)
    exercises.note(conn, again, {"card": Words("druk")}, {"belief_again": 40}, NOW + timedelta(hours=1))

    found = loaded(conn, one.id)

    assert (found.said("event"), found.said("card")) == ("binnen", "druk")
    assert (found.figure("belief"), found.figure("belief_again")) == (80, 40)
    assert (found.created_at, found.finished_at) == (NOW, NOW + timedelta(hours=1))


def test_several_answers_are_read_on_one_line_and_figures_of_several_stay_apart(conn, sam):
    one = exercises.add(conn, sam, "problem", NOW)
    ideas = (Words("samen"), Words("dichtbij"))
    exercises.note(conn, one, {"ideas": ideas}, {"feasible": {"1": 7, "2": 3}}, NOW)

    found = loaded(conn, one.id)

    assert (found.said("ideas"), found.words["ideas"]) == ("samen, dichtbij", ideas)
    assert found.figures["feasible"] == {"1": 7, "2": 3}
    assert found.figure("feasible") is None


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(FIELDS, st.one_of(WORDS, st.lists(WORDS, max_size=3).map(tuple)), max_size=4))
def test_whatever_was_said_comes_back_as_it_was(prepared_sqlite, vault, tmp_path_factory, said):
    from bot.storage.database import open_engine, transaction

    path = tmp_path_factory.mktemp("said") / "companion.db"
    path.write_bytes(prepared_sqlite.read_bytes())
    engine = open_engine(f"sqlite:///{path}", vault)
    with transaction(engine) as conn:
        sam = somebody(conn)[0]
        one = exercises.add(conn, sam, "five_g", NOW)
        exercises.note(conn, one, said, {}, NOW)
        assert loaded(conn, one.id).words == said
    engine.dispose()


def test_the_latest_come_first_and_only_of_one_kind(conn, sam):
    for hour, script in enumerate(["positive_log", "five_g", "positive_log"]):
        exercises.add(conn, sam, script, NOW + timedelta(hours=hour))

    found = exercises.latest(conn, sam, "positive_log", 5)

    assert [one.created_at.hour for one in found] == [14, 12]
    assert exercises.count(conn, sam, "positive_log") == 2


def test_the_same_words_are_the_same_card_until_it_is_put_away(conn, sam):
    first = learned.keep(conn, sam, "Vragen mag", "exercise", 1, NOW)
    assert learned.keep(conn, sam, "Vragen mag", "attempt", 2, NOW) == first
    learned.retire(conn, first, NOW)

    second = learned.keep(conn, sam, "Vragen mag", "attempt", 2, NOW)

    assert second != first
    assert [one.id for one in learned.active(conn, sam)] == [second]


def test_cards_of_somebody_else_are_not_among_ones_own(conn, sam):
    other = somebody(conn, "Noor")[0]
    learned.keep(conn, other, "Vragen mag", "exercise", 1, NOW)

    assert learned.active(conn, sam) == []
    assert learned.upcoming(conn, sam) is None


def test_new_days_end_the_old_ones(conn, sam):
    log_plans.begin(conn, sam, [3, 0], NOW)
    log_plans.begin(conn, sam, [5], NOW + timedelta(days=1))
    running = log_plans.running(conn, sam)
    assert running is not None
    assert running.days == (5,)

    log_plans.end(conn, sam, NOW + timedelta(days=2))

    assert log_plans.running(conn, sam) is None

"""The rules of the ladder, row by row of the table they come from. Source: care research 1.5."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.ladder import Tried, advice, stands_still, without_progress

DONE = Tried("hoi", "done")
NOT_DONE = Tried("hoi", "not_done")
PARTLY = Tried("hoi", "partly")
AT_SCHOOL = Tried("hoi", "done", belief=30, feared=0, context="Op school")
NEARBY = Tried("hoi", "done", belief=30, feared=0, context="In mijn buurt")

TABLE = [
    ("nothing was tried yet", [], "none"),
    ("not started once", [NOT_DONE], "none"),
    ("not started twice", [NOT_DONE, NOT_DONE], "down"),
    ("not started twice, but another step", [replace(NOT_DONE, step="naam"), NOT_DONE], "none"),
    ("not started twice, with a done one between", [NOT_DONE, DONE, NOT_DONE], "none"),
    ("done, and nothing more told", [DONE], "none"),
    ("done, tense after, nothing surprised", [replace(DONE, after=7, belief=10, feared=0)], "repeat"),
    ("done, tense after, no prediction", [replace(DONE, after=7)], "repeat"),
    ("done, not so tense after", [replace(DONE, after=6, belief=10, feared=0)], "none"),
    ("done, tense after, but surprised", [replace(DONE, after=9, belief=80, feared=0)], "up"),
    ("done, surprise of twenty", [replace(DONE, belief=20, feared=0)], "up"),
    ("done, surprise under twenty", [replace(DONE, belief=10, feared=0)], "none"),
    ("done, confidence of six", [replace(DONE, confidence=6)], "up"),
    ("done, confidence of five", [replace(DONE, confidence=5)], "none"),
    ("done, confident, but tense after", [replace(DONE, confidence=9, after=8)], "repeat"),
    ("partly, surprised", [replace(PARTLY, belief=80, feared=0)], "none"),
    ("done twice in two places, little expected", [AT_SCHOOL, NEARBY], "learned"),
    ("learned although it stays tense", [AT_SCHOOL, replace(NEARBY, after=9)], "learned"),
    (
        "learned, by what they expect now",
        [AT_SCHOOL, replace(NEARBY, belief=80, belief_again=30)],
        "learned",
    ),
    ("done twice, more expected", [AT_SCHOOL, replace(NEARBY, belief=40, feared=50)], "none"),
    ("done twice in one place", [AT_SCHOOL, replace(AT_SCHOOL, context="op school ")], "up"),
    ("done twice, the place is not known", [replace(DONE, belief=10, feared=0)] * 2, "none"),
    ("done elsewhere, but another step", [replace(AT_SCHOOL, step="naam"), NEARBY], "up"),
    ("what was feared happened", [replace(DONE, belief=80, feared=100)], "reflect"),
    ("it happened, also with confidence", [replace(DONE, feared=100, confidence=9)], "reflect"),
    ("it happened a little", [replace(DONE, belief=80, feared=50)], "up"),
]


@pytest.mark.parametrize("tries, offered", [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_table(tries, offered):
    assert advice(tries) == offered


@pytest.mark.parametrize(
    "tries, together",
    [
        ([NOT_DONE, PARTLY, NOT_DONE], True),
        ([NOT_DONE, NOT_DONE], False),
        ([NOT_DONE, DONE, NOT_DONE, NOT_DONE], False),
        ([DONE, NOT_DONE, replace(NOT_DONE, step="naam"), PARTLY], True),
        ([NOT_DONE, NOT_DONE, DONE], False),
    ],
)
def test_three_attempts_running_without_progress_are_looked_at_together(tries, together):
    assert without_progress(tries) is together


def test_after_fourteen_days_it_stands_still():
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)

    assert stands_still(now - timedelta(days=14), now)
    assert not stands_still(now - timedelta(days=13, hours=23), now)


percent = st.none() | st.sampled_from(range(0, 101, 10))
figure = st.none() | st.integers(0, 10)
attempts = st.builds(
    Tried,
    step=st.sampled_from(["knik", "hoi", "naam"]),
    outcome=st.sampled_from(["done", "partly", "not_done"]),
    belief=percent,
    feared=st.sampled_from([None, 0, 50, 100]),
    belief_again=percent,
    after=figure,
    confidence=figure,
    context=st.sampled_from(["", "Op school", "In mijn buurt"]),
)


@given(st.lists(attempts, max_size=8))
def test_a_step_up_is_only_offered_for_what_was_done(tries):
    if advice(tries) in ("up", "learned"):
        assert tries[-1].done


@given(st.lists(attempts, max_size=7), attempts)
def test_after_a_worry_that_came_true_no_other_step_is_offered(tries, last):
    assert advice([*tries, replace(last, feared=100)]) == "reflect"


@given(st.lists(attempts, max_size=8))
def test_looking_together_depends_on_nothing_but_outcomes(tries):
    told = [Tried(one.step, one.outcome) for one in tries]

    assert without_progress(tries) is without_progress(told)


@given(st.lists(attempts, min_size=1, max_size=8), st.integers(0, 10))
def test_more_confidence_never_takes_a_step_up_away(tries, more):
    last = replace(tries[-1], confidence=more)
    if advice([*tries[:-1], last]) == "up":
        assert advice([*tries[:-1], replace(last, confidence=10)]) == "up"

"""Signs in figures: when somebody should look along, when a thought grew, when something surprised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.signs import chosen, hardly_believed, heavy, rose, surprise, surprising

PERCENT = st.integers(0, 100)


@pytest.mark.parametrize(
    "feelings, strength, expected",
    [
        ({"leeg": "Leeg"}, 8, True),
        ({"leeg": "Leeg", "bang": "Bang"}, 10, True),
        ({"leeg": "Leeg"}, 7, False),
        ({"bang": "Bang"}, 10, False),
        ({"leeg": "Leeg"}, None, False),
        (None, 9, False),
    ],
)
def test_empty_and_strong_is_heavy(feelings, strength, expected):
    assert heavy(feelings, strength) is expected


@pytest.mark.parametrize(
    "before, after, expected",
    [(50, 70, True), (50, 69, False), (0, 100, True), (80, 20, False), (None, 90, False), (90, None, False)],
)
def test_a_thought_that_is_believed_twenty_points_more_rose(before, after, expected):
    assert rose(before, after) is expected


@pytest.mark.parametrize(
    "belief, feared, expected",
    [(80, 0, 80), (80, 50, 30), (80, 100, -20), (0, 100, -100), (None, 0, None), (80, None, None)],
)
def test_surprise_is_what_was_expected_less_what_happened(belief, feared, expected):
    assert surprise(belief, feared) == expected


@pytest.mark.parametrize(
    "belief, feared, expected", [(40, 0, True), (39, 0, False), (90, 50, True), (None, 0, False)]
)
def test_forty_points_are_surprising(belief, feared, expected):
    assert surprising(belief, feared) is expected


@pytest.mark.parametrize("believed, expected", [(49, True), (50, False), (0, True), (None, False)])
def test_a_sentence_that_is_believed_for_less_than_half_may_be_smaller(believed, expected):
    assert hardly_believed(believed) is expected


@given(PERCENT, PERCENT)
def test_what_fell_never_rose(before, after):
    assert not (rose(before, after) and rose(after, before))


@given(st.one_of(st.none(), st.dictionaries(st.text(), st.text())), st.text())
def test_a_skipped_question_holds_no_choice(ticked, key):
    assert chosen(ticked, key) is (ticked is not None and key in ticked)

"""Small numbers stay hidden, also from somebody who subtracts what is shown from the total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.stops import LEAST, hidden


@pytest.mark.parametrize(
    "counts, shown, total",
    [
        ({"a": 8, "b": 9}, {"a": 8, "b": 9}, 17),
        ({"a": 8, "b": 9, "c": 2}, {"a": None, "b": 9, "c": None}, 19),
        ({"a": 8, "b": 4, "c": 4}, {"a": 8, "b": None, "c": None}, 16),
        ({"a": 8, "b": 1, "c": 1}, {"a": None, "b": None, "c": None}, 10),
        ({"a": 3, "b": 1}, {"a": None, "b": None}, None),
        ({"a": 7}, {"a": 7}, 7),
        ({"a": 20, "b": 0}, {"a": None, "b": None}, 20),
    ],
)
def test_a_small_number_hides_together_with_another(counts, shown, total):
    found = hidden(counts)

    assert (dict(found.each), found.total) == (shown, total)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 30), min_size=1, max_size=8))
def test_nobody_can_work_out_a_small_number(counts):
    found = hidden(counts)
    shown = [count for count in found.each.values() if count is not None]
    secret = [counts[name] for name, count in found.each.items() if count is None]

    assert all(count >= LEAST for count in shown)
    if found.total is None:
        return
    assert found.total == sum(counts.values()) >= LEAST
    if secret:
        assert len(secret) > 1
        assert found.total - sum(shown) == sum(secret) >= LEAST


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(LEAST, 30), min_size=1))
def test_large_numbers_are_shown_as_they_are(counts):
    assert dict(hidden(counts).each) == counts

"""One short list, two readers: what differs is shown, nothing is judged."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.programme.readiness import EVERY, ITEMS, SCALE, compare, kept, next_round

ANSWERS = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(SCALE))


def test_what_differs_most_stands_first():
    pairs = compare({"talk": "yes", "help": "no"}, {"talk": "mostly", "help": "yes"})

    assert [(one.item, one.steps) for one in pairs[:3]] == [("help", 3), ("talk", 1), ("reach", 0)]


def test_what_nobody_offered_is_not_kept():
    assert kept({"talk": "yes", "help": None, "place": "10", "money": "yes"}) == {"talk": "yes"}


@given(ANSWERS, ANSWERS)
def test_every_item_appears_once_and_the_difference_is_the_same_from_both_sides(one, other):
    there, back = compare(one, other), compare(other, one)

    assert sorted(pair.item for pair in there) == sorted(ITEMS)
    assert {pair.item: pair.steps for pair in there} == {pair.item: pair.steps for pair in back}


@given(st.dates(date(2021, 1, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_the_next_round_is_at_hand_and_a_whole_number_of_rounds_away(since, later):
    today = since + timedelta(days=later)
    found = next_round(since, today)

    assert found >= today
    assert found > since
    assert (found - since).days % EVERY.days == 0
    assert (found - today).days <= EVERY.days

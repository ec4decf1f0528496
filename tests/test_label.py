"""Names alike are told apart without a surname, and only those."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.label import Named, labels, shortened

OLDER, YOUNGER = "Join Us 18-25", "Join Us 12-18"
NAMES = st.sampled_from(["Sam", "sam", "Noor", "Sam B", "Sam (18-25)", "Sam (2)", ""])
GROUPS = st.sampled_from([OLDER, YOUNGER, "Join Us", ""])
SINCE = st.sampled_from(["sinds 3 nov", "sinds 4 nov"])


def one(number, name, group=OLDER, since="sinds 3 nov"):
    return Named(number, name, group, since)


def test_who_is_alone_with_a_name_is_called_by_it():
    assert labels([one(1, "Sam"), one(2, "Noor", YOUNGER)]) == {1: "Sam", 2: "Noor"}


def test_an_initial_that_was_typed_is_enough():
    assert labels([one(1, "Sam B"), one(2, "Sam")]) == {1: "Sam B", 2: "Sam"}


def test_names_alike_carry_their_group():
    found = labels([one(1, "Sam"), one(2, "sam", YOUNGER), one(3, "Noor")])

    assert found == {1: "Sam (18-25)", 2: "sam (12-18)", 3: "Noor"}


def test_names_alike_in_one_group_carry_since_when():
    found = labels([one(1, "Sam"), one(2, "Sam", since="sinds 9 nov")])

    assert found == {1: "Sam (sinds 3 nov)", 2: "Sam (sinds 9 nov)"}


def test_who_began_on_the_same_day_gets_a_number():
    assert labels([one(1, "Sam"), one(2, "Sam")]) == {1: "Sam (1)", 2: "Sam (2)"}


def test_groups_lose_the_words_they_share():
    assert shortened([OLDER, YOUNGER]) == {OLDER: "18-25", YOUNGER: "12-18"}
    assert shortened(["Join Us", "Join Us 18-25"]) == {"Join Us": "Us", "Join Us 18-25": "Us 18-25"}


@given(st.lists(st.tuples(NAMES, GROUPS, SINCE), max_size=12))
def test_two_people_never_have_the_same_label(rows):
    people = [Named(number, *row) for number, row in enumerate(rows)]
    found = labels(people)

    assert len({said.casefold() for said in found.values()}) == len(people)


@given(st.lists(st.tuples(NAMES, GROUPS, SINCE), max_size=12), st.randoms())
def test_the_order_of_the_list_changes_no_label(rows, shuffler):
    people = [Named(number, *row) for number, row in enumerate(rows)]
    mixed = list(people)
    shuffler.shuffle(mixed)

    assert labels(people) == labels(mixed)

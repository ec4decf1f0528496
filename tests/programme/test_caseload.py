"""The load of professionals in numbers."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.programme.caseload import Load, Open, days, loads, oldest, piles

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
AGES = st.lists(st.integers(-2, 400), max_size=40)


def waits(*ages, holder=1):
    return [Open(holder, NOW - timedelta(days=age)) for age in ages]


def test_piles_begin_where_they_say():
    assert piles(waits(0, 1, 2, 3, 6, 7, 100), NOW) == (1, 2, 2, 2)


@given(AGES)
def test_everything_lies_in_one_pile(ages):
    assert sum(piles(waits(*ages), NOW)) == len(ages)


@given(AGES)
def test_nothing_is_older_than_the_oldest(ages):
    found = waits(*ages)
    assert (oldest(found, NOW) is None) == (not found)
    assert all(days(one.since, NOW) <= (oldest(found, NOW) or 0) for one in found)


def test_each_has_their_own_and_the_order_is_that_of_the_staff():
    found = loads([2, 1], [1, 1, 3], waits(4) + waits(0, 9, holder=2), NOW)
    assert found == (Load(2, 0, 2, 9), Load(1, 2, 1, 4))


def test_nobody_has_nothing():
    assert loads([], [], [], NOW) == ()
    assert loads([5], [], [], NOW) == (Load(5, 0, 0, None),)

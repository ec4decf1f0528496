"""How many fit, who takes a place, and who is next."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.programme import capacity
from bot.programme.lifecycle import PHASES, PLACE_TAKEN

PHASE = st.none() | st.sampled_from(PHASES)


@given(st.integers(3, 15), st.lists(PHASE, max_size=30))
def test_there_are_never_more_free_places_than_the_group_has_nor_fewer_than_none(size, phases):
    free = capacity.free(size, phases)

    assert 0 <= free <= size
    assert free == max(0, size - sum(one is None or one in PLACE_TAKEN for one in phases))


@given(st.integers(3, 15), st.lists(PHASE, max_size=30), st.sampled_from(sorted(PLACE_TAKEN)))
def test_somebody_more_never_makes_room(size, phases, phase):
    assert capacity.free(size, [*phases, phase]) <= capacity.free(size, phases)


def test_who_waits_takes_no_place_and_who_pauses_does():
    assert capacity.free(3, ["waiting", "screening", "applied", "left", "referred"]) == 3
    assert capacity.free(3, ["paused", "halted", "trial"]) == 0


@given(st.lists(st.integers(1, 99), unique=True, max_size=12), st.integers(-2, 20))
def test_who_came_first_is_proposed_first_and_nobody_twice(waiting, places):
    found = capacity.proposed(waiting, places)

    assert list(found) == waiting[: max(0, places)]
    assert [capacity.number_of(one, waiting) for one in found] == list(range(1, len(found) + 1))


def test_who_does_not_wait_has_no_number():
    assert capacity.number_of(4, [7, 9]) is None


@given(st.dates(date(2026, 1, 1), date(2036, 12, 31)), st.integers(0, 60))
def test_a_sign_of_life_goes_out_before_the_promised_day_and_never_in_the_past(promised, late):
    today = promised - capacity.SIGN_OF_LIFE + timedelta(days=late)
    day = capacity.send_on(promised, today)

    assert day >= today
    assert day <= promised - capacity.EARLY or day == today

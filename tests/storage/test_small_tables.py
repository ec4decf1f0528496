"""Throttle, counters and facts about the installation."""

import pytest

from bot.storage import counter, meta, throttle
from tests.storage.example import NOW, seconds


def test_tries_are_counted_per_purpose_and_per_person_within_a_time(conn):
    for second, who in ((0, b"sam"), (1, b"sam"), (2, b"vera")):
        throttle.hit(conn, "invitation", who, NOW + seconds(second))
    throttle.hit(conn, "code", b"sam", NOW)

    assert throttle.count(conn, "invitation", b"sam", NOW - seconds(1)) == 2
    assert throttle.count(conn, "invitation", b"sam", NOW) == 1
    assert throttle.count(conn, "invitation", None, NOW - seconds(1)) == 3
    assert throttle.count(conn, "invitation", b"somebody else", NOW - seconds(1)) == 0


def test_old_tries_are_forgotten(conn):
    throttle.hit(conn, "invitation", b"sam", NOW)
    throttle.hit(conn, "invitation", b"sam", NOW + seconds(60))

    assert throttle.purge(conn, NOW + seconds(60)) == 1
    assert throttle.count(conn, "invitation", None, NOW - seconds(1)) == 1


def test_a_counter_begins_at_zero_and_every_bump_shows(conn):
    assert counter.value(conn, "content") == 0
    assert [counter.bump(conn, "content"), counter.bump(conn, "content"), counter.bump(conn, "people")] == [
        1,
        2,
        1,
    ]
    assert counter.value(conn, "content") == 2


@pytest.mark.parametrize("text", ["", "Noordwijk", "a" * 10_000])
def test_a_fact_is_set_and_replaced(conn, text):
    assert meta.get(conn, "place") is None
    meta.put(conn, "place", "Katwijk")
    meta.put(conn, "place", text)

    assert meta.get(conn, "place") == text
    meta.drop(conn, "place")
    assert meta.get(conn, "place") is None

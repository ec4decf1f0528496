"""The digest: who needs the professional, what moved, and how many are quiet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.digest import Moved, Waiting, digest

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SAM, NOOR, JIP, KIM, LOU = range(1, 6)
KINDS = st.sampled_from(["alert", "talk", "checkin"])
YOUNGSTERS = st.integers(1, 8)
HOURS = st.integers(0, 200)
WAITING = st.builds(
    lambda who, kind, hours: Waiting(who, kind, NOW - timedelta(hours=hours)), YOUNGSTERS, KINDS, HOURS
)
MOVED = st.builds(
    lambda who, hours: Moved(who, "outcome", "done", NOW - timedelta(hours=hours)), YOUNGSTERS, HOURS
)


def waits(who, kind="checkin", hours=1):
    return Waiting(who, kind, NOW - timedelta(hours=hours))


def moved(who, hours=1, kind="outcome", value="done"):
    return Moved(who, kind, value, NOW - timedelta(hours=hours))


def order(found):
    return [entry.youth_id for entry in found.entries]


def test_without_youngsters_there_is_nothing():
    found = digest([], [], [])

    assert found.is_empty
    assert found.quiet == 0


def test_who_did_nothing_is_counted_and_not_named():
    found = digest([SAM, NOOR, JIP], [], [])

    assert found.is_empty
    assert found.quiet == 3


def test_who_needs_you_comes_before_who_moved():
    found = digest([SAM, NOOR, JIP], [waits(NOOR)], [moved(SAM, hours=0)])

    assert order(found) == [NOOR, SAM]
    assert (len(found.needs), len(found.moved), found.quiet) == (1, 1, 1)


def test_alerts_come_first_then_who_wants_to_talk_then_the_oldest():
    waiting = [waits(SAM, hours=90), waits(NOOR, "talk", 1), waits(JIP, "alert", 0), waits(KIM, hours=120)]

    assert order(digest([SAM, NOOR, JIP, KIM], waiting, [])) == [JIP, NOOR, KIM, SAM]


def test_of_two_wishes_to_talk_the_older_one_comes_first():
    waiting = [waits(SAM, "talk", 3), waits(NOOR, "talk", 30)]

    assert order(digest([SAM, NOOR], waiting, [])) == [NOOR, SAM]


def test_somebody_with_several_things_stands_at_their_most_urgent():
    waiting = [waits(SAM, "checkin", 200), waits(SAM, "talk", 1), waits(NOOR, "checkin", 300)]

    found = digest([SAM, NOOR], waiting, [])

    assert order(found) == [SAM, NOOR]
    assert [one.kind for one in found.needs[0].waiting] == ["talk", "checkin"]


def test_who_needs_you_and_moved_stands_there_once():
    found = digest([SAM], [waits(SAM)], [moved(SAM)])

    assert order(found) == [SAM]
    assert found.needs[0].moved


def test_of_those_who_moved_the_latest_comes_first_and_their_lines_are_in_order():
    lines = [moved(SAM, 5), moved(NOOR, 2), moved(SAM, 9, "meeting", "come")]

    found = digest([SAM, NOOR], [], lines)

    assert order(found) == [NOOR, SAM]
    assert [line.kind for line in found.moved[1].moved] == ["meeting", "outcome"]


def test_what_came_over_from_a_colleague_is_in_it_too():
    found = digest([SAM], [waits(LOU)], [])

    assert order(found) == [LOU]
    assert found.quiet == 1


@given(st.sets(YOUNGSTERS), st.lists(WAITING, max_size=12), st.lists(MOVED, max_size=12))
def test_everybody_is_counted_exactly_once(youngsters, waiting, lines):
    lines = [line for line in lines if line.youth_id in youngsters]

    found = digest(sorted(youngsters), waiting, lines)

    everybody = youngsters | {one.youth_id for one in waiting}
    assert len(order(found)) == len(set(order(found)))
    assert len(order(found)) + found.quiet == len(everybody)
    assert {entry.youth_id for entry in found.needs} == {one.youth_id for one in waiting}


@given(st.lists(WAITING, max_size=12), st.lists(MOVED, max_size=12), st.randoms())
def test_the_order_in_which_things_are_found_does_not_matter(waiting, lines, shuffler):
    def shown(found):
        return [(entry.youth_id, set(entry.waiting)) for entry in found.needs]

    mixed = list(waiting)
    shuffler.shuffle(mixed)
    keys = [(one.kind, one.since) for one in waiting]
    if len(keys) == len(set(keys)):  # two that are equally urgent may stand either way
        assert shown(digest(range(1, 9), waiting, lines)) == shown(digest(range(1, 9), mixed, lines))

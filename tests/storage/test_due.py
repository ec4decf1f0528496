"""Due moments: one per person, kind and occurrence."""

import pytest

from bot.storage import due
from bot.storage.schema_flow import due as table
from tests.storage.example import NOW, row, seconds, somebody


@pytest.fixture
def sam(conn):
    return somebody(conn)[0]


@pytest.fixture
def vera(conn):
    return somebody(conn, "Vera")[0]


def plan(conn, person_id, kind="reminder", occurrence="2026-11-26", at=NOW, not_after=None, **subject):
    return due.plan(conn, person_id, kind, occurrence, at, not_after, subject, NOW)


def kinds(found):
    return [one.kind for one in found]


def test_a_moment_is_planned_once_whatever_became_of_it(conn, sam, vera):
    assert plan(conn, sam)
    assert not plan(conn, sam)
    assert plan(conn, vera)
    assert plan(conn, sam, occurrence="2026-12-10")
    assert plan(conn, sam, kind="briefing")
    (first, *_) = due.claim(conn, NOW, 10)
    due.done(conn, first.id, "sent", NOW)

    assert not plan(conn, sam)


def test_a_moment_carries_row_numbers(conn, sam):
    plan(conn, sam, at=NOW, not_after=NOW + seconds(5), meeting=4, group=2)

    (found,) = due.claim(conn, NOW, 10)
    assert (found.person_id, found.kind, found.occurrence) == (sam, "reminder", "2026-11-26")
    assert (found.not_before, found.not_after) == (NOW, NOW + seconds(5))
    assert found.subject == {"meeting": 4, "group": 2}


def test_the_earliest_comes_first_and_none_too_soon(conn, sam):
    plan(conn, sam, "later", at=NOW - seconds(1))
    plan(conn, sam, "earlier", at=NOW - seconds(2))
    plan(conn, sam, "same", at=NOW - seconds(1))
    plan(conn, sam, "tomorrow", at=NOW + seconds(1))

    assert kinds(due.claim(conn, NOW, 10)) == ["earlier", "later", "same"]
    assert kinds(due.claim(conn, NOW, 1)) == ["earlier"]
    assert due.next_moment(conn) == NOW - seconds(2)


@pytest.mark.parametrize("close, state", [(due.done, "done"), (due.dropped, "dropped")])
def test_a_moment_is_closed_once(conn, sam, close, state):
    plan(conn, sam)
    (found,) = due.claim(conn, NOW, 10)

    assert close(conn, found.id, "because", NOW)
    assert not close(conn, found.id, "because", NOW)
    closed = row(conn, table, found.id)
    assert (closed.state, closed.outcome, closed.done_at) == (state, "because", NOW)
    assert due.claim(conn, NOW, 10) == []
    assert due.next_moment(conn) is None


def test_a_moved_meeting_moves_its_moments_that_still_wait(conn, sam):
    plan(conn, sam)

    assert due.replan(conn, sam, "reminder", "2026-11-26", NOW + seconds(60), NOW + seconds(90))
    assert due.claim(conn, NOW + seconds(59), 10) == []
    (moved,) = due.claim(conn, NOW + seconds(60), 10)
    assert moved.not_after == NOW + seconds(90)
    due.done(conn, moved.id, "sent", NOW)
    assert not due.replan(conn, sam, "reminder", "2026-11-26", NOW, None)


def test_a_moment_can_be_cancelled_while_it_waits(conn, sam):
    plan(conn, sam)

    assert due.cancel(conn, sam, "reminder", "2026-11-26", NOW)
    assert not due.cancel(conn, sam, "reminder", "2026-11-26", NOW)
    assert due.claim(conn, NOW, 10) == []


def test_all_moments_of_a_person_or_only_some_kinds_can_be_cancelled(conn, sam, vera):
    for kind in ("reminder", "check_in", "measure"):
        plan(conn, sam, kind)
        plan(conn, vera, kind)

    assert due.cancel_all(conn, sam, ["reminder", "check_in"], NOW) == 2
    assert kinds(due.waiting_of(conn, sam)) == ["measure"]
    assert due.cancel_all(conn, vera, None, NOW) == 3
    assert due.waiting_of(conn, vera) == []


def test_a_moment_that_keeps_failing_is_dropped_after_the_fifth_time(conn, sam):
    plan(conn, sam)
    moment, waits = NOW, []
    while found := due.claim(conn, moment, 10):
        if due.failed(conn, found[0].id, "KeyError", moment):
            later = due.next_moment(conn)
            assert later is not None
            waits.append((later - moment).total_seconds())
            moment = later

    assert waits == [60, 120, 240, 480]
    assert row(conn, table, found[0].id if found else 1).state == "dropped"
    assert not due.failed(conn, 1, "KeyError", NOW)


def test_what_brings_a_person_to_somebody_in_danger_is_never_dropped(conn, sam):
    due.plan(conn, sam, "alert_wake", "1", NOW, None, {}, NOW)
    (one,) = due.claim(conn, NOW, 1)

    for _ in range(20):
        assert due.failed(conn, one.id, "KeyError", NOW)

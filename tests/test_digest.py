"""The digest: who needs the professional, what moved, and how many are quiet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.digest import LINES_SAID, Moved, Waiting, digest

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SAM, NOOR, JIP, KIM, LOU = range(1, 6)
KINDS = st.sampled_from(["alert", "talk", "checkin"])
YOUNGSTERS = st.integers(1, 8)
HOURS = st.integers(0, 200)
WAITING = st.builds(
    lambda who, kind, hours, asks: Waiting(who, kind, NOW - timedelta(hours=hours), ordinary=not asks),
    YOUNGSTERS,
    KINDS,
    HOURS,
    st.booleans(),
)
LINES = st.sampled_from(
    [("outcome", "done"), ("meeting", "come"), ("meeting", "not"), ("joined", None), ("alert", None)]
)
MOVED = st.builds(
    lambda who, line, hours, about: Moved(who, line[0], line[1], NOW - timedelta(hours=hours), about),
    YOUNGSTERS,
    LINES,
    HOURS,
    st.integers(1, 2),
)


def waits(who, kind="checkin", hours=1, ordinary=False):
    return Waiting(who, kind, NOW - timedelta(hours=hours), ordinary=ordinary)


def moved(who, hours=1, kind="outcome", value="done", about=None):
    return Moved(who, kind, value, NOW - timedelta(hours=hours), about)


def gathered(found):
    return [(one.kind, one.value, one.youth_ids) for one in found.gathered]


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
    assert (found.needs, found.moved, found.quiet) == (1, 1, 1)


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
    assert [one.kind for one in found.entries[0].waiting] == ["talk", "checkin"]


def test_who_needs_you_and_moved_stands_there_once():
    found = digest([SAM], [waits(SAM)], [moved(SAM)])

    assert order(found) == [SAM]
    assert found.entries[0].moved


def test_of_whom_the_same_is_said_stand_together_and_the_latest_first():
    lines = [moved(SAM, 5), moved(NOOR, 2), moved(JIP, 1, "joined", None)]

    found = digest([SAM, NOOR, JIP], [], lines)

    assert gathered(found) == [("joined", None, (JIP,)), ("outcome", "done", (NOOR, SAM))]
    assert order(found) == [JIP, NOOR, SAM]
    assert (found.needs, found.moved) == (0, 3)


def test_what_was_only_sent_to_be_read_asks_nothing_and_stands_before_what_moved():
    waiting = [waits(SAM, hours=30, ordinary=True), waits(NOOR, hours=50, ordinary=True), waits(LOU, "talk")]

    found = digest([SAM, NOOR, JIP, LOU], waiting, [moved(JIP), moved(SAM, 2)])

    assert (found.needs, found.shared, found.moved) == (1, 2, 1)
    assert gathered(found) == [("shared", None, (NOOR, SAM)), ("outcome", "done", (JIP, SAM))]
    assert found.gathered[0].since == NOW - timedelta(hours=50)
    assert order(found) == [LOU, NOOR, SAM, JIP]
    assert found.oldest == NOW - timedelta(hours=1)


def test_what_a_colleague_left_asks_something_also_when_it_was_only_sent_to_be_read():
    one = Waiting(SAM, "checkin", NOW - timedelta(days=2), holder=9, ordinary=True)

    assert digest([SAM], [one], []).needs == 1


def test_an_alert_comes_before_what_is_chosen_together_and_who_does_not_come_is_last():
    lines = [
        moved(SAM, 1, "meeting", "not", 7),
        moved(NOOR, 2),
        moved(JIP, 3, "challenge", "declined"),
        moved(KIM, 4, "alert", None),
    ]

    found = digest([SAM, NOOR, JIP, KIM], [], lines)

    assert [one.kind for one in found.gathered] == ["alert", "challenge", "outcome", "meeting"]


def test_who_comes_is_counted_by_evening_and_not_named():
    lines = [moved(SAM, 1, "meeting", "come", 7), moved(NOOR, 2, "meeting", "come", 8), moved(NOOR, 3)]

    found = digest([SAM, NOOR], [], lines)

    assert found.coming == {7: 1, 8: 1}
    assert order(found) == [NOOR]
    assert (found.moved, found.quiet) == (1, 0)
    assert not found.is_empty


def test_of_one_evening_the_last_answer_counts():
    lines = [moved(SAM, 5, "meeting", "not", 7), moved(SAM, 1, "meeting", "come", 7)]

    found = digest([SAM], [], lines)

    assert (found.coming, found.gathered) == ({7: 1}, ())


def test_of_how_somebody_comes_along_the_latest_is_told():
    lines = [
        moved(SAM, 9, "joined", None),
        moved(SAM, 8, "challenge", "active"),
        moved(SAM, 7, "step", None),
        moved(SAM, 6, "outcome", "not_done"),
        moved(SAM, 5, "outcome", "done"),
        moved(NOOR, 4, "challenge", "active"),
        moved(NOOR, 3, "challenge", "declined"),
    ]

    found = digest([SAM, NOOR], [], lines)

    assert gathered(found) == [
        ("challenge", "declined", (NOOR,)),
        ("challenge", "active", (NOOR,)),
        ("outcome", "done", (SAM,)),
    ]


def test_that_a_step_was_done_is_told_also_when_the_next_one_was_chosen():
    lines = [moved(SAM, 3), moved(SAM, 1, "step", None)]

    assert gathered(digest([SAM], [], lines)) == [("outcome", "done", (SAM,))]


def test_what_asks_to_be_chosen_together_is_not_left_out_for_what_is_newer():
    lines = [
        moved(SAM, 9, "talk_other_day", None),
        *(moved(SAM, hours, f"kind{hours}", None) for hours in range(1, 6)),
    ]

    assert digest([SAM], [], lines).gathered[0].kind == "talk_other_day"


def test_whom_somebody_practises_with_comes_last_and_is_counted_nowhere():
    waiting = [waits(SAM, hours=2), waits(KIM, "talk", hours=90)]

    found = digest([SAM, KIM, JIP], waiting, [], made_up=frozenset({KIM}))

    assert order(found) == [SAM, KIM]
    assert (found.asking, found.quiet) == (1, 1)
    assert found.oldest == NOW - timedelta(hours=2)


def test_of_one_youngster_three_lines_are_told_and_an_alert_is_among_them():
    lines = [
        moved(SAM, 9, "alert", None),
        *(moved(SAM, hours, f"kind{hours}", None) for hours in range(1, 6)),
    ]

    found = digest([SAM], [], lines)

    assert len(found.entries[0].moved) == LINES_SAID
    assert found.gathered[0].kind == "alert"


def test_what_came_over_from_a_colleague_is_in_it_too():
    found = digest([SAM], [waits(LOU)], [])

    assert order(found) == [LOU]
    assert found.quiet == 1


@given(st.sets(YOUNGSTERS), st.lists(WAITING, max_size=12), st.lists(MOVED, max_size=12))
def test_everybody_is_counted_exactly_once(youngsters, waiting, lines):
    lines = [line for line in lines if line.youth_id in youngsters]

    found = digest(sorted(youngsters), waiting, lines)

    everybody = youngsters | {one.youth_id for one in waiting}
    named = order(found)
    only_come = everybody - set(named) - {one for one in everybody if not came(one, lines)}
    assert len(named) == len(set(named))
    assert len(named) + len(only_come) + found.quiet == len(everybody)
    assert found.needs + found.shared + found.moved == len(named)
    asking = {one.youth_id for one in waiting if not one.ordinary}
    assert {entry.youth_id for entry in found.entries[: found.needs]} == asking
    assert {number for one in found.gathered for number in one.youth_ids} == set(named[found.needs :])


def came(youth_id, lines):
    return any(one.youth_id == youth_id and (one.kind, one.value) == ("meeting", "come") for one in lines)


@given(st.lists(WAITING, max_size=12), st.lists(MOVED, max_size=12), st.randoms())
def test_the_order_in_which_things_are_found_does_not_matter(waiting, lines, shuffler):
    def shown(found):
        return [(entry.youth_id, set(entry.waiting)) for entry in found.entries[: found.needs]]

    mixed = list(waiting)
    shuffler.shuffle(mixed)
    keys = [(one.kind, one.since) for one in waiting]
    if len(keys) == len(set(keys)):  # two that are equally urgent may stand either way
        assert shown(digest(range(1, 9), waiting, lines)) == shown(digest(range(1, 9), mixed, lines))

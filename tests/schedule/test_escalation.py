"""Who hears of an alert next, and when: the table of care research 3.4, and what holds for every team."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule import escalation
from bot.schedule.escalation import Clock, Escalation, Minutes, Team
from bot.schedule.hours import parse_working_hours

ZONE = ZoneInfo("Europe/Amsterdam")
HOURS = parse_working_hours("ma-vr 09:00-17:00")
P1, P2 = Escalation().p1, Escalation().p2
VERA, TOM, NOOR, RIA, BAS, EVA = range(1, 7)
TEAM = Team(main=VERA, backup=TOM, coordinators=(NOOR,), confidants=(RIA,), on_duty=(BAS,))
WALL = Clock(HOURS, ZONE, working=False, covered=True)
WORK = Clock(HOURS, ZONE, working=True, covered=False)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


FRIDAY = at("2026-11-20T12:00")


def played(team, minutes=P1, clock=WALL, began=FRIDAY, *, rounds=3, **other: Any):
    """Everything that happens while nobody acknowledges, up to so many rounds: minutes since the beginning, who."""
    how: dict[str, Any] = {"working": True, "about_staff": False, "excluded": (), **other}
    found = escalation.rungs(
        team, working=how["working"], about_staff=how["about_staff"], excluded=how["excluded"]
    )
    together = escalation.everybody_of(found, team, how["excluded"])
    asked: set[int] = set()
    done: list[datetime] = []
    heard = []
    while len(done) < rounds:
        call = escalation.next_call(found, together, minutes, clock, began=began, asked=asked, rounds=done)
        heard.append((call.at, call.to, call.everybody))
        asked |= set(call.to)
        done += [call.at] * call.everybody
    return heard


def minutes_of(heard, began=FRIDAY):
    return [((moment - began) // timedelta(minutes=1), to) for moment, to, _ in heard]


def test_the_professional_the_colleague_the_coordinator_then_everybody_again_and_again():
    everybody = (VERA, TOM, NOOR, BAS)

    assert minutes_of(played(TEAM)) == [
        (0, (VERA,)), (5, (TOM,)), (10, (NOOR,)), (15, everybody), (30, everybody), (45, everybody)
    ]  # fmt: skip


@pytest.mark.parametrize("gone, heard", [
    ({VERA}, [(0, TOM), (10, NOOR), (15, None)]),
    ({TOM}, [(0, VERA), (5, NOOR), (15, None)]),
    ({VERA, TOM}, [(0, NOOR), (15, None)]),
    ({NOOR}, [(0, VERA), (5, TOM), (15, None)]),
    ({VERA, TOM, NOOR}, [(0, None)]),
])  # fmt: skip
def test_who_cannot_be_reached_is_passed_at_once(gone, heard):
    team = Team(main=VERA, backup=TOM, coordinators=(NOOR,), gone=frozenset(gone))

    found = minutes_of(played(team, rounds=1))

    assert [(minute, to[0] if len(to) == 1 and minute < 15 else None) for minute, to in found[:-1]] + [
        (found[-1][0], None)
    ] == heard


def test_with_everybody_else_gone_whoever_is_on_call_or_the_confidant_comes_before_nobody():
    gone = frozenset({VERA, TOM, NOOR})
    team = Team(VERA, TOM, (NOOR,), (RIA,), (BAS, EVA), gone)

    assert [to[0] for _, to, everybody in played(team, rounds=1) if not everybody] == [BAS, EVA, RIA]


@pytest.mark.parametrize("how, first", [
    ({"excluded": {VERA}}, [TOM, RIA, NOOR]),
    ({"excluded": {TOM}}, [VERA, RIA, NOOR]),
    ({"excluded": {VERA, TOM}}, [RIA, NOOR]),
    ({"about_staff": True, "excluded": {VERA}}, [RIA, NOOR]),
    ({"working": False}, [BAS, NOOR]),
    ({"working": False, "excluded": {BAS}}, [VERA, TOM, NOOR]),
    ({"working": False, "about_staff": True, "excluded": {VERA}}, [BAS, RIA, NOOR]),
])  # fmt: skip
def test_who_is_asked_in_which_order(how, first):
    assert [to[0] for _, to, everybody in played(TEAM, rounds=1, **how) if not everybody] == first


def test_p2_counts_working_hours_over_the_weekend():
    heard = played(TEAM, P2, WORK, at("2026-11-20T16:00"), rounds=2)

    assert [moment for moment, _, _ in heard] == [
        at("2026-11-20T16:00"),
        at("2026-11-23T10:00"),
        at("2026-11-23T12:00"),
        at("2026-11-23T16:00"),
        at("2026-11-24T16:00"),
    ]


def test_with_nobody_on_call_the_rounds_rest_until_somebody_works():
    clock = Clock(HOURS, ZONE, working=False, covered=False)
    heard = played(TEAM, P1, clock, at("2026-11-20T16:50"), rounds=2)

    assert [moment for moment, _, _ in heard[-2:]] == [at("2026-11-20T17:05"), at("2026-11-23T09:00")]


@pytest.mark.parametrize("level, covered, now, begins", [
    ("p1", False, "2026-11-20T12:00", "2026-11-20T12:00"),
    ("p1", True, "2026-11-21T23:30", "2026-11-21T23:30"),
    ("p1", False, "2026-11-21T23:30", "2026-11-23T09:00"),
    ("p2", True, "2026-11-21T23:30", "2026-11-23T09:00"),
    ("p2", False, "2026-11-20T12:00", "2026-11-20T12:00"),
])  # fmt: skip
def test_from_when_the_minutes_count(level, covered, now, begins):
    clock = Clock(HOURS, ZONE, working=level != "p1", covered=covered)

    assert escalation.begins(level, clock, at(now)) == at(begins)


def test_the_clock_goes_back_and_a_wall_minute_stays_a_minute():
    night = at("2026-10-25T02:50")

    assert WALL.after(night, 15) - night == timedelta(minutes=15)


def test_the_next_working_day_is_never_today():
    assert escalation.next_working_day(at("2026-11-20T08:00"), HOURS, ZONE) == at("2026-11-23T09:00")


people = st.integers(1, 8)
few = st.lists(people, max_size=3, unique=True).map(tuple)
teams = st.builds(
    Team,
    main=st.none() | people,
    backup=st.none() | people,
    coordinators=few,
    confidants=few,
    on_duty=few,
    gone=st.frozensets(people),
)
hows = st.fixed_dictionaries(
    {"working": st.booleans(), "about_staff": st.booleans(), "excluded": st.frozensets(people, max_size=3)}
)
clocks = st.builds(Clock, st.just(HOURS), st.just(ZONE), working=st.booleans(), covered=st.booleans())
sizes = st.lists(st.integers(1, 600), min_size=3, max_size=3, unique=True).map(sorted)


@given(teams, hows, clocks, sizes, st.integers(1, 500))
def test_somebody_is_always_next_never_the_excluded_never_before_its_minutes(team, how, clock, three, again):
    second, third, last = three
    minutes = Minutes(second, third, last, again, 60)
    heard = played(team, minutes, clock, **how)
    may = {team.main, team.backup, *team.coordinators, *team.confidants, *team.on_duty} - {None}
    may -= team.gone | how["excluded"]
    slots = (0, *three)

    assert [moment for moment, _, _ in heard] == sorted(moment for moment, _, _ in heard)
    for place, (moment, to, everybody) in enumerate(heard):
        assert set(to) <= may
        assert to or everybody
        assert moment >= clock.after(FRIDAY, slots[min(place, 3)] if any(to for _, to, _ in heard) else 0)
    asked = [one for _, to, everybody in heard for one in to if not everybody]
    assert len(asked) == len(set(asked))
    assert sum(everybody for _, _, everybody in heard) == 3


@given(teams, hows)
def test_whoever_is_asked_is_asked_by_everybody_too(team, how):
    found = escalation.rungs(team, **how)
    together = escalation.everybody_of(found, team, how["excluded"])

    assert {one for rung in found for one in rung} <= set(together)
    assert not set(together) & how["excluded"]
    assert len(together) == len(set(together))

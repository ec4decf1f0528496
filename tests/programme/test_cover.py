"""Which days of a youngster have no reader, and which holiday can be planned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.programme.cover import (
    FURTHEST,
    LONGEST,
    Cover,
    Stretch,
    away_on,
    is_there,
    may_change,
    problem,
    readers_on,
    runs,
    split,
    unread,
    workdays,
)
from bot.schedule.hours import parse_working_hours

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOURS = parse_working_hours("ma-vr 09:00-17:00")
TODAY = date(2026, 11, 20)
VERA, TOM, AMIRA = 1, 2, 3
DAY = timedelta(days=1)

days = st.dates(date(2026, 11, 1), date(2027, 3, 1))
day_sets = st.frozensets(days, max_size=30)
people = st.integers(1, 5)


@st.composite
def stretches(draw, most=40):
    first = draw(days)
    return Stretch(first, first + timedelta(days=draw(st.integers(0, most))))


covers = st.lists(st.builds(Cover, people, stretches(), people), max_size=6)
aways = st.dictionaries(people, day_sets)
pairs = st.lists(people, min_size=1, max_size=2, unique=True).map(tuple)


def on(text: str) -> date:
    return date.fromisoformat(text)


def test_with_both_away_and_nobody_standing_in_nobody_reads():
    away = {VERA: {on("2026-12-24")}, TOM: {on("2026-12-24"), on("2026-12-28")}}

    assert unread([on("2026-12-24"), on("2026-12-28")], (VERA, TOM), away) == (on("2026-12-24"),)


def test_somebody_who_stands_in_reads_only_in_those_days():
    standing = Cover(VERA, Stretch(on("2026-12-24"), on("2026-12-25")), AMIRA)
    both = {VERA: {on("2026-12-24"), on("2026-12-28")}, TOM: {on("2026-12-24"), on("2026-12-28")}}

    assert unread(sorted(both[VERA]), (VERA, TOM), both, [standing]) == (on("2026-12-28"),)


def test_somebody_who_stands_in_and_is_away_too_does_not_read():
    standing = Cover(VERA, Stretch(on("2026-12-24"), on("2026-12-24")), AMIRA)
    away = {number: {on("2026-12-24")} for number in (VERA, TOM, AMIRA)}

    assert unread([on("2026-12-24")], (VERA, TOM), away, [standing]) == (on("2026-12-24"),)


def test_whoever_stands_in_comes_right_after_the_one_who_is_away():
    standing = Cover(VERA, Stretch(on("2026-12-24"), on("2026-12-24")), AMIRA)

    assert readers_on(on("2026-12-24"), (VERA, TOM), [standing]) == (VERA, AMIRA, TOM)
    assert readers_on(on("2026-12-25"), (VERA, TOM), [standing]) == (VERA, TOM)


@given(st.lists(days), pairs, aways, covers)
def test_it_is_exactly_the_days_on_which_everybody_who_could_read_is_away(looked_at, pair, away, standing):
    found = unread(looked_at, pair, away, standing)

    for day in looked_at:
        could = set(pair) | {one.reader_id for one in standing if one.away_id in pair and day in one.stretch}
        assert (day in found) == all(day in away.get(number, set()) for number in could)


@given(st.lists(days), pairs, aways, covers, st.builds(Cover, people, stretches(), people))
def test_one_more_to_stand_in_never_leaves_more_days_alone(looked_at, pair, away, standing, more):
    before = set(unread(looked_at, pair, away, standing))

    assert set(unread(looked_at, pair, away, [*standing, more])) <= before


@given(st.lists(days), pairs, aways, covers, people, day_sets)
def test_one_more_absence_never_leaves_fewer_days_alone(looked_at, pair, away, standing, who, when):
    more = {**away, who: set(away.get(who, ())) | when}

    assert set(unread(looked_at, pair, away, standing)) <= set(unread(looked_at, pair, more, standing))


@given(st.lists(days), pairs, aways, covers)
def test_with_one_of_the_pair_always_there_every_day_is_read(looked_at, pair, away, standing):
    assert unread(looked_at, pair, {**away, pair[0]: set()}, standing) == ()


@given(people, day_sets, aways)
def test_who_is_there_on_all_days_is_away_on_none(who, looked_at, away):
    assert is_there(who, looked_at, away) == all(day not in away.get(who, ()) for day in looked_at)


# Days


@given(stretches(), day_sets)
def test_runs_hold_exactly_the_days_and_a_weekend_breaks_none(span, wanted):
    working = list(workdays(span, HOURS, AMSTERDAM))
    chosen = [day for day in working if day in wanted]
    found = runs(chosen, working)

    assert [day for day in working if any(day in one for one in found)] == chosen
    for one, after in pairwise(found):
        assert one.last < after.first
        assert any(one.last < day < after.first for day in working)


def test_friday_and_monday_are_one_stretch():
    working = list(workdays(Stretch(on("2026-12-24"), on("2026-12-31")), HOURS, AMSTERDAM))

    assert runs([on("2026-12-25"), on("2026-12-28")], working) == (
        Stretch(on("2026-12-25"), on("2026-12-28")),
    )


def test_working_days_end_in_local_time_also_when_the_clock_changes():
    found = workdays(Stretch(on("2027-03-26"), on("2027-03-29")), HOURS, AMSTERDAM)

    assert found == {
        on("2027-03-26"): datetime(2027, 3, 26, 15, 59, tzinfo=UTC),
        on("2027-03-29"): datetime(2027, 3, 29, 14, 59, tzinfo=UTC),
    }


def test_who_comes_back_at_noon_reads_that_day():
    looked_at = workdays(Stretch(on("2026-12-24"), on("2026-12-25")), HOURS, AMSTERDAM)
    until_noon = (datetime(2026, 12, 24, 6, tzinfo=UTC), datetime(2026, 12, 25, 11, tzinfo=UTC))

    assert away_on(looked_at, [until_noon]) == {on("2026-12-24")}


@given(stretches(), stretches())
def test_two_stretches_meet_when_a_day_lies_in_both(one, other):
    shared = any(one.first + n * DAY in other for n in range((one.last - one.first).days + 1))

    assert one.meets(other) == other.meets(one) == shared


# What can be planned


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2026-11-20", "2026-11-25", "past"),
        ("2026-11-19", "2026-11-25", "past"),
        ("2026-12-25", "2026-12-24", "backwards"),
        ("2026-12-01", "2027-02-09", "long"),
        ("2028-01-03", "2028-01-04", "far"),
        ("2026-12-24", "2026-12-24", "overlap"),
        ("2026-11-21", "2026-11-21", None),
        ("2026-12-01", "2026-12-20", None),
    ],
)
def test_why_a_holiday_cannot_be_planned(first, last, why):
    others = [Stretch(on("2026-12-21"), on("2026-12-31"))]

    assert problem(Stretch(on(first), on(last)), TODAY, others) == why


@given(stretches(most=100), st.lists(stretches(), max_size=4), days)
def test_what_can_be_planned_is_still_to_come_bounded_and_alone(wanted, others, today):
    if problem(wanted, today, others) is None:
        assert today < wanted.first <= wanted.last
        assert wanted.last - wanted.first < LONGEST
        assert wanted.first - today <= FURTHEST
        assert not any(wanted.meets(other) for other in others)


def test_a_holiday_that_runs_keeps_its_first_day_and_may_end_today_or_later():
    runs_now = Stretch(on("2026-11-16"), on("2026-11-30"))

    assert may_change(Stretch(runs_now.first, on("2026-11-20")), runs_now, TODAY, []) is None
    assert may_change(Stretch(runs_now.first, on("2026-11-19")), runs_now, TODAY, []) == "backwards"
    assert may_change(Stretch(on("2026-11-17"), on("2026-11-30")), runs_now, TODAY, []) == "past"
    later = Stretch(on("2026-12-01"), on("2026-12-04"))
    assert may_change(Stretch(runs_now.first, on("2026-12-01")), runs_now, TODAY, [later]) == "overlap"


@given(st.lists(days, min_size=1, max_size=15, unique=True).map(sorted), st.permutations([1, 2, 3]), aways)
def test_days_are_divided_over_two_who_are_there_and_as_late_as_can_be(working, staff, away):
    found = split(working, staff, away)
    cuts = [
        place
        for place in range(1, len(working))
        for first in staff
        for second in staff
        if first != second
        and is_there(first, working[:place], away)
        and is_there(second, working[place:], away)
    ]
    if found is None:
        assert cuts == []
        return
    assert found.first != found.second
    assert is_there(found.first, [day for day in working if day < found.on], away)
    assert is_there(found.second, [day for day in working if day >= found.on], away)
    assert working.index(found.on) == max(cuts)

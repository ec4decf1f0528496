"""When a digest comes: as it was chosen, and only when somebody works."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.digests import Wish, before, moments, read, stored
from bot.schedule.hours import parse_working_hours
from bot.schedule.reading import is_working

ZONE = ZoneInfo("Europe/Amsterdam")
NINE, OFFICE = time(9), parse_working_hours("ma-vr 09:00-17:00")
MONDAY = date(2026, 11, 23)
TWO_WEEKS = [MONDAY + timedelta(days=shift) for shift in range(14)]
CLOCKS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
WISHES = st.builds(
    Wish, st.sampled_from(["daily", "weekly", "never"]), st.integers(0, 6), CLOCKS, st.booleans()
)
HOURS = st.sampled_from(["ma-vr 09:00-17:00", "di 13:00-15:00, za 10:00-12:00", "ma-zo 08:00-20:00"]).map(
    parse_working_hours
)
EVENINGS = st.dictionaries(
    st.text("0123456789", min_size=1, max_size=3).map("meeting:{}".format),
    st.datetimes(
        datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-31"), timezones=st.just(UTC)
    ),
    max_size=3,
)


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def days(wish, hours=OFFICE):
    return sorted(moments(wish, TWO_WEEKS, {}, hours, ZONE).values())


def test_daily_comes_on_working_days_at_the_chosen_time():
    found = days(Wish("daily", 0, time(16, 30), evening=False))

    assert len(found) == 10
    assert found[0] == local("2026-11-23 16:30")
    assert local("2026-11-28 16:30") not in found


def test_weekly_comes_on_the_chosen_day():
    assert days(Wish("weekly", 2, NINE, evening=False)) == [
        local("2026-11-25 09:00"),
        local("2026-12-02 09:00"),
    ]


def test_never_comes_never_by_itself():
    assert days(Wish("never", 0, NINE, evening=False)) == []


def test_a_time_outside_working_hours_becomes_the_first_hour_of_work():
    assert days(Wish("weekly", 0, time(22), evening=False))[0] == local("2026-11-23 09:00")


def test_before_an_evening_it_comes_three_hours_before_or_while_there_is_an_hour_of_work_left():
    assert before(local("2026-11-24 15:30"), OFFICE, ZONE) == local("2026-11-24 12:30")
    assert before(local("2026-11-24 19:00"), OFFICE, ZONE) == local("2026-11-24 16:00")
    assert before(local("2026-11-29 14:00"), OFFICE, ZONE) == local("2026-11-27 16:00")
    assert before(local("2026-11-24 10:00"), OFFICE, ZONE) == local("2026-11-23 16:00")


def test_two_at_one_moment_are_one():
    wish = Wish("daily", 0, time(16), evening=True)
    found = moments(wish, [date(2026, 11, 24)], {"meeting:1": local("2026-11-24 19:00")}, OFFICE, ZONE)

    assert list(found) == ["2026-11-24"]


@given(WISHES)
def test_a_wish_is_read_back_as_it_was_stored(wish):
    found = read(stored(wish), NINE)

    assert (found.rhythm, found.at, found.evening) == (wish.rhythm, wish.at, wish.evening)
    assert found.weekday == (wish.weekday if wish.rhythm == "weekly" else 0)


@given(st.one_of(st.none(), st.text(max_size=20)))
def test_what_cannot_be_read_is_still_a_wish(text):
    assert read(text, NINE).rhythm in ("daily", "weekly", "never")


@given(WISHES, HOURS, EVENINGS)
def test_whatever_was_chosen_it_comes_while_somebody_works(wish, hours, evenings):
    for name, moment in moments(wish, TWO_WEEKS, evenings, hours, ZONE).items():
        assert is_working(moment, hours, ZONE)
        if name in evenings:
            assert moment < evenings[name]


@given(EVENINGS, HOURS)
def test_no_two_come_at_one_moment(evenings, hours):
    found = moments(Wish("daily", 0, NINE, evening=True), TWO_WEEKS, evenings, hours, ZONE)

    assert len(set(found.values())) == len(found)

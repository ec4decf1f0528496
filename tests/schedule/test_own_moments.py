"""Own moments: they take away from the free hours, and only an adult may add to them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.schedule.own_moments import EARLY, LATE, WEEK, OwnMoments, chosen, offered, read
from bot.schedule.quiet import QuietHours, is_quiet, leaves_room, moved

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
USUAL = QuietHours((time(20, 30), time(8)), (time(22), time(9)), "midden")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
BANDS = st.sampled_from(["under18", "18plus"])
PARTS = st.sets(st.sampled_from(sorted((*WEEK, EARLY, LATE))), min_size=1)
KINDS = st.sampled_from(["announces", "asks"])


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def with_own(*parts):
    return QuietHours(USUAL.under18, USUAL.adult, USUAL.region, OwnMoments(frozenset(parts)))


@given(MOMENTS, PARTS)
@settings(max_examples=60)
def test_a_minor_never_narrows_the_quiet(moment, parts):
    if is_quiet(moment, "under18", USUAL, AMSTERDAM):
        assert is_quiet(moment, "under18", with_own(*parts), AMSTERDAM)


@given(MOMENTS, PARTS, BANDS, KINDS)
@settings(max_examples=60)
def test_whatever_was_chosen_a_moment_is_found_in_one_of_the_parts(moment, parts, band, kind):
    own = chosen(parts, band)
    if own is None:
        return
    hours = USUAL.with_own(own, band, AMSTERDAM, moment)

    found = moved(moment, kind, band, hours, AMSTERDAM)

    assert not is_quiet(found, band, hours, AMSTERDAM)
    assert (found <= moment) if kind == "announces" else (found >= moment)


@pytest.mark.parametrize(
    "moment, parts, band, goes_to",
    [
        ("2026-11-24 10:00", ["weekday_evening"], "18plus", "2026-11-24 17:00"),
        ("2026-11-24 23:00", ["weekday_evening"], "18plus", "2026-11-25 17:00"),
        ("2026-11-24 10:00", ["weekend_afternoon"], "18plus", "2026-11-28 12:00"),
        ("2026-11-24 23:00", ["weekday_evening", LATE], "18plus", "2026-11-24 23:00"),
        ("2026-11-24 23:00", ["weekday_evening", LATE], "under18", "2026-11-25 17:00"),
        ("2026-11-24 07:30", ["weekday_morning", EARLY], "18plus", "2026-11-24 07:30"),
        ("2026-11-24 07:30", ["weekday_morning"], "18plus", "2026-11-24 09:00"),
        ("2026-11-24 10:00", ["weekday_morning"], "under18", "2026-11-25 08:00"),
        ("2026-12-22 10:00", ["weekday_morning"], "under18", "2026-12-22 10:00"),
        ("2027-03-28 02:30", ["weekend_morning"], "18plus", "2027-03-28 09:00"),
        ("2026-10-25 02:30", ["weekend_evening"], "18plus", "2026-10-25 17:00"),
    ],
)
def test_known_moments(moment, parts, band, goes_to):
    found = moved(at(moment), "asks", band, with_own(*parts), AMSTERDAM)

    assert f"{found.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" == goes_to


def test_hours_that_leave_nothing_are_not_used():
    mornings = QuietHours((time(0), time(13)), (time(0), time(13)))
    own = OwnMoments(frozenset({"weekday_morning", "weekend_morning"}))
    narrow = QuietHours(mornings.under18, mornings.adult, None, own)
    now = at("2026-11-24 10:00")

    assert not leaves_room(narrow, "under18", AMSTERDAM, now)
    assert mornings.with_own(own, "under18", AMSTERDAM, now).own is None


def test_what_was_kept_is_read_by_the_age_of_today():
    assert read("weekday_evening,late", "18plus") == OwnMoments(frozenset({"weekday_evening", LATE}))
    assert read("weekday_evening,late", "under18") == OwnMoments(frozenset({"weekday_evening"}))
    assert read("", "18plus") is None
    assert chosen([LATE], "18plus") is None
    assert LATE not in offered("under18")


def test_days_that_were_chosen_apart_keep_only_the_parts_of_the_day():
    own = OwnMoments(frozenset({"weekend_morning"})).on_every_day()

    assert own.parts == {"weekend_morning", "weekday_morning"}

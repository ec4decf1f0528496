"""What may be written down about places and groups."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.programme import places
from bot.schedule.series import Series, days

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
SERIES = st.builds(
    Series,
    st.dates(date(2026, 11, 21), date(2027, 12, 31)),
    st.just(time(19)),
    st.just(time(21)),
    st.sampled_from((1, 2, 3, 4)),
)


@given(st.text(max_size=100))
def test_a_line_is_one_line_and_stays_what_it_is(text):
    once = places.line(text)

    assert places.line(once) == once
    assert once.isprintable()
    assert once == once.strip()
    assert "  " not in once


@given(st.text(alphabet="abcdéABC xyz-", min_size=1, max_size=40), st.integers(1, 3))
def test_the_same_name_with_other_capitals_or_spaces_is_taken(name, spaces):
    assume(places.line(name))

    assert places.name_flaw(places.line(name.upper().replace(" ", " " * spaces)), [name]) == "taken"
    assert places.name_flaw(places.line(name), []) is None


@given(st.integers(-5, 40), st.integers(0, 15))
def test_a_group_has_three_to_fifteen_places_and_never_fewer_than_are_taken(size, taken):
    found = places.capacity_flaw(size, taken)

    assert (found is None) == (3 <= size <= 15 and size >= taken)
    assert (found == "range") == (not 3 <= size <= 15)


@given(SERIES, SERIES)
def test_two_series_are_refused_exactly_when_they_share_a_day(one, other):
    # Counted in another way: day by day, for as long as any two of these can differ.
    until = max(one.first, other.first) + timedelta(weeks=12)
    shared = set(days(one, one.first, until)) & set(days(other, other.first, until))

    assert (places.series_flaw(one, [other], ZONE, NOW) == "clash") == bool(shared)


@given(st.integers(-30 * 24 * 60, 30 * 24 * 60))
def test_what_has_begun_is_past_to_the_minute(minutes):
    local = (NOW + timedelta(minutes=minutes)).astimezone(ZONE)
    assume(local.time() < time(23, 59))
    one = Series(local.date(), local.time(), time(23, 59))
    begun = minutes <= 0

    assert (places.series_flaw(one, (), ZONE, NOW) == "past") == begun


@given(st.integers(0, 6), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_days_offered_are_of_that_weekday_and_still_to_come(weekday, today):
    found = places.first_days(weekday, today)

    assert len(found) == 8
    assert all(one.weekday() == weekday and one > today for one in found)
    assert (found[0] - today).days <= 7


@given(st.text(max_size=60), st.sets(st.text(alphabet="abc-2", max_size=6)))
def test_a_key_is_what_a_seed_file_takes_and_is_nobody_elses(name, taken):
    found = places.key_for(name, taken)

    assert found not in taken
    assert len(found) <= 40
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in found.split("-"))


def test_an_evening_that_ends_after_midnight_is_refused():
    late = time(23)

    assert (
        places.series_flaw(Series(date(2026, 12, 1), late, places.plus(late, 90)), (), ZONE, NOW)
        == "backwards"
    )


@pytest.mark.parametrize(
    "link, flaw",
    [("", None), ("https://osm.org/x", None), ("osm.org", "link"), ("http://osm.org", "link"),
     ("https://osm.org/een plek", "link"), ("https://" + "x" * 80, None),
     ("https://" + "x" * 300, "long_link")],
)  # fmt: skip
def test_a_map_is_a_web_address_or_nothing(link, flaw):
    assert places.link_flaw(link) == flaw

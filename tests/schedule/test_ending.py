"""A calendar that ends: no evening after the last day, and every one before it as it was."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.evenings import Calendar, Change, ending, evenings
from bot.schedule.series import Series

ZONE = ZoneInfo("Europe/Amsterdam")
FIRST = date(2026, 9, 1)
DAYS = st.integers(0, 200).map(lambda days: FIRST + timedelta(days=days))
EVENINGS = st.integers(0, 14).map(lambda weeks: FIRST + timedelta(weeks=2 * weeks))


@st.composite
def changes(draw):
    kind = draw(st.sampled_from(["cancelled", "moved", "extra"]))
    if kind == "cancelled":
        return Change("cancelled", draw(EVENINGS))
    if kind == "moved":
        return Change("moved", draw(EVENINGS), draw(DAYS), time(19), time(22))
    day = draw(DAYS)
    return Change("extra", day, day, time(19), time(22))


@given(DAYS, st.lists(changes(), max_size=4))
def test_nothing_is_held_after_the_last_day_and_before_it_nothing_changes(last, made):
    calendar = Calendar((Series(FIRST, time(19), time(22), 2),), tuple(made))
    until = FIRST + timedelta(days=260)

    before = evenings(calendar, FIRST, until, ZONE)
    after = evenings(ending(calendar, last), FIRST, until, ZONE)

    assert not [one for one in after if one.is_held and one.on > last]
    kept = [one for one in before if one.is_held and max(one.on, one.day) <= last]
    assert [replace(one) for one in after if one.is_held and one in kept] == kept

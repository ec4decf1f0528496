"""What a youngster hears of a holiday: once, and again only when it became something else."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.programme.cover import Stretch
from bot.programme.holiday_news import HolidayNews, is_news, load

DAYS = Stretch(date(2026, 12, 21), date(2027, 1, 3))
AWAY = HolidayNews("away", DAYS, 2)


@st.composite
def spans(draw):
    first = draw(st.dates(date(2026, 1, 1), date(2027, 12, 1)))
    return Stretch(first, first + timedelta(days=draw(st.integers(0, 60))))


news = st.builds(
    HolidayNews,
    st.sampled_from(["away", "off", "back"]),
    spans(),
    st.none() | st.integers(1, 10**6),
    st.lists(spans(), max_size=3).map(tuple),
)


@given(news)
def test_what_is_written_is_read_back(one):
    assert load(one.dump()) == one


@given(news)
def test_nothing_is_said_twice(one):
    assert not is_news(one, one)


@given(news)
def test_what_nobody_heard_of_is_not_taken_back(one):
    assert is_news(one, None) == (one.kind == "away")


def test_other_days_another_reader_or_a_day_without_one_is_news():
    assert is_news(HolidayNews("away", Stretch(DAYS.first, DAYS.first), 2), AWAY)
    assert is_news(HolidayNews("away", DAYS, 3), AWAY)
    assert is_news(HolidayNews("away", DAYS, 2, (Stretch(DAYS.first, DAYS.first),)), AWAY)


def test_taken_back_is_news_once_and_planned_again_is_news_anew():
    off = HolidayNews("off", DAYS)

    assert is_news(off, AWAY)
    assert not is_news(off, off)
    assert is_news(AWAY, off)


def test_what_was_taken_back_is_not_taken_back_again_with_other_days():
    other = Stretch(DAYS.first, DAYS.first)

    assert not is_news(HolidayNews("off", other), HolidayNews("off", DAYS))
    assert not is_news(HolidayNews("back", DAYS), HolidayNews("off", DAYS))

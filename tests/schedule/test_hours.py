"""Hours as a coordinator writes them come out as they were meant, or are refused with a reason."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.hours import format_span, parse_span, parse_working_hours

MINUTES = st.integers(min_value=0, max_value=24 * 60 - 1).map(lambda minute: time(*divmod(minute, 60)))
SPANS = st.tuples(MINUTES, MINUTES).filter(lambda span: span[0] != span[1])
DAY_SPANS = SPANS.map(lambda span: (min(span), max(span)))
HOURS = st.dictionaries(st.integers(min_value=0, max_value=6), DAY_SPANS, min_size=1)


def test_a_working_week_and_a_saturday_morning():
    hours = parse_working_hours("ma-vr 09:00-17:00, za 10:00-12:30")

    assert [hours[weekday] for weekday in range(5)] == [(time(9), time(17))] * 5
    assert hours[5] == (time(10), time(12, 30))
    assert 6 not in hours


def test_english_days_mean_the_same():
    assert parse_working_hours("mo-th 9:00-17:00") == parse_working_hours("ma-do 09:00-17:00")


def test_quiet_hours_pass_midnight():
    assert parse_span("20:30-08:00") == (time(20, 30), time(8))


@given(SPANS)
def test_a_span_survives_writing_and_reading(span):
    assert parse_span(format_span(span)) == span


@pytest.mark.parametrize(
    "text, reason",
    [
        ("", "needs days and a span"),
        ("ma-vr", "needs days and a span"),
        ("ma-vr 9-17", "not a span of time"),
        ("ma-vr 09:00-25:00", '"25:00" is not a time of day'),
        ("ma-vr 17:00-09:00", "ends before it begins"),
        ("ma-vr 09:00-09:00", "same moment"),
        ("maandag 09:00-17:00", '"maandag" is not a day'),
        ("vr-ma 09:00-17:00", "goes backwards"),
        ("ma-vr 09:00-17:00, wo 09:00-12:00", '"wo" is named twice'),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        parse_working_hours(text)


@given(st.text())
def test_any_other_text_is_refused_by_a_value_error_and_nothing_else(text):
    try:
        hours = parse_working_hours(text)
    except ValueError:
        return
    assert hours

"""How much may come unasked: one a day, four a week, less after silence. The table of docs/architecture.md, walked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.dose import PRECEDENCE, verdict

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 20, 12, tzinfo=AMSTERDAM)
PAST = st.lists(
    st.integers(0, 60 * 24 * 30).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=12
).map(sorted)
HEARD = st.none() | st.integers(0, 60 * 24 * 30).map(lambda minutes: NOW - timedelta(minutes=minutes))


def days_ago(*days):
    return [NOW - timedelta(days=number) for number in sorted(days, reverse=True)]


def decides(sent=(), heard=NOW, kind="challenge", now=NOW, attends=False):
    return verdict(kind, sent, heard, now, AMSTERDAM, attends=attends)


def test_the_first_one_may_go():
    assert decides() == "send"


def test_one_a_day():
    assert decides(days_ago(0)) == "wait"
    assert decides(days_ago(1)) == "send"


def test_the_day_is_the_local_one():
    late = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # 23:30 here
    soon_after_midnight = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # 00:30 the next day here

    assert decides([late], now=soon_after_midnight) == "send"


def test_four_a_week():
    assert decides(days_ago(1, 2, 3)) == "send"
    assert decides(days_ago(1, 2, 3, 4)) == "wait"
    assert decides(days_ago(1, 2, 3, 8)) == "send"


def test_after_two_silences_half_of_it():
    silent_since = NOW - timedelta(days=20)

    assert decides(days_ago(9, 3), heard=silent_since) == "send"
    assert decides(days_ago(5, 3), heard=silent_since) == "wait"
    assert decides(days_ago(5, 3), heard=NOW) == "send"


def test_after_four_silences_nothing_more():
    assert decides(days_ago(25, 20, 15, 10), heard=NOW - timedelta(days=30)) == "silent"
    assert decides(days_ago(25, 20, 15), heard=NOW - timedelta(days=30)) != "silent"


def test_any_sign_of_life_begins_anew():
    assert decides(days_ago(25, 20, 15, 10), heard=NOW - timedelta(days=9)) == "send"


def test_somebody_never_heard_of_counts_every_message_as_silence():
    assert decides(days_ago(25, 20, 15, 10), heard=None) == "silent"


@given(PAST, HEARD)
def test_an_evening_of_somebody_who_attends_is_never_silenced(sent, heard):
    assert decides(sent, heard, "meeting_48h", attends=True) == "send"
    assert decides(sent, heard, "meeting_3h", attends=True) == "send"


@given(PAST, HEARD)
def test_only_evenings_have_that_privilege(sent, heard):
    assert decides(sent, heard, "challenge", attends=True) == decides(sent, heard, "challenge")


@given(PAST, HEARD, st.sampled_from(PRECEDENCE))
def test_never_a_second_one_on_a_day_nor_a_fifth_in_a_week(sent, heard, kind):
    if decides(sent, heard, kind) == "send":
        local_days = [moment.astimezone(AMSTERDAM).date() for moment in sent]
        assert NOW.date() not in local_days
        assert sum(moment > NOW - timedelta(days=7) for moment in sent) <= 3


@given(PAST, HEARD, st.sampled_from(PRECEDENCE))
def test_being_heard_of_later_never_makes_it_stricter(sent, heard, kind):
    order = ["silent", "wait", "send"]

    assert order.index(decides(sent, NOW, kind)) >= order.index(decides(sent, heard, kind))


@pytest.mark.parametrize("kind", ["two_weekly", "measure", "positive_log", "something_new"])
def test_whatever_is_not_named_is_unasked(kind):
    assert decides(days_ago(0), kind=kind) == "wait"


def test_the_order_of_precedence():
    assert PRECEDENCE[:2] == ("meeting_48h", "meeting_3h")
    assert PRECEDENCE.index("two_weekly") < PRECEDENCE.index("challenge") < PRECEDENCE.index("measure")

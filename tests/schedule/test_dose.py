"""How much may come unasked: one a day, four a week, less after silence. The table of docs/architecture.md, walked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.dose import (
    ANNOUNCES,
    OWN_MOMENTS,
    PASSES_PAUSE,
    PRECEDENCE,
    WEIGHTS,
    attends,
    may_ask_quieter,
    outranked,
    passes_pause,
    verdict,
    weight,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 20, 12, tzinfo=AMSTERDAM)
PAST = st.lists(
    st.integers(0, 60 * 24 * 30).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=12
).map(sorted)
HEARD = st.none() | st.integers(0, 60 * 24 * 30).map(lambda minutes: NOW - timedelta(minutes=minutes))


def days_ago(*days):
    return [NOW - timedelta(days=number) for number in sorted(days, reverse=True)]


def decides(sent=(), heard=NOW, kind="challenge", now=NOW, attends=False, quieter=False):
    return verdict(kind, sent, heard, now, AMSTERDAM, attending=attends, quieter=quieter)


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


TABLE = [
    # kind, how it counts, whether it comes in a pause: row by row as docs/architecture.md has it
    ("nudge", "asked", False),
    ("follow_up", "asked", False),
    ("cue", "asked", False),
    ("evaluate", "asked", False),
    ("look_back", "asked", False),
    ("answer", "asked", True),
    ("danger_silence", "care", True),
    ("card_told", "owed", False),
    ("meeting_moved", "asked", True),
    ("meeting_cancelled", "asked", True),
    ("place_moved", "asked", True),
    ("trial_briefing", "asked", False),
    ("trial_day_after", "asked", False),
    ("pause_over", "asked", False),
    ("reader_changed", "owed", False),
    ("age_told", "owed", False),
    ("holiday_told", "owed", False),
    ("goodbye", "owed", False),
    ("deletion_soon", "owed", False),
    ("term_ended", "owed", False),
    ("readiness", "unasked", False),
    ("aftercare", "unasked", False),
    ("withdrawn", "owed", False),
    ("step_adapted", "owed", False),
    ("talk_planned", "unasked", False),
    ("talk_soon", "asked", False),
    ("talk_off", "asked", True),
    ("talk_wished", "asked", True),
    ("pause_given", "owed", True),
    ("lost_hours", "owed", True),
    ("limits_again", "owed", False),
    ("terms", "owed", False),
    ("reconfirm", "owed", False),
    ("inspection_told", "owed", False),
    ("erase", "owed", True),
    ("meeting_48h", "unasked", False),
    ("meeting_3h", "unasked", False),
    ("two_weekly", "unasked", False),
    ("challenge", "unasked", False),
    ("measure", "unasked", False),
    ("waiting_sign", "unasked", False),
    ("positive_log", "unasked", False),
    ("quieter", "unasked", False),
    ("something_new", "unasked", False),
]


@pytest.mark.parametrize("kind, counts, in_pause", TABLE)
def test_every_row_of_the_table(kind, counts, in_pause):
    assert weight(kind) == counts
    assert passes_pause(kind) is in_pause


def test_the_table_above_is_whole():
    assert {kind for kind, _, _ in TABLE} - {"something_new"} == set(WEIGHTS)
    assert set(WEIGHTS) >= set(PRECEDENCE) | PASSES_PAUSE | ANNOUNCES | set(OWN_MOMENTS)


@pytest.mark.parametrize("more", range(len(PRECEDENCE)))
@pytest.mark.parametrize("less", range(len(PRECEDENCE)))
def test_what_stands_earlier_takes_the_day_of_what_stands_later(more, less):
    assert outranked(PRECEDENCE[less], [PRECEDENCE[more]]) is (more < less)


@pytest.mark.parametrize("asked", [kind for kind, counts, _ in TABLE if counts in ("asked", "owed", "care")])
def test_what_was_asked_for_or_is_owed_takes_nobodys_day(asked):
    assert not any(outranked(kind, [asked]) for kind in PRECEDENCE)


@pytest.mark.parametrize(
    "said, last_two, counts",
    [
        ("come", None, True),
        ("come", [False, False], True),
        ("not", None, False),
        ("not", [False, False], False),
        ("not", [True, False], True),
        ("unsure", None, True),
        (None, None, True),
        (None, [False, False], False),
        (None, [True, False], True),
        (None, [False, True], True),
        ("unsure", [False, False], False),
        (None, [], False),
    ],
)
def test_who_attends(said, last_two, counts):
    assert attends(said, last_two) is counts


@pytest.mark.parametrize(
    "silences, sent_this_week, decided",
    [
        (0, 3, "send"),
        (0, 4, "wait"),
        (1, 3, "send"),
        (2, 1, "send"),
        (2, 2, "wait"),
        (3, 1, "send"),
        (4, 0, "silent"),
    ],
)
def test_each_step_of_the_back_off(silences, sent_this_week, decided):
    """Silences are messages since they were heard; the others of this week came before that."""
    old = max(0, silences - sent_this_week)
    before = [NOW - timedelta(days=8 + number) for number in reversed(range(old))]
    week = [NOW - timedelta(days=1 + number) for number in reversed(range(sent_this_week))]
    sent = before + week
    heard = sent[len(sent) - silences] - timedelta(hours=1) if silences else NOW

    assert decides(sent, heard=heard) == decided


def test_who_asked_for_less_gets_half():
    assert decides(days_ago(1, 2), quieter=True) == "wait"
    assert decides(days_ago(1), quieter=True) == "send"
    assert decides(days_ago(1, 2), quieter=True, kind="meeting_48h", attends=True) == "send"


def test_the_question_after_four_silences_has_the_day_to_itself():
    silent_since = NOW - timedelta(days=30)

    assert may_ask_quieter(days_ago(25, 20, 15, 10), silent_since, NOW, AMSTERDAM) == "send"
    assert may_ask_quieter(days_ago(25, 20, 15, 0), silent_since, NOW, AMSTERDAM) == "wait"
    assert may_ask_quieter(days_ago(25, 20, 15, 10), NOW - timedelta(days=12), NOW, AMSTERDAM) == "silent"

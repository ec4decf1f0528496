"""The counted model: taps, reading and typing as seconds, and what a line of the audit trail stands for."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.authorize import Action
from bot.programme import workload
from bot.programme.workload import NOTED, Work, from_trail, read, total, typed

PIECES = st.builds(Work, *(st.integers(0, 500) for _ in range(4)))


def test_a_minute_of_reading_is_two_hundred_words():
    assert Work(words=200).minutes == pytest.approx(1.0)


@pytest.mark.parametrize(
    "work, seconds",
    [(Work(taps=2), 5.0), (Work(digits=6), 6.6), (Work(letters=10), 4.0), (Work(), 0.0)],
)
def test_each_thing_takes_its_time(work, seconds):
    assert work.seconds == pytest.approx(seconds)


def test_a_line_that_stood_there_is_not_read_again():
    known = set(workload.pieces("Kop\n\n1. Sam: deelde iets"))

    assert read("Kop\n\n1. Sam: deelde iets", known) == Work()
    assert read("Kop\n\n2. Pim: deelde iets", known) == Work(words=4)
    assert read("❗ Alarmen: 2", known) == Work(words=2)


def test_of_a_screen_that_changed_only_the_new_sentences_and_names_are_read():
    known = set(workload.pieces("Niemand vraagt iets. 2 zijn stil.\n\nIs begonnen: 1 Noa, 2 Yara, 3 Ids"))

    assert read("Niemand vraagt iets. 3 zijn stil.\n\nIs begonnen: 1 Noa, 2 Yara, 3 Fem", known) == Work(
        words=5
    )


def test_the_dots_of_a_code_are_no_words():
    assert read("Tik je code.\n\n● ● ○ ○ ○ ○") == Work(words=3)


def test_typing_ends_with_sending():
    assert typed("hoi") == Work(taps=1, letters=3)


@given(st.lists(PIECES, max_size=5))
def test_the_whole_takes_as_long_as_its_parts(pieces):
    assert total(pieces).seconds == pytest.approx(sum(one.seconds for one in pieces))


@given(PIECES, PIECES)
def test_more_never_takes_less(one, other):
    assert (one + other).seconds >= one.seconds


def test_the_trail_counts_what_is_named_and_nothing_else():
    assert from_trail({"read_item": 2, "set_code": 7}) == Work(taps=2, words=40)
    assert from_trail({}) == Work()


def test_every_action_that_is_counted_exists():
    assert set(NOTED) <= {*get_args(Action)}

"""The benchmark measures what it says: the talk is walked, answered rightly and kept; wrong answers are noticed."""

from typing import Any, cast

import pytest

from benchmarks.__main__ import _prepared
from benchmarks.measuring import Load, measure
from benchmarks.stub import Stub
from benchmarks.talk import TURNS, fits, picked
from benchmarks.users import Users

TINY = Load(users=2, warm=1, talks=1)


@pytest.mark.parametrize("bot", ["companion", "conversation", "echo"])
async def test_every_bot_walks_the_talk_and_loses_nothing(bot, tmp_path):
    prepared = await _prepared(tmp_path, TINY) if bot == "companion" else tmp_path

    result = await measure(bot, TINY, prepared, tmp_path / bot)

    assert result.mistakes == ()
    assert result.calls_per_turn >= 1
    assert (result.transactions_per_turn or 0) > 0 or bot != "companion"


async def test_an_answer_that_comes_twice_is_noticed():
    users = Users(1)
    (sam,) = users.all
    async with users.stub:
        sam.acts(users.stub)

        first = sam.hears(1, "Wat wil je doen?", ["d.1.0.stap"])
        second = sam.hears(2, "Wat wil je doen?", ["d.1.0.stap"])

    assert (first, second) == (True, False)
    assert sam.wrong == ["turn 1: a message nobody waited for"]


def test_an_answer_without_the_next_button_is_wrong():
    assert fits(TURNS[0], "Wat wil je doen?", ["d.7.0.stap", "g.help"], "")
    assert not fits(TURNS[0], "Wat wil je doen?", ["d.7.0.niets", "g.help"], "")


def test_a_preview_with_somebody_elses_words_is_wrong():
    preview = TURNS[14]

    assert fits(preview, "Dit stuur ik: Ze groette terug. 1-0.", ["d.7.9.niet"], "Ze groette terug. 1-0.")
    assert not fits(preview, "Dit stuur ik: Ze groette terug. 2-0.", ["d.7.9.niet"], "Ze groette terug. 1-0.")


def test_a_button_is_found_by_its_choice():
    assert picked("stap", ["g.help", "d.7.0.stap"]) == "d.7.0.stap"
    assert picked("stap", ["g.help"]) is None


async def test_an_update_that_was_not_confirmed_is_given_again():
    stub, answers = Stub(lambda *_: None), []

    class Connection:
        def answer(self, result):
            answers.append([one["update_id"] for one in result])

    stub.push({"message": {}})
    stub.push({"message": {}})
    for offset in ("0", "0", "2", "3"):
        stub.asked(cast(Any, Connection()), "getUpdates", {"offset": offset, "timeout": "0"})

    assert answers == [[1, 2], [1, 2], [2], []]

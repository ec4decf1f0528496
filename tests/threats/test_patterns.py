"""No text a person types keeps the one loop busy: the normaliser, the statements and the model stay bounded."""

from __future__ import annotations

import time

import pytest

from bot.content.problem import LANGUAGES
from bot.safety.normal import normal
from bot.safety.statements import classify
from bot.telegram.defuse import defused

LONG = 4_096
HOSTILE = {
    "one letter": "a" * LONG,
    "spelled out": "z e l f m o o r d " * 227,
    "almost spelled out": "a " * 2_048,
    "marks": "!?" * 2_048,
    "leet": "1 w1l d00d " * 372,
    "repeated words": "ik wil " * 585,
    "nearly a statement": "ik wil niet meer le " * 204,
    "negations": "niet nooit geen " * 256,
    "unseen characters": "i\u200bk\u200b " * 1_024,
    "combining marks": "e\u0301" * 2_048,
    "one long word": "doodmoe" * 585,
    "quotes": "'\"" * 2_048,
    "emoji": "😀" * 2_048,
    "mixed scripts": "משהו شيء что-то " * 256,
    "links": "http://a.b/" * 372,
    "spaces": " " * LONG,
    "newlines": "\n" * LONG,
    "digits": "0612345678 " * 372,
    "my friend my friend": "mijn vriendin mijn vriend " * 157,
    "she says he says": "hij zegt dat zij zegt dat " * 157,
    "kill them with kindness": "i am going to kill " * 215,
    "dots": "..." * 1_365,
    "brackets": "(" * LONG,
    "templates": "{{ 7 * 7 }} " * 341,
}
SECONDS = 2.0
"""Far more than it takes, and far less than a pattern that runs away: that one takes minutes."""


@pytest.fixture(scope="module", autouse=True)
def _warm():
    classify("even warm worden")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("does", [normal, classify, defused], ids=lambda one: one.__name__)
def test_a_hostile_text_of_the_longest_length_is_read_in_bounded_time(does, text):
    begun = time.process_time()

    does(text[:LONG])

    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(text):
    half, whole = text[: LONG // 2], text[:LONG]
    first, second = cost(half), cost(whole)

    assert second < max(0.02, first * 6)


def cost(text: str) -> float:
    """Processor time of the quickest of three."""
    found = []
    for _ in range(3):
        begun = time.process_time()
        classify(text)
        found.append(time.process_time() - begun)
    return min(found)


def test_a_pattern_that_runs_away_would_be_noticed():
    """The measure works: a pattern known to run away takes far longer for a few letters more."""
    import re

    bad = re.compile(r"^(a+)+$")

    def takes(letters: int) -> float:
        begun = time.process_time()
        bad.match("a" * letters + "!")
        return time.process_time() - begun

    assert takes(22) > takes(14) * 6
    assert LANGUAGES

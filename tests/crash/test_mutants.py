"""The harness is not blind: companions that are broken on purpose are found out."""

from __future__ import annotations

import asyncio

import pytest

from tests.crash.baseline import Baseline
from tests.crash.check import findings
from tests.crash.journey import STEPS
from tests.crash.phones import Stuck
from tests.crash.play import Play
from tests.crash.process import Nursery, Strike
from tests.crash.strikes import nth

TAP, RELAY, REMINDER, JOIN = (
    "Sam tap Nog even voorbereiden",
    "wait 2026-11-23T09:00",
    "wait 2026-11-20T16:00",
    "Sam tap Ja, dat mag",
)
PATIENCE = 20.0
MOST_POINTS = 60


async def outcome(
    nursery: Nursery, baseline: Baseline, mutant: str, name: str, strike: Strike | None
) -> tuple[bool, list[str]]:
    """Whether it was struck, and what the harness then found."""
    step = [one.name for one in STEPS].index(name)
    async with Play(nursery, baseline.before(step).scene, mutant, PATIENCE) as play:
        try:
            await play.begin()
            if strike is not None:
                play.strike(strike)
            await play.step(step)
            wrong = findings(play, baseline.before(step + 1))
        except Stuck as stuck:
            wrong = [str(stuck)]
        return bool(play.played.kills), wrong


async def found_by_killing(nursery: Nursery, baseline: Baseline, mutant: str, name: str) -> tuple[str, ...]:
    """What was found at the first point of a step where a kill betrays the mutant."""
    for number in range(1, MOST_POINTS):
        struck, wrong = await outcome(nursery, baseline, mutant, name, nth(number))
        if wrong or not struck:
            return tuple(wrong)
    return ()


def test_a_message_marked_as_sent_before_it_is_sent(nursery: Nursery, baseline: Baseline):
    strike = nth(1, only="http.before:sendMessage")

    struck, wrong = asyncio.run(outcome(nursery, baseline, "marks_first", TAP, strike))

    assert struck
    assert any("is not there" in line for line in wrong)


@pytest.mark.slow
@pytest.mark.parametrize(
    "mutant, name",
    [
        ("confirms_first", TAP),
        ("marks_first", REMINDER),
        ("sends_unmarked", TAP),
        ("two_transactions", JOIN),
        ("done_first", TAP),
        ("forgets_sending", TAP),
        ("never_doubts", RELAY),
        ("forgets_leases", TAP),
    ],
)
def test_a_mutant_that_only_a_kill_betrays(nursery: Nursery, baseline: Baseline, mutant: str, name: str):
    _, undisturbed = asyncio.run(outcome(nursery, baseline, mutant, name, None))
    found = asyncio.run(found_by_killing(nursery, baseline, mutant, name))

    assert undisturbed == []
    assert found != ()


@pytest.mark.slow
def test_a_mutant_that_plans_the_same_occurrence_twice(nursery: Nursery, baseline: Baseline):
    _, wrong = asyncio.run(outcome(nursery, baseline, "plans_again", RELAY, None))

    assert any(line.startswith("due:") for line in wrong)

"""Every point of the journey, one kill at a time; pairs of kills; and a kill in every step of one journey."""

from __future__ import annotations

import asyncio
import faulthandler
import random
import time
from collections.abc import Callable

import pytest

from tests.crash.baseline import Baseline
from tests.crash.check import copies, end_findings, findings
from tests.crash.journey import STEPS
from tests.crash.play import Play
from tests.crash.process import Nursery
from tests.crash.strikes import Run, nth, strike_step

pytestmark = pytest.mark.slow

MOST_POINTS = 400
PAIRS = 60
LONGEST_RECOVERY = 40
"""Points after a restart among which the second kill of a pair falls: starting, recovering, sending again."""

Note = Callable[[str, object], None]


@pytest.fixture(autouse=True)
def may_take_minutes() -> None:
    """No stack traces of tests that are slow because they do much."""
    faulthandler.cancel_dump_traceback_later()


def note_runs(note: Note, runs: list[Run]) -> None:
    """What the summary at the end adds up."""
    note("kills", sum(len(run.struck) for run in runs))
    note("copies", sum(max(0, run.copies) for run in runs))
    note("given up", sum(run.given_up for run in runs))
    note("seconds", sum(run.seconds for run in runs))


def wrong_in(runs: list[Run]) -> list[tuple[object, ...]]:
    """The runs that found something, each with its place among the points."""
    return [(number, run.struck, *run.wrong) for number, run in enumerate(runs, start=1) if run.wrong]


async def at_every_point(nursery: Nursery, baseline: Baseline, step: int, *, from_start: bool) -> list[Run]:
    """Strike at the first point of a step, at the second, and so on until the step ends before the strike."""
    runs = []
    for number in range(1, MOST_POINTS):
        strike = nth(number, starting=from_start)
        run = await strike_step(nursery, baseline, step, [strike], from_start=from_start)
        runs.append(run)
        if not run.struck:
            return runs
    raise AssertionError("the step has no end")


@pytest.mark.parametrize("step", range(len(STEPS)), ids=[f"{n}: {one.name}" for n, one in enumerate(STEPS)])
def test_killed_at_every_point_of(nursery: Nursery, baseline: Baseline, record_property: Note, step: int):
    runs = asyncio.run(at_every_point(nursery, baseline, step, from_start=False))

    note_runs(record_property, runs)
    assert len(runs) > 5
    assert wrong_in(runs) == []


@pytest.mark.parametrize("name", ["Vera open {vera}", "Sam tap Sturen", "Vera type Mooi dat je keek {reply}"])
def test_killed_at_every_point_of_starting_while_an_update_waits(
    nursery: Nursery, baseline: Baseline, record_property: Note, name: str
):
    step = [one.name for one in STEPS].index(name)

    runs = asyncio.run(at_every_point(nursery, baseline, step, from_start=True))

    note_runs(record_property, runs)
    assert len(runs) > 20
    assert wrong_in(runs) == []


def test_killed_twice(nursery: Nursery, baseline: Baseline, record_property: Note, capsys):
    seed = random.randrange(10**6)
    chosen = random.Random(seed)
    pairs = []
    for _ in range(PAIRS):
        step = chosen.randrange(len(STEPS))
        first = chosen.randint(1, max(1, len(baseline.before(step + 1).points)))
        pairs.append((step, first, chosen.randint(1, LONGEST_RECOVERY)))
    with capsys.disabled():
        print(f"\npairs of kills with seed {seed}")

    runs = [
        asyncio.run(strike_step(nursery, baseline, step, [nth(first), nth(second, starting=True)]))
        for step, first, second in pairs
    ]

    note_runs(record_property, runs)
    assert [(seed, *pair, run) for pair, run in zip(pairs, runs, strict=True) if run.wrong] == []


def test_one_journey_with_a_kill_in_every_step(
    nursery: Nursery, baseline: Baseline, record_property: Note, capsys
):
    seed = random.randrange(10**6)
    with capsys.disabled():
        print(f"\na kill in every step with seed {seed}")

    run = asyncio.run(killed_in_every_step(nursery, baseline, random.Random(seed)))

    note_runs(record_property, [run])
    assert len(run.struck) > len(STEPS) // 2
    assert (seed, run.wrong) == (seed, ())


async def killed_in_every_step(nursery: Nursery, baseline: Baseline, chosen: random.Random) -> Run:
    """The whole journey, each step struck at one of its points."""
    began = time.monotonic()
    async with Play(nursery, baseline.before(0).scene) as play:
        await play.begin()
        for step in range(len(STEPS)):
            play.strike(nth(chosen.randint(1, max(1, len(baseline.before(step + 1).points)))))
            await play.step(step)
        wrong = findings(play, baseline.end, exact_times=False) + end_findings(play)
        struck = tuple(kill.point for kill in play.played.kills)
        return Run(struck, tuple(wrong), copies(play, baseline.end), False, time.monotonic() - began)

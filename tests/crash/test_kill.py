"""The real process is killed (-9) in the middle of the journey, and nobody notices more than the promises say."""

from __future__ import annotations

import asyncio

import pytest

from tests.crash.baseline import Baseline
from tests.crash.journey import STEPS
from tests.crash.process import Nursery
from tests.crash.strikes import nth, strike_step

FEWEST_POINTS = 1200


def test_the_undisturbed_journey_has_points_enough_to_be_killed_at(baseline: Baseline):
    assert sum(len(points) for points in baseline.points()) >= FEWEST_POINTS


@pytest.mark.parametrize(
    "name, only",
    [
        pytest.param("Vera open {vera}", "commit.before", marks=pytest.mark.slow),
        ("Sam tap Ja, dat mag", "commit.after"),
        pytest.param("Sam tap Nog even voorbereiden", "http.after:sendMessage", marks=pytest.mark.slow),
        ("Sam type Ze kijken weg {prediction}", "http.before:sendMessage"),
        pytest.param("wait 2026-11-20T16:00", "http.after:sendMessage", marks=pytest.mark.slow),
        ("Sam tap Sturen", "commit.before"),
        pytest.param("wait 2026-11-23T09:00", "http.after:sendMessage", marks=pytest.mark.slow),
        ("Sam tap Ja, nu", "http.after:sendMessage"),
        pytest.param("wait 2026-12-01T16:15", "commit.after", marks=pytest.mark.slow),
        ("wait 2026-12-01T16:15", "http.after:sendMessage"),
        ("wait 2026-12-03T14:00", "commit.before"),
    ],
)
def test_a_kill_there_is_healed(nursery: Nursery, baseline: Baseline, name: str, only: str):
    step = [one.name for one in STEPS].index(name)

    run = asyncio.run(strike_step(nursery, baseline, step, [nth(1, only=only)]))

    assert run.struck == (only,)
    assert run.wrong == ()

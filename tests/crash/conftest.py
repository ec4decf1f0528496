"""The process that forks companions, the undisturbed journey once per test run, and the sums at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.crash.baseline import Baseline, shared
from tests.crash.process import Nursery

SUMS = ("kills", "copies", "given up", "seconds")


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(scope="session")
def baseline(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Baseline:
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "crash-baseline"
    return shared(nursery, folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How often the companion was killed, how many messages stood twice, how long it took."""
    sums: Counter[str] = Counter()
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        if getattr(report, "when", "") == "call":
            sums.update({name: value for name, value in report.user_properties if name in SUMS})
    if sums["kills"]:
        terminalreporter.section("kill harness")
        terminalreporter.write_line(", ".join(f"{name}: {round(sums[name])}" for name in SUMS))

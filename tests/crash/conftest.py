"""The process that forks companions, and the undisturbed journey, once per test run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.crash.baseline import Baseline, shared
from tests.crash.process import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(scope="session")
def baseline(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Baseline:
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "crash-baseline"
    return asyncio.run(shared(nursery, folder))

"""The stage: one for each test, made from a copy; some journeys also play on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.talk.stage import Prepared, new_stage


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    prepared = Prepared(tmp_path_factory.mktemp("prepared"))
    yield prepared
    prepared.close()


@pytest.fixture
def stage_with(prepared):
    """A function that makes a stage with these values in ``[telegram]``."""
    return prepared.stage


@pytest.fixture
def stage(prepared):
    """Friday noon in Noordwijk; every staff member has begun."""
    return prepared.stage()


@pytest.fixture(scope="session")
def stage_on_postgres(new_postgres_database, prepared):
    """The same, on PostgreSQL; its tests share it and bring youngsters of their own."""
    stage = new_stage(new_postgres_database(), prepared.vault)
    yield stage
    stage.close()

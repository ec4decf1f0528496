"""Stages: one for each test, made from a copy; some journeys also play on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.talk.stage import Prepared, new_stage


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    return Prepared(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def stage_with(prepared, tmp_path):
    """A function that makes a stage with these values in ``[telegram]``."""
    made = []

    def make(**telegram):
        stage = prepared.copy(tmp_path, **telegram)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.close()


@pytest.fixture
def stage(stage_with):
    """Friday noon in Noordwijk; every staff member has begun."""
    return stage_with()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def stage_on_either(request, prepared):
    """The same stage, on each database in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("stage")
        return
    stage = new_stage(request.getfixturevalue("new_postgres_database")(), prepared.vault)
    yield stage
    stage.close()

"""What the threats need: the stage of the conversations, and tables on both databases."""

from __future__ import annotations

import pytest

from bot.storage.database import open_engine, transaction
from bot.storage.upgrade import create
from tests.storage.example import vault_from, write_key_file
from tests.talk.stage import Prepared
from tests.threats import scene


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    prepared = Prepared(tmp_path_factory.mktemp("prepared"))
    yield prepared
    prepared.close()


@pytest.fixture
def stage(prepared):
    """Friday noon in Noordwijk; every staff member has begun."""
    return prepared.stage()


@pytest.fixture(scope="session")
def vault(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "companion.keys"
    write_key_file(path)
    return vault_from(path)


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def everybody(request, tmp_path_factory, vault):
    """Two organisations with everybody in them, on either database: the engine and the row numbers."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('everybody') / 'companion.db'}"
    else:
        url = request.getfixturevalue("new_postgres_database")()
    create(url, vault)
    engine = open_engine(url, vault)
    with transaction(engine) as conn:
        found = scene.build(conn)
    yield engine, found
    engine.dispose()


@pytest.fixture
def scenery(everybody):
    """An open transaction, taken back at the end, and the row numbers."""
    engine, found = everybody
    with engine.connect() as conn:
        begun = conn.begin()
        yield conn, found
        begun.rollback()

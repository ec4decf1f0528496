"""A database with nobody in it, and the example programme."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.keys import make_key_file
from bot.seed.plan import Plan
from bot.seed.reading import read_seed
from bot.storage.database import open_engine
from bot.storage.upgrade import create
from bot.vault import Vault

EXAMPLE = Path(__file__).parents[2] / "deploy" / "example-seed.toml"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A new database."""
    vault = Vault(make_key_file(tmp_path / "companion.keys", bytes(range(64))), os.urandom)
    url = f"sqlite:///{tmp_path / 'companion.db'}"
    create(url, vault)
    engine = open_engine(url, vault)
    yield engine
    engine.dispose()


@pytest.fixture
def noordwijk() -> Plan:
    """The example as it is shipped."""
    return read_seed(EXAMPLE.read_text("utf-8"), EXAMPLE)

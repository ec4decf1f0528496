"""Every test of storage runs on SQLite and on PostgreSQL; each starts with empty tables."""

import shutil
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, text

from bot.storage.database import open_engine
from bot.storage.schema import metadata
from bot.storage.upgrade import create
from tests.storage.example import vault_from, write_key_file


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def backend(request):
    return request.param


@pytest.fixture(scope="session")
def key_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "companion.keys"
    write_key_file(path)
    return path


@pytest.fixture(scope="session")
def vault(key_file):
    return vault_from(key_file)


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory, vault):
    path = tmp_path_factory.mktemp("prepared") / "companion.db"
    create(f"sqlite:///{path}", vault)
    return path


@pytest.fixture(scope="session")
def prepared_postgres(new_postgres_database, vault):
    url = new_postgres_database()
    create(url, vault)
    engine = create_engine(url)
    yield SimpleNamespace(url=url, engine=engine)
    engine.dispose()


@pytest.fixture
def url(backend, request, tmp_path):
    """A database with empty tables."""
    if backend == "sqlite":
        path = tmp_path / "companion.db"
        shutil.copy(request.getfixturevalue("prepared_sqlite"), path)
        return f"sqlite:///{path}"
    prepared = request.getfixturevalue("prepared_postgres")
    tables = ", ".join(f'"{name}"' for name in metadata.tables if name != "meta")
    with prepared.engine.begin() as conn:
        conn.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    return prepared.url


@pytest.fixture
def new_url(backend, request, tmp_path):
    """Where a database may be made: no file yet, or an empty database."""
    if backend == "sqlite":
        return f"sqlite:///{tmp_path / 'new.db'}"
    return request.getfixturevalue("new_postgres_database")()


@pytest.fixture
def engine(url, vault):
    engine = open_engine(url, vault)
    yield engine
    engine.dispose()


@pytest.fixture
def conn(engine):
    """One transaction, kept at the end."""
    with engine.connect() as connection, connection.begin():
        yield connection

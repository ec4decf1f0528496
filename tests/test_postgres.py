"""The fixture itself: every database is empty, its own, and reachable as the product reaches it."""

import pytest
from sqlalchemy import create_engine, text

pytestmark = pytest.mark.postgres


def test_every_database_is_empty_and_apart_from_the_others(new_postgres_database):
    first, second = create_engine(new_postgres_database()), create_engine(new_postgres_database())
    with first.begin() as connection:
        connection.execute(text("CREATE TABLE evening (place text)"))

    with second.connect() as connection:
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()

    assert tables == []
    first.dispose()
    second.dispose()


def test_the_server_speaks_utf8(new_postgres_database):
    engine = create_engine(new_postgres_database())
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 'Zoë 🙂'")).scalar_one() == "Zoë 🙂"
    engine.dispose()

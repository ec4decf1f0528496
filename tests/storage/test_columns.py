"""Column types mean the same on both engines."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from bot.storage.columns import Day, Moment, Sealed
from bot.storage.schema import metadata

SQLITE = sqlite.dialect()
MOMENT = Moment()
things = Table(
    "thing", MetaData(), Column("id", Integer, primary_key=True),
    Column("at", Moment), Column("day", Day), Column("words", Sealed),
)  # fmt: skip


@pytest.fixture
def kept(conn):
    things.create(conn)
    yield lambda **values: (
        conn.execute(things.delete()), conn.execute(things.insert().values(**values)),
        conn.execute(select(things)).one(),
    )[-1]  # fmt: skip
    things.drop(conn)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 20, 12, 0, 0, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_moment_comes_back_in_utc_to_the_microsecond(kept, moment):
    found = kept(at=moment).at

    assert found == moment
    assert found.tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_moments_keep_their_order_in_the_database(first, second):
    low, high = (MOMENT.process_bind_param(moment, SQLITE) for moment in (first, second))

    assert low is not None
    assert high is not None
    assert (low < high) == (first < second)
    assert MOMENT.process_result_value(low, SQLITE) == first


def test_a_moment_without_a_time_zone_is_refused(kept):
    with pytest.raises(StatementError, match="without a time zone"):
        kept(at=datetime(2026, 11, 20, 12))  # noqa: DTZ001 - this is the mistake


def test_a_day_comes_back_and_a_moment_is_no_day(kept):
    assert kept(day=date(2026, 11, 20)).day == date(2026, 11, 20)
    with pytest.raises(StatementError, match="a day is expected"):
        kept(day=datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize("words", [b"Hoi", "Hoi Sam", b"\x02Hoi"])
def test_a_sealed_column_refuses_what_was_not_sealed(kept, words):
    with pytest.raises((StatementError, TypeError)):
        kept(words=words)


def test_nothing_stays_nothing(kept):
    found = kept(at=None, day=None, words=None)

    assert (found.at, found.day, found.words) == (None, None, None)


def test_every_table_checks_its_types_on_sqlite_and_never_reuses_a_row_number():
    for table in metadata.tables.values():
        assert table.dialect_kwargs["sqlite_strict"], table.name
        if [column.name for column in table.primary_key] == ["id"]:
            assert table.dialect_kwargs["sqlite_autoincrement"], table.name

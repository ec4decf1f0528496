"""The one thread that writes: group commit, and a failing job that harms nobody."""

import asyncio
import threading

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.exc import IntegrityError

from bot.storage import counter, inbox
from bot.storage.database import is_sqlite, open_engine, transaction
from bot.storage.schema_flow import counter as counter_table
from bot.storage.trouble import StorageTrouble
from bot.writer import LARGEST_BATCH, Writer
from tests.storage.example import NOW


class Points(list):
    """Remembers where the writer came by; *strike* may do something there."""

    def __init__(self, strike=None):
        super().__init__()
        self.strike = strike

    def __call__(self, point):
        self.append(point)
        if self.strike:
            self.strike(point, len(self))


def limit_pages(engine):
    """From now on the database may grow by two pages only: as if the disk were full."""
    if not is_sqlite(str(engine.url)):
        pytest.skip("a server has no limit of pages to set")
    with transaction(engine) as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine.pool.dispose()
    event.listen(engine.pool, "connect", lambda dbapi, _: dbapi.execute(f"PRAGMA max_page_count={pages + 2}"))


def bump(name="content"):
    return lambda conn: counter.bump(conn, name)


def value(engine, name="content"):
    with transaction(engine, read_only=True) as conn:
        return counter.value(conn, name)


async def together(writer, *jobs):
    """All *jobs* in one batch: the first one holds the thread until the others wait."""
    started, go_on = threading.Event(), threading.Event()

    def hold(conn):
        started.set()
        go_on.wait(20)

    first = asyncio.ensure_future(writer.run(hold))
    await asyncio.to_thread(started.wait, 20)
    futures = [asyncio.ensure_future(writer.run(job)) for job in jobs]
    while writer.waiting < len(jobs):  # noqa: ASYNC110 - the queue of the thread has no event to wait for
        await asyncio.sleep(0)
    go_on.set()
    await first
    return await asyncio.gather(*futures, return_exceptions=True)


async def test_a_job_gives_its_value_after_the_commit(engine):
    points = Points()
    async with Writer(engine, points) as writer:
        assert await writer.run(bump()) == 1
        assert points == ["commit.before", "commit.after"]
        assert value(engine) == 1


async def test_jobs_that_wait_share_a_commit(engine):
    points = Points()
    async with Writer(engine, points) as writer:
        values = await together(writer, *[bump()] * 200)

    assert values == list(range(1, 201))
    assert points.count("commit.after") == 1 + -(-200 // LARGEST_BATCH)


async def test_a_failing_job_is_undone_alone(engine):
    def fail_after_a_bump(conn):
        counter.bump(conn, "content")
        raise KeyError("Noordwijk")

    def break_a_rule(conn):
        counter.bump(conn, "content")
        conn.execute(insert(counter_table).values(name="content", value=1))

    points = Points()
    async with Writer(engine, points) as writer:
        outcomes = await together(writer, bump(), fail_after_a_bump, bump(), break_a_rule, bump())

    assert [type(outcome) for outcome in outcomes] == [int, KeyError, int, IntegrityError, int]
    assert outcomes[::2] == [1, 2, 3]
    assert value(engine) == 3
    assert points.count("commit.after") == 2


async def test_a_commit_that_fails_is_tried_again_one_by_one(engine):
    def strike(point, number):
        if number == 3:
            raise OSError("the first commit of the batch fails")

    points = Points(strike)
    async with Writer(engine, points) as writer:
        assert await together(writer, bump(), bump(), bump()) == [1, 2, 3]

    assert value(engine) == 3
    assert points[2:] == ["commit.before", *["commit.before", "commit.after"] * 3]


async def test_a_commit_that_keeps_failing_for_one_job_reaches_only_that_job(engine):
    def strike(point, number):
        if number in (3, 6):
            raise OSError("disk")

    async with Writer(engine, Points(strike)) as writer:
        outcomes = await together(writer, bump(), bump(), bump())

    assert [type(outcome) for outcome in outcomes] == [int, OSError, int]
    assert value(engine) == 2


async def test_an_error_after_the_commit_is_not_tried_again(engine):
    def strike(point, number):
        if number == 4:
            raise OSError("after the commit")

    async with Writer(engine, Points(strike)) as writer:
        outcomes = await together(writer, bump(), bump())

    assert [type(outcome) for outcome in outcomes] == [OSError, OSError]
    assert value(engine) == 2


async def test_a_full_disk_stops_only_the_job_that_needs_the_room(engine):
    limit_pages(engine)

    def large(conn):
        return inbox.receive(conn, "telegram", [(1, None, "a" * 1_000_000)], NOW)

    async with Writer(engine) as writer:
        outcomes = await together(writer, bump(), large, bump())

    assert outcomes[::2] == [1, 2]
    assert isinstance(outcomes[1], StorageTrouble)
    assert outcomes[1].kind == "full"
    assert value(engine) == 2


async def test_a_job_that_swallows_a_full_disk_cannot_have_half_of_itself_kept(engine):
    limit_pages(engine)

    def stubborn(conn):
        counter.bump(conn, "lost")
        try:
            inbox.receive(conn, "telegram", [(1, None, "a" * 1_000_000)], NOW)
        except Exception:  # noqa: BLE001 - this is the mistake
            counter.bump(conn, "content")

    async with Writer(engine) as writer:
        outcomes = await together(writer, stubborn, bump("other"))

    assert isinstance(outcomes[0], Exception)
    assert value(engine) == value(engine, "lost") == 0
    assert value(engine, "other") == 1


async def test_a_busy_database_is_told_to_everybody_who_waits(url, vault):
    if not is_sqlite(url):
        pytest.skip("on a server others can write as well")
    engine, other = open_engine(url, vault, busy_ms=10), open_engine(url, vault)
    async with Writer(engine) as writer:
        with transaction(other):
            outcomes = await asyncio.gather(*(writer.run(bump()) for _ in range(5)), return_exceptions=True)
        assert {getattr(outcome, "kind", outcome) for outcome in outcomes} == {"locked"}
        assert await writer.run(bump()) == 1
    engine.dispose()
    other.dispose()


@pytest.mark.postgres
async def test_a_connection_lost_during_a_commit_is_not_tried_again(prepared_postgres, vault):
    url = prepared_postgres.url
    engine = open_engine(url, vault)

    def strike(point, number):
        if number == 1:
            with prepared_postgres.engine.connect() as conn:
                conn.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND state = 'idle in transaction'"
                    )
                )

    async with Writer(engine, Points(strike)) as writer:
        with pytest.raises(StorageTrouble) as refused:
            await writer.run(bump("lost"))
        assert refused.value.kind == "unknown_outcome"
        assert await writer.run(bump("found")) >= 1
    engine.dispose()


async def test_a_caller_that_gives_up_does_not_undo_the_job(engine):
    started, go_on = threading.Event(), threading.Event()

    def slow(conn):
        started.set()
        go_on.wait(20)
        return counter.bump(conn, "content")

    async with Writer(engine) as writer:
        task = asyncio.ensure_future(writer.run(slow))
        await asyncio.to_thread(started.wait, 20)
        task.cancel()
        go_on.set()
        assert await writer.run(bump()) == 2
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_the_end_finishes_what_waits_and_takes_nothing_new(engine):
    async with Writer(engine) as writer:
        waiting = [asyncio.ensure_future(writer.run(bump())) for _ in range(150)]
        await asyncio.sleep(0)

    assert [await one for one in waiting] == list(range(1, 151))
    with pytest.raises(StorageTrouble, match="stopping"):
        await writer.run(bump())


async def test_many_turns_lose_nothing(engine):
    async def turn(writer, number):
        for _ in range(10):
            await writer.run(bump(f"person {number}"))
            await writer.run(bump())

    async with Writer(engine) as writer:
        await asyncio.gather(*(turn(writer, number) for number in range(30)))

    assert value(engine) == 300
    assert {value(engine, f"person {number}") for number in range(30)} == {10}

"""The reading side."""

import asyncio
import threading

import pytest

from bot.reader import open_reader, read
from bot.storage import counter, inbox, people
from bot.storage.database import transaction
from bot.storage.trouble import StorageTrouble
from tests.storage.example import NOW, somebody


@pytest.fixture
async def reader(url, vault):
    engine = open_reader(url, vault)
    yield engine
    await engine.dispose()


async def test_the_same_functions_read_and_open_words(engine, reader):
    with transaction(engine) as conn:
        person_id, _ = somebody(conn, "Vera")

    assert (await read(reader, lambda conn: people.load(conn, person_id))).name == "Vera"


async def test_it_cannot_write(reader):
    with pytest.raises(Exception, match=r"readonly|read-only|written"):
        await read(reader, lambda conn: counter.bump(conn, "content"))


async def test_it_does_not_wait_for_a_writer(engine, reader):
    with transaction(engine) as conn:
        inbox.receive(conn, "telegram", [(1, b"sam", "Hoi")], NOW)
        assert await read(reader, inbox.counts) == {}
    assert await read(reader, inbox.counts) == {"waiting": 1}


async def test_it_sees_one_moment(engine, reader):
    first_look, written = threading.Event(), threading.Event()

    def write():
        first_look.wait(20)
        with transaction(engine) as conn:
            counter.bump(conn, "content")
        written.set()

    def look_twice(conn):
        before = counter.value(conn, "content")
        first_look.set()
        written.wait(20)
        return before, counter.value(conn, "content")

    thread = threading.Thread(target=write)
    thread.start()
    looks = await read(reader, look_twice)
    thread.join()

    assert looks == (0, 0)


async def test_many_read_at_once_and_one_gives_up(engine, reader):
    with transaction(engine) as conn:
        inbox.receive(conn, "telegram", [(number, None, "Hoi") for number in range(50)], NOW)
    impatient = asyncio.ensure_future(read(reader, inbox.counts))
    await asyncio.sleep(0)
    impatient.cancel()

    found = await asyncio.gather(*(read(reader, inbox.counts) for _ in range(40)))
    assert found == [{"waiting": 50}] * 40
    with pytest.raises(asyncio.CancelledError):
        await impatient


@pytest.mark.postgres
async def test_a_server_that_is_gone_is_named(prepared_postgres, vault):
    gone = open_reader(prepared_postgres.url.replace("?host=/", "?host=/nowhere/"), vault)

    with pytest.raises(StorageTrouble) as refused:
        await read(gone, inbox.counts)
    assert refused.value.kind == "gone"
    await gone.dispose()

"""One companion per database."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from sqlalchemy import create_engine, text

from bot.errors import AlreadyRunning
from bot.storage.database import is_sqlite
from bot.storage.lock import hold
from bot.storage.upgrade import create

HOLDER = textwrap.dedent(
    """
    import sys
    from bot.storage.lock import hold
    with hold(sys.argv[1]):
        print("held", flush=True)
        sys.stdin.read()
    """
)


@pytest.fixture
def other_process(url):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_companion_is_refused_and_told_who_runs(url, other_process):
    holder = f"process {other_process.pid}" if is_sqlite(url) else r"database session \d+"

    with pytest.raises(AlreadyRunning, match=holder), hold(url):
        pass


def test_a_companion_that_was_killed_leaves_no_lock(url, other_process):
    os.kill(other_process.pid, signal.SIGKILL)
    other_process.wait()
    if not is_sqlite(url):
        # The server notices the broken connection by itself, a moment later.
        engine = create_engine(url)
        with engine.connect() as conn:
            while conn.execute(
                text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            ).scalar_one():
                conn.rollback()
        engine.dispose()

    with hold(url) as still_held:
        assert still_held()


def test_within_one_process_as_well(url):
    with hold(url):
        with pytest.raises(AlreadyRunning), hold(url):
            pass
        with hold(url, "upgrade"):
            pass
    with hold(url):
        pass


def test_two_upgrades_do_not_meet(url, vault):
    with hold(url, "upgrade"), pytest.raises(AlreadyRunning):
        create(url, vault)


@pytest.mark.postgres
def test_a_lock_on_a_server_is_lost_with_its_connection(prepared_postgres):
    with hold(prepared_postgres.url) as still_held:
        assert still_held()
        with prepared_postgres.engine.connect() as conn:
            conn.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
            )
        assert not still_held()

"""Copies while the companion runs, putting one back, and the check whether all is whole."""

import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import delete, select, update

from bot.storage.backup import copy_sqlite, restore_sqlite, verify
from bot.storage.database import open_engine, sqlite_path, transaction
from bot.storage.schema_flow import outbox, person_key
from bot.storage.schema_people import account, person
from bot.storage.trouble import DatabaseDamaged
from tests.storage.example import message, somebody


@pytest.fixture
def backend():
    return "sqlite"


def people_in(path):
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT count(*) FROM person").fetchone()[0]


def test_a_copy_is_one_file_that_only_its_owner_can_read(engine, url, tmp_path):
    with transaction(engine) as conn:
        somebody(conn)
    target = tmp_path / "copies" / "friday.db"

    assert copy_sqlite(sqlite_path(url), target) == target
    assert [path.name for path in target.parent.iterdir()] == ["friday.db"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert people_in(target) == 1


def test_a_copy_made_while_others_write_is_whole(engine, url, vault, tmp_path):
    stop = threading.Event()

    def write():
        while not stop.is_set():
            with transaction(engine) as conn:
                message(conn, somebody(conn)[1])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            copy_sqlite(sqlite_path(url), tmp_path / f"{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        assert verify(f"sqlite:///{tmp_path / f'{number}.db'}", vault) == []


def test_a_damaged_database_never_replaces_a_good_copy(engine, url, tmp_path):
    target, broken = tmp_path / "copy.db", tmp_path / "broken.db"
    copy_sqlite(sqlite_path(url), target)
    good = target.read_bytes()
    broken.write_bytes(b"this is a letter" * 500)

    with pytest.raises(DatabaseDamaged):
        copy_sqlite(broken, target)
    assert target.read_bytes() == good
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_is_put_back_and_the_old_file_kept(url, vault, tmp_path):
    path, copy = sqlite_path(url), tmp_path / "copy.db"
    copy_sqlite(path, copy)
    engine = open_engine(url, vault)
    with transaction(engine) as conn:
        somebody(conn)
    with closing(sqlite3.connect(path)) as keeps_the_log_open:
        keeps_the_log_open.execute("SELECT 1 FROM person").fetchone()
        engine.dispose()
        assert path.with_name("companion.db-wal").exists()

        replaced = restore_sqlite(copy, path)

    assert replaced == path.with_name("companion.db.replaced")
    assert people_in(path) == 0
    assert people_in(replaced) == 1
    assert verify(url, vault) == []


def test_a_damaged_copy_is_not_put_back(url, vault, tmp_path):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is a letter" * 500)

    with pytest.raises(DatabaseDamaged):
        restore_sqlite(broken, sqlite_path(url))
    assert verify(url, vault) == []


def test_a_whole_database_has_no_problems_even_after_an_erasure(engine, url, vault):
    with transaction(engine) as conn:
        sam, _ = somebody(conn)
        somebody(conn, "Vera")
        conn.execute(delete(person_key).where(person_key.c.person_id == sam))
    vault.evict(sam)

    assert verify(url, vault) == []


def test_every_kind_of_damage_is_named(engine, url, vault):
    with transaction(engine) as conn:
        (sam, account_id), (vera, _) = somebody(conn), somebody(conn, "Vera")
        message(conn, account_id)
        name = conn.execute(select(person.c.name).where(person.c.id == vera)).scalar_one()
        conn.execute(update(person).where(person.c.id == sam).values(name=name))
    with closing(sqlite3.connect(sqlite_path(url))) as conn:
        conn.execute("DELETE FROM account WHERE id = ?", [account_id])
        conn.commit()

    problems = verify(url, vault)
    assert any("person.name" in problem for problem in problems)
    assert any(outbox.name in problem and account.name in problem for problem in problems)


def test_a_missing_database_is_a_problem_too(tmp_path, vault):
    (problem,) = verify(f"sqlite:///{tmp_path / 'gone.db'}", vault)

    assert "companion db backup" in problem

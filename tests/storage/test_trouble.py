"""A database that is busy, full or gone: nothing is half done, and the error says what it is."""

import inspect
import sqlite3
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.storage import counter, due, inbox, meta, outbox, outbox_state, sealed, throttle
from bot.storage.columns import Sealed
from bot.storage.database import open_engine, place_of, sqlite_path, transaction
from bot.storage.schema_flow import inbox as inbox_table
from bot.storage.schema_people import account
from bot.storage.trouble import StorageTrouble
from tests.storage.example import CANARY, LEASE, NOW, message, somebody

CALLS = {
    inbox: {
        "receive": lambda conn: inbox.receive(conn, "telegram", [(9, b"sam", "Hoi")], NOW),
        "claim": lambda conn: inbox.claim(conn, NOW, 1, "one", LEASE),
        "done": lambda conn: inbox.done(conn, 1, "answered", NOW),
        "failed": lambda conn: inbox.failed(conn, 1, "KeyError", NOW),
        "quarantine": lambda conn: inbox.quarantine(conn, 1, "KeyError", NOW),
        "requeue": lambda conn: inbox.requeue(conn, 1, NOW),
        "recover": inbox.recover,
        "counts": inbox.counts,
        "purge": lambda conn: inbox.purge(conn, NOW),
    },
    outbox: {
        "add": lambda conn: message(conn, 1),
        "claim": lambda conn: outbox.claim(conn, NOW, "one", 1, LEASE),
        "sent": lambda conn: outbox.sent(conn, 1, 1, NOW),
        "unsure": lambda conn: outbox.unsure(conn, 1, NOW),
        "later": lambda conn: outbox.later(conn, 1, NOW, "KeyError"),
        "dead": lambda conn: outbox.dead(conn, 1, "KeyError", NOW),
        "requeue": lambda conn: outbox.requeue(conn, 1, NOW),
        "chat_waits": lambda conn: outbox.chat_waits(conn, 1, NOW),
        "blocked": lambda conn: outbox.blocked(conn, 1, NOW),
        "recover": lambda conn: outbox.recover(conn, NOW),
        "cancel": lambda conn: outbox.cancel(conn, 1, "withdrawn", NOW),
        "empty": lambda conn: outbox.empty(conn, 1, "withdrawn", NOW),
        "cancel_keyed": lambda conn: outbox.cancel_keyed(conn, "item:", "withdrawn", NOW),
        "supersede": lambda conn: outbox.supersede(conn, 1, NOW),
        "purge": lambda conn: outbox.purge(conn, NOW),
    },
    outbox_state: {
        "state_of": lambda conn: outbox_state.state_of(conn, 1),
        "planned_for": lambda conn: outbox_state.planned_for(conn, 1, NOW),
        "people_told": lambda conn: outbox_state.people_told(conn, "item:"),
        "counts": outbox_state.counts,
    },
    due: {
        "plan": lambda conn: due.plan(conn, 1, "reminder", "other", NOW, None, {}, NOW),
        "replan": lambda conn: due.replan(conn, 1, "reminder", "now", NOW, None),
        "cancel": lambda conn: due.cancel(conn, 1, "reminder", "now", NOW),
        "cancel_everywhere": lambda conn: due.cancel_everywhere(conn, "reminder", "1", NOW),
        "cancel_all": lambda conn: due.cancel_all(conn, 1, None, NOW),
        "not_before_next_minute": lambda conn: due.not_before_next_minute(conn, 1, NOW),
        "forget": lambda conn: due.forget(conn, 1, ["reminder"]),
        "restore": lambda conn: due.restore(conn, 1, NOW, NOW),
        "find": lambda conn: due.find(conn, 1),
        "again": lambda conn: due.again(conn, 1, "reminder", "now", NOW, None),
        "take_back": lambda conn: due.take_back(conn, 1, 1, "dropped", NOW),
        "claim": lambda conn: due.claim(conn, NOW, 1),
        "done": lambda conn: due.done(conn, 1, "sent", NOW),
        "dropped": lambda conn: due.dropped(conn, 1, "late", NOW),
        "failed": lambda conn: due.failed(conn, 1, "KeyError", NOW),
        "sent_moments": lambda conn: due.sent_moments(conn, 1, ["reminder"], NOW),
        "was_sent": lambda conn: due.was_sent(conn, 1, "reminder", "now", NOW),
        "next_moment": due.next_moment,
        "waiting_of": lambda conn: due.waiting_of(conn, 1),
    },
    throttle: {
        "hit": lambda conn: throttle.hit(conn, "code", b"sam", NOW),
        "count": lambda conn: throttle.count(conn, "code", None, NOW),
        "purge": lambda conn: throttle.purge(conn, NOW),
    },
    counter: {
        "bump": lambda conn: counter.bump(conn, "content"),
        "value": lambda conn: counter.value(conn, "content"),
    },
    meta: {
        "get": lambda conn: meta.get(conn, "place"),
        "put": lambda conn: meta.put(conn, "place", "Noordwijk"),
        "drop": lambda conn: meta.drop(conn, "place"),
    },
    sealed: {
        "seal": lambda conn: sealed.seal(conn, account.c.address, 1, "4711", 1),
        "opened": lambda conn: sealed.opened(conn, account.c.address, 1, a_blob(conn)),
        "insert": lambda conn: sealed.insert(
            conn, inbox_table,
            {"source": "web", "update_id": 5, "state": "waiting", "not_before": NOW, "received_at": NOW},
            {"payload": "Hoi"},
        ),
        "update_sealed": lambda conn: sealed.update_sealed(conn, account, 1, {"address": "4711"}),
        "shred": lambda conn: sealed.shred(conn, 1),
        "vault_of": sealed.vault_of,
    },
}  # fmt: skip
EVERY = [
    pytest.param(call, id=f"{module.__name__}.{name}")
    for module, calls in CALLS.items()
    for name, call in calls.items()
]


def a_blob(conn):
    return conn.execute(select(account.c.address).where(account.c.id == 1)).scalar_one()


def test_every_public_function_is_tried():
    for module, calls in CALLS.items():
        public = {
            name
            for name, value in vars(module).items()
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
        }
        assert public == set(calls), module.__name__


@pytest.fixture
def file_engine(prepared_sqlite, tmp_path, vault):
    path = tmp_path / "companion.db"
    path.write_bytes(prepared_sqlite.read_bytes())
    engine = open_engine(f"sqlite:///{path}", vault, busy_ms=20)
    with transaction(engine) as conn:
        _, account_id = somebody(conn)
        message(conn, account_id)
        inbox.receive(conn, "telegram", [(1, b"sam", CANARY)], NOW)
        due.plan(conn, 1, "reminder", "now", NOW, None, {}, NOW)
    yield engine
    engine.dispose()


@contextmanager
def locked(engine):
    with closing(sqlite3.connect(sqlite_path(str(engine.url)), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def dump(engine):
    with closing(sqlite3.connect(sqlite_path(str(engine.url)))) as conn:
        return list(conn.iterdump())


@pytest.mark.parametrize("call", EVERY)
def test_a_busy_database_refuses_and_works_again_afterwards(file_engine, call):
    before = dump(file_engine)
    with locked(file_engine), pytest.raises(StorageTrouble) as refused, transaction(file_engine) as conn:
        call(conn)
    assert refused.value.kind == "locked"
    assert dump(file_engine) == before

    with transaction(file_engine) as conn:
        call(conn)


def test_reading_does_not_wait_for_writing(file_engine):
    with locked(file_engine), transaction(file_engine, read_only=True) as conn:
        assert inbox.counts(conn) == {"waiting": 1}


def test_a_transaction_that_only_reads_cannot_write(engine):
    with transaction(engine, read_only=True) as conn, pytest.raises(DBAPIError, match="read"):
        counter.bump(conn, "content")
    with transaction(engine) as conn:
        assert counter.bump(conn, "content") == 1


def test_a_full_disk_keeps_nothing_of_the_transaction(file_engine):
    with transaction(file_engine) as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
    file_engine.pool.dispose()
    event.listen(
        file_engine.pool, "connect", lambda dbapi, _: dbapi.execute(f"PRAGMA max_page_count={pages + 2}")
    )

    def too_much():
        with transaction(file_engine) as conn:
            counter.bump(conn, "content")
            inbox.receive(conn, "telegram", [(2, b"sam", "a" * 1_000_000)], NOW)

    with pytest.raises(StorageTrouble) as refused:
        too_much()

    assert refused.value.kind == "full"
    with transaction(file_engine) as conn:
        assert counter.value(conn, "content") == 0
        assert inbox.counts(conn) == {"waiting": 1}
        assert counter.bump(conn, "content") == 1


def test_a_server_that_is_gone(prepared_postgres, vault):
    url = prepared_postgres.url.replace("?host=/", "?host=/nowhere/")

    with pytest.raises(StorageTrouble) as refused:
        open_engine(url, vault)
    assert refused.value.kind == "gone"


def test_a_broken_rule_of_the_schema_stays_what_it_is(engine):
    with pytest.raises(IntegrityError), transaction(engine) as conn:
        message(conn, 999)


def test_a_defect_in_a_statement_is_no_trouble_of_the_database(engine):
    with pytest.raises(Exception, match="nonsense") as raised, transaction(engine) as conn:
        conn.execute(text("SELECT nonsense FROM inbox"))
    assert not isinstance(raised.value, StorageTrouble)


def test_neither_error_nor_place_shows_words_or_the_password(engine):
    with pytest.raises(IntegrityError) as raised, transaction(engine) as conn:
        message(conn, 999, text=CANARY)
    assert CANARY not in str(raised.value)
    assert "geheim" not in place_of("postgresql+psycopg://companion:geheim@db/companion")


def test_a_transaction_that_fails_leaves_nothing(engine):
    def fail():
        with transaction(engine) as conn:
            somebody(conn)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with transaction(engine) as conn:
        assert conn.execute(select(func.count()).select_from(account)).scalar_one() == 0


def test_the_settings_of_sqlite(file_engine):
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 20,
    }

    with transaction(file_engine) as conn:
        assert {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected} == expected
    assert isinstance(account.c.address.type, Sealed)

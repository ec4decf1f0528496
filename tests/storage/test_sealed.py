"""Words in the database: sealed to their row, their column and their owner."""

import pytest
from sqlalchemy import insert, select, update

from bot.errors import WrongKey
from bot.storage import inbox, people, sealed
from bot.storage.columns import Sealed
from bot.storage.database import is_sqlite, open_engine, sqlite_path, transaction
from bot.storage.schema import metadata
from bot.storage.schema_flow import inbox as inbox_table
from bot.storage.schema_flow import outbox, person_key
from bot.storage.schema_people import account, person
from bot.vault import Shredded, Tampered
from tests.storage.example import CANARY, NOW, claimed_ids, message, row, somebody, vault_from, write_key_file


def blob_of(conn, column, row_id):
    return conn.execute(select(column).where(column.table.c.id == row_id)).scalar_one()


def test_words_come_back_from_their_own_row(conn):
    person_id, account_id = somebody(conn, "Sam")

    assert sealed.opened(conn, person.c.name, person_id, blob_of(conn, person.c.name, person_id)) == "Sam"
    blob = blob_of(conn, account.c.address, account_id)
    assert sealed.opened(conn, account.c.address, account_id, blob).isdecimal()


def test_the_same_words_never_look_the_same(conn):
    first, second = (sealed.seal(conn, outbox.c.payload, 1, "Hoi") for _ in range(2))

    assert first != second


@pytest.mark.parametrize("owned", [False, True])
def test_words_moved_to_another_row_are_refused(conn, owned):
    owner = somebody(conn)[0] if owned else None
    blob = sealed.seal(conn, outbox.c.payload, 1, "Hoi", owner)

    assert sealed.opened(conn, outbox.c.payload, 1, blob) == "Hoi"
    with pytest.raises(Tampered):
        sealed.opened(conn, outbox.c.payload, 2, blob)


@pytest.mark.parametrize("owned", [False, True])
def test_words_moved_to_another_column_are_refused(conn, owned):
    owner = somebody(conn)[0] if owned else None
    blob = sealed.seal(conn, outbox.c.payload, 1, "Hoi", owner)

    with pytest.raises(Tampered):
        sealed.opened(conn, inbox_table.c.payload, 1, blob)


def test_words_given_to_another_owner_are_refused(conn):
    sam, vera = somebody(conn)[0], somebody(conn, "Vera")[0]
    blob = sealed.seal(conn, outbox.c.payload, 1, "Hoi", sam)
    other = sealed.seal(conn, outbox.c.payload, 1, "Hoi", vera)

    with pytest.raises(Tampered):
        sealed.opened(conn, outbox.c.payload, 1, other[:11] + blob[11:])


@pytest.mark.parametrize("place", range(0, 40, 3))
def test_one_changed_bit_is_noticed(conn, place):
    blob = bytearray(sealed.seal(conn, outbox.c.payload, 1, "Hoi Sam, tot donderdag", None))
    blob[place] ^= 1

    with pytest.raises((Tampered, WrongKey, Shredded)):
        sealed.opened(conn, outbox.c.payload, 1, bytes(blob))


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x01" * 23])
def test_a_stump_is_refused(conn, blob):
    with pytest.raises((Tampered, Shredded)):
        sealed.opened(conn, outbox.c.payload, 1, blob)


class TestOwners:
    def test_shredding_ends_the_words_of_one_person_only(self, conn):
        sam, vera = somebody(conn)[0], somebody(conn, "Vera")[0]
        blobs = {who: sealed.seal(conn, outbox.c.payload, who, "Hoi", who) for who in (sam, vera)}
        sealed.shred(conn, sam)

        with pytest.raises(Shredded):
            sealed.opened(conn, outbox.c.payload, sam, blobs[sam])
        assert sealed.opened(conn, outbox.c.payload, vera, blobs[vera]) == "Hoi"

    def test_a_key_whose_transaction_failed_seals_nothing(self, engine, conn):
        person_id = somebody(conn)[0]
        conn.execute(person_key.delete())
        attempt = conn.begin_nested()
        sealed.seal(conn, outbox.c.payload, 1, "Hoi", person_id)
        attempt.rollback()
        blob = sealed.seal(conn, outbox.c.payload, 1, "Hoi", person_id)
        sealed.vault_of(conn).evict(person_id)

        assert sealed.opened(conn, outbox.c.payload, 1, blob) == "Hoi"

    def test_a_remembered_key_that_was_replaced_is_looked_up_again(self, conn):
        person_id = somebody(conn)[0]
        sealed.seal(conn, outbox.c.payload, 1, "Hoi", person_id)
        vault = sealed.vault_of(conn)
        wrapped = vault.new_person_key(person_id)
        conn.execute(update(person_key).values(wrapped=wrapped))
        blob = vault.seal_for(person_id, vault.unwrap(person_id, 1, wrapped), "outbox.payload", 1, "Hoi")
        vault.unwrap(person_id, 1, vault.new_person_key(person_id))

        assert sealed.opened(conn, outbox.c.payload, 1, blob) == "Hoi"

    def test_the_key_of_one_person_does_not_open_as_that_of_another(self, conn):
        sam, vera = somebody(conn)[0], somebody(conn, "Vera")[0]
        key = conn.execute(select(person_key.c.wrapped).where(person_key.c.person_id == sam)).scalar_one()
        conn.execute(update(person_key).where(person_key.c.person_id == vera).values(wrapped=key))
        sealed.vault_of(conn).evict(vera)

        with pytest.raises(Tampered):
            sealed.opened(conn, person.c.name, vera, blob_of(conn, person.c.name, vera))


class TestRows:
    def test_a_row_is_inserted_and_changed_with_its_words(self, conn):
        values = {"channel": "telegram", "lookup": b"1", "state": "active", "linked_at": NOW}
        row_id = sealed.insert(conn, account, values, {"address": "4711"})
        sealed.update_sealed(conn, account, row_id, {"address": "4712"})

        assert sealed.opened(conn, account.c.address, row_id, row(conn, account, row_id).address) == "4712"

    def test_words_can_be_emptied(self, conn):
        person_id = somebody(conn)[0]
        sealed.update_sealed(conn, person, person_id, {"name": None})

        assert row(conn, person, person_id).name is None

    def test_words_that_were_not_sealed_do_not_get_in(self, conn):
        with pytest.raises(Exception, match="unsealed"):
            conn.execute(insert(inbox_table).values(source="telegram", update_id=1, payload=b"Hoi"))


def test_no_word_lies_readable_in_any_file(engine, url, tmp_path):
    with transaction(engine) as conn:
        person_id, account_id = somebody(conn, CANARY)
        people.rename(conn, person_id, CANARY + " twee")
        inbox.receive(conn, "telegram", [(1, b"sam", CANARY), (2, b"vera", CANARY)], NOW)
        message(conn, account_id, text=CANARY, person_id=person_id)
    with transaction(engine) as conn:
        first = inbox.claim(conn, NOW, 1, "one", NOW - NOW)[0]
        inbox.done(conn, first.id, "answered", NOW)
        assert claimed_ids(conn)

    if is_sqlite(url):
        files = list(tmp_path.iterdir())
        assert any(path.name.endswith("-wal") for path in files)
        found = [path.name for path in files if CANARY.encode() in path.read_bytes()]
    else:
        with transaction(engine, read_only=True) as conn:
            found = [
                f"{column.table.name}.{column.name}"
                for table in metadata.tables.values()
                for column in table.c
                for value in conn.execute(select(column)).scalars()
                if CANARY in str(value) or CANARY.encode() in bytes(str(value), "utf-8")
                or (isinstance(value, bytes) and CANARY.encode() in value)
            ]  # fmt: skip
    assert found == []


def test_the_columns_that_hold_words_are_sealed():
    names = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, Sealed)
    }

    assert names >= {"inbox.payload", "outbox.payload", "person.name", "account.address", "session.state"}


def test_another_key_file_is_refused_when_the_database_is_opened(url, tmp_path):
    write_key_file(tmp_path / "other.keys", byte=99)

    with pytest.raises(WrongKey, match=r"other\.keys"):
        open_engine(url, vault_from(tmp_path / "other.keys"))
    assert not is_sqlite(url) or sqlite_path(url).exists()

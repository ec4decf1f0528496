"""Rights at the shell: a person's data, an erasure with its proof, retention, a new key, a copy put back."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.keys import load_keys
from bot.message import Lane, Promise
from bot.storage import codes, due, ledger, outbox, people
from bot.storage.database import open_engine, transaction
from bot.storage.lock import hold
from bot.storage.schema_flow import due as due_table
from bot.storage.schema_flow import outbox as outbox_table
from bot.storage.schema_people import account, audit, invitation
from bot.vault import Shredded, Vault
from tests.storage.example import words

NOW = datetime.now(UTC)


def read(shell, look):
    """What *look* finds in the installation."""
    with shell.open() as opened, transaction(opened.engine, read_only=True) as conn:
        return look(conn)


def write(shell, change):
    """Let *change* happen in the installation."""
    with shell.open() as opened, transaction(opened.engine) as conn:
        return change(conn)


def another_installation(shell, folder):
    """A second installation, with keys of its own."""
    folder.mkdir()
    assert shell.typed("init", "--config", folder / "config.toml").code == 0
    return folder


@pytest.fixture
def sam(seeded):
    """A youngster in the seeded installation, with an account: their number."""

    def add(conn):
        number = people.add(conn, "Samkanarie", NOW, {"role": "youth", "born": "2004-03", "state": "active"})
        owner = people.add_account(conn, "telegram", 555, 555, NOW)
        people.link_account(conn, owner.id, number, NOW)
        return number

    return write(seeded, add)


def test_a_person_is_exported_into_two_files_that_only_the_owner_reads(seeded, sam):
    made = seeded.fine("person", "export", sam, "--to", seeded.folder)

    text, data = (Path(file) for file in made["files"])
    assert "Samkanarie" in text.read_text()
    assert json.loads(data.read_text())["tables"]["person"][0]["born"] == "2004-03"
    assert [file.stat().st_mode & 0o777 for file in (text, data)] == [0o600, 0o600]


def test_an_export_is_written_down_for_who_asks_who_looked(seeded, sam):
    seeded.fine("person", "export", "--name", "samkanarie", "--to", seeded.folder)

    rows = read(seeded, lambda conn: conn.execute(select(audit).where(audit.c.subject_id == sam)).all())
    assert [(row.actor_role, row.action) for row in rows] == [("operator", "export_person")]


@pytest.mark.parametrize("arguments", [(), ("999",), ("--name", "Niemand"), ("1", "--name", "Samkanarie")])
def test_without_one_clear_person_nothing_is_exported(seeded, sam, arguments):
    outcome = seeded("person", "export", *arguments, "--to", seeded.folder)

    assert outcome.code == 2
    assert not list(seeded.folder.glob("*.json"))


def test_an_erasure_prints_its_proof_and_leaves_nothing(seeded, sam):
    proof = seeded.fine("person", "erase", sam, "--yes")

    assert proof["left"] == {}
    assert proof["erased"]["person"] == 1
    assert "person.name" in proof["searched"]
    assert len(proof["proof"]) == 64
    assert read(seeded, lambda conn: people.find(conn, sam)) is None
    assert b"Samkanarie" not in seeded.database.read_bytes()
    again = seeded("person", "erase", sam, "--yes")
    assert again.code == 2


def test_an_erasure_tells_the_youngster_and_lets_the_account_go(seeded, sam):
    seeded.fine("person", "erase", sam, "--yes")

    (row,) = read(seeded, lambda conn: conn.execute(select(outbox_table)).all())
    assert (row.state, row.person_id) == ("ready", None)
    assert read(seeded, lambda conn: conn.execute(select(account.c.person_id)).scalar_one()) is None


def test_a_professional_with_youngsters_is_not_erased(seeded, sam):
    vera = read(seeded, lambda conn: people.by_key(conn, "vera"))
    write(seeded, lambda conn: people.assign(conn, sam, vera.id, "main", NOW))
    outcome = seeded("person", "erase", vera.id, "--yes")

    assert outcome.code == 1
    assert "hand them over first" in outcome.err


def test_a_professional_without_youngsters_keeps_only_their_number(seeded):
    vera = read(seeded, lambda conn: people.by_key(conn, "vera"))
    proof = seeded.fine("person", "erase", vera.id, "--yes")

    left = read(seeded, lambda conn: people.load(conn, vera.id))
    assert (left.name, left.key, left.state) == ("", None, "erased")
    assert proof["left"] == {}


def test_a_copy_that_is_put_back_erases_again_and_sends_nothing_old(seeded, sam):
    kim = write(seeded, lambda conn: people.add(conn, "Kim", NOW, {"role": "youth", "state": "active"}))

    def waiting(conn):
        owner = people.add_account(conn, "telegram", 556, 556, NOW)
        people.link_account(conn, owner.id, kim, NOW)
        for lane, promise in (
            (Lane.REMINDER, Promise.WHILE_VALID),
            (Lane.REPLY, Promise.SCREEN),
            (Lane.RELAY, Promise.RELAY),
        ):
            outbox.add(conn, outbox.NewRow(owner.id, lane, promise, words(), person_id=kim), NOW)
        due.plan(conn, kim, "meeting_48h", "2026-11-24", NOW - timedelta(hours=1), None, {}, NOW)
        due.plan(conn, kim, "wipe", "1", NOW - timedelta(hours=1), None, {}, NOW)
        due.plan(conn, kim, "meeting_3h", "2030-11-24", NOW + timedelta(days=900), None, {}, NOW)

    write(seeded, waiting)
    copy = seeded.fine("db", "backup", seeded.folder / "copy.db")["copy"]
    seeded.fine("person", "erase", sam, "--yes")

    done = seeded.fine("db", "restore", copy)

    assert done["erased_again"] == 1
    assert read(seeded, lambda conn: people.find(conn, sam)) is None
    assert b"Samkanarie" not in seeded.database.read_bytes()
    rows = read(
        seeded, lambda conn: conn.execute(select(outbox_table).where(outbox_table.c.person_id == kim)).all()
    )
    states = {row.promise: (row.state, row.doubted) for row in rows}
    assert states == {"while_valid": ("cancelled", 0), "screen": ("cancelled", 0), "relay": ("ready", 1)}
    moments = read(seeded, lambda conn: conn.execute(select(due_table)).all())
    assert {row.kind: row.state for row in moments} == {
        "meeting_48h": "cancelled", "wipe": "waiting", "meeting_3h": "waiting",
    }  # fmt: skip
    assert Path(done["replaced"]).exists()


def test_nothing_is_put_back_beside_a_running_companion(seeded):
    copy = seeded.fine("db", "backup", seeded.folder / "copy.db")["copy"]
    before = seeded.database.read_bytes()
    with hold(f"sqlite:///{seeded.database}"):
        outcome = seeded("db", "restore", copy)

    assert outcome.code == 1
    assert "Another companion runs" in outcome.err
    assert seeded.database.read_bytes() == before


def test_a_copy_of_another_installation_is_not_put_back(seeded, tmp_path):
    foreign = another_installation(seeded, tmp_path / "foreign")
    copy = next(foreign.rglob("companion.db"))
    before = seeded.database.read_bytes()

    outcome = seeded("db", "restore", copy)

    assert outcome.code == 1
    assert "Put back the key file that belongs to it." in outcome.err
    assert seeded.database.read_bytes() == before


def test_a_damaged_copy_is_not_put_back(seeded):
    copy = seeded.folder / "copy.db"
    copy.write_bytes(b"this is a letter" * 500)

    assert seeded("db", "restore", copy).code == 1
    assert seeded("db", "verify").code == 0


def test_retention_can_be_looked_at_before_it_is_done(seeded):
    old = NOW - timedelta(days=20)
    person = read(seeded, lambda conn: people.by_key(conn, "vera"))

    def expired(conn):
        values = {"token": b"x", "person_id": person.id, "created_at": old, "expires_at": old}
        conn.execute(insert(invitation).values(values))

    write(seeded, expired)

    assert seeded.fine("db", "retention", "--dry-run")["counts"]["invitations"] == 1
    assert seeded.fine("db", "retention")["counts"]["invitations"] == 1
    assert seeded.fine("db", "retention")["counts"]["invitations"] == 0


def test_a_new_key_seals_everything_and_the_old_one_can_go(seeded, sam):
    made = seeded.fine("keys", "rotate")

    assert made["current"] == 2
    assert made["sealed"]["person_key.wrapped"] > 0
    keys = load_keys(seeded.keys)
    assert sorted(keys.keys) == [1, 2]
    assert seeded("db", "verify").code == 0
    assert read(seeded, lambda conn: people.load(conn, sam).name) == "Samkanarie"

    assert seeded.fine("keys", "rotate", "--forget")["removed"] == 1
    assert seeded("db", "verify").code == 0
    assert read(seeded, lambda conn: people.load(conn, sam).name) == "Samkanarie"
    assert read(seeded, lambda conn: people.address(conn, 1)) == 555


def test_an_interrupted_rotation_goes_on_with_the_same_key(seeded, sam):
    before = seeded.folder / "before.db"
    shutil.copy(seeded.database, before)
    seeded.fine("keys", "rotate")
    for ending in ("-wal", "-shm"):
        Path(f"{seeded.database}{ending}").unlink(missing_ok=True)
    shutil.copy(before, seeded.database)  # as if nothing had been sealed yet when the power went

    made = seeded.fine("keys", "rotate")

    assert (made["continued"], made["current"]) == (True, 2)
    assert read(seeded, lambda conn: people.load(conn, sam).name) == "Samkanarie"


def test_older_keys_are_not_forgotten_while_something_needs_them(seeded, sam):
    before = seeded.folder / "before.db"
    shutil.copy(seeded.database, before)
    seeded.fine("keys", "rotate")
    for ending in ("-wal", "-shm"):
        Path(f"{seeded.database}{ending}").unlink(missing_ok=True)
    shutil.copy(before, seeded.database)

    outcome = seeded("keys", "rotate", "--forget")

    assert outcome.code == 1
    assert "still need an older key" in outcome.err
    assert sorted(load_keys(seeded.keys).keys) == [1, 2]


def test_keys_are_not_rotated_beside_a_running_companion(seeded):
    with hold(f"sqlite:///{seeded.database}"):
        assert seeded("keys", "rotate").code == 1
    assert load_keys(seeded.keys).current == 1


def test_with_the_keys_of_another_installation_nothing_is_rotated_and_the_way_out_is_named(seeded, tmp_path):
    foreign = another_installation(seeded, tmp_path / "foreign")
    keys = seeded.keys
    shutil.copy(next(foreign.rglob("companion.keys")), keys)
    before = keys.read_bytes()

    outcome = seeded("keys", "rotate")

    assert outcome.code == 1
    assert "Put back the key file that belongs to it." in outcome.err
    assert keys.read_bytes() == before


def test_the_ledger_stands_beside_the_key_file_and_names_nobody(seeded, sam):
    seeded.fine("person", "erase", sam, "--yes")

    path = ledger.ledger_path(seeded.keys)
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Samkanarie" not in path.read_text()
    assert len(ledger.read(path).marks) == 1


def test_words_are_unreadable_from_a_copy_of_the_file_once_the_key_is_gone(seeded, sam):
    copy = seeded.folder / "thief.db"
    shutil.copy(seeded.database, copy)
    with closing(sqlite3.connect(copy)) as conn:
        conn.execute("DELETE FROM person_key WHERE person_id = ?", [sam])
        conn.commit()
    engine = open_engine(f"sqlite:///{copy}", Vault(load_keys(seeded.keys), os.urandom))

    with transaction(engine, read_only=True) as conn, pytest.raises(Shredded):
        people.load(conn, sam)
    engine.dispose()


def has_code(shell, person_id):
    return read(shell, lambda conn: codes.load(conn, person_id)) is not None


def begins(shell, key):
    """A member of staff with an account and a code: their number."""
    number = shell.staff(key).id

    def begin(conn):
        known = people.add_account(conn, "telegram", 9000 + number, 9000 + number, NOW)
        people.link_account(conn, known.id, number, NOW)
        people.change(conn, number, state="active")
        codes.choose(conn, number, "271828", b"s" * 16, NOW)

    write(shell, begin)
    return number


def test_a_coordinator_who_forgot_their_own_code_is_helped_and_everybody_concerned_hears(seeded):
    noor = begins(seeded, "noor")
    said = seeded.fine("person", "reset-code", noor)

    assert said == {"person": noor, "role": "coordinator"}
    assert not has_code(seeded, noor)
    look = select(audit.c.actor_role, audit.c.outcome).where(
        audit.c.action == "reset_code", audit.c.subject_id == noor
    )
    assert read(seeded, lambda conn: conn.execute(look).all()) == [("operator", "allowed")]
    waiting = select(outbox_table.c.person_id).where(outbox_table.c.state == "ready")
    assert read(seeded, lambda conn: list(conn.execute(waiting).scalars())) == [noor]


def test_who_has_no_code_has_none_to_forget(seeded, sam):
    for number in (sam, seeded.staff("vera").id):
        outcome = seeded("person", "reset-code", number)
        assert outcome.code == 1
        assert "has no code" in outcome.err
    refused = select(audit.c.id).where(audit.c.action == "reset_code")
    assert read(seeded, lambda conn: conn.execute(refused).all()) == []

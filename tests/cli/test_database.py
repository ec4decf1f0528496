"""Upgrading, copying and checking the database."""

import sqlite3
from contextlib import closing


def test_a_copy_holds_what_the_database_holds(seeded):
    made = seeded.fine("db", "backup", seeded.folder / "copy.db")

    with closing(sqlite3.connect(made["copy"])) as copy:
        assert copy.execute("SELECT count(*) FROM meeting_group").fetchone() == (2,)


def test_a_copy_without_a_target_stands_beside_the_database_with_the_time_in_its_name(installed):
    made = installed.fine("db", "backup")

    assert made["copy"].startswith(f"{installed.database}.20")


def test_a_copy_overwrites_nothing(installed):
    target = installed.folder / "copy.db"
    target.write_text("something else")

    outcome = installed("db", "backup", target)

    assert outcome.code == 2
    assert outcome.err == f"No copy was made: {target} exists already.\n"
    assert target.read_text() == "something else"


def test_of_no_database_no_copy_is_made(installed):
    installed.database.unlink()

    outcome = installed("db", "backup", installed.folder / "copy.db")

    assert outcome.code == 2
    assert not installed.database.exists()
    assert not (installed.folder / "copy.db").exists()


def test_a_sound_database_is_whole(seeded):
    outcome = seeded("db", "verify")

    assert (outcome.code, outcome.out) == (0, "The database is whole.\n")


def test_a_line_of_the_audit_trail_that_was_changed_is_found(seeded):
    with closing(sqlite3.connect(seeded.database)) as conn:
        conn.execute("UPDATE audit SET actor_role = 'nobody' WHERE id = 1")
        conn.commit()

    outcome = seeded("db", "verify", "--json")

    assert outcome.code == 1
    assert "The audit trail was changed: line 1" in outcome.json["problems"][0]


def test_sealed_words_that_were_moved_are_found(seeded):
    with closing(sqlite3.connect(seeded.database)) as conn:
        conn.execute(
            "UPDATE person SET name = (SELECT name FROM person WHERE key = 'tom') WHERE key = 'vera'"
        )
        conn.commit()

    outcome = seeded("db", "verify", "--json")

    assert outcome.code == 1
    assert "person.name" in outcome.json["problems"][0]


def test_an_upgrade_of_what_is_up_to_date_does_nothing(installed):
    before = installed.database.read_bytes()

    done = installed.fine("db", "upgrade")

    assert done["before"] == done["after"]
    assert installed.database.read_bytes() == before


def test_an_upgrade_makes_a_database_but_no_keys(shell):
    shell.config.write_text("")

    outcome = shell("db", "upgrade")

    assert outcome.code == 2
    assert "companion init" in outcome.err
    assert not shell.database.exists()

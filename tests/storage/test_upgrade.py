"""Making, upgrading and refusing databases."""

import shutil
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from bot.errors import DatabaseEmpty, DatabaseMissing, DatabaseNewer, WrongKey
from bot.storage.backup import verify
from bot.storage.condition import found_revision
from bot.storage.database import bare_engine, is_sqlite, open_engine, sqlite_path, transaction
from bot.storage.migrations.steps import SHIPPED, Steps
from bot.storage.schema import metadata
from bot.storage.trouble import DatabaseDamaged, DatabaseOlder
from bot.storage.upgrade import Upgraded, create, upgrade
from tests.storage.example import somebody, vault_from, write_key_file


def change(url, *statements):
    engine = bare_engine(url)
    with transaction(engine) as conn:
        for statement in statements:
            conn.execute(text(statement))
    engine.dispose()


def schema_of(url):
    """Everything the engine itself says about the tables."""
    engine = create_engine(url)
    with engine.connect() as conn:
        if is_sqlite(url):
            rows = conn.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
            found = {
                name: Counter(line.strip().rstrip(",") for line in sql.splitlines()) for name, sql in rows
            }
        else:
            queries = (
                "SELECT table_name, column_name, data_type, is_nullable, column_default "
                "FROM information_schema.columns WHERE table_schema = 'public'",
                "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
                "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE connamespace = 'public'::regnamespace",
            )
            found = {str(tuple(row)): Counter() for query in queries for row in conn.execute(text(query))}
    engine.dispose()
    return {name: lines for name, lines in found.items() if "alembic_version" not in name}


@pytest.fixture
def later_steps(tmp_path):
    """The shipped steps, and one more that the test writes."""

    def write(body):
        folder = tmp_path / "steps"
        shutil.copytree(SHIPPED.folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "0002_second.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = '0002'\ndown_revision = '{SHIPPED.head}'\n\ndef upgrade():\n    {body}\n"
        )
        return Steps(folder, (*SHIPPED.revisions, "0002"))

    return write


class TestMaking:
    def test_a_new_database_is_made_once(self, new_url, vault):
        assert create(new_url, vault) == Upgraded(None, SHIPPED.head, None)
        assert not create(new_url, vault).changed
        open_engine(new_url, vault).dispose()
        assert verify(new_url, vault) == []

    def test_only_its_owner_can_read_it(self, tmp_path, vault):
        url = f"sqlite:///{tmp_path / 'var' / 'companion.db'}"
        create(url, vault)
        engine = open_engine(url, vault)
        with transaction(engine) as conn:
            somebody(conn)
            modes = {path.name: path.stat().st_mode & 0o777 for path in sqlite_path(url).parent.iterdir()}
        engine.dispose()

        assert set(modes.values()) == {0o600}
        assert "companion.db-wal" in modes

    def test_the_steps_make_the_tables_that_the_code_describes(
        self, new_url, vault, request, backend, tmp_path
    ):
        create(new_url, vault)
        if backend == "sqlite":
            other = f"sqlite:///{tmp_path / 'described.db'}"
        else:
            other = request.getfixturevalue("new_postgres_database")()
        engine = bare_engine(other)
        metadata.create_all(engine)
        engine.dispose()

        # Until the first release: python -m bot.storage.migrations.draft 0001 first
        assert schema_of(new_url) == schema_of(other)

    def test_the_list_of_revisions_is_complete_and_in_order(self):
        config = Config()
        config.set_main_option("script_location", str(SHIPPED.folder))
        config.set_main_option("path_separator", "os")
        script = ScriptDirectory.from_config(config)

        assert tuple(step.revision for step in script.walk_revisions())[::-1] == SHIPPED.revisions
        assert script.get_heads() == [SHIPPED.head]

    def test_every_file_with_tables_is_part_of_the_schema(self):
        files = {path.stem for path in SHIPPED.folder.parent.glob("schema_*.py")}
        from bot.storage import schema

        assert files == {name for name in schema.__all__ if name.startswith("schema_")}


class TestRefusing:
    def test_a_missing_database(self, tmp_path, vault):
        url = f"sqlite:///{tmp_path / 'gone.db'}"

        for attempt in (open_engine, upgrade):
            with pytest.raises(DatabaseMissing, match=r"companion init.*companion db upgrade"):
                attempt(url, vault)
        assert [path.name for path in tmp_path.iterdir()] == ["gone.db.upgrade.lock"]

    @pytest.mark.postgres
    def test_a_missing_database_on_a_server(self, new_postgres_database, vault):
        url = new_postgres_database().replace("companion_test_", "companion_gone_")

        with pytest.raises(DatabaseMissing, match="companion db upgrade"):
            open_engine(url, vault)

    def test_an_empty_database(self, new_url, vault):
        if is_sqlite(new_url):
            sqlite_path(new_url).touch()

        for attempt in (open_engine, upgrade):
            with pytest.raises(DatabaseEmpty, match="db backup"):
                attempt(new_url, vault)

    def test_a_database_without_tables(self, tmp_path, vault):
        path = tmp_path / "bare.db"
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("PRAGMA user_version=1")

        with pytest.raises(DatabaseEmpty):
            open_engine(f"sqlite:///{path}", vault)

    def test_a_database_of_a_later_version(self, new_url, vault):
        create(new_url, vault)
        change(new_url, "UPDATE alembic_version SET version_num = '9999'")

        for attempt in (open_engine, upgrade, create):
            with pytest.raises(DatabaseNewer, match="9999"):
                attempt(new_url, vault)

    def test_a_database_of_something_else(self, new_url, vault):
        if is_sqlite(new_url):
            sqlite_path(new_url).touch()
        change(new_url, "CREATE TABLE recipe (id INTEGER)")

        for attempt in (open_engine, upgrade, create):
            with pytest.raises(DatabaseDamaged):
                attempt(new_url, vault)
        engine = bare_engine(new_url)
        assert inspect(engine).get_table_names() == ["recipe"]
        engine.dispose()

    @pytest.mark.parametrize("content", [b"this is a letter" * 300, b"SQLite format 3\x00" + b"\xff" * 5000])
    def test_a_file_that_is_no_database_is_refused_and_left_alone(self, tmp_path, vault, content):
        path = tmp_path / "companion.db"
        path.write_bytes(content)

        for attempt in (open_engine, upgrade, create):
            with pytest.raises(DatabaseDamaged, match="db backup"):
                attempt(f"sqlite:///{path}", vault)
        assert path.read_bytes() == content

    def test_a_damaged_page_is_found(self, prepared_sqlite, tmp_path, vault):
        path = tmp_path / "companion.db"
        content = bytearray(prepared_sqlite.read_bytes())
        content[-4096:] = b"\xa5" * 4096
        path.write_bytes(content)

        assert verify(f"sqlite:///{path}", vault) != []

    def test_another_key_file(self, new_url, vault, tmp_path):
        write_key_file(tmp_path / "other.keys", 80)
        create(new_url, vault)

        with pytest.raises(WrongKey):
            open_engine(new_url, vault_from(tmp_path / "other.keys"))


class TestUpgrading:
    def test_an_older_file_is_copied_and_upgraded(self, tmp_path, vault, later_steps):
        url = f"sqlite:///{tmp_path / 'companion.db'}"
        create(url, vault)
        steps = later_steps("op.add_column('meta', sa.Column('since', sa.Text()))")
        engine = open_engine(url, vault)
        with transaction(engine) as conn:
            somebody(conn, "Vera")
        engine.dispose()

        done = upgrade(url, vault, steps)

        path = sqlite_path(url)
        copy = path.with_name("companion.db.before-0002")
        assert done == Upgraded(SHIPPED.head, "0002", copy)
        assert copy.stat().st_mode & 0o777 == 0o600
        assert found_revision(f"sqlite:///{copy}") == SHIPPED.head
        assert found_revision(url) == "0002"
        with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(path)) as new:
            for file in (old, new):
                assert file.execute("SELECT count(*) FROM person").fetchone() == (1,)

    def test_an_upgrade_is_done_once(self, new_url, vault, later_steps):
        create(new_url, vault)
        steps = later_steps("op.add_column('meta', sa.Column('since', sa.Text()))")

        assert upgrade(new_url, vault, steps).after == "0002"
        assert not upgrade(new_url, vault, steps).changed
        with pytest.raises(DatabaseNewer):
            open_engine(new_url, vault)

    def test_a_step_that_fails_changes_nothing(self, new_url, vault, later_steps):
        create(new_url, vault)
        steps = later_steps("op.drop_table('inbox'); op.execute('SELECT nonsense')")
        before = schema_of(new_url)

        with pytest.raises(Exception, match="nonsense"):
            upgrade(new_url, vault, steps)
        assert schema_of(new_url) == before
        open_engine(new_url, vault).dispose()

    def test_a_step_that_leaves_loose_ends_is_refused(self, new_url, vault, later_steps):
        create(new_url, vault)
        engine = open_engine(new_url, vault)
        with transaction(engine) as conn:
            somebody(conn)
        engine.dispose()
        steps = later_steps("op.execute('DELETE FROM person')")

        with pytest.raises(Exception, match=r"refer|foreign key"):
            upgrade(new_url, vault, steps)
        assert found_revision(new_url) == SHIPPED.head

    def test_a_database_that_was_not_upgraded_yet_is_refused(self, new_url, vault, later_steps):
        from bot.storage.condition import check_condition

        create(new_url, vault)
        steps = later_steps("pass")

        with pytest.raises(DatabaseOlder, match="companion db upgrade"):
            check_condition(new_url, steps)

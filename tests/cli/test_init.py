"""A new installation, once."""

import stat
import tomllib
from datetime import UTC, datetime, timedelta

from bot.config import setting_names
from bot.key_sheet import from_sheet
from bot.keys import load_keys
from bot.storage import audit, people
from bot.storage.database import transaction
from tests.cli.conftest import ROOT, running


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


class TestANewInstallation:
    def test_only_the_owner_may_look_into_it(self, installed):
        assert mode(installed.keys) == 0o600
        assert mode(installed.keys.parent) == 0o700
        assert mode(installed.database.parent) == 0o700
        assert mode(installed.config) == 0o600

    def test_its_configuration_is_the_example_with_every_setting(self, installed):
        written = tomllib.loads(installed.config.read_text("utf-8"))

        assert installed.config.read_text("utf-8") == (ROOT / "config.example.toml").read_text("utf-8")
        assert [(section, key) for section in written for key in written[section]] == list(setting_names())

    def test_the_first_admin_can_use_the_invitation_for_a_week(self, shell):
        before = datetime.now(UTC)
        payload = shell.fine("init")["invitation"]["payload"]

        found = shell.invitation(payload)
        with shell.open() as opened, transaction(opened.engine) as conn:
            admin = people.load(conn, found.person_id)
        assert (admin.role, admin.name, admin.state, admin.practice) == (
            "admin",
            "Beheerder",
            "invited",
            False,
        )
        assert timedelta(days=7) <= found.expires_at - before < timedelta(days=7, minutes=1)

    def test_the_invitation_is_in_the_audit_trail_and_the_trail_holds(self, installed):
        with installed.open() as opened, transaction(opened.engine) as conn:
            assert audit.broken_at(conn) is None

    def test_the_payload_is_nowhere_in_the_files(self, shell):
        payload = shell.fine("init")["invitation"]["payload"]

        files = [path.read_bytes() for path in shell.folder.rglob("*") if path.is_file()]
        assert len(files) >= 3
        assert not any(payload.encode() in content for content in files)

    def test_people_are_told_what_to_do_next(self, shell):
        said = shell("init").out

        assert "companion init --sheet" in said
        assert "The name of the bot is not known yet" in said

    def test_it_makes_do_with_a_configuration_that_is_there(self, shell):
        shell.config.write_text('[database]\nurl = "sqlite:///elsewhere/noordwijk.db"\n')

        shell.fine("init")

        assert (shell.folder / "elsewhere" / "noordwijk.db").is_file()
        assert shell.config.read_text() == '[database]\nurl = "sqlite:///elsewhere/noordwijk.db"\n'

    def test_with_a_bot_that_answers_the_link_is_complete_and_expires_by_its_clock(self, shell):
        with running(shell.folder, "sandbox", "--port", "0", "--json") as sandbox:
            url = sandbox.line().partition('"url": "')[2].partition('"')[0]
            shell.config.write_text(f'[telegram]\napi_url = "{url}"\ntoken = "1:SANDBOX"\n')

            made = shell.fine("init")["invitation"]

            assert made["link"] == f"https://t.me/companion_sandbox_bot?start={made['payload']}"
            assert made["expires"].startswith("2026-11-27T11:")


class TestTheSecondTime:
    def test_nothing_is_overwritten(self, installed):
        files = {path: path.read_bytes() for path in (installed.keys, installed.database, installed.config)}

        outcome = installed("init")

        assert outcome.code == 1
        assert str(installed.keys) in outcome.err
        assert str(installed.database) in outcome.err
        assert "companion invite --role admin" in outcome.err
        assert {path: path.read_bytes() for path in files} == files

    def test_keys_alone_ask_for_a_database_that_fits_them(self, installed):
        installed.database.unlink()
        keys = installed.keys.read_bytes()

        outcome = installed("init")

        assert outcome.code == 1
        assert "companion db upgrade" in outcome.err
        assert installed.fine("db", "upgrade")["before"] is None
        assert installed.fine("invite", "--role", "admin")["payload"]
        assert installed.keys.read_bytes() == keys

    def test_a_database_alone_asks_for_its_keys(self, installed):
        installed.keys.unlink()

        outcome = installed("init")

        assert outcome.code == 1
        assert "Put back the key file" in outcome.err
        assert not installed.keys.exists()

    def test_a_refusal_leaves_no_configuration_behind(self, installed):
        installed.config.unlink()

        assert installed("init").code == 1
        assert not installed.config.exists()


def test_a_mistake_in_the_configuration_stops_it_before_anything_is_made(shell):
    shell.config.write_text('[telegram]\ntokn = "1:SANDBOX"\n')

    outcome = shell("init", "--json")

    assert outcome.code == 2
    assert outcome.json["error"] == {
        "kind": "ConfigError",
        "message": '[telegram] tokn: unknown key; did you mean "token"?',
    }
    assert not shell.keys.exists()


def test_a_folder_that_may_not_be_written_is_one_sentence(shell):
    (shell.folder / "var").write_text("not a folder")

    outcome = shell("init")

    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    assert str(shell.folder / "var") in outcome.err


def test_the_sheet_gives_the_keys_back(installed):
    sheet = installed.fine("init", "--sheet")["sheet"]

    assert from_sheet(sheet, installed.keys) == load_keys(installed.keys)
    assert sheet in installed("init", "--sheet").out

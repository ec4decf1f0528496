"""What stops `companion run` before it begins, and what stops it after."""

import json
import signal
import socket
import time
from contextlib import closing

from tests.cli.conftest import fetch, running

SANDBOX_TOKEN = {"COMPANION_TELEGRAM__TOKEN": "1:SANDBOX"}


def free_port():
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def with_token(shell):
    """Point the installation at nothing, so that no test ever reaches a real server."""
    shell.set("telegram", "token", '"1:SANDBOX"')
    shell.set("telegram", "api_url", '"http://127.0.0.1:1"')
    shell.set("http", "listen", f'"127.0.0.1:{free_port()}"')


def tables(shell):
    return sorted(path.relative_to(shell.folder).as_posix() for path in shell.folder.rglob("*"))


class TestItRefuses:
    def test_without_a_configuration(self, shell):
        outcome = shell.process("run")

        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == "config.toml: does not exist; 'companion init' writes one\n"

    def test_without_a_token(self, installed):
        outcome = installed.process("run")

        assert outcome.code == 2
        assert outcome.err.startswith("[telegram] token: is missing")

    def test_without_keys(self, installed):
        with_token(installed)
        installed.keys.unlink()

        outcome = installed.process("run", "--json")

        assert outcome.code == 2
        assert "companion init" in outcome.err
        assert outcome.json["error"]["kind"] == "KeyFileMissing"

    def test_without_a_database_and_makes_none(self, installed):
        with_token(installed)
        for path in installed.database.parent.iterdir():
            path.unlink()
        before = tables(installed)

        outcome = installed.process("run")

        assert outcome.code == 2
        assert "'companion init'" in outcome.err
        assert "'companion db upgrade'" in outcome.err
        assert tables(installed) == before

    def test_an_empty_file_where_a_database_was(self, installed):
        with_token(installed)
        installed.database.write_bytes(b"")

        outcome = installed.process("run")

        assert outcome.code == 2
        assert "is empty. If it held data, stop here" in outcome.err
        assert installed.database.read_bytes() == b""

    def test_a_database_of_a_later_version(self, installed):
        with_token(installed)
        from bot.storage.database import bare_engine, transaction

        engine = bare_engine(f"sqlite:///{installed.database}")
        with transaction(engine) as conn:
            conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        engine.dispose()

        outcome = installed.process("run")

        assert outcome.code == 1
        assert "has version 9999" in outcome.err
        assert "Traceback" not in outcome.err

    def test_the_keys_of_another_database(self, installed, tmp_path_factory):
        with_token(installed)
        other = tmp_path_factory.mktemp("other") / "companion.keys"
        from bot.keys import make_key_file

        make_key_file(other, bytes(range(64)))
        installed.set("keys", "file", f'"{other}"')

        outcome = installed.process("run")

        assert outcome.code == 1
        assert "cannot read this database" in outcome.err


class TestItRuns:
    def test_until_it_is_told_to_stop_and_keeps_a_second_one_out(self, seeded):
        with_token(seeded)
        with running(seeded.folder, "sandbox", "--port", "0", "--json") as sandbox:
            url = json.loads(sandbox.line())["url"]
            seeded.set("telegram", "api_url", f'"{url}"')
            with running(seeded.folder, "run") as bot:
                wait_until_ready(seeded, url)
                second = seeded.process("run")
                doctor = seeded.fine("doctor")
                while_running = seeded.fine("invite", "--role", "admin")
                upgrade = seeded.fine("db", "upgrade")
                stopped = bot.stop(signal.SIGTERM)
            sandbox_stopped = sandbox.stop(signal.SIGTERM)

        assert second.code == 1
        assert "Another companion runs on" in second.err
        states = {one["subject"]: one["state"] for one in doctor["findings"]}
        assert (states["running"], states["telegram"], states["database"]) == ("fine", "fine", "fine")
        assert while_running["link"].startswith("https://t.me/companion_sandbox_bot?start=")
        assert upgrade["before"] == upgrade["after"]
        assert stopped.code == 0
        assert "Traceback" not in stopped.err
        assert sandbox_stopped.code == 0

    def test_when_its_own_address_is_taken_it_names_the_setting(self, installed):
        with_token(installed)
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            installed.set("http", "listen", f'"127.0.0.1:{taken.getsockname()[1]}"')

            outcome = installed.process("run")

        assert outcome.code == 2
        assert "[http] listen: is in use, or is no address of this machine" in outcome.err.splitlines()

    def test_a_sandbox_port_that_is_taken_is_wrong_usage(self, shell):
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            port = taken.getsockname()[1]
            outcome = shell("sandbox", "--port", port)

        assert outcome.code == 2
        assert outcome.err == f"--port: {port} is in use; 0 takes any free one\n"


def wait_until_ready(shell, sandbox):
    """Let Sam press Start, so that the bot hears something; the timer of `running` ends a vain wait."""
    from bot.config import load_config

    fetch(f"{sandbox}/_sandbox/phones/1001/start", {})
    listen = load_config(shell.config, {}).http.listen
    while True:
        try:
            if json.loads(fetch(f"http://{listen}/ready"))["ready"]:
                return
        except OSError:
            pass
        time.sleep(0.05)

"""An installation in a folder of its own, and two ways to give it commands: in this process, or in another."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.cli import main
from bot.config import load_config
from bot.installation import Installation, open_installation
from bot.storage import invitations, people
from bot.storage.database import transaction

ROOT = Path(__file__).parents[2]
EXAMPLE_SEED = ROOT / "deploy" / "example-seed.toml"
PATIENCE = 300


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Shell:
    """Gives commands in *folder*."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def keys(self) -> Path:
        return self.folder / "secrets" / "companion.keys"

    @property
    def database(self) -> Path:
        return self.folder / "var" / "companion.db"

    def __call__(self, *arguments: object) -> Outcome:
        """One command in this process."""
        return self.typed(*arguments, "--config", self.config)

    def typed(self, *arguments: object) -> Outcome:
        """The same, without telling it where the configuration is."""
        self.capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = self.capsys.readouterr()
        return Outcome(code, out, err)

    def fine(self, *arguments: object) -> Any:
        """One command that must succeed: its JSON."""
        outcome = self(*arguments, "--json")
        assert outcome.code == 0, outcome
        return outcome.json

    def open(self) -> Installation:
        """The installation itself."""
        return open_installation(load_config(self.config, {}, needs_token=False))

    def staff(self, key: str) -> people.Person:
        """The staff member that the seed file calls *key*."""
        with self.open() as opened, transaction(opened.engine) as conn:
            found = people.by_key(conn, key)
        assert found is not None
        return found

    def invitation(self, payload: str) -> invitations.Invitation:
        """What the database knows of an invitation."""
        with self.open() as opened, transaction(opened.engine) as conn:
            found = invitations.find(conn, payload)
        assert found is not None
        return found

    def begun(self, key: str) -> None:
        """Let a staff member have an account, as after pressing Start."""
        one = self.staff(key)
        with self.open() as opened, transaction(opened.engine) as conn:
            account = people.add_account(conn, "telegram", one.id, one.id, one.created_at)
            people.link_account(conn, account.id, one.id, one.created_at)

    def set(self, section: str, key: str, value: str) -> None:
        """Change one setting in the file; *value* as TOML."""
        lines = self.config.read_text("utf-8").splitlines()
        start = lines.index(f"[{section}]")
        place = next(i for i in range(start, len(lines)) if lines[i].startswith(f"{key} ="))
        lines[place] = f"{key} = {value}"
        self.config.write_text("\n".join(lines), "utf-8")

    def process(self, *arguments: object, stdin: str = "") -> Outcome:
        """One command in a process of its own, as an operator gives it."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *map(str, arguments)],
            cwd=self.folder,
            env=environment(),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)


@dataclass
class Running:
    """A process that goes on; *lines* is what it printed first."""

    process: subprocess.Popen[str]

    def line(self) -> str:
        """The next line on stdout."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def stop(self, number: int = signal.SIGINT) -> Outcome:
        """Ask it to stop."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=PATIENCE)
        return Outcome(self.process.returncode, out, err)


@contextmanager
def running(folder: Path, *arguments: object, **variables: str) -> Iterator[Running]:
    """A command that is not expected to end by itself; killed when it outlives the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        cwd=folder,
        env=environment() | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    too_late = threading.Timer(PATIENCE, process.kill)
    too_late.start()
    try:
        yield Running(process)
    finally:
        too_late.cancel()
        if process.poll() is None:
            process.kill()
        process.communicate()


def fetch(url: str, body: object = None) -> str:
    """What answers at *url*; with *body* it is posted as JSON."""
    content = None if body is None else json.dumps(body).encode()
    address = urlsplit(url)
    with closing(http.client.HTTPConnection(address.netloc)) as connection:
        method = "GET" if body is None else "POST"
        connection.request(method, address.path, content, {"Content-Type": "application/json"})
        return connection.getresponse().read().decode("utf-8")


def environment() -> dict[str, str]:
    """That of the tests, without settings of whoever runs them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMPANION_")}
    return kept | {"PYTHONPATH": str(ROOT)}


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in an empty folder, in an environment without settings."""
    for name in os.environ:
        if name.startswith("COMPANION_"):
            monkeypatch.delenv(name)
    return Shell(tmp_path, capsys)


@pytest.fixture(scope="session")
def installations(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One new installation and one with Noordwijk in it, made once: each test gets a copy."""
    empty, noordwijk = (tmp_path_factory.mktemp(name) for name in ("empty", "noordwijk"))
    for folder in (empty, noordwijk):
        assert main(["init", "--config", str(folder / "config.toml")]) == 0
    assert main(["seed", str(EXAMPLE_SEED), "--config", str(noordwijk / "config.toml")]) == 0
    return {"empty": empty, "noordwijk": noordwijk}


@pytest.fixture
def installed(shell: Shell, installations: dict[str, Path]) -> Shell:
    """A shell in a folder with a new installation."""
    shutil.copytree(installations["empty"], shell.folder, dirs_exist_ok=True)
    return shell


@pytest.fixture
def seeded(shell: Shell, installations: dict[str, Path]) -> Shell:
    """The same, with Noordwijk in it."""
    shutil.copytree(installations["noordwijk"], shell.folder, dirs_exist_ok=True)
    return shell

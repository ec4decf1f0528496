"""The process that is killed: the real companion, with a probe that asks at every point whether to live on.

Run as ``python -m tests.crash.child`` it reads what to start, line by line, and forks one companion for each line.
Modules and content are read once, before the first fork; everything else happens anew in each process.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import signal
import socket
import threading
import traceback
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot import app, installation
from bot.config import Config
from bot.conversation.shelf import Shelf
from tests.crash.mutants import MUTANTS

GO_ON, DIE = b".", b"x"
ENDLESS = ":getUpdates"
"""The call that repeats without end; what it brings is struck at the commit that stores it."""

_CHANGES = ("INSERT", "UPDATE", "DELETE")


class Probe:
    """Tells the harness each point and waits for its word. A commit that changes nothing is no point."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire
        self._turn = threading.Lock()
        self._changed = False
        event.listen(Engine, "after_cursor_execute", self._executed)

    def __call__(self, point: str) -> None:
        if point.endswith(ENDLESS) or (point.startswith("commit.") and not self._changed):
            return
        if point == "commit.after":
            self._changed = False
        with self._turn:
            self._wire.sendall(f"{point}\n".encode())
            if self._wire.recv(1) != GO_ON:
                os.kill(os.getpid(), signal.SIGKILL)

    def _executed(self, conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip()[:6].upper() in _CHANGES and cursor.rowcount != 0:
            self._changed = True


def live(order: dict[str, Any], shelf: Shelf) -> None:
    """Be one companion until the end."""
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
        wire.connect(order["wire"])
        if order["mutant"]:
            MUTANTS[order["mutant"]]()
        config = Config.model_validate(order["config"])
        asyncio.run(app.run(config, probe=Probe(wire), shelf=shelf))


def main() -> None:
    """Fork a companion for every line on standard input; say on standard output which began and which ended."""
    shelf = installation.content()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    say({"ready": os.getpid()})
    rest = b""
    while True:
        found, _, _ = select.select([0, woken], [], [])
        if woken in found:
            os.read(woken, 512)
            _bury()
        if 0 not in found:
            continue
        more = os.read(0, 65536)
        if not more:
            return
        *lines, rest = (rest + more).split(b"\n")
        for line in lines:
            _fork(json.loads(line), shelf)


def say(what: dict[str, Any]) -> None:
    """One line of JSON for the harness."""
    os.write(1, json.dumps(what).encode() + b"\n")


def _fork(order: dict[str, Any], shelf: Shelf) -> None:
    number = os.fork()
    if number:
        say({"began": number, "order": order["number"]})
        return
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        live(order, shelf)
        status = 0
    except BaseException:  # noqa: BLE001  # whatever it was, it goes into the log of the harness
        with contextlib.suppress(OSError), Path(order["log"]).open("a", encoding="utf-8") as log:
            traceback.print_exc(file=log)
    finally:
        os._exit(status)


def _bury() -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            number, status = os.waitpid(-1, os.WNOHANG)
            if number == 0:
                return
            say({"ended": number, "status": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main()

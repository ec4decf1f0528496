"""The companion as a process: started, stopped at a point, killed there, started again."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from tests.crash.child import DIE, GO_ON

ROOT = Path(__file__).parent.parent.parent
LONGEST_WAIT = 60.0
Strike = Callable[[str], bool]
"""Told each point; True kills the process right there."""


class Nursery:
    """The process that forks companions, and hears of their end."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.child"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._numbers = count(1)
        self._rest = b""
        self._ends: dict[int, int] = {}
        self._begun: dict[int, int] = {}

    def close(self) -> None:
        """No more companions."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(LONGEST_WAIT)

    async def start(self, order: dict[str, Any]) -> int:
        """Fork a companion as *order* says; its process id."""
        number = next(self._numbers)
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({**order, "number": number}).encode() + b"\n")
        self._process.stdin.flush()
        while number not in self._begun:
            await asyncio.wait_for(self._hear(), LONGEST_WAIT)
        return self._begun.pop(number)

    async def ended(self, pid: int) -> int:
        """Wait for the end of a companion; its exit status (-9: killed)."""
        while pid not in self._ends:
            await self._hear()
        return self._ends.pop(pid)

    async def _hear(self) -> None:
        assert self._process.stdout is not None
        number = self._process.stdout.fileno()
        loop = asyncio.get_running_loop()
        readable = asyncio.Event()
        loop.add_reader(number, readable.set)
        try:
            await readable.wait()
        finally:
            loop.remove_reader(number)
        *lines, self._rest = (self._rest + os.read(number, 65536)).split(b"\n")
        for line in lines:
            said = json.loads(line)
            if "began" in said:
                self._begun[said["order"]] = said["began"]
            elif "ended" in said:
                self._ends[said["ended"]] = said["status"]


class Companion:
    """One companion at a time, on one database. *trail* holds the points of all its processes."""

    def __init__(self, nursery: Nursery, folder: Path, config: dict[str, Any], mutant: str = "") -> None:
        self._nursery = nursery
        self._folder = folder
        self._wire = str(folder / "wire")
        self._order = {
            "config": config,
            "wire": self._wire,
            "log": str(folder / "log"),
            "mutant": mutant,
        }
        self._strike: Strike | None = None
        self._pid = 0
        self._server: asyncio.Server | None = None
        self._marked = 0
        self.trail: list[str] = []
        self.struck = ""

    async def __aenter__(self) -> Companion:
        self._server = await asyncio.start_unix_server(self._listen, self._wire)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()
        if self._server is not None:
            self._server.close()

    @property
    def log(self) -> str:
        """What the processes wrote."""
        path = self._folder / "log"
        return path.read_text("utf-8") if path.exists() else ""

    def mark(self) -> None:
        """A step begins here."""
        self._marked = len(self.trail)

    def since_mark(self) -> list[str]:
        """The points since then, of all processes."""
        return self.trail[self._marked :]

    def strike(self, strike: Strike | None) -> None:
        """From now on ask *strike* at every point."""
        self._strike = strike
        self.struck = ""

    async def start(self) -> None:
        """Begin a new process."""
        self._pid = await self._nursery.start(self._order)

    async def death(self) -> int:
        """Wait until the process has ended, and the operating system freed what it held; its exit status."""
        pid = self._pid
        status = await self._nursery.ended(pid)
        self._pid = 0
        return status

    async def kill(self) -> None:
        """Kill -9, wherever it is."""
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, 9)
            await self.death()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                point = line.decode().strip()
                self.trail.append(point)
                dies = self._strike is not None and self._strike(point)
                if dies:
                    self.struck, self._strike = point, None
                writer.write(DIE if dies else GO_ON)
        except ConnectionError:
            return
        finally:
            writer.close()

"""A bot as a process of its own, and what the kernel says it used (Linux, /proc)."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Mapping
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
LONGEST_START = 60.0
LONGEST_END = 30.0


class BotProcess:
    """Started with ``async with``; ends on SIGTERM, as under systemd. What it complains of is kept in *log*."""

    def __init__(self, arguments: list[str], environment: Mapping[str, str], log: Path) -> None:
        self._arguments = arguments
        self._environment = environment
        self._log = log
        self._process: Process | None = None
        self.began = 0.0

    async def __aenter__(self) -> BotProcess:
        self.began = time.monotonic()
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._arguments, env=self._environment, stdout=log, stderr=log
            )
        return self

    async def __aexit__(self, *_: object) -> None:
        process = self._running
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), LONGEST_END)
        except TimeoutError:
            process.kill()
            await process.wait()
            raise
        if process.returncode:
            raise RuntimeError(
                f"a bot ended with {process.returncode}: {self._log.read_text('utf-8')[-2000:]}"
            )

    async def polls(self, polled: asyncio.Event) -> float:
        """Wait until it asks for updates; the seconds since it was started."""
        waiting = asyncio.ensure_future(polled.wait())
        ending = asyncio.ensure_future(self._running.wait())
        await asyncio.wait({waiting, ending}, timeout=LONGEST_START, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        waiting.cancel()
        if not polled.is_set():
            raise RuntimeError(f"a bot did not start: {self._log.read_text('utf-8')[-2000:]}")
        return time.monotonic() - self.began

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far, user and system, all threads."""
        return _ticks(Path(f"/proc/{self._running.pid}/stat").read_text("ascii")) / TICK

    @property
    def memory(self) -> float:
        """Resident megabytes now."""
        lines = Path(f"/proc/{self._running.pid}/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    @property
    def _running(self) -> Process:
        assert self._process is not None
        return self._process


def machine_cpu() -> float:
    """Seconds of CPU that everything on this machine has used."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text("ascii").split()[1:11])
    return (user + nice + system + irq + softirq) / TICK


def _ticks(stat: str) -> int:
    fields = stat.rpartition(") ")[2].split()
    return int(fields[11]) + int(fields[12])

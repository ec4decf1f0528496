"""A companion as people start it: the real command in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
SEED = str(ROOT / "deploy" / "example-seed.toml")
READY = 60.0
EXPECTED = re.compile(
    # On a busy machine a tick may last longer than its two seconds; the next one asks what is due all the same.
    r"alarm: (alert|alert_unseen|code_locked)$|Ticking\.tick .* skipped: maximum number of running instances"
)
END = 20.0


@dataclass(slots=True)
class Command:
    """One running `companion` command; *said* is the JSON it printed when it was ready."""

    process: asyncio.subprocess.Process
    said: dict[str, Any] = field(default_factory=dict)


@asynccontextmanager
async def started(*words: str, says: bool = True, **environment: str) -> AsyncIterator[Command]:
    """Start `companion` with *words*; at the end it must stop cleanly on SIGTERM, having warned of danger at most."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    command = Command(process)
    errors = asyncio.create_task(process.stderr.read())
    try:
        if says:
            line = await asyncio.wait_for(process.stdout.readline(), READY)
            assert line, (await errors).decode()
            command.said = json.loads(line)
            assert "url" in command.said, command.said
        yield command
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        rest = await asyncio.wait_for(process.stdout.read(), END)
        code = await asyncio.wait_for(process.wait(), END)
        heard = (await errors).decode()
    assert code == 0, (code, heard, rest)
    complaints = [line for line in heard.splitlines() if not EXPECTED.search(line)]
    assert not complaints, complaints


@asynccontextmanager
async def started_apart(folder: Path) -> AsyncIterator[tuple[str, dict[str, str]]]:
    """`companion sandbox` and `companion run`, told by its environment alone; the page and everybody's invitation."""
    async with started_programme(folder, SEED) as (url, links):
        yield url, links


@asynccontextmanager
async def started_programme(
    folder: Path, seed: str, **more: str
) -> AsyncIterator[tuple[str, dict[str, str]]]:
    """The same with the people of *seed* and *more* settings; the page and everybody's invitation by name."""
    async with started("sandbox", "--port", "0", "--json") as sandbox:
        environment = {
            "COMPANION_TELEGRAM__API_URL": sandbox.said["url"],
            "COMPANION_TELEGRAM__TOKEN": sandbox.said["token"],
            "COMPANION_DATABASE__URL": f"sqlite:///{folder / 'companion.db'}",
            "COMPANION_KEYS__FILE": str(folder / "companion.keys"),
            "COMPANION_HTTP__LISTEN": f"127.0.0.1:{free_port()}",
            "COMPANION_LOG__LEVEL": "warning",
            "COMPANION_DELIVERY__CHAT_RATE": "20",
            **more,
        }
        await told("init", **environment)
        invitations = (await told("seed", seed, **environment))["invitations"]
        async with started("run", says=False, **environment):
            await follows(sandbox.said["url"])
            yield sandbox.said["url"], {one["name"]: one["link"] for one in invitations}


async def follows(url: str) -> None:
    """Wait until a bot follows the clock of the sandbox: then it fetches and answers as well."""
    async with asyncio.timeout(READY), aiohttp.ClientSession() as http:
        while True:
            async with http.get(f"{url}/_sandbox/clock") as answer:
                if (await answer.json())["bot_reporting"]:
                    return
            await asyncio.sleep(0.1)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


async def told(*words: str, **environment: str) -> dict[str, Any]:
    """What a command that ends by itself answers as JSON."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        "--json",
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, complaint = await asyncio.wait_for(process.communicate(), READY)
    assert process.returncode == 0, complaint.decode()
    answer: dict[str, Any] = json.loads(out)
    return answer

"""The checking of files that nobody has looked at yet, in a process of its own with little time and memory.

A template can ask for a hundred million characters in twenty; here that costs a child, not the bot.
"""

from __future__ import annotations

import base64
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from bot.content.library import Vocabulary
from bot.content.problem import Problem
from bot.content.source import Source

SECONDS_FOR_ALL = 60
MOST_RESTARTS = 3
NO_MEMORY = 77
"""How the child ends when a sentence asks for more memory than there is; a signal ends it when time is up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one sentence may cost in the child."""

    seconds: float = 1.0
    megabytes: int = 256


def examine(sources: Sequence[Source], limits: Limits | None = None) -> list[Problem]:
    """Every problem in *sources*. A file that costs more than *limits* is named, set aside, and the rest is checked."""
    heavy: list[Problem] = []
    left = list(sources)
    for _ in range(MOST_RESTARTS):
        found, stopped = _run(left, limits or Limits())
        if stopped is None:
            return sorted({*heavy, *found})
        heavy.append(stopped)
        left = [source for source in left if source.file != stopped.file]
    return sorted(heavy)


def _run(sources: Iterable[Source], limits: Limits) -> tuple[list[Problem], Problem | None]:
    packed = [
        {**asdict(source), "content": base64.b64encode(source.content).decode("ascii")} for source in sources
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "bot.content.child"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            output, complaint = process.communicate(
                json.dumps({"limits": asdict(limits), "sources": packed}), timeout=SECONDS_FOR_ALL
            )
        except subprocess.TimeoutExpired:
            process.kill()
            output, complaint = process.communicate()
    said = [json.loads(line) for line in output.splitlines() if line.endswith("}")]
    if said and "problems" in said[-1]:
        return [_problem(one) for one in said[-1]["problems"]], None
    if process.returncode > 0 and process.returncode != NO_MEMORY:
        raise RuntimeError(f"the checker itself failed: {complaint.strip().splitlines()[-1]}")
    file, line, column = said[-1]["at"] if said else ("", 1, 1)
    return [], Problem(file, line, column, "template_heavy")


def _problem(said: dict[str, Any]) -> Problem:
    return Problem(**{**said, "details": tuple((name, value) for name, value in said["details"])})


def work(order: dict[str, Any], output: TextIO) -> None:
    """What the child does: says each place before it goes there, and all problems at the end."""
    from bot.content.check import problems_in

    limits = Limits(**order["limits"])
    sources = [Source(**{**one, "content": base64.b64decode(one["content"])}) for one in order["sources"]]
    _bound(limits.megabytes)

    def watch(file: str, line: int = 1, column: int = 1) -> None:
        output.write(json.dumps({"at": [file, line, column]}) + "\n")
        output.flush()
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)

    found = problems_in(sources, Vocabulary(), watch)
    signal.setitimer(signal.ITIMER_PROF, 0)
    output.write(json.dumps({"problems": [asdict(problem) for problem in found]}) + "\n")


def _bound(megabytes: int) -> None:
    pages = Path("/proc/self/statm")
    used = int(pages.read_text("ascii").split()[0]) * resource.getpagesize() if pages.exists() else 0
    limit = used + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    try:
        work(json.load(sys.stdin), sys.stdout)
    except MemoryError:
        sys.exit(NO_MEMORY)

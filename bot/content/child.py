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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from bot.content.library import Vocabulary
from bot.content.problem import Problem
from bot.content.source import MAX_BYTES, Source
from bot.content.translated import Record

SECONDS_FOR_ALL = 300
"""By the clock on the wall, in case the child hangs: a busy machine may need minutes for what is seconds of work."""
MOST_RESTARTS = 3
NO_MEMORY = 77
"""How the child ends when a sentence asks for more memory than there is; a signal ends it when time is up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one sentence may cost in the child, and all of them together (*total*, seconds of its own work)."""

    seconds: float = 1.0
    megabytes: int = 256
    total: float = 60.0


FOR_ONE = Limits(total=1.5)
"""For a text that somebody just sent: whoever waits for the answer hears within two seconds."""

PER_KILOBYTE = 0.04
"""Seconds more for each kilobyte of the text that came with the release: the hundreds of small sentences of the bot
are known to be good, and take longer than any bomb may."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What exists beside the files that are looked at: other dialogs with their audience, and the shipped text.

    *records*: from which Dutch words the translations were made, by ``folder/key`` (``translated.record_over``).
    """

    dialogs: Mapping[str, str] = field(default_factory=dict)
    shipped: Sequence[Source] = ()
    records: Mapping[str, Record] = field(default_factory=dict)


def examine(
    sources: Sequence[Source], limits: Limits | None = None, records: Mapping[str, Record] | None = None
) -> list[Problem]:
    """Every problem in *sources*. A file that costs more than *limits* is named, set aside, and the rest is checked."""
    heavy: list[Problem] = []
    left = list(sources)
    for _ in range(MOST_RESTARTS):
        found, stopped = _run(left, limits or Limits(), Beside(records=records or {}), None)
        if stopped is None:
            return sorted({*heavy, *found})
        heavy.append(stopped)
        left = [source for source in left if source.file != stopped.file]
    return sorted(heavy)


def examine_one(
    sources: Sequence[Source], beside: Beside, today: date | None = None, limits: Limits | None = None
) -> list[Problem]:
    """Every problem in the two files of one text, among everything *beside* it. What is too large is refused here."""
    large = [source.file for source in sources if len(source.content) > MAX_BYTES]
    if large:
        details = (("limit", str(MAX_BYTES // 1024)),)
        return [Problem(file, 1, 1, "too_big", details) for file in large]
    found, stopped = _run(sources, limits or budget(beside.shipped), beside, today)
    return sorted(found) if stopped is None else [stopped]


def budget(shipped: Iterable[Source]) -> Limits:
    """What the check of one text may cost, by the text in its place that came with the release."""
    kilobytes = sum(len(source.content) for source in shipped) / 1024
    return replace(FOR_ONE, total=FOR_ONE.total + PER_KILOBYTE * kilobytes)


def _packed(sources: Iterable[Source]) -> list[dict[str, Any]]:
    return [
        {**asdict(source), "content": base64.b64encode(source.content).decode("ascii")} for source in sources
    ]


def _unpacked(packed: Iterable[dict[str, Any]]) -> list[Source]:
    return [Source(**{**one, "content": base64.b64decode(one["content"])}) for one in packed]


def _run(
    sources: Iterable[Source], limits: Limits, beside: Beside, today: date | None
) -> tuple[list[Problem], Problem | None]:
    order = {
        "limits": asdict(limits),
        "sources": _packed(sources),
        "dialogs": dict(beside.dialogs),
        "shipped": _packed(beside.shipped),
        "records": {key: dict(record) for key, record in beside.records.items()},
        "today": today.isoformat() if today else None,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "bot.content.child"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            output, complaint = process.communicate(json.dumps(order), timeout=SECONDS_FOR_ALL)
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
    from bot.content.contract import contract_problems

    limits = Limits(**order["limits"])
    sources, shipped = _unpacked(order["sources"]), _unpacked(order["shipped"])
    today = date.fromisoformat(order["today"]) if order["today"] else None
    _bound(limits.megabytes)
    signal.setitimer(signal.ITIMER_VIRTUAL, limits.total)

    # Reading the hundreds of small sentences and comparing both languages takes longer than any one sentence does.
    whole = {
        one.file: PER_KILOBYTE * len(one.content) / 1024
        for one in (*sources, *shipped)
        if one.kind == "phrases"
    }

    def watch(file: str, line: int = 1, column: int = 1) -> None:
        output.write(json.dumps({"at": [file, line, column]}) + "\n")
        output.flush()
        more = whole.get(file, 0.0) if (line, column) == (1, 1) else 0.0
        signal.setitimer(signal.ITIMER_PROF, limits.seconds + more)

    found = problems_in(sources, Vocabulary(others=order["dialogs"]), watch, today, order["records"])
    found += contract_problems(sources, shipped) if shipped else []
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
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

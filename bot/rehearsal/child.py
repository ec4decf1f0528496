"""Weeks that are played in a process of its own, with little time and memory: the bot goes on with everybody else."""

from __future__ import annotations

import base64
import json
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, cast

from bot.content.pages import Pages
from bot.content.source import Kind

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot.rehearsal.child")
MEGABYTES = 1024
SECONDS = 120
"""Of work. Six weeks take some twenty."""
LAST = 10
"""How much everybody else goes before it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be played: *texts* take the place of those of the release; *persona* and *challenge* by key.

    *challenge* is empty for one that suits. *reads* is the language of whoever reads the calendar.
    """

    texts: Sequence[Pages]
    persona: str
    challenge: str = ""
    language: str = "nl"
    reads: str = "nl"
    weeks: int = 6


@dataclass(frozen=True, slots=True)
class Calendar:
    """What was sent in those weeks, line by line, and one line that counts it."""

    lines: tuple[str, ...]
    counted: str


def packed(order: Order) -> bytes:
    """*order* as the process reads it."""
    texts = [
        [one.kind, one.key, *(base64.b64encode(text).decode("ascii") for text in (one.nl, one.en))]
        for one in order.texts
    ]
    said = {
        "texts": texts,
        "persona": order.persona,
        "challenge": order.challenge,
        "language": order.language,
        "reads": order.reads,
        "weeks": order.weeks,
    }
    return json.dumps(said).encode()


def calendar_in(output: bytes) -> Calendar | None:
    """What the process said; none when it did not come to its end."""
    try:
        said = json.loads(output)
        return Calendar(tuple(said["lines"]), str(said["counted"]))
    except (ValueError, KeyError, TypeError):
        return None


def work(said: dict[str, Any], output: TextIO) -> None:
    """What the process does: it plays, and writes the calendar. Raises what playing raises."""
    from bot import installation
    from bot.rehearsal.personas import personas
    from bot.rehearsal.weeks import play

    texts = [
        Pages(cast(Kind, kind), key, base64.b64decode(nl), base64.b64decode(en))
        for kind, key, nl, en in said["texts"]
    ]
    diary = play(
        installation.content(),
        personas()[said["persona"]],
        said["challenge"],
        weeks=said["weeks"],
        language=said["language"],
        texts=texts,
    )
    json.dump({"lines": diary.lines(said["reads"]), "counted": diary.counted(said["reads"])}, output)


def _bound() -> None:
    os.nice(LAST)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))


if __name__ == "__main__":
    _bound()
    work(json.load(sys.stdin), sys.stdout)

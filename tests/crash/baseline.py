"""The journey nobody disturbs: played once per test run, kept moment by moment on disk for all workers."""

from __future__ import annotations

import asyncio
import fcntl
import time
from dataclasses import dataclass
from pathlib import Path

from tests.crash.check import Moment, end_findings, look, moment, save
from tests.crash.journey import STEPS
from tests.crash.play import Play
from tests.crash.process import Nursery

_DONE = "done"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Moment number *n* is the one before step *n*; the last one is the end."""

    folder: Path

    def before(self, step: int) -> Moment:
        """The moment before a step."""
        return moment(self.folder, step)

    @property
    def end(self) -> Moment:
        """The moment after the last step."""
        return moment(self.folder, len(STEPS))

    @property
    def seconds(self) -> float:
        """How long it took."""
        return float((self.folder / _DONE).read_text("utf-8"))

    def points(self) -> list[tuple[str, ...]]:
        """The points of each step."""
        return [self.before(number + 1).points for number in range(len(STEPS))]


async def undisturbed(nursery: Nursery, folder: Path) -> None:
    """Play the journey from its beginning, and keep every moment of it."""
    async with Play(nursery) as play:
        await play.begin()
        save(look(play, 0), folder)
        for number in range(len(STEPS)):
            await play.step(number)
            save(look(play, number + 1), folder)
        wrong = end_findings(play)
    assert not wrong, wrong


def shared(nursery: Nursery, folder: Path) -> Baseline:
    """The baseline in *folder*; played by whoever comes first, others wait for it."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / _DONE).exists():
            began = time.monotonic()
            asyncio.run(undisturbed(nursery, folder))
            (folder / _DONE).write_text(f"{time.monotonic() - began:.1f}", "utf-8")
    return Baseline(folder)

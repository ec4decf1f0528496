"""``companion run`` as a process of its own, with Telegram's speed limits lifted and its transactions counted.

At 25 messages a second every bot idles; what a turn costs shows when nothing holds it back. All else is as shipped.
Arguments: the configuration, the file for the count and, to profile, the file for the figures of each thread.
"""

from __future__ import annotations

import asyncio
import cProfile
import mmap
import os
import pstats
import struct
import sys
import threading
from pathlib import Path

from bot import app
from bot.cli.logs import start_logging
from bot.config import load_config

NO_LIMIT = 1_000_000.0
_COUNT = struct.Struct("q")


class Transactions:
    """Counts commits where another process can read them."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(_COUNT.size))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _COUNT.size)
        self._count = 0

    def __call__(self, point: str) -> None:
        if point == "commit.after":
            self._count += 1
            _COUNT.pack_into(self._shared, 0, self._count)


def transactions(path: Path) -> int:
    """How many a running companion has made."""
    number: int = _COUNT.unpack(path.read_bytes())[0]
    return number


def main(config_path: str, count_path: str, profile_path: str = "") -> None:
    """Run until SIGTERM."""
    config = load_config(Path(config_path), os.environ)
    start_logging(config.log.level)
    delivery = config.delivery.model_copy(update={"chat_rate": NO_LIMIT, "overall_rate": NO_LIMIT})
    running = app.run(config.model_copy(update={"delivery": delivery}), probe=Transactions(Path(count_path)))
    if not profile_path:
        asyncio.run(running)
        return
    profiles = _profile_threads()
    asyncio.run(running)
    for number, profile in enumerate(profiles):
        profile.disable()
        pstats.Stats(profile).dump_stats(f"{profile_path}.{number}")


def _profile_threads() -> list[cProfile.Profile]:
    """A profile of this thread, and of each that starts from now on."""
    profiles = [cProfile.Profile()]

    def begin(*_: object) -> None:
        profiles.append(cProfile.Profile())
        profiles[-1].enable()

    threading.setprofile(begin)
    profiles[0].enable()
    return profiles


if __name__ == "__main__":
    main(*sys.argv[1:])

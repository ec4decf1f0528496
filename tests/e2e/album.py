"""Where the screenshots go: `var/screenshots/<walk>/<phone>/01-...png`, numbered in the order they were made."""

from __future__ import annotations

import itertools
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from playwright.async_api import Locator

FOLDER = Path(__file__).parents[2] / "var" / "screenshots"


class Album:
    """The screenshots of one walk; those of an earlier run are gone."""

    def __init__(self, walk: str) -> None:
        self._folder = FOLDER / walk
        self._numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: itertools.count(1))
        shutil.rmtree(self._folder, ignore_errors=True)

    async def keep(self, what: Locator, who: str, title: str) -> None:
        """Keep what stands on the phone of *who* (or on the page) now."""
        name = who.lower()
        path = self._folder / name / f"{next(self._numbers[name]):02d}-{title}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        await what.screenshot(path=path, animations="disabled")

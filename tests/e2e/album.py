"""Where the screenshots go: one folder a walk, numbered in the order of the story."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Locator, Page

FOLDER = Path(__file__).parents[2] / "var" / "screenshots"


@dataclass(slots=True)
class Album:
    """The screenshots of one walk; those of an earlier run are gone."""

    name: str
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    async def keep(self, what: Locator | Page, who: str, title: str) -> None:
        """Keep what stands on a phone (or the page) now."""
        path = self.folder / f"{next(self.numbers):02d}-{who.lower()}-{title}.png"
        await what.screenshot(path=path, animations="disabled")

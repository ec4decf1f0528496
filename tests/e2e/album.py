"""Where the screenshots go: `var/screenshots/<walk>/<phone>/01-...png`, numbered in the order they were made.

With `PICTURES` in the environment those of the guide go to that folder as well.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.async_api import FloatRect, Locator, Page

FOLDER = Path(__file__).parents[2] / "var" / "screenshots"
PICTURES = os.environ.get("PICTURES", "")
EDGE = 10
COLOURS = 64


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

    def note(self, name: str, text: str) -> None:
        """What was counted on the way, beside the screenshots and on the terminal."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{name}.txt").write_text(text, "utf-8")
        print(text)


async def picture(page: Page, name: str, *shown: Locator, guide: str = "content") -> None:
    """A picture for *guide*, cut to the messages *shown*; nothing unless somebody asked for pictures.

    Raises ``AssertionError`` when they do not stand on the screen together.
    """
    if not PICTURES:
        return
    await shown[-1].scroll_into_view_if_needed()
    scroll = await page.locator(".phone.shown .scroll").bounding_box()
    boxes = [await one.bounding_box() for one in shown]
    assert scroll is not None
    found = [box for box in boxes if box is not None]
    top, bottom = found[0]["y"], found[-1]["y"] + found[-1]["height"]
    assert top >= scroll["y"] - 1, (name, "does not fit on the screen", top, scroll["y"])
    top = max(scroll["y"], top - EDGE)
    clip = FloatRect(x=scroll["x"], y=top, width=scroll["width"], height=bottom + EDGE - top)
    path = Path(PICTURES) / f"{guide}-{name}.png"
    await page.screenshot(path=path, clip=clip, animations="disabled")
    _makes_small(path)


def _makes_small(path: Path) -> None:
    """Text and buttons need few colours: a third of the bytes."""
    with Image.open(path) as shown:
        small = shown.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)

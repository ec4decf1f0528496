"""Chromium, and a page that complains of nothing."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import aiohttp
import pytest

pytest.importorskip("playwright", reason="make e2e installs it")
from playwright.async_api import Page, async_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
LAPTOP, SMALL = (1800, 1000), (390, 844)

Opens = Callable[[str, tuple[int, int]], AbstractAsyncContextManager[Page]]


@pytest.fixture
def opens() -> Opens:
    """Open the page at an address on a screen of some size; at the end there must be no errors and no refusals."""

    @asynccontextmanager
    async def opened(url: str, size: tuple[int, int]) -> AsyncIterator[Page]:
        async with async_playwright() as player:
            browser = await player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="nl-NL")
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
            await page.goto(url)
            yield page
            await browser.close()
        async with aiohttp.ClientSession() as http, http.get(f"{url}/_sandbox/state") as answer:
            warnings = (await answer.json())["warnings"]
        assert errors == []
        assert warnings == []

    return opened

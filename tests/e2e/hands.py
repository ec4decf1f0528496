"""A person with a phone on the page: taps, types, reads. Everything goes through what the page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.async_api import Locator, Page, expect

from tests.e2e.album import Album

LONG = 15_000
MOVE = 45_000


@dataclass(slots=True)
class Person:
    """Whose phone it is; *taps* counts everything they pressed so far."""

    page: Page
    album: Album
    user_id: int
    name: str
    taps: int = field(default=0)

    @property
    def phone(self) -> Locator:
        return self.page.get_by_test_id(f"phone-{self.user_id}")

    @property
    def last(self) -> Locator:
        """The bot's latest message."""
        return self.phone.locator(".message.theirs").last

    def with_button(self, label: str) -> Locator:
        """The latest message that has this button under it."""
        return self.phone.locator(".message").filter(has=self.page.get_by_test_id(f"btn-{label}")).last

    async def looks(self) -> None:
        """On a small screen one phone is shown at a time."""
        tab = self.page.get_by_test_id(f"tab-{self.user_id}")
        if await tab.is_visible():
            await tab.click()

    async def begins(self) -> None:
        """Press the big Start button."""
        await self.looks()
        self.taps += 1
        await self.phone.get_by_test_id("start").click()

    async def taps_on(self, label: str, sees: str | None = None) -> None:
        """Tap a button under the latest message that has it, wait for the answer, and read what came."""
        await self.looks()
        holder = self.with_button(label)
        await expect(holder).to_be_visible(timeout=LONG)
        number = await holder.get_attribute("data-testid")
        assert number is not None
        self.taps += 1
        await self.phone.get_by_test_id(number).get_by_test_id(f"btn-{label}").click()
        await expect(self.phone.locator("[aria-busy=true]")).to_have_count(0, timeout=LONG)
        if sees is not None:
            await self.sees(sees)

    async def presses(self, label: str, sees: str | None = None) -> None:
        """Press a button of the lasting keyboard under the chat."""
        await self.looks()
        self.taps += 1
        await self.phone.get_by_test_id("reply-keyboard").get_by_test_id(f"btn-{label}").click()
        if sees is not None:
            await self.sees(sees)

    async def types(self, text: str, sees: str | None = None) -> None:
        """Type a text or a command and send it."""
        await self.looks()
        area = self.phone.get_by_test_id("input")
        await area.fill(text)
        await area.press("Enter")
        if sees is not None:
            await self.sees(sees)

    async def taps_code(self, code: str, sees: str) -> None:
        """Tap the digits on the number pad; the answer comes by itself after the last."""
        for digit in code:
            await self.taps_on(digit)
        await self.sees(sees)

    async def sees(self, text: str) -> None:
        """The bot's latest message says *text*."""
        await expect(self.last).to_contain_text(text, timeout=LONG)

    async def sees_no(self, label: str) -> None:
        """No button of this name is left anywhere."""
        await expect(self.phone.get_by_test_id(f"btn-{label}")).to_have_count(0, timeout=LONG)

    async def keeps(self, title: str) -> None:
        """A screenshot of this phone as it stands."""
        await self.looks()
        await self.album.keep(self.phone, self.name, title)

    async def reads(self) -> list[str]:
        """Everything on this phone, oldest first, with the buttons; for a report of a failure."""
        found = []
        for one in await self.phone.locator(".message").all():
            mine = "mine" in (await one.get_attribute("class") or "")
            words = await one.locator(".text").all_inner_texts()
            labels = await one.locator(".inline-button").all_inner_texts()
            found.append(f"{'>' if mine else '<'} {' '.join(words)} {labels or ''}")
        return found


async def moves_clock(page: Page, button: str) -> str:
    """Press a button of the clock; the time and date where it stopped."""
    await page.get_by_test_id(f"clock-{button}").click()
    toast = page.locator("#toasts .toast").last
    await expect(toast).to_have_text(re.compile(r"^Het is nu .*\.$"), timeout=MOVE)
    said = await toast.inner_text()
    await toast.evaluate("note => note.remove()")
    return said

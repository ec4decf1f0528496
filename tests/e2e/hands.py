"""A person with a phone on the page: taps, types, reads. Everything goes through what the page shows."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

from playwright.async_api import Locator, Page, expect

from tests.e2e.album import Album

LONG = 30_000
MOVE = 60_000
DELIVERED = """async (number) => {
  const state = await (await fetch("/_sandbox/state")).json();
  const phone = state.phones.find((one) => one.user_id === number);
  return phone.messages.filter((message) => message.from_bot).length;
}"""


@dataclass(frozen=True, slots=True)
class Screen:
    """The page, its album, and the one *mouse* that all people on it share."""

    page: Page
    album: Album
    mouse: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(slots=True)
class Person:
    """Whose phone it is; *taps* counts what they pressed so far, *typed* what they wrote."""

    screen: Screen
    user_id: int
    name: str
    taps: int = 0
    typed: int = 0

    @property
    def page(self) -> Page:
        return self.screen.page

    @property
    def phone(self) -> Locator:
        return self.page.get_by_test_id(f"phone-{self.user_id}")

    @property
    def tab(self) -> Locator:
        return self.page.get_by_test_id(f"tab-{self.user_id}")

    @property
    def theirs(self) -> Locator:
        """What the bot sent."""
        return self.phone.locator(".message.theirs")

    @property
    def last(self) -> Locator:
        """The bot's latest message."""
        return self.theirs.last

    def with_button(self, label: str) -> Locator:
        """The messages that have this button under them, oldest first."""
        return self.phone.locator(".message").filter(has=self.page.get_by_test_id(f"btn-{label}"))

    async def looks(self) -> None:
        """On a small screen one phone is shown at a time."""
        await expect(self.tab).to_be_attached(timeout=LONG)
        if await self.tab.is_visible():
            await self.tab.click()

    async def clicks(self, *places: Locator) -> None:
        """Click one place after another while nobody else has the mouse."""
        async with self.screen.mouse:
            await self.looks()
            for place in places:
                await place.click()

    async def begins(self, sees: str) -> None:
        """Press the big Start button."""
        self.taps += 1
        await self.clicks(self.phone.get_by_test_id("start"))
        await self.sees(sees)

    async def taps_on(self, label: str, sees: str = "") -> None:
        """Tap a button under the latest message that has it, wait for the answer, and read what came."""
        await expect(self.with_button(label).last).to_be_attached(timeout=LONG)
        await self.taps_under(self.with_button(label).last, label)
        await self.sees(sees)

    async def taps_under(self, message: Locator, label: str) -> None:
        """Tap a button under one message, however old; wait until the tap was answered."""
        number = await message.get_attribute("data-testid")
        assert number is not None
        self.taps += 1
        await self.clicks(self.phone.get_by_test_id(number).get_by_test_id(f"btn-{label}"))
        await expect(self.phone.locator("[aria-busy=true]")).to_have_count(0, timeout=LONG)

    async def presses(self, label: str, sees: str = "") -> None:
        """Press a button of the lasting keyboard under the chat."""
        self.taps += 1
        before = await self.theirs.count()
        await self.clicks(self.phone.get_by_test_id("reply-keyboard").get_by_test_id(f"btn-{label}"))
        await self.gets_more_than(before, sees)

    async def types(self, text: str, sees: str = "") -> None:
        """Type a text or a command and send it."""
        self.typed += 1
        before = await self.theirs.count()
        async with self.screen.mouse:
            await self.looks()
            await self.phone.get_by_test_id("input").fill(text)
            await self.phone.get_by_test_id("send").click()
        await self.gets_more_than(before, sees)

    async def taps_code(self, code: str, sees: str) -> None:
        """Tap the digits on the number pad; the answer comes by itself after the last."""
        for digit in code:
            await self.taps_on(digit)
        await self.sees(sees)

    async def sees(self, text: str) -> None:
        """The bot's latest message says *text*."""
        if text:
            await expect(self.last).to_contain_text(text, timeout=LONG)

    async def gets_more_than(self, before: int, text: str) -> None:
        """The bot answered with a new message, and the latest says *text*."""
        await expect(self.theirs.nth(before)).to_be_attached(timeout=LONG)
        await self.sees(text)

    async def got(self, text: str) -> None:
        """The bot sent *text*, and perhaps more after it."""
        await expect(self.theirs.filter(has_text=text).last).to_be_attached(timeout=LONG)

    async def sees_toast(self, text: str) -> None:
        """The small note that answers a tap says *text*."""
        await expect(self.phone.get_by_test_id("toast")).to_contain_text(text, timeout=LONG)

    async def has(self, *labels: str) -> None:
        """Exactly these buttons stand under the latest message."""
        await expect(self.last.locator(".inline-button")).to_have_text(list(labels), timeout=LONG)

    async def keeps(self, title: str) -> None:
        """A screenshot of this phone as it stands; on a small screen it is the whole page."""
        async with self.screen.mouse:
            await self.looks()
            small = await self.tab.is_visible()
            await self.screen.album.keep(self.page.locator("body") if small else self.phone, self.name, title)

    async def reads(self) -> str:
        """Everything on this phone, oldest first, with the buttons: for who looks at a failure."""
        found = []
        for one in await self.phone.locator(".message").all():
            mine = "mine" in (await one.get_attribute("class") or "").split()
            words = " ".join(await one.locator(".text").all_inner_texts())
            found.append(
                f"{'>' if mine else '<'} {words} {await one.locator('.inline-button').all_inner_texts()}"
            )
        return f"{self.name}, {self.taps} taps\n" + "\n".join(found)


async def moves_clock(page: Page, button: str) -> str:
    """Press a button of the clock; what the page says when it arrived."""
    await page.get_by_test_id(f"clock-{button}").click()
    note = page.locator("#toasts .toast").last
    await expect(note).to_have_text(re.compile(r"^Het is nu .*\.$"), timeout=MOVE)
    said = str(await note.inner_text())
    await note.evaluate("note => note.remove()")
    return said


async def waits_for(person: Person, text: str, moments: int = 15) -> str:
    """Press *volgend moment* until somebody's latest message says *text*; when that was."""
    for _ in range(moments):
        said = await moves_clock(person.page, "next")
        # When the clock has arrived everything was sent; the page may still be drawing it.
        await expect(person.theirs).to_have_count(await person.page.evaluate(DELIVERED, person.user_id))
        if text in await person.last.inner_text():
            return said
    raise AssertionError(f"{text!r} did not come in {moments} moments\n{await person.reads()}")

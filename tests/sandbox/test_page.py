"""The page in a real browser: what people see and can do. `make e2e`."""

import asyncio
import shutil
from collections.abc import AsyncIterator

import pytest

pytest.importorskip("playwright")
from playwright.async_api import Locator, Page, async_playwright, expect

from tests.sandbox.conftest import SAM, VERA, Hands

pytestmark = pytest.mark.e2e
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LINK = "https://t.me/companion_sandbox_bot?start=AbC_123"


@pytest.fixture(params=[(1400, 900), (390, 844)], ids=["laptop", "phone"])
async def page(request: pytest.FixtureRequest, hands: Hands) -> AsyncIterator[Page]:
    width, height = request.param
    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = await browser.new_page(viewport={"width": width, "height": height})
        problems: list[str] = []
        opened.on("pageerror", lambda error: problems.append(str(error)))
        opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        await opened.goto(hands.sandbox.url)
        yield opened
        await browser.close()
    assert [problem for problem in problems if "ERR_INTERNET_DISCONNECTED" not in problem] == []


def phone(page: Page, user_id: int) -> Locator:
    return page.get_by_test_id(f"phone-{user_id}")


async def show(page: Page, user_id: int) -> None:
    tab = page.get_by_test_id(f"tab-{user_id}")
    if await tab.is_visible():
        await tab.click()


async def test_a_talk_with_buttons_edits_and_notes(page: Page, hands: Hands) -> None:
    sam = phone(page, SAM)
    await sam.get_by_test_id("start").click()
    await expect(sam.get_by_text("/start")).to_be_visible()
    markup = {
        "inline_keyboard": [
            [{"text": "Kom", "callback_data": "kom"}, {"text": "Kom niet", "callback_data": "niet"}]
        ]
    }
    sent = await hands.ok(
        "sendMessage",
        chat_id=SAM,
        text="Kom je dinsdag?",
        reply_markup=markup,
        disable_notification=True,
        protect_content=True,
    )
    message = sam.get_by_test_id(f"msg-{sent['message_id']}")
    await expect(message).to_contain_text("stil")
    await expect(message).to_contain_text("beschermd")
    await expect(sam.get_by_test_id("lock")).to_contain_text("Kom je dinsdag?")
    await expect(sam.get_by_test_id("lock")).to_contain_text("zonder geluid")
    await message.get_by_test_id("btn-Kom").click()
    await expect(message.get_by_test_id("btn-Kom")).to_have_attribute("aria-busy", "true")
    query = (await hands.updates())[-1]["callback_query"]
    await hands.ok("answerCallbackQuery", callback_query_id=query["id"], text="Fijn!")
    await hands.ok(
        "editMessageText", chat_id=SAM, message_id=sent["message_id"], text="Je komt. Tot dinsdag."
    )
    await expect(sam.get_by_test_id("toast")).to_have_text("Fijn!")
    await expect(message).to_contain_text("Je komt. Tot dinsdag.")
    await expect(message).to_contain_text("bewerkt")
    await expect(message.get_by_test_id("btn-Kom")).to_have_count(0)
    await hands.do(f"phones/{SAM}/tap", {"message_id": sent["message_id"], "data": "oud", "forged": True})
    query = (await hands.updates())[-1]["callback_query"]
    await hands.ok(
        "answerCallbackQuery", callback_query_id=query["id"], text="Deze knop is oud.", show_alert=True
    )
    await expect(sam.get_by_test_id("alert")).to_contain_text("Deze knop is oud.")
    await sam.get_by_test_id("alert").get_by_role("button").click()
    await expect(sam.get_by_test_id("alert")).to_have_count(0)


async def test_typing_commands_keyboards_and_attachments(page: Page, hands: Hands) -> None:
    sam = phone(page, SAM)
    await hands.do(f"phones/{SAM}/start")
    await hands.ok("setMyCommands", commands=[{"command": "hulp", "description": "Hulp nu"}])
    keyboard = {"keyboard": [[{"text": "Mijn stap"}]], "one_time_keyboard": True}
    await hands.ok(
        "sendMessage", chat_id=SAM, text="<b>Kies</b> of typ", parse_mode="HTML", reply_markup=keyboard
    )
    await expect(sam.locator("strong")).to_have_text("Kies")
    await sam.get_by_test_id("btn-Mijn stap").click()
    await expect(sam.get_by_test_id("reply-keyboard")).to_have_count(0)
    await sam.get_by_test_id("input").fill("eerste poging")
    await sam.get_by_test_id("send").click()
    await expect(sam.get_by_text("eerste poging")).to_be_visible()
    await sam.get_by_test_id("edit").last.click()
    await sam.get_by_test_id("input").fill("tweede poging")
    await sam.get_by_test_id("input").press("Enter")
    await expect(sam.get_by_text("tweede poging")).to_be_visible()
    await sam.get_by_test_id("commands").click()
    await sam.get_by_test_id("command-hulp").click()
    await expect(sam.get_by_role("button", name="/hulp", exact=True)).to_be_visible()
    await sam.get_by_test_id("attach").click()
    await sam.get_by_test_id("attach-voice").click()
    await sam.get_by_test_id("attach").click()
    await sam.get_by_test_id("file").set_input_files(
        {"name": "rooster.txt", "mimeType": "text/plain", "buffer": b"dinsdag"}
    )
    await expect(sam.get_by_text("rooster.txt")).to_be_visible()
    kinds = [next(iter(update.keys() - {"update_id"})) for update in await hands.updates()]
    assert kinds == ["message", "message", "message", "edited_message", "message", "message", "message"]


async def test_a_link_opens_on_another_phone_and_on_a_new_one(page: Page, hands: Hands) -> None:
    await hands.do(f"phones/{VERA}/start")
    sent = await hands.ok("sendMessage", chat_id=VERA, text=f"Nodig uit: {LINK}")
    await show(page, VERA)
    message = phone(page, VERA).get_by_test_id(f"msg-{sent['message_id']}")
    await message.get_by_test_id("open-on").click()
    await page.get_by_test_id(f"open-on-{SAM}").click()
    await expect(phone(page, SAM).get_by_text("/start AbC_123")).to_be_visible()
    await show(page, VERA)
    await message.get_by_test_id("open-on").click()
    await page.get_by_test_id("open-on-new").click()
    await page.get_by_test_id("new-name").fill("Milan <3")
    await page.get_by_test_id("new-role").fill("jongere")
    await page.get_by_test_id("new-add").click()
    await expect(phone(page, 1003).get_by_text("/start AbC_123")).to_be_visible()
    await expect(phone(page, 1003).get_by_role("heading")).to_contain_text("Milan <3")


async def test_the_clock_faults_warnings_and_languages(page: Page, hands: Hands) -> None:
    await expect(page.get_by_test_id("clock")).to_have_text("12:00:00")
    await page.get_by_test_id("clock-hour").click()
    await expect(page.get_by_test_id("clock")).to_have_text("13:00:00")
    await page.get_by_test_id("clock-weeks").click()
    await expect(page.get_by_role("banner")).to_contain_text("vr 4 december 2026")
    await page.get_by_test_id("faults").click()
    await page.get_by_test_id("fault-500").click()
    await expect(page.get_by_test_id("fault-clear")).to_be_visible()
    await page.get_by_test_id("fault-clear").click()
    await expect(page.get_by_test_id("fault-clear")).to_have_count(0)
    await page.keyboard.press("Escape")
    await hands.refused("sendMessage", chat_id=4711, text="x")
    await page.get_by_test_id("warnings").click()
    await expect(page.get_by_test_id("warning-list")).to_contain_text("a chat that does not exist")
    await page.get_by_test_id("language").click()
    await expect(page.get_by_test_id("clock-hour")).to_have_text("+1 hour")


async def test_blocking_and_a_reset(page: Page, hands: Hands) -> None:
    sam = phone(page, SAM)
    await sam.get_by_test_id("start").click()
    await expect(sam.get_by_test_id("input")).to_be_visible()
    await sam.get_by_test_id("menu").click()
    await page.get_by_test_id("block").last.click()
    await sam.get_by_test_id("unblock").click()
    await expect(sam.get_by_test_id("input")).to_be_visible()
    await hands.do("reset")
    await expect(sam.get_by_test_id("start")).to_be_visible()


async def test_it_goes_on_after_a_lost_connection(page: Page, hands: Hands) -> None:
    await page.context.set_offline(True)
    await asyncio.sleep(0.2)
    await hands.do(f"phones/{SAM}/start")
    await page.context.set_offline(False)
    await expect(phone(page, SAM).get_by_text("/start")).to_be_visible()

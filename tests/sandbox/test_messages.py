"""Sending, editing and deleting, as strictly as Telegram."""

from datetime import timedelta

import aiohttp
import pytest

from bot.sandbox.attachments import png
from tests.sandbox.conftest import SAM, VERA, Hands

INLINE = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
REPLY = {"keyboard": [[{"text": "Ja"}, {"text": "Nee"}]], "resize_keyboard": True}


async def test_a_message_comes_back_as_telegram_gives_it(chat: Hands) -> None:
    sent = await chat.ok("sendMessage", chat_id=SAM, text="Dag Sam", reply_markup=INLINE)
    assert sent["chat"] == {"id": SAM, "type": "private", "first_name": "Sam", "username": "sam_test"}
    assert sent["from"]["is_bot"] is True
    assert sent["date"] == 1795172400
    assert sent["text"] == "Dag Sam"
    assert sent["reply_markup"] == INLINE


async def test_a_reply_keyboard_is_not_echoed_but_is_shown_on_the_phone(chat: Hands) -> None:
    sent = await chat.ok("sendMessage", chat_id=SAM, text="Kies", reply_markup=REPLY)
    assert "reply_markup" not in sent
    phone = (await chat.get("state"))["phones"][0]
    assert phone["keyboard"]["keyboard"][0][1]["text"] == "Nee"
    await chat.ok("sendMessage", chat_id=SAM, text="Weg", reply_markup={"remove_keyboard": True})
    assert (await chat.get("state"))["phones"][0]["keyboard"] is None


async def test_a_one_time_keyboard_goes_after_its_use(chat: Hands) -> None:
    await chat.ok("sendMessage", chat_id=SAM, text="Kies", reply_markup={**REPLY, "one_time_keyboard": True})
    await chat.do(f"phones/{SAM}/send", {"text": "Ja"})
    assert (await chat.get("state"))["phones"][0]["keyboard"] is None


async def test_forms_with_json_text_are_understood(chat: Hands) -> None:
    body = await chat.form(
        "sendMessage",
        chat_id=str(SAM),
        text="Dag",
        disable_notification="true",
        protect_content="True",
        reply_markup='{"inline_keyboard":[[{"text":"Ja","callback_data":"ja"}]]}',
    )
    assert body["ok"], body
    assert body["result"]["has_protected_content"] is True
    message = (await chat.get("state"))["phones"][0]["messages"][-1]
    assert message["silent"] is True
    assert message["protected"] is True


async def test_a_call_by_get_is_understood(chat: Hands) -> None:
    url = f"{chat.sandbox.url}/bot{chat.sandbox.token}/sendMessage"
    async with chat.http.get(url, params={"chat_id": str(SAM), "text": "Dag"}) as answer:
        assert (await answer.json())["ok"] is True


@pytest.mark.parametrize(
    ("length", "accepted"),
    [(0, False), (1, True), (4096, True), (4097, False)],
)
async def test_a_text_has_1_to_4096_units(chat: Hands, length: int, accepted: bool) -> None:
    body = await chat.call("sendMessage", chat_id=SAM, text="a" * length)
    assert body["ok"] is accepted


async def test_an_emoji_counts_for_two(chat: Hands) -> None:
    assert (await chat.call("sendMessage", chat_id=SAM, text="🙂" * 2048))["ok"] is True
    assert (
        await chat.refused("sendMessage", chat_id=SAM, text="🙂" * 2049) == "Bad Request: message is too long"
    )


async def test_tags_do_not_count(chat: Hands) -> None:
    text = "<b>" + "a" * 4096 + "</b>"
    assert (await chat.call("sendMessage", chat_id=SAM, text=text, parse_mode="HTML"))["ok"] is True


async def test_blanks_alone_are_no_text(chat: Hands) -> None:
    assert (
        await chat.refused("sendMessage", chat_id=SAM, text=" \n ") == "Bad Request: text must be non-empty"
    )
    assert await chat.refused("sendMessage", chat_id=SAM, text="") == "Bad Request: message text is empty"


async def test_a_caption_has_at_most_1024_units(chat: Hands) -> None:
    for length, accepted in ((0, True), (1024, True), (1025, False)):
        form = aiohttp.FormData({"chat_id": str(SAM), "caption": "a" * length})
        form.add_field("photo", png(8, 8, (1, 2, 3)), filename="p.png", content_type="image/png")
        url = f"{chat.sandbox.url}/bot{chat.sandbox.token}/sendPhoto"
        async with chat.http.post(url, data=form) as answer:
            assert (await answer.json())["ok"] is accepted


async def test_a_chat_that_does_not_exist(chat: Hands) -> None:
    assert await chat.refused("sendMessage", chat_id=4711, text="Dag") == "Bad Request: chat not found"
    assert (
        await chat.refused("sendMessage", chat_id="@nobody_here", text="Dag") == "Bad Request: chat not found"
    )


async def test_the_bot_cannot_write_first(chat: Hands) -> None:
    words = await chat.refused("sendMessage", chat_id=VERA, text="Dag")
    assert words == "Forbidden: bot can't initiate conversation with a user"


async def test_a_blocked_bot_hears_so_and_may_write_after_unblock(chat: Hands) -> None:
    await chat.do(f"phones/{SAM}/block")
    for method, params in (
        ("sendMessage", {"text": "Dag"}),
        ("sendChatAction", {"action": "typing"}),
        ("editMessageText", {"message_id": 1, "text": "x"}),
    ):
        words = await chat.refused(method, chat_id=SAM, **params)
        assert words == "Forbidden: bot was blocked by the user"
    await chat.do(f"phones/{SAM}/unblock")
    await chat.ok("sendMessage", chat_id=SAM, text="Dag")
    changes = [update["my_chat_member"] for update in await chat.updates()]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]


async def test_an_edit_changes_the_message_in_place(chat: Hands) -> None:
    sent = await chat.ok("sendMessage", chat_id=SAM, text="Een", reply_markup=INLINE)
    target = {"chat_id": SAM, "message_id": sent["message_id"]}
    edited = await chat.ok("editMessageText", **target, text="Twee")
    assert edited["text"] == "Twee"
    assert "edit_date" in edited
    assert "reply_markup" not in edited
    await chat.ok("editMessageReplyMarkup", **target, reply_markup=INLINE)
    messages = (await chat.get("state"))["phones"][0]["messages"]
    assert messages[-1]["content"]["text"] == "Twee"
    assert messages[-1]["keyboard"] == INLINE["inline_keyboard"]


async def test_an_edit_without_a_change_is_refused(chat: Hands) -> None:
    sent = await chat.ok("sendMessage", chat_id=SAM, text="Een", reply_markup=INLINE)
    target = {"chat_id": SAM, "message_id": sent["message_id"]}
    words = await chat.refused("editMessageText", **target, text="Een", reply_markup=INLINE)
    assert words.startswith(
        "Bad Request: message is not modified: specified new message content and reply markup"
    )
    words = await chat.refused("editMessageReplyMarkup", **target, reply_markup=INLINE)
    assert "message is not modified" in words


async def test_what_cannot_be_edited(chat: Hands) -> None:
    own = (await chat.do(f"phones/{SAM}/send", {"text": "Van mij"}))["message_id"]
    with_reply = (await chat.ok("sendMessage", chat_id=SAM, text="Kies", reply_markup=REPLY))["message_id"]

    async def edit(message_id: int) -> str:
        return await chat.refused("editMessageText", chat_id=SAM, message_id=message_id, text="x")

    assert await edit(99) == "Bad Request: message to edit not found"
    assert await edit(own) == "Bad Request: message can't be edited"
    assert await edit(with_reply) == "Bad Request: message can't be edited"
    assert await chat.refused("editMessageText", text="x") == "Bad Request: chat_id is empty"
    words = await chat.refused("editMessageText", chat_id=SAM, text="x")
    assert words == "Bad Request: message identifier is not specified"


async def test_deleting_goes_up_to_48_hours(chat: Hands) -> None:
    first = (await chat.ok("sendMessage", chat_id=SAM, text="Een"))["message_id"]
    second = (await chat.ok("sendMessage", chat_id=SAM, text="Twee"))["message_id"]
    await chat.do("clock", {"advance_seconds": timedelta(hours=48).total_seconds()})
    await chat.ok("deleteMessage", chat_id=SAM, message_id=first)
    await chat.do("clock", {"advance_seconds": 1})
    words = await chat.refused("deleteMessage", chat_id=SAM, message_id=second)
    assert words == "Bad Request: message can't be deleted for everyone"
    words = await chat.refused("deleteMessage", chat_id=SAM, message_id=first)
    assert words == "Bad Request: message to delete not found"


async def test_deleting_many_skips_what_is_not_there(chat: Hands) -> None:
    ids = [(await chat.ok("sendMessage", chat_id=SAM, text=str(n)))["message_id"] for n in range(3)]
    await chat.ok("deleteMessages", chat_id=SAM, message_ids=[*ids, 999])
    left = [message["message_id"] for message in (await chat.get("state"))["phones"][0]["messages"]]
    assert not set(ids) & set(left)
    assert "Bad Request" in await chat.refused("deleteMessages", chat_id=SAM, message_ids=[])
    assert "Bad Request" in await chat.refused("deleteMessages", chat_id=SAM, message_ids=list(range(1, 102)))


async def test_a_reply_needs_its_message(chat: Hands) -> None:
    words = await chat.refused("sendMessage", chat_id=SAM, text="x", reply_parameters={"message_id": 99})
    assert words == "Bad Request: message to be replied not found"
    await chat.ok(
        "sendMessage",
        chat_id=SAM,
        text="x",
        reply_parameters={"message_id": 99, "allow_sending_without_reply": True},
    )
    sent = await chat.ok("sendMessage", chat_id=SAM, text="x", reply_parameters={"message_id": 1})
    assert sent["reply_to_message"]["text"] == "/start"


async def test_link_previews_are_kept(chat: Hands) -> None:
    sent = await chat.ok("sendMessage", chat_id=SAM, text="x", link_preview_options={"is_disabled": True})
    assert sent["link_preview_options"] == {"is_disabled": True}


async def test_pins_reactions_and_actions(chat: Hands) -> None:
    message_id = (await chat.ok("sendMessage", chat_id=SAM, text="Bewaar dit"))["message_id"]
    await chat.ok("pinChatMessage", chat_id=SAM, message_id=message_id)
    assert (await chat.ok("getChat", chat_id=SAM))["pinned_message"]["message_id"] == message_id
    await chat.ok("unpinChatMessage", chat_id=SAM)
    assert "not found" in await chat.refused("unpinChatMessage", chat_id=SAM)
    await chat.ok("unpinAllChatMessages", chat_id=SAM)
    heart = [{"type": "emoji", "emoji": "❤"}]
    await chat.ok("setMessageReaction", chat_id=SAM, message_id=1, reaction=heart)
    assert (await chat.get("state"))["phones"][0]["messages"][0]["reactions"] == ["❤"]
    odd = [{"type": "emoji", "emoji": "🧦"}]
    words = await chat.refused("setMessageReaction", chat_id=SAM, message_id=1, reaction=odd)
    assert words == "Bad Request: REACTION_INVALID"
    await chat.ok("sendChatAction", chat_id=SAM, action="typing")
    assert "action" in await chat.refused("sendChatAction", chat_id=SAM, action="dansen")


async def test_a_picture_can_be_replaced_and_its_caption_edited(chat: Hands) -> None:
    form = aiohttp.FormData({"chat_id": str(SAM), "caption": "Route"})
    form.add_field("photo", png(30, 20, (1, 2, 3)), filename="p.png", content_type="image/png")
    url = f"{chat.sandbox.url}/bot{chat.sandbox.token}"
    async with chat.http.post(f"{url}/sendPhoto", data=form) as answer:
        sent = (await answer.json())["result"]
    target = {"chat_id": SAM, "message_id": sent["message_id"]}
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (30, 20)
    assert (await chat.ok("editMessageCaption", **target, caption="Kaart"))["caption"] == "Kaart"
    words = await chat.refused("editMessageText", **target, text="x")
    assert words == "Bad Request: there is no text in the message to edit"
    media = {"type": "photo", "media": sent["photo"][0]["file_id"], "caption": "Weer"}
    assert (await chat.ok("editMessageMedia", **target, media=media))["caption"] == "Weer"
    text_id = (await chat.ok("sendMessage", chat_id=SAM, text="x"))["message_id"]
    words = await chat.refused("editMessageCaption", chat_id=SAM, message_id=text_id, caption="y")
    assert words == "Bad Request: there is no caption in the message to edit"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file must be non-empty"),
        (b"no picture at all", "IMAGE_PROCESS_FAILED"),
        (png(400, 4, (0, 0, 0)), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_what_is_no_picture(chat: Hands, content: bytes, words: str) -> None:
    form = aiohttp.FormData({"chat_id": str(SAM)})
    form.add_field("photo", content, filename="p.png", content_type="image/png")
    async with chat.http.post(f"{chat.sandbox.url}/bot{chat.sandbox.token}/sendPhoto", data=form) as answer:
        assert (await answer.json())["description"] == f"Bad Request: {words}"


async def test_unknown_files_are_refused(chat: Hands) -> None:
    assert "file identifier" in await chat.refused("sendPhoto", chat_id=SAM, photo="nothing")
    assert "attached" in await chat.refused("sendDocument", chat_id=SAM, document="attach://none")
    assert "HTTP URL" in await chat.refused("sendPhoto", chat_id=SAM, photo="https://example.org/p.png")
    assert "there is no photo" in await chat.refused("sendPhoto", chat_id=SAM)
    assert "file_id" in await chat.refused("getFile", file_id="nothing")

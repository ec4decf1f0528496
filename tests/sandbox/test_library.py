"""python-telegram-bot talks to the sandbox as it talks to Telegram."""

from collections.abc import AsyncIterator

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.sandbox.attachments import png
from tests.sandbox.conftest import SAM, VERA, Hands


@pytest.fixture
async def bot(chat: Hands) -> AsyncIterator[telegram.Bot]:
    url = chat.sandbox.url
    async with telegram.Bot(
        chat.sandbox.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot"
    ) as found:
        yield found


async def test_a_whole_turn(chat: Hands, bot: telegram.Bot) -> None:
    assert bot.bot.api_kwargs["sandbox"] is True
    await chat.do(f"phones/{SAM}/send", {"text": "/hulp graag"})
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.parse_entities([MessageEntity.BOT_COMMAND]) != {}
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="ja")]])
    sent = await bot.send_message(
        SAM,
        "Dag Sam",
        entities=[MessageEntity(MessageEntity.BOLD, 0, 3)],
        reply_markup=buttons,
        protect_content=True,
        disable_notification=True,
    )
    assert sent.has_protected_content is True
    assert sent.reply_markup == buttons
    await chat.do(f"phones/{SAM}/tap", {"message_id": sent.message_id, "data": "ja"})
    [update] = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert update.callback_query is not None
    await update.callback_query.answer("Fijn")
    await update.callback_query.edit_message_text("Tot dinsdag")
    with pytest.raises(BadRequest, match="not modified"):
        await update.callback_query.edit_message_text("Tot dinsdag")


async def test_files_go_both_ways(chat: Hands, bot: telegram.Bot) -> None:
    photo = await bot.send_photo(SAM, png(40, 30, (1, 2, 3)), caption="Route")
    assert photo.photo[-1].width == 40
    again = await bot.send_photo(SAM, photo.photo[-1].file_id)
    assert again.photo[-1].file_id == photo.photo[-1].file_id
    sent = await bot.send_document(SAM, b"BEGIN:VCALENDAR", filename="avond.ics")
    assert sent.document is not None
    found = await bot.get_file(sent.document.file_id)
    assert bytes(await found.download_as_bytearray()) == b"BEGIN:VCALENDAR"
    media = telegram.InputMediaPhoto(png(20, 20, (9, 9, 9)), caption="Kaart")
    changed = await bot.edit_message_media(media, SAM, photo.message_id)
    assert isinstance(changed, telegram.Message)
    assert changed.caption == "Kaart"


async def test_the_rest_of_the_profile(bot: telegram.Bot) -> None:
    scope = telegram.BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([("hulp", "Hulp nu")], scope=scope, language_code="nl")
    [command] = await bot.get_my_commands(scope=scope, language_code="nl")
    assert command.command == "hulp"
    await bot.delete_my_commands(scope=scope, language_code="nl")
    await bot.set_my_description("x", language_code="nl")
    await bot.set_my_short_description("x")
    await bot.set_my_name("Join Us")
    await bot.set_chat_menu_button(SAM, telegram.MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(SAM), telegram.MenuButtonCommands)
    await bot.send_chat_action(SAM, "typing")
    sent = await bot.send_message(
        SAM, "x", reply_markup=ReplyKeyboardMarkup([["Ja", "Nee"]], one_time_keyboard=True)
    )
    await bot.pin_chat_message(SAM, sent.message_id)
    full = await bot.get_chat(SAM)
    assert full.pinned_message is not None
    await bot.unpin_all_chat_messages(SAM)
    await bot.set_message_reaction(SAM, sent.message_id, "❤")
    await bot.delete_messages(SAM, [sent.message_id])
    assert (await bot.get_webhook_info()).url == ""


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_refusals_arrive_as_the_librarys_errors(chat: Hands, bot: telegram.Bot) -> None:
    with pytest.raises(Forbidden, match="initiate"):
        await bot.send_message(VERA, "Dag")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(4711, "Dag")
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await bot.send_message(SAM, "<b>Dag", parse_mode="HTML")
    for order, error in (
        ({"kind": "429", "retry_after": 3}, RetryAfter),
        ({"kind": "403"}, Forbidden),
        ({"kind": "500"}, NetworkError),
        ({"kind": "502html"}, NetworkError),
        ({"kind": "404"}, InvalidToken),
        ({"kind": "cut_before"}, NetworkError),
    ):
        await chat.do("faults", [order])
        with pytest.raises(error):
            await bot.send_message(SAM, "Dag")
    await bot.set_webhook("http://127.0.0.1:1/", secret_token="abc")
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook()

"""Every call is checked against the specification."""

from typing import Any

import pytest

from bot.sandbox.schema import load_schema
from tests.sandbox.conftest import SAM, Hands


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


async def test_an_unknown_method_is_not_found_and_shows_on_the_page(hands: Hands) -> None:
    body = await hands.call("sendMesage", chat_id=SAM, text="x")
    assert body == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
    assert "unknown method sendMesage" in await hands.warnings()


async def test_a_method_the_sandbox_does_not_play_says_so(hands: Hands) -> None:
    body = await hands.call("sendDice", chat_id=SAM)
    assert body["error_code"] == 501
    assert "sendDice is not part of the sandbox" in await hands.warnings()


async def test_method_names_are_not_about_capitals(hands: Hands) -> None:
    assert (await hands.ok("getme"))["username"] == "companion_sandbox_bot"


async def test_getme_carries_the_mark(hands: Hands) -> None:
    me = await hands.ok("getMe")
    assert me["sandbox"] is True
    assert me["is_bot"] is True


@pytest.mark.parametrize(
    "token", ["123456789:AAHsecretsecretsecretsecretsecret", "SANDBOX", "1:SANDBOX!", "x:SANDBOX"]
)
async def test_a_real_token_is_refused_and_never_repeated(hands: Hands, token: str) -> None:
    async with hands.http.get(f"{hands.sandbox.url}/bot{token}/getMe") as answer:
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert token not in str(await hands.get("state"))
    assert await hands.warnings()


async def test_any_sandbox_token_will_do(hands: Hands) -> None:
    async with hands.http.get(f"{hands.sandbox.url}/bot42:SANDBOX-two/getMe") as answer:
        assert (await answer.json())["ok"] is True


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": SAM}, "message text is empty"),
        ("sendMessage", {"chat_id": SAM, "text": "x", "txt": "y"}, 'unknown field "txt" in sendMessage'),
        ("sendMessage", {"chat_id": SAM, "text": 5}, 'wrong parameter "text" in request: String is expected'),
        ("sendMessage", {"chat_id": SAM, "text": "x", "protect_content": "maybe"}, "a Boolean is expected"),
        ("sendMessage", {"chat_id": SAM, "text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
        ("sendMessage", {"chat_id": SAM, "text": "x", "link_preview_options": {"off": True}}, 'unknown field "off"'),
        ("sendMessage", {"chat_id": SAM, "text": "x", "entities": [{"type": "bold"}]}, 'Can\'t find field "offset"'),
        ("sendMessage", {"chat_id": SAM, "text": "x", "entities": "[{"}, "can't parse entities JSON object"),
        ("sendMessage", {"chat_id": SAM, "text": "x", "reply_markup": None}, "object expected as reply markup"),
        ("sendMessage", {"chat_id": SAM, "text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON"),
        ("sendMessage", {"chat_id": SAM, "text": "x", "reply_markup": []}, "object expected as reply markup"),
        ("sendMessage", {"chat_id": SAM, "text": "x", "reply_markup": {}}, "object expected as reply markup"),
        ("editMessageText", {"chat_id": SAM, "message_id": "one", "text": "x"}, "message identifier is not specified"),
        ("getUpdates", {"timeout": "long"}, 'wrong parameter "timeout"'),
        ("getUpdates", {"limit": 0}, "limit must be between 1 and 100"),
        ("getUpdates", {"limit": 101}, "limit must be between 1 and 100"),
        ("setMyCommands", {"commands": [{"command": "hulp"}]}, 'Can\'t find field "description"'),
        ("setMyCommands", {"commands": [], "scope": {"type": "everybody"}}, "is expected"),
        ("answerCallbackQuery", {}, "query is too old and response timeout expired or query ID is invalid"),
    ],
)  # fmt: skip
async def test_what_does_not_fit_the_specification(
    chat: Hands, method: str, params: dict[str, Any], words: str
) -> None:
    description = await chat.refused(method, **params)
    assert description.startswith("Bad Request: ")
    assert words in description
    assert await chat.warnings()


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (
            {"inline_keyboard": None},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (inline({"callback_data": "x"}), "can't parse inline keyboard button: Can't find field \"text\""),
        (inline({"text": "x"}), "Text buttons are unallowed in the inline keyboard"),
        (inline({"text": " ", "callback_data": "x"}), "Text must be non-empty"),
        (inline({"text": "x", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (inline({"text": "x", "callback_data": "a" * 65}), "BUTTON_DATA_INVALID"),
        (inline({"text": "x", "callback_data": "é" * 33}), "BUTTON_DATA_INVALID"),
        (inline({"text": "x", "url": "nowhere"}), "Wrong HTTP URL"),
        (inline({"text": "x", "callback_data": "x", "url": "https://example.org"}), "exactly one action"),
        (inline({"text": "x", "callback_data": "x", "colour": "red"}), 'unknown field "colour"'),
        (inline({"text": "x", "callback_data": "x", "style": "red"}), "invalid style"),
        (inline(*[{"text": "x", "callback_data": "x"}] * 101), "REPLY_MARKUP_TOO_LONG"),
        ({"keyboard": []}, "must be non-empty"),
        ({"keyboard": [[{"text": ""}]]}, "Text must be non-empty"),
        ({"keyboard": [["Ja"]]}, "can't parse keyboard button"),
        ({"force_reply": True, "input_field_placeholder": "x" * 65}, "1-64 characters"),
    ],
)
async def test_keyboards_telegram_refuses(chat: Hands, markup: dict[str, Any], words: str) -> None:
    assert words in await chat.refused("sendMessage", chat_id=SAM, text="x", reply_markup=markup)


async def test_callback_data_of_64_bytes_is_fine(chat: Hands) -> None:
    await chat.ok(
        "sendMessage", chat_id=SAM, text="x", reply_markup=inline({"text": "x", "callback_data": "é" * 32})
    )


async def test_an_empty_inline_keyboard_is_none(chat: Hands) -> None:
    sent = await chat.ok("sendMessage", chat_id=SAM, text="x", reply_markup={"inline_keyboard": []})
    assert "reply_markup" not in sent


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"{", "application/json", "can't parse JSON object"),
        (b"[1]", "application/json", "JSON object expected"),
        (b'{"chat_id": 1001, "text": "\\ud800"}', "application/json", "strings must be encoded in UTF-8"),
        (b"x", "text/plain", "unsupported content type"),
        (b"--x", "multipart/form-data; boundary=y", "can't parse the request body"),
        (b"[" * 100_000, "application/json", "can't parse JSON object"),
        (b"\xff\xfe", "application/json", "can't parse JSON object"),
    ],
)
async def test_bodies_that_cannot_be_read(hands: Hands, body: bytes, kind: str, words: str) -> None:
    url = f"{hands.sandbox.url}/bot{hands.sandbox.token}/sendMessage"
    async with hands.http.post(url, data=body, headers={"Content-Type": kind}) as answer:
        assert answer.status == 400
        assert words in (await answer.json())["description"]


async def test_a_path_that_is_no_call_is_not_found(hands: Hands) -> None:
    async with hands.http.get(f"{hands.sandbox.url}/nothing/here") as answer:
        assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_commands_by_scope_and_language(chat: Hands) -> None:
    def commands(*names: str) -> list[dict[str, str]]:
        return [{"command": name, "description": f"Over {name}"} for name in names]

    private = {"type": "all_private_chats"}
    await chat.ok("setMyCommands", commands=commands("hulp"))
    await chat.ok("setMyCommands", commands=commands("hulp", "taal"), scope=private, language_code="nl")
    await chat.ok("setMyCommands", commands=commands("help"), scope=private)

    async def shown() -> list[str]:
        return [command["command"] for command in (await chat.get("state"))["phones"][0]["commands"]]

    assert await shown() == ["hulp", "taal"]
    await chat.do(f"phones/{SAM}/language", {"language": "en"})
    assert await shown() == ["help"]
    await chat.ok("setMyCommands", commands=commands("code"), scope={"type": "chat", "chat_id": SAM})
    assert await shown() == ["code"]
    await chat.ok("deleteMyCommands", scope={"type": "chat", "chat_id": SAM})
    await chat.ok("deleteMyCommands", scope=private)
    assert await shown() == ["hulp"]
    assert await chat.ok("getMyCommands", scope=private, language_code="nl") == commands("hulp", "taal")


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"commands": [{"command": "Hulp", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "hulp", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "hulp", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "hulp", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "nld"}, "invalid language code"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 4711}}, "chat not found"),
    ],
)
async def test_commands_telegram_refuses(hands: Hands, params: dict[str, Any], words: str) -> None:
    assert words in await hands.refused("setMyCommands", **params)


async def test_names_descriptions_and_menu_buttons(chat: Hands) -> None:
    await chat.ok("setMyName", name="Join Us Noordwijk")
    await chat.ok("setMyDescription", description="Kleine stappen", language_code="nl")
    await chat.ok("setMyShortDescription", short_description="Stappen")
    assert await chat.ok("getMyName", language_code="nl") == {"name": "Join Us Noordwijk"}
    assert await chat.ok("getMyDescription", language_code="nl") == {"description": "Kleine stappen"}
    assert await chat.ok("getMyDescription") == {"description": ""}
    assert await chat.ok("getMyShortDescription") == {"short_description": "Stappen"}
    assert "too long" in await chat.refused("setMyShortDescription", short_description="x" * 121)
    await chat.ok("setChatMenuButton", chat_id=SAM, menu_button={"type": "commands"})
    assert await chat.ok("getChatMenuButton", chat_id=SAM) == {"type": "commands"}
    assert await chat.ok("getChatMenuButton") == {"type": "default"}


def test_the_specification_is_the_vendored_one() -> None:
    schema = load_schema()
    assert schema.version == "Bot API 10.1"
    assert len(schema.methods) == 180
    assert "❤" in schema.reactions
    assert "callback_query" in schema.update_kinds

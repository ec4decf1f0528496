"""Every message becomes one call, and every answer becomes the right outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from telegram import Bot

from bot.message import Button, Document, Message, Picture, dump, load
from bot.telegram.outbound import acknowledge, deliver, leave
from bot.telegram.outcomes import (
    Accepted,
    Ambiguous,
    ChatWaits,
    Misconfigured,
    NotSent,
    PersonBlocked,
    Refused,
    ServerTrouble,
    TargetGone,
    Unchanged,
)
from bot.telegram.request import Request, bot_at
from dialogs.text import Span
from tests.telegram.conftest import SAM, TOKEN, Sandbox
from tests.telegram.raw_server import RawServer, answer, refusal

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f0005fe02fe"
    "a7352b840000000049454e44ae426082"
)
HELLO = Message((Span("Hoi "), Span("Sam", "bold"), Span(" 😀")))
YES = Button("Ja", "d.1.2.ja")


@pytest.fixture(autouse=True)
async def sam_started(sandbox: Sandbox):
    await sandbox.post(f"phones/{SAM}/start")


async def sent(sandbox_bot: Bot, message: Message) -> int:
    outcome = await deliver(sandbox_bot, SAM, message, None)
    assert isinstance(outcome, Accepted)
    assert outcome.message_id is not None
    return outcome.message_id


async def test_a_message_arrives_with_its_styles_and_buttons(sandbox: Sandbox, sandbox_bot: Bot):
    number = await sent(sandbox_bot, replace(HELLO, rows=((YES, Button("Site", url="https://join-us.nl")),)))
    shown = await sandbox.last()
    assert (shown["message_id"], shown["text"]) == (number, "Hoi Sam 😀")
    assert shown["entities"] == [{"type": "bold", "offset": 4, "length": 3}]
    (row,) = shown["buttons"]
    assert [button.get("callback_data", button.get("url")) for button in row] == [
        "d.1.2.ja",
        "https://join-us.nl",
    ]


async def test_a_protected_silent_message_says_so_and_no_link_is_previewed(
    sandbox: Sandbox, sandbox_bot: Bot
):
    await sent(sandbox_bot, Message((Span("Zie https://join-us.nl"),), protect=True, silent=True))
    params = (await sandbox.calls("sendMessage"))[-1]["params"]
    assert params["protect_content"] is True
    assert params["disable_notification"] is True
    assert params["link_preview_options"] == {"is_disabled": True}


async def test_the_lasting_keyboard_of_a_role_comes_and_goes(sandbox: Sandbox, sandbox_bot: Bot):
    await sent(
        sandbox_bot,
        replace(
            HELLO, keyboard="youth", keyboard_rows=(("Vandaag", "Hulp"), ("Pauze",)), placeholder="Typ hier"
        ),
    )
    markup = (await sandbox.calls("sendMessage"))[-1]["params"]["reply_markup"]
    assert [[button["text"] for button in row] for row in markup["keyboard"]] == [
        ["Vandaag", "Hulp"],
        ["Pauze"],
    ]
    assert markup["input_field_placeholder"] == "Typ hier"
    assert markup["is_persistent"] is True
    await sent(sandbox_bot, replace(HELLO, keyboard="remove"))
    assert (await sandbox.calls("sendMessage"))[-1]["params"]["reply_markup"] == {"remove_keyboard": True}


async def test_what_stands_in_the_field_to_type_in_is_cut_to_what_telegram_takes(
    sandbox: Sandbox, sandbox_bot: Bot
):
    lasting = replace(HELLO, keyboard="youth", keyboard_rows=(("Hulp",),), placeholder="x" * 70 + "😀")
    await sent(sandbox_bot, lasting)
    markup = (await sandbox.calls("sendMessage"))[-1]["params"]["reply_markup"]
    assert markup["input_field_placeholder"] == "x" * 64


async def test_an_edit_changes_text_and_buttons_and_again_changes_nothing(sandbox: Sandbox, sandbox_bot: Bot):
    number = await sent(sandbox_bot, replace(HELLO, rows=((YES,),)))
    changed = Message((Span("Anders"),), do="edit", rows=((Button("Nee", "d.1.3.nee"),),))
    assert await deliver(sandbox_bot, SAM, changed, number) == Accepted(number)
    assert (await sandbox.last())["text"] == "Anders"
    assert await deliver(sandbox_bot, SAM, changed, number) == Unchanged()


async def test_used_buttons_go_with_or_without_another_text(sandbox: Sandbox, sandbox_bot: Bot):
    first = await sent(sandbox_bot, replace(HELLO, rows=((YES,),)))
    assert await deliver(sandbox_bot, SAM, Message((), do="unbutton"), first) == Accepted(first)
    assert (await sandbox.last())["buttons"] is None
    second = await sent(sandbox_bot, replace(HELLO, rows=((YES,),)))
    chosen = Message((Span("Hoi Sam\nJa"),), do="unbutton")
    assert await deliver(sandbox_bot, SAM, chosen, second) == Accepted(second)
    assert (await sandbox.last())["text"] == "Hoi Sam\nJa"
    assert (await sandbox.last())["buttons"] is None


async def test_a_picture_arrives_with_its_caption_and_the_caption_can_change(
    sandbox: Sandbox, sandbox_bot: Bot
):
    with_picture = replace(HELLO, picture=Picture(PNG))
    number = await sent(sandbox_bot, with_picture)
    assert (await sandbox.last())["caption"] == "Hoi Sam 😀"
    edit = replace(with_picture, do="edit", text=(Span("Anders"),))
    assert await deliver(sandbox_bot, SAM, edit, number) == Accepted(number)
    assert (await sandbox.last())["caption"] == "Anders"


async def test_a_message_is_pinned_and_deleted_and_then_gone(sandbox: Sandbox, sandbox_bot: Bot):
    number = await sent(sandbox_bot, HELLO)
    assert await deliver(sandbox_bot, SAM, Message((), do="pin"), number) == Accepted(None)
    assert await deliver(sandbox_bot, SAM, Message((), do="delete"), number) == Accepted(None)
    for gone in (Message((), do="pin"), replace(HELLO, do="edit")):
        assert await deliver(sandbox_bot, SAM, gone, number) == TargetGone()


async def test_a_deletion_that_is_repeated_has_succeeded(sandbox: Sandbox, sandbox_bot: Bot):
    number = await sent(sandbox_bot, HELLO)
    await deliver(sandbox_bot, SAM, Message((), do="delete"), number)

    assert await deliver(sandbox_bot, SAM, Message((), do="delete"), number) == Unchanged()


async def test_the_second_try_has_no_formatting_but_the_same_words(sandbox: Sandbox, sandbox_bot: Bot):
    message = Message((Span("Hoi ", "bold"), Span("@sam evil.nl", "words")))
    assert isinstance(await deliver(sandbox_bot, SAM, message, None, plain=True), Accepted)
    shown = await sandbox.last()
    assert shown.get("entities", []) == []
    assert shown["text"].replace("\u2060", "") == "Hoi @sam evil.nl"


async def test_who_blocked_the_bot_is_known(sandbox: Sandbox, sandbox_bot: Bot):
    await sandbox.post(f"phones/{SAM}/block")
    assert await deliver(sandbox_bot, SAM, HELLO, None) == PersonBlocked()


@pytest.mark.parametrize(
    ("fault", "expected", "copies"),
    [
        ({"kind": "429", "retry_after": 7}, ChatWaits(7), 0),
        ({"kind": "403"}, PersonBlocked(), 0),
        (
            {"kind": "400", "description": "can't parse entities"},
            Refused("Can't parse entities"),
            0,
        ),
        ({"kind": "500"}, ServerTrouble(), 0),
        ({"kind": "502html"}, ServerTrouble(), 0),
        ({"kind": "404"}, Misconfigured("not_found"), 0),
        ({"kind": "cut_before"}, Ambiguous(), 0),
        ({"kind": "cut_after"}, Ambiguous(), 1),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
async def test_each_fault_of_the_strict_server_has_its_outcome(
    sandbox: Sandbox, sandbox_bot: Bot, fault: dict[str, Any], expected: Any, copies: int
):
    await sandbox.post("faults", faults=[{"method": "sendMessage", **fault}])
    assert await deliver(sandbox_bot, SAM, HELLO, None) == expected
    assert (await sandbox.texts()).count("Hoi Sam 😀") == copies


@pytest.mark.parametrize("result", [{}, {"message_id": 5}, 5, "x", None, []])
async def test_an_acceptance_that_cannot_be_read_is_no_verdict(
    raw_server: RawServer, raw_bot: Bot, result: Any
):
    raw_server.usual = answer(result)
    assert await deliver(raw_bot, SAM, HELLO, None) in (Ambiguous(), Accepted(None))


async def test_a_wrong_token_is_an_alarm_and_no_verdict(sandbox: Sandbox, request_: Request):
    stranger = bot_at(sandbox.url, "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ", sending=request_, polling=request_)
    assert await deliver(stranger, SAM, HELLO, None) == Misconfigured("token")


async def test_no_server_means_surely_not_sent(request_: Request):
    nowhere = bot_at("http://127.0.0.1:1", TOKEN, sending=request_, polling=request_)
    assert await deliver(nowhere, SAM, HELLO, None) == NotSent()


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Bad Request: message is not modified: specified new message content", Unchanged()),
        ("Bad Request: message to edit not found", TargetGone()),
        ("Bad Request: message can't be edited", TargetGone()),
        ("Bad Request: message can't be deleted for everyone", TargetGone()),
        ("Bad Request: MESSAGE_ID_INVALID", TargetGone()),
        ("Bad Request: chat not found", Refused("Chat not found")),
    ],
)
async def test_a_bad_request_is_read_by_its_sentence(
    raw_server: RawServer, raw_bot: Bot, description: str, expected: Any
):
    raw_server.usual = refusal(400, description)
    assert await deliver(raw_bot, SAM, replace(HELLO, do="edit"), 5) == expected


@pytest.mark.parametrize(
    ("message", "target"),
    [
        (Message((Span("x" * 4097),)), None),
        (Message((Span("😀" * 2049),)), None),
        (Message((Span("x" * 1025),), picture=Picture(PNG)), None),
        (Message(()), None),
        (Message((Span(" \n "),)), None),
        (Message((Span("x"),), do="edit"), None),
        (Message((), do="delete"), None),
        (Message((Span("x"),), rows=((YES,),), keyboard="youth", keyboard_rows=(("Hulp",),)), None),
        (Message((Span("x"),), keyboard="youth"), None),
        (Message((Span("x"),), do="edit", keyboard="remove"), 5),
        (Message((Span("x"),), rows=((Button("Ja"),),)), None),
        (Message((Span("x"),), rows=((Button("Ja", "d.1.1.ja", "https://join-us.nl"),),)), None),
        (Message((Span("x"),), rows=((Button(" ", "d.1.1.ja"),),)), None),
        (Message((Span("x"),), rows=((Button("Ja", "é" * 33),),)), None),
    ],
)
async def test_what_can_never_be_sent_is_found_before_any_call(
    raw_server: RawServer, raw_bot: Bot, message: Message, target: int | None
):
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own sentence; that no call was made is the point
        await deliver(raw_bot, SAM, message, target)
    assert raw_server.calls == []


async def test_the_longest_text_and_caption_fit(sandbox: Sandbox, sandbox_bot: Bot):
    await sent(sandbox_bot, Message((Span("😀" * 2048),)))
    await sent(sandbox_bot, Message((Span("x" * 1024),), picture=Picture(PNG)))


async def test_a_tap_is_acknowledged_once_and_a_failure_is_no_error(sandbox: Sandbox, sandbox_bot: Bot):
    number = await sent(sandbox_bot, replace(HELLO, rows=((YES,),)))
    tapped = await sandbox.post(f"phones/{SAM}/tap", message_id=number, data="d.1.2.ja")
    assert await acknowledge(sandbox_bot, tapped["callback_query_id"], "Genoteerd")
    assert not await acknowledge(sandbox_bot, tapped["callback_query_id"])
    assert not await acknowledge(sandbox_bot, "999")


async def test_the_bot_leaves_a_group(sandbox: Sandbox, sandbox_bot: Bot):
    group = (await sandbox.post(f"phones/{SAM}/group", title="Klas"))["chat_id"]
    assert await leave(sandbox_bot, group)
    assert not await leave(sandbox_bot, group)


async def test_no_words_are_clickable_on_the_strict_server(sandbox: Sandbox, sandbox_bot: Bot):
    theirs = "bel 06-12345678 of mail sam@evil.nl, zie https://evil.nl/x of @evilbot #weg /stop t.me/evilbot"
    await sent(sandbox_bot, Message((Span("Sam schreef:\n"), Span(theirs, "words"))))
    assert [entity["type"] for entity in (await sandbox.last())["entities"]] == ["blockquote"]


async def test_a_file_arrives_with_its_name_its_caption_and_a_button_and_can_be_deleted(
    sandbox: Sandbox, sandbox_bot: Bot
):
    message = Message(
        (Span("Dit bestand kun je lezen."),),
        rows=((YES,),),
        document=Document("mijn-gegevens.txt", "één ".encode() * 3000),
        protect=True,
    )
    number = await sent(sandbox_bot, message)

    call = (await sandbox.calls("sendDocument"))[-1]
    assert call["params"]["caption"] == "Dit bestand kun je lezen."
    assert call["params"]["protect_content"] is True
    assert isinstance(await deliver(sandbox_bot, SAM, Message((), do="delete"), number), Accepted)


async def test_a_caption_under_a_file_has_the_shorter_limit(sandbox: Sandbox, sandbox_bot: Bot):
    with pytest.raises(ValueError, match="1024"):
        await deliver(sandbox_bot, SAM, Message((Span("x" * 1025),), document=Document("a.txt", b"x")), None)


def test_a_file_survives_the_outbox_and_shows_only_its_size():
    message = Message((Span("Voor jou"),), document=Document("mijn.json", b"\x00\xff geheim"))

    assert load(dump(message)) == message
    assert "geheim" not in repr(message)
    assert repr(message.document) == "Document(9 bytes)"

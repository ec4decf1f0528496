"""Polling: hold, confirm, redeliver, one reader."""

import asyncio
from typing import Any

import aiohttp

from tests.sandbox.conftest import SAM, VERA, Hands, polling, until

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def texts(hands: Hands, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await hands.updates(**params)]


async def say(hands: Hands, *words: str) -> None:
    for word in words:
        await hands.do(f"phones/{SAM}/send", {"text": word})


async def test_updates_come_again_until_they_are_confirmed(hands: Hands) -> None:
    await say(hands, "een", "twee", "drie")
    assert await texts(hands) == ["een", "twee", "drie"]
    assert await texts(hands, limit=2) == ["een", "twee"]
    second = (await hands.updates())[1]["update_id"]
    assert await texts(hands, offset=second) == ["twee", "drie"]
    assert await texts(hands) == ["twee", "drie"]
    assert await texts(hands, offset=second + 2) == []
    assert await texts(hands) == []


async def test_a_negative_offset_forgets_all_but_the_last(hands: Hands) -> None:
    await say(hands, "een", "twee", "drie")
    assert await texts(hands, offset=-2) == ["twee", "drie"]
    assert await texts(hands) == ["twee", "drie"]


async def test_an_offset_far_in_the_future_confirms_nothing(hands: Hands) -> None:
    await say(hands, "een")
    assert await texts(hands, offset=999_999_999) == ["een"]


async def test_a_waiting_poll_wakes_when_something_happens(hands: Hands) -> None:
    poll = asyncio.ensure_future(texts(hands, timeout=50))
    await until(polling(hands))
    await say(hands, "wakker")
    assert await poll == ["wakker"]


async def test_a_poll_ends_empty_after_its_timeout(hands: Hands) -> None:
    assert await texts(hands, timeout=1) == []


async def test_the_older_of_two_pollers_is_ended(hands: Hands) -> None:
    older = asyncio.ensure_future(hands.call("getUpdates", timeout=50))
    await until(polling(hands))
    newer = asyncio.ensure_future(texts(hands, timeout=50))
    assert await older == {"ok": False, "error_code": 409, "description": CONFLICT}
    await say(hands, "voor de tweede")
    assert await newer == ["voor de tweede"]


async def test_a_poller_that_left_is_forgotten(hands: Hands) -> None:
    url = f"{hands.sandbox.url}/bot{hands.sandbox.token}/getUpdates"
    async with aiohttp.ClientSession() as other:
        poll = asyncio.ensure_future(other.post(url, json={"timeout": 50}))
        await until(polling(hands))
        poll.cancel()
    await until(lambda: hands.sandbox.world.updates._poller is None)
    await say(hands, "niet verloren")
    assert await texts(hands) == ["niet verloren"]


async def test_the_subscription_is_remembered(hands: Hands) -> None:
    await hands.updates(allowed_updates=["callback_query"])
    await say(hands, "ongehoord")
    assert await hands.updates() == []
    await hands.updates(allowed_updates=[])
    await say(hands, "gehoord")
    assert await texts(hands) == ["gehoord"]
    await hands.updates(allowed_updates=["mesage"])
    assert "allowed_updates: unknown kind mesage" in await hands.warnings()


async def test_updates_nobody_fetched_are_gone_after_a_day(hands: Hands) -> None:
    await say(hands, "oud")
    await hands.do("clock", {"advance_seconds": 23 * 3600})
    await say(hands, "nieuw")
    assert await texts(hands) == ["oud", "nieuw"]
    await hands.do("clock", {"advance_seconds": 3600 + 1})
    assert await texts(hands) == ["nieuw"]


async def test_after_a_quiet_week_the_numbers_go_on_elsewhere(hands: Hands) -> None:
    await say(hands, "een")
    first = (await hands.updates())[0]["update_id"]
    await hands.updates(offset=first + 1)
    await hands.do("clock", {"advance_seconds": 8 * 24 * 3600})
    await say(hands, "twee")
    [update] = await hands.updates(offset=first + 1)
    assert abs(update["update_id"] - first) > 1000


async def test_a_tap_becomes_a_callback_query_that_is_answered_once(chat: Hands) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
    sent = await chat.ok("sendMessage", chat_id=SAM, text="Kom je?", reply_markup=markup)
    await chat.do(f"phones/{SAM}/tap", {"message_id": sent["message_id"], "data": "ja"})
    [update] = await chat.updates()
    query = update["callback_query"]
    assert query["from"]["id"] == SAM
    assert query["data"] == "ja"
    assert query["message"]["reply_markup"] == markup
    words = await chat.refused("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201)
    assert words == "Bad Request: MESSAGE_TOO_LONG"
    await chat.ok("answerCallbackQuery", callback_query_id=query["id"], text="Fijn", show_alert=True)
    words = await chat.refused("answerCallbackQuery", callback_query_id=query["id"])
    assert words == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_late_answer_to_a_tap_is_refused(chat: Hands) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
    sent = await chat.ok("sendMessage", chat_id=SAM, text="Kom je?", reply_markup=markup)
    tapped = await chat.do(f"phones/{SAM}/tap", {"message_id": sent["message_id"], "data": "ja"})
    await chat.do("clock", {"advance_seconds": 61})
    words = await chat.refused("answerCallbackQuery", callback_query_id=tapped["callback_query_id"])
    assert "query is too old" in words


async def test_forged_taps_reach_the_bot_and_honest_ones_must_exist(chat: Hands) -> None:
    status, _ = await chat.try_to(f"phones/{SAM}/tap", {"message_id": 1, "data": "x"})
    assert status == 400
    status, _ = await chat.try_to(f"phones/{SAM}/tap", {"message_id": 999, "data": "x"})
    assert status == 404
    await chat.do(f"phones/{SAM}/tap", {"message_id": 999, "data": "admin:all", "forged": True})
    [update] = await chat.updates()
    assert update["callback_query"]["data"] == "admin:all"
    assert update["callback_query"]["message"] == {
        "chat": {"id": SAM, "type": "private", "first_name": "Sam", "username": "sam_test"},
        "message_id": 999,
        "date": 0,
    }


async def test_start_with_a_payload_or_a_link(hands: Hands) -> None:
    link = "https://t.me/companion_sandbox_bot?start=aB3_-x"
    await hands.do(f"phones/{SAM}/start", {"payload": link})
    await hands.do(f"phones/{VERA}/start", {"payload": "abc"})
    assert await texts(hands) == ["/start aB3_-x", "/start abc"]
    for payload in ("met spatie", "x" * 65, "é", "https://t.me/other_bot?start=abc"):
        status, _ = await hands.try_to(f"phones/{SAM}/start", {"payload": payload})
        assert status == 400


async def test_edits_attachments_and_unparsable_updates(hands: Hands) -> None:
    sent = await hands.do(f"phones/{SAM}/send", {"text": "Hoi"})
    await hands.do(f"phones/{SAM}/edit", {"message_id": sent["message_id"], "text": "Hallo"})
    for kind in ("voice", "photo", "sticker", "document", "location", "contact"):
        await hands.do(f"phones/{SAM}/media", {"kind": kind, "caption": "kijk"})
    await hands.do(f"phones/{SAM}/raw", {"update": {"message": {"date": "gisteren"}, "odd": [1, None]}})
    updates = await hands.updates()
    assert updates[1]["edited_message"]["text"] == "Hallo"
    assert "edit_date" in updates[1]["edited_message"]
    for update, kind in zip(
        updates[2:8], ("voice", "photo", "sticker", "document", "location", "contact"), strict=True
    ):
        assert kind in update["message"]
    assert updates[8] == {
        "update_id": updates[7]["update_id"] + 1,
        "message": {"date": "gisteren"},
        "odd": [1, None],
    }
    status, _ = await hands.try_to(f"phones/{SAM}/media", {"kind": "hologram"})
    assert status == 400


async def test_a_document_can_be_fetched(hands: Hands) -> None:
    content = "cm9vc3Rlcg=="
    await hands.do(
        f"phones/{SAM}/media", {"kind": "document", "content": content, "file_name": "rooster.ics"}
    )
    [update] = await hands.updates()
    assert update["message"]["document"]["file_name"] == "rooster.ics"
    found = await hands.ok("getFile", file_id=update["message"]["document"]["file_id"])
    url = f"{hands.sandbox.url}/file/bot{hands.sandbox.token}/{found['file_path']}"
    async with hands.http.get(url) as answer:
        assert await answer.read() == b"rooster"


async def test_a_message_of_4096_emoji_arrives_whole_and_longer_ones_in_pieces(hands: Hands) -> None:
    await say(hands, "🙂" * 4096, "a" * 5000)
    assert [len(text) for text in await texts(hands)] == [4096, 4096, 904]


async def test_names_with_tags_are_just_names(hands: Hands) -> None:
    for name in ("<3", "</b>", "🙂", "a" * 64):
        user_id = (await hands.do("phones", {"name": name, "role": "jongere", "language": "en"}))["id"]
        await hands.do(f"phones/{user_id}/start")
        assert (await hands.updates())[-1]["message"]["from"]["first_name"] == name


async def test_a_group_tells_the_bot_and_the_bot_can_leave(hands: Hands) -> None:
    group = (await hands.do(f"phones/{SAM}/group", {"title": "Klas 3B"}))["chat_id"]
    await hands.do(f"phones/{SAM}/send", {"text": "hoi allemaal", "group": group})
    await hands.do(f"phones/{SAM}/send", {"text": "/start", "group": group})
    updates = await hands.updates()
    assert updates[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert updates[1]["message"]["new_chat_members"][0]["is_bot"] is True
    assert updates[2]["message"]["text"] == "/start"
    assert updates[2]["message"]["chat"] == {"id": group, "type": "supergroup", "title": "Klas 3B"}
    await hands.ok("leaveChat", chat_id=group)
    words = await hands.refused("sendMessage", chat_id=group, text="x")
    assert words == "Forbidden: bot is not a member of the supergroup chat"
    await hands.do(f"phones/{SAM}/send", {"text": "/start", "group": group})
    assert (await hands.updates())[-1]["my_chat_member"]["new_chat_member"]["status"] == "left"
    await hands.do(f"phones/{SAM}/start")
    assert "private chats" in await hands.refused("leaveChat", chat_id=SAM)

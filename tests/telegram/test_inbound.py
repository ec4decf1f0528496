"""What comes in is understood, and what cannot be understood stops nothing."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Bot

from bot.buttons import FixedButton, parse
from bot.incoming import (
    Attachment,
    Blocked,
    Command,
    Incoming,
    OtherChat,
    Started,
    Tapped,
    Typed,
    Unreadable,
    What,
    words_of,
)
from bot.telegram.inbound import KINDS, Received, Unparsable, read, received
from bot.telegram.request import Request
from dialogs.words import Words
from tests.telegram.conftest import SAM, Sandbox

PERSON = {"id": SAM, "is_bot": False, "first_name": "Sam", "last_name": "de Boer", "language_code": "nl"}
CHAT = {"id": SAM, "type": "private", "first_name": "Sam"}
FILE = {"file_id": "a", "file_unique_id": "b"}
EARLIER = {"message_id": 2, "date": 1795172400, "chat": CHAT, "text": "?"}


def message(kind: str = "message", **content: Any) -> dict[str, Any]:
    body = {"message_id": 3, "date": 1795172400, "chat": CHAT, "from": PERSON, **content}
    return {"update_id": 7, kind: body}


def tap(**content: Any) -> dict[str, Any]:
    query = {
        "id": "99",
        "from": PERSON,
        "chat_instance": "1",
        "data": "g.help",
        "message": EARLIER,
        **content,
    }
    return {"update_id": 7, "callback_query": query}


def membership(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    bot = {"id": 1, "is_bot": True, "first_name": "Join Us"}
    change = {
        "chat": chat,
        "from": PERSON,
        "date": 1795172400,
        "old_chat_member": {"status": "left", "user": bot},
    }
    member: dict[str, Any] = {"status": status, "user": bot}
    if status == "kicked":
        member["until_date"] = 0
    return {"update_id": 7, "my_chat_member": {**change, "new_chat_member": member}}


def what(raw: dict[str, Any]) -> What:
    incoming = read(raw)
    assert isinstance(incoming, Incoming)
    return incoming.what


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start", ""),
        ("/Start@JoinUsBot abc_-9", "abc_-9"),
        ("/start  " + "x" * 64, "x" * 64),
        ("/START\n", ""),
    ],
)
def test_start_carries_the_payload_of_its_link(text: str, payload: str):
    assert what(message(text=text)) == Started(payload)


def test_words_behind_start_stay_words_for_the_danger_check():
    incoming = read(message(text="/start ik wil niet meer"))
    assert isinstance(incoming, Incoming)
    assert incoming.what == Command("start", Words("ik wil niet meer"))
    assert str(words_of(incoming)) == "start ik wil niet meer"


def test_the_name_of_a_command_is_read_for_danger_as_well():
    incoming = read(message(text="/ik_wil_dood"))
    assert isinstance(incoming, Incoming)
    assert str(words_of(incoming)) == "ik wil dood"


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("/hulp", "hulp", ""),
        ("/Hulp@JoinUsBot nu\ngraag", "hulp", "nu\ngraag"),
        ("/vandaag  x", "vandaag", "x"),
    ],
)
def test_a_command_is_lower_case_and_keeps_its_words(text: str, name: str, rest: str):
    command = what(message(text=text))
    assert isinstance(command, Command)
    assert (command.name, str(command.rest)) == (name, rest)


@pytest.mark.parametrize("text", ["hoi", "/", "/é", "/ hulp", " /hulp", "1/2", "/" + "x" * 33])
def test_anything_else_is_typed_text(text: str):
    typed = what(message(text=text))
    assert isinstance(typed, Typed)
    assert (str(typed.text), typed.edited) == (text, False)


def test_an_edited_text_says_so_and_commands_do_not_run_again():
    typed = what(message("edited_message", text="/start abc", edit_date=1795172401))
    assert isinstance(typed, Typed)
    assert (str(typed.text), typed.edited) == ("/start abc", True)


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        ({"voice": {**FILE, "duration": 2}, "caption": "luister"}, "voice", "luister"),
        ({"photo": [{**FILE, "width": 1, "height": 1}]}, "photo", ""),
        (
            {"sticker": {**FILE, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}},
            "sticker",
            "",
        ),
        (
            {"animation": {**FILE, "width": 1, "height": 1, "duration": 1}, "document": FILE},
            "animation",
            "",
        ),
        ({"document": FILE, "caption": "brief"}, "document", "brief"),
        ({"location": {"latitude": 52.2, "longitude": 4.4}}, "location", ""),
        ({"something_new": {"x": 1}, "caption": "kijk"}, "other", "kijk"),
        (
            {
                "poll": {
                    "id": "1", "question": "Help je me?", "options": [], "total_voter_count": 0, "is_closed": False,
                    "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
                    "allows_revoting": False, "members_only": False,
                }
            },
            "poll",
            "Help je me?",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_text_is_named_and_its_words_are_kept(content: dict[str, Any], kind: str, words: str):
    incoming = read(message(**content))
    assert isinstance(incoming, Incoming)
    assert isinstance(incoming.what, Unreadable)
    assert (incoming.what.kind, str(words_of(incoming))) == (kind, words)


def test_a_tap_comes_from_who_tapped_and_carries_what_the_client_sent():
    incoming = read(tap())
    assert isinstance(incoming, Incoming)
    assert incoming.what == Tapped("g.help", "99")
    assert incoming.sender.account == incoming.sender.chat == SAM
    assert parse("g.help") == FixedButton("help")


@pytest.mark.parametrize(
    "raw", [tap(data=None), tap(message=None), tap(message={"chat": CHAT, "message_id": 2, "date": 0})]
)
def test_a_tap_on_a_message_that_is_gone_or_without_data_is_still_a_tap(raw: dict[str, Any]):
    assert isinstance(what(raw), Tapped)


def test_blocking_and_coming_back_are_told_apart():
    assert what(membership("kicked")) == Blocked(True)
    assert what(membership("member")) == Blocked(False)


GROUP = {"id": -100, "type": "group", "title": "Klas"}


@pytest.mark.parametrize(
    ("raw", "joined"),
    [
        (membership("member", GROUP), True),
        (membership("left", GROUP), False),
        (message(text="hoi", chat=GROUP), False),
        (tap(message={**EARLIER, "chat": GROUP}), False),
        (message(text="hoi", chat={**CHAT, "id": SAM + 1}), False),
    ],
)
def test_any_other_chat_is_left(raw: dict[str, Any], joined: bool):
    incoming = read(raw)
    assert isinstance(incoming, Incoming)
    assert incoming.what == OtherChat(joined)
    assert incoming.sender.chat != incoming.sender.account


@pytest.mark.parametrize(
    "raw",
    [
        message(pinned_message=EARLIER),
        message(new_chat_title="Klas"),
        {"update_id": 7, "message": {**EARLIER, "from": {**PERSON, "is_bot": True}}},
        {"update_id": 7},
        {"update_id": 7, "something_new": {"id": "1"}},
    ],
)
def test_what_needs_no_answer_is_none(raw: dict[str, Any]):
    assert read(raw) is None


def test_the_sender_is_who_telegram_says_and_shows_nothing_in_a_repr():
    incoming = read(message(text="geheim"))
    assert isinstance(incoming, Incoming)
    assert (str(incoming.sender.name), incoming.sender.language) == ("Sam", "nl")
    assert "Sam" not in repr(incoming)
    assert "geheim" not in repr(incoming)
    assert str(SAM) not in repr(incoming) + repr(received(message(text="geheim")))


def test_half_a_surrogate_pair_can_be_stored_and_sent():
    raw = json.loads(json.dumps(message(text="hoi \ud83d\x00 😀")))
    typed = what(raw)
    assert isinstance(typed, Typed)
    assert str(typed.text) == "hoi \ufffd 😀"


@pytest.mark.parametrize(
    "raw", [None, 5, [], "x", {}, {"update_id": "7"}, {"update_id": True}, {"update_id": 2**63}]
)
def test_without_a_usable_id_an_update_cannot_be_kept(raw: object):
    assert isinstance(received(raw), Unparsable)


def test_a_quick_look_tells_whose_it_is_and_what_kind():
    assert received(tap()) == Received(7, SAM, "callback_query")
    assert received(message(text="x", **{"from": "nobody"})) == Received(7, None, "message")
    assert received({"update_id": 7, "poll": {}}) == Received(7, None, "other")


WHOLE = [
    message(text="hoi"), message("edited_message", text="hoi"), message(voice={**FILE, "duration": 2}, caption="x"),
    tap(), membership("kicked"), membership("member", GROUP), message(photo=[{**FILE, "width": 1, "height": 1}]),
]  # fmt: skip
junk: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just({}),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """A whole update in which one or more places hold something else, or nothing."""
    raw: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 3))):
        place: Any = raw
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], (dict, list)) and draw(st.booleans()):
                place = place[key]
                continue
            if draw(st.booleans()):
                place[key] = draw(junk)
            else:
                del place[key]
            break
    return raw


@given(damaged() | st.dictionaries(st.sampled_from([*KINDS, "update_id", "x"]), junk))
@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
def test_no_update_however_damaged_stops_anything(raw: dict[str, Any]):
    before = copy.deepcopy(raw)
    incoming = read(raw)
    assert isinstance(incoming, (Incoming, Unparsable)) or incoming is None
    assert isinstance(received(raw), (Received, Unparsable))
    assert repr(raw) == repr(before)
    if isinstance(incoming, Incoming):
        assert isinstance(incoming.sender.account, int)
        assert isinstance(incoming.sender.chat, int)
        words_of(incoming).encode("utf-8")


async def test_what_the_strict_server_delivers_is_understood(
    sandbox: Sandbox, sandbox_bot: Bot, request_: Request
):
    await sandbox.post(f"phones/{SAM}/start", payload="abc")
    typed = await sandbox.post(f"phones/{SAM}/send", text="hoi 😀")
    await sandbox.post(f"phones/{SAM}/edit", message_id=typed["message_id"], text="dag")
    await sandbox.post(f"phones/{SAM}/media", kind="voice", caption="luister")
    await sandbox.post(f"phones/{SAM}/media", kind="contact")
    await sandbox.post(f"phones/{SAM}/group", title="Klas")
    await sandbox.post(f"phones/{SAM}/block")
    await sandbox.post(f"phones/{SAM}/unblock")
    updates = await request_.call(sandbox_bot, "getUpdates", {"allowed_updates": list(KINDS)}, 5)
    kinds = [type(what(raw)).__name__ for raw in updates if isinstance(read(raw), Incoming)]
    assert kinds[:5] == ["Started", "Typed", "Typed", "Unreadable", "Unreadable"]
    assert kinds[-2:] == ["Blocked", "Blocked"]
    assert "OtherChat" in kinds
    assert not [raw for raw in updates if isinstance(read(raw), Unparsable)]


def test_a_document_tells_where_it_is_and_what_it_is_called():
    document = {**FILE, "file_name": "groet.nl.yaml", "file_size": 12}

    sent = read(message(document=document))

    assert isinstance(sent, Incoming)
    assert isinstance(sent.what, Unreadable)
    assert sent.what.file == Attachment(FILE["file_id"], "groet.nl.yaml", 12)

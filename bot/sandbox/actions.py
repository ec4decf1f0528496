"""What people do with their phones: each becomes an update for the bot."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.autolinks import with_automatic
from bot.sandbox.entities import MAX_TEXT, trim
from bot.sandbox.errors import ControlError
from bot.sandbox.identity import BOT_USERNAME
from bot.sandbox.messages import Message
from bot.sandbox.phones import Chat, Phone
from bot.sandbox.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def send_text(
    world: World, phone: Phone, text: str, *, group: int | None = None, reply_to: int | None = None
) -> list[Message]:
    """Type and send; a text of more than 4096 characters goes out in pieces, as the apps do it."""
    chat = _writable(world, phone, group)
    cleaned, _ = trim(text.replace("\r\n", "\n"), [])
    if not cleaned:
        raise ControlError(400, "a message has at least one character")
    pieces = [cleaned[at : at + MAX_TEXT] for at in range(0, len(cleaned), MAX_TEXT)]
    return [say(world, phone, chat, text_fields(piece), reply_to) for piece in pieces]


def text_fields(text: str) -> dict[str, Any]:
    """Telegram's fields of a text somebody typed."""
    entities = with_automatic(text, [])
    return {"text": text, "entities": entities} if entities else {"text": text}


def start(world: World, phone: Phone, payload: str) -> list[Message]:
    """Press Start, perhaps coming from a link: `payload` is the payload or the whole link."""
    given = start_payload(payload.strip())
    if given and not _PAYLOAD.fullmatch(given):
        raise ControlError(400, "START_PARAM_INVALID: 1-64 of A-Z a-z 0-9 _ -")
    chat = world.chats[phone.user_id]
    if chat.blocked:
        unblock(world, phone)
    return send_text(world, phone, f"/start {given}".strip())


def start_payload(given: str) -> str:
    """The payload out of a t.me link, or what was given. Raises ControlError for another bot's link."""
    if "t.me/" not in given and not given.startswith("tg://"):
        return given
    parts = urlsplit(given if "://" in given else f"https://{given}")
    query = parse_qs(parts.query)
    name = query.get("domain", [""])[0] if parts.scheme == "tg" else parts.path.strip("/")
    if name.lower() != BOT_USERNAME.lower():
        raise ControlError(400, "that link leads to another bot")
    return query.get("start", [""])[0]


def tap(world: World, phone: Phone, message_id: int, data: str, *, forged: bool) -> str:
    """Tap an inline button; `forged` sends what no button carries, as a modified app can. The query id."""
    chat = world.chats[phone.user_id]
    if chat.blocked:
        raise ControlError(409, "the bot is blocked on this phone")
    message = chat.messages.get(message_id)
    if not forged:
        if message is None:
            raise ControlError(404, "no such message")
        if data not in _callback_data(message):
            raise ControlError(400, "no button of this message carries that")
    return _press(world, phone, chat, message_id, message, data)


def _callback_data(message: Message) -> list[str]:
    rows = message.markup["inline_keyboard"] if message.markup else []
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _press(
    world: World, phone: Phone, chat: Chat, message_id: int, message: Message | None, data: str
) -> str:
    query = world.callbacks.ask(phone.user_id, message_id, data)
    content: dict[str, Any] = {
        "id": query.query_id,
        "from": phone.user(),
        "message": world.wire(message)
        if message is not None
        else {"chat": world.chat_json(chat), "message_id": message_id, "date": 0},
        "chat_instance": str(900_000_000_000 + phone.user_id),
        "data": data,
    }
    world.queue("callback_query", content)
    return query.query_id


def edit(world: World, phone: Phone, message_id: int, text: str) -> Message:
    """Change an own text."""
    message = next(
        (
            chat.messages[message_id]
            for chat in world.chats.values()
            if message_id in chat.messages and chat.messages[message_id].sender == phone.user_id
        ),
        None,
    )
    if message is None or message.text is None:
        raise ControlError(404, "no such own text")
    cleaned, _ = trim(text, [])
    if not cleaned or len(cleaned) > MAX_TEXT:
        raise ControlError(400, "a message has 1-4096 characters")
    message.content = text_fields(cleaned)
    message.edited = world.clock.now()
    world.tell_message(message)
    if not world.chats[message.chat_id].blocked:
        world.queue("edited_message", world.wire(message))
    return message


def delete(world: World, phone: Phone, message_id: int) -> None:
    """Delete a message on both sides; Telegram tells the bot nothing."""
    chat = world.chats[phone.user_id]
    if chat.messages.pop(message_id, None) is None:
        raise ControlError(404, "no such message")
    chat.pinned = [pin for pin in chat.pinned if pin != message_id]
    world.tell_deleted(chat.chat_id, message_id)
    world.tell_chat(chat)


def block(world: World, phone: Phone) -> None:
    """Block the bot."""
    chat = world.chats[phone.user_id]
    if chat.blocked:
        return
    chat.blocked = True
    _membership(world, phone, chat, "member", "kicked")


def unblock(world: World, phone: Phone) -> None:
    """Let the bot in again."""
    chat = world.chats[phone.user_id]
    if not chat.blocked:
        return
    chat.blocked = False
    _membership(world, phone, chat, "kicked", "member")


def add_to_group(world: World, phone: Phone, title: str, *, privacy: bool) -> Chat:
    """Put the bot into a new group."""
    chat = world.add_group(title, [phone.user_id], privacy=privacy)
    _membership(world, phone, chat, "left", "member")
    bot = world.bot_user()
    fields = {"new_chat_participant": bot, "new_chat_member": bot, "new_chat_members": [bot]}
    message = world.new_message(chat, phone.user_id, fields)
    world.queue("message", world.wire(message))
    world.tell_message(message, new=True)
    return chat


def _membership(world: World, phone: Phone, chat: Chat, old: str, new: str) -> None:
    bot = world.bot_user()
    members: list[dict[str, Any]] = [{"user": bot, "status": status} for status in (old, new)]
    for member in members:
        if member["status"] == "kicked":
            member["until_date"] = 0
    world.queue(
        "my_chat_member",
        {
            "chat": world.chat_json(chat),
            "from": phone.user(),
            "date": int(world.clock.now().timestamp()),
            "old_chat_member": members[0],
            "new_chat_member": members[1],
        },
    )
    world.tell_chat(chat)


def writable(world: World, phone: Phone) -> Chat:
    """The private chat, when this phone may write there."""
    return _writable(world, phone, None)


def _writable(world: World, phone: Phone, group: int | None) -> Chat:
    chat = world.chats.get(group if group is not None else phone.user_id)
    if chat is None or (not chat.private and phone.user_id not in chat.members):
        raise ControlError(404, "no such chat on this phone")
    if chat.blocked:
        raise ControlError(409, "the bot is blocked on this phone")
    return chat


def say(
    world: World, phone: Phone, chat: Chat, content: dict[str, Any], reply_to: int | None = None
) -> Message:
    """Put a message of this phone into a chat and give it to the bot, when the bot may see it."""
    if reply_to is not None and reply_to not in chat.messages:
        raise ControlError(404, "no such message to reply to")
    message = world.new_message(chat, phone.user_id, content, reply_to=reply_to)
    chat.started = True
    if chat.force_reply is not None:
        message.reply_to = reply_to or chat.force_reply["message_id"]
        chat.force_reply = None
    if chat.keyboard is not None and chat.keyboard.get("one_time_keyboard"):
        chat.keyboard = None
    if _bot_sees(world, chat, message):
        world.queue("message", world.wire(message))
    world.tell_message(message, new=True)
    world.tell_chat(chat)
    return message


def _bot_sees(world: World, chat: Chat, message: Message) -> bool:
    """In a group the bot sees commands, mentions and replies to itself, unless privacy is off."""
    if chat.private:
        return True
    if not chat.member:
        return False
    text = message.text or ""
    reply = chat.messages.get(message.reply_to) if message.reply_to else None
    return not chat.privacy or text.startswith("/") or f"@{BOT_USERNAME}" in text or (
        reply is not None and reply.sender is None
    )  # fmt: skip

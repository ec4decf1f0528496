"""From a raw update to what came in. Nothing a stranger sends may stop this: an update that cannot be read says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeGuard

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType, MessageType

from bot.incoming import (
    Attachment,
    Blocked,
    Command,
    Incoming,
    OtherChat,
    Sender,
    Started,
    Tapped,
    Typed,
    Unreadable,
    What,
)
from dialogs.words import Words

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates the bot asks for, by name; whatever is not named here never arrives."""

_LARGEST = 2**63 - 1
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
_CONTENTS = (
    # In this order: an animation also carries a document, a venue a location.
    "voice", "photo", "sticker", "video", "video_note", "audio", "animation", "document", "venue", "location",
    "contact", "poll", "dice", "story", "game", "checklist", "paid_media", "live_photo",
)  # fmt: skip
_ABOUT_A_MESSAGE = {
    "business_connection_id", "effect_id", "reply_to_story", "sender_boost_count", "sender_business_bot",
    "suggested_post_info", "text",
}  # fmt: skip
_SERVICE = {kind.value for kind in MessageType} - set(_CONTENTS) - _ABOUT_A_MESSAGE
_PRESENT = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED)


@dataclass(frozen=True, slots=True)
class Received:
    """What the inbox needs of an update before anything is parsed. *account* is None when nobody can be told."""

    update_id: int
    account: int | None
    kind: str

    def __repr__(self) -> str:
        return f"Received({self.kind})"


@dataclass(frozen=True, slots=True)
class Unparsable:
    """An update that cannot be read; *reason* holds no content."""

    reason: str


def received(raw: object) -> Received | Unparsable:
    """A quick look at *raw*: its id, whose it is and its kind ("other" for one that was never asked for)."""
    if not isinstance(raw, dict):
        return Unparsable("not an object")
    update_id = raw.get("update_id")
    if not _is_id(update_id):
        return Unparsable("no update_id")
    kind = next((kind for kind in KINDS if kind in raw), "other")
    content = raw.get(kind)
    sender = content.get("from") if isinstance(content, dict) else None
    account = sender.get("id") if isinstance(sender, dict) else None
    return Received(update_id, account if _is_id(account) else None, kind)


def read(raw: dict[str, Any]) -> Incoming | Unparsable | None:
    """What *raw* means; None for what needs no answer (a service message, another bot, a kind we never asked for)."""
    try:
        return _meaning(Update.de_json(raw, None))
    except Exception as error:  # noqa: BLE001 - a malformed object fails wherever its hole is first touched
        return Unparsable(type(error).__name__)


def _meaning(update: Update) -> Incoming | Unparsable | None:
    if update.callback_query is not None:
        return _tap(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    return None if message is None else _message(message, edited=update.message is None)


def _message(message: Message, edited: bool) -> Incoming | Unparsable | None:
    person, chat = message.from_user, message.chat
    if not _is_id(chat.id):
        return Unparsable("no chat")
    if person is None or not _is_id(person.id):
        return None if chat.type == ChatType.PRIVATE else Unparsable("nobody")
    if not _own_chat(chat.type, chat.id, person):
        return Incoming(_sender(person, chat.id), OtherChat(joined=False))
    what = None if person.is_bot else _content(message, edited)
    return None if what is None else Incoming(_sender(person, chat.id), what)


def _content(message: Message, edited: bool) -> What | None:
    if message.text:
        text = _words(message.text)
        return Typed(text, edited=True) if edited else _typed(text)
    caption = _words(message.caption)
    for kind in _CONTENTS:
        if _has(message, kind):
            file = _file(message) if kind == "document" and not edited else None
            return Unreadable(kind, caption or _words_within(message, kind), file)
    if any(_has(message, kind) for kind in _SERVICE):
        return None
    return Unreadable("other", caption)


def _file(message: Message) -> Attachment | None:
    document = message.document
    if document is None or not isinstance(document.file_id, str):
        return None
    size = document.file_size if _is_id(document.file_size) else None
    return Attachment(document.file_id, str(_words(document.file_name)), size)


def _typed(text: Words) -> What:
    command = _COMMAND.fullmatch(text)
    if command is None:
        return Typed(text)
    name, rest = command[1].lower(), (command[2] or "").strip()
    # What does not fit a link was typed by hand: it stays words, so that the danger check reads it.
    if name == "start" and _PAYLOAD.fullmatch(rest):
        return Started(str(rest))
    return Command(name, Words(rest))


def _tap(query: CallbackQuery) -> Incoming | Unparsable | None:
    person = query.from_user
    if not _is_id(person.id):
        return Unparsable("nobody")
    if query.message is not None:
        chat = query.message.chat
        if not _is_id(chat.id):
            return Unparsable("no chat")
        if not _own_chat(chat.type, chat.id, person):
            return Incoming(_sender(person, chat.id), OtherChat(joined=False))
    return Incoming(_sender(person, person.id), Tapped(str(_words(query.data)), str(query.id)))


def _membership(change: ChatMemberUpdated) -> Incoming | Unparsable | None:
    person, chat, status = change.from_user, change.chat, change.new_chat_member.status
    if not _is_id(chat.id) or not _is_id(person.id):
        return Unparsable("no chat")
    sender = _sender(person, chat.id)
    if _own_chat(chat.type, chat.id, person):
        return Incoming(sender, Blocked(status == ChatMemberStatus.BANNED))
    return Incoming(sender, OtherChat(joined=status in _PRESENT))


def _own_chat(kind: object, chat: int, person: User) -> bool:
    return kind == ChatType.PRIVATE and chat == person.id


def _sender(person: User, chat: int) -> Sender:
    language = person.language_code if isinstance(person.language_code, str) else ""
    return Sender(person.id, chat, _words(person.first_name), language)


def _has(message: Message, kind: str) -> bool:
    found = getattr(message, kind, None)
    return bool(found) or (found is None and message.api_kwargs.get(kind) is not None)


def _words_within(message: Message, kind: str) -> Words:
    """A question somebody made up is also something they said."""
    return _words(message.poll.question) if kind == "poll" and message.poll is not None else Words("")


def _words(text: object) -> Words:
    """Half a surrogate pair cannot be stored or sent, and JSON can carry it; a NUL cannot be stored everywhere."""
    if not isinstance(text, str):
        return Words("")
    return Words(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", ""))


def _is_id(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and -_LARGEST <= value <= _LARGEST

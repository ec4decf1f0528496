"""What the bot does to chats: send, edit, delete, pin, react."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import Markup, checked_markup, is_inline
from bot.sandbox.messages import Message
from bot.sandbox.phones import Chat
from bot.sandbox.texts import caption_text, message_text
from bot.sandbox.world import World

DELETABLE_FOR = timedelta(hours=48)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@dataclass(frozen=True, slots=True)
class Sending:
    """What every send method shares, checked."""

    chat: Chat
    markup: Markup | None
    reply_to: int | None


def prepare(world: World, params: dict[str, Any]) -> Sending:
    """Check target, keyboard and reply; raises ApiError."""
    chat = world.open_chat(params["chat_id"])
    markup = checked_markup(params.get("reply_markup"))
    reply_to = _reply_target(world, chat, params.get("reply_parameters"))
    if params.get("business_connection_id"):
        raise bad_request("business connection not found")
    if params.get("message_effect_id") and not chat.private:
        raise bad_request("message effects are for private chats only")
    return Sending(chat, markup, reply_to)


def _reply_target(world: World, chat: Chat, reply: dict[str, Any] | None) -> int | None:
    if reply is None:
        return None
    other = reply.get("chat_id")
    if other is not None and world.known_chat(other) is not chat:
        raise bad_request(
            "replies to another chat are not part of the sandbox", warning="reply to another chat"
        )
    if reply["message_id"] in chat.messages:
        return int(reply["message_id"])
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found", warning="reply to a message that is not there")


def put(world: World, sending: Sending, params: dict[str, Any], content: dict[str, Any]) -> Message:
    """Count it, put it into the chat, change the keyboard, tell the page."""
    chat, markup = sending.chat, sending.markup
    world.limits.spend(chat.chat_id)
    message = world.new_message(
        chat,
        None,
        content,
        markup=markup if is_inline(markup) else None,
        silent=bool(params.get("disable_notification")),
        protected=bool(params.get("protect_content")),
        link_preview=params.get("link_preview_options"),
        reply_to=sending.reply_to,
        other_markup=markup is not None and not is_inline(markup),
    )
    chat.action = None
    if markup is not None and not is_inline(markup):
        chat.keyboard = (
            markup if "keyboard" in markup else None if "remove_keyboard" in markup else chat.keyboard
        )
        chat.force_reply = {**markup, "message_id": message.message_id} if "force_reply" in markup else None
    world.tell_message(message, new=True)
    world.tell_chat(chat)
    return message


def text_content(params: dict[str, Any]) -> dict[str, Any]:
    """Telegram's fields of a text message; raises ApiError 400."""
    text, entities = message_text(params)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(params: dict[str, Any]) -> dict[str, Any]:
    """Telegram's caption fields; raises ApiError 400."""
    text, entities = caption_text(params)
    content: dict[str, Any] = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    if text and params.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def editable(world: World, params: dict[str, Any]) -> Message:
    """The bot's own message an edit names; raises ApiError."""
    if params.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in params:
        raise bad_request("chat_id is empty", warning="an edit without chat_id")
    chat = world.open_chat(params["chat_id"])
    if "message_id" not in params:
        raise bad_request("message identifier is not specified", warning="an edit without message_id")
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found", warning="an edit of a message that is not there")
    if message.sender is not None or message.other_markup:
        raise bad_request("message can't be edited", warning="an edit of a message that cannot be edited")
    return message


def change(
    world: World, message: Message, params: dict[str, Any], content: dict[str, Any], link: Any
) -> Message:
    """Give a message new content and keyboard; raises ApiError 400 when nothing changes."""
    markup = checked_markup(params.get("reply_markup"))
    if content == message.content and markup == message.markup and link == message.link_preview:
        raise bad_request(NOT_MODIFIED)
    message.content = content
    message.markup = markup
    message.link_preview = link
    message.edited = world.clock.now()
    world.tell_message(message)
    return message


def delete(world: World, chat: Chat, message_id: int) -> None:
    """Remove one message; raises ApiError 400."""
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if world.clock.now() - message.date > DELETABLE_FOR:
        raise bad_request(
            "message can't be deleted for everyone", warning="delete of a message older than 48 hours"
        )
    remove(world, chat, message_id)


def remove(world: World, chat: Chat, message_id: int) -> None:
    """Take a message out of its chat, whoever wants it gone."""
    chat.messages.pop(message_id, None)
    pinned = message_id in chat.pinned
    chat.pinned = [pin for pin in chat.pinned if pin != message_id]
    world.tell_deleted(chat.chat_id, message_id)
    if pinned:
        world.tell_chat(chat)

"""The Bot API methods the sandbox knows, one function each; every one returns Telegram's `result`."""

from collections.abc import Callable
from typing import Any

from bot.sandbox import delivery
from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.html_mode import is_link
from bot.sandbox.identity import BOT_ID
from bot.sandbox.media import document_content, media_content, photo_content
from bot.sandbox.parameters import Upload
from bot.sandbox.profile import LIMITS, checked_language, scope_key
from bot.sandbox.schema import load_schema
from bot.sandbox.storage import MAX_DOWNLOAD
from bot.sandbox.world import World

Params = dict[str, Any]
Files = dict[str, Upload]
Method = Callable[[World, Params, Files], Any]
_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


def get_me(world: World, params: Params, files: Files) -> Any:
    """The bot, with the mark by which `companion run` knows a sandbox."""
    return {
        **world.bot_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "sandbox": True,
    }


def send_message(world: World, params: Params, files: Files) -> Any:
    """A text message."""
    sending = delivery.prepare(world, params)
    _check_preview(params)
    return world.wire(delivery.put(world, sending, params, delivery.text_content(params)))


def send_photo(world: World, params: Params, files: Files) -> Any:
    """A picture with a caption."""
    sending = delivery.prepare(world, params)
    caption = delivery.caption_content(params)
    content = {**photo_content(world, params["photo"], files), **caption}
    if params.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return world.wire(delivery.put(world, sending, params, content))


def send_document(world: World, params: Params, files: Files) -> Any:
    """A file with a caption."""
    sending = delivery.prepare(world, params)
    caption = delivery.caption_content(params)
    content = {**document_content(world, params["document"], files), **caption}
    return world.wire(delivery.put(world, sending, params, content))


def edit_message_text(world: World, params: Params, files: Files) -> Any:
    """Another text in the same place; without reply_markup the buttons go."""
    message = delivery.editable(world, params)
    content = delivery.text_content(params)
    if message.text is None:
        raise bad_request(
            "there is no text in the message to edit", warning="editMessageText of a picture or file"
        )
    _check_preview(params)
    return world.wire(delivery.change(world, message, params, content, params.get("link_preview_options")))


def edit_message_caption(world: World, params: Params, files: Files) -> Any:
    """Another caption under the same picture or file."""
    message = delivery.editable(world, params)
    if not message.has_media:
        raise bad_request(
            "there is no caption in the message to edit", warning="editMessageCaption of a text"
        )
    kept = {
        key: value
        for key, value in message.content.items()
        if not key.endswith(("caption", "caption_entities"))
    }
    kept.pop("show_caption_above_media", None)
    content = {**kept, **delivery.caption_content(params)}
    return world.wire(delivery.change(world, message, params, content, message.link_preview))


def edit_message_media(world: World, params: Params, files: Files) -> Any:
    """Another picture or file in the same place."""
    message = delivery.editable(world, params)
    media = params["media"]
    content = {**media_content(world, media, files), **delivery.caption_content(media)}
    return world.wire(delivery.change(world, message, params, content, None))


def edit_message_reply_markup(world: World, params: Params, files: Files) -> Any:
    """Other buttons under the same content."""
    message = delivery.editable(world, params)
    return world.wire(delivery.change(world, message, params, message.content, message.link_preview))


def delete_message(world: World, params: Params, files: Files) -> Any:
    """Delete one message of the last 48 hours."""
    delivery.delete(world, world.known_chat(params["chat_id"]), params["message_id"])
    return True


def delete_messages(world: World, params: Params, files: Files) -> Any:
    """Delete up to 100 messages; those that are not there are skipped."""
    chat = world.known_chat(params["chat_id"])
    if not 1 <= len(params["message_ids"]) <= 100:
        raise bad_request(
            "message identifiers must be 1-100", warning=f"{len(params['message_ids'])} messages to delete"
        )
    present = [message_id for message_id in params["message_ids"] if message_id in chat.messages]
    for message_id in present:
        if world.clock.now() - chat.messages[message_id].date > delivery.DELETABLE_FOR:
            raise bad_request(
                "message can't be deleted for everyone", warning="delete of a message older than 48 hours"
            )
    for message_id in present:
        delivery.remove(world, chat, message_id)
    return True


def answer_callback_query(world: World, params: Params, files: Files) -> Any:
    """End the spinner on a button, perhaps with a few words."""
    text = params.get("text") or ""
    if utf16_length(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG", warning="callback answer of more than 200 characters")
    if params.get("url") and not is_link(params["url"]):
        raise bad_request("URL_INVALID")
    query = world.callbacks.answer(params["callback_query_id"])
    world.events.publish(
        "answer",
        {
            "user_id": query.user_id,
            "message_id": query.message_id,
            "data": query.data,
            "text": text,
            "alert": bool(params.get("show_alert")),
            "url": params.get("url"),
        },
    )
    return True


def send_chat_action(world: World, params: Params, files: Files) -> Any:
    """Show that something is being written."""
    chat = world.open_chat(params["chat_id"])
    if params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request", warning=f"chat action {params['action'][:40]}")
    chat.action = params["action"]
    world.tell_chat(chat)
    return True


def set_message_reaction(world: World, params: Params, files: Files) -> Any:
    """One emoji under a message, or none."""
    chat = world.open_chat(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to react not found", warning="reaction to a message that is not there")
    reactions = params.get("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY", warning="more than one reaction of a bot")
    for reaction in reactions:
        if reaction.get("emoji") not in load_schema().reactions:
            raise bad_request("REACTION_INVALID", warning="a reaction that Telegram does not know")
    message.reactions = [reaction["emoji"] for reaction in reactions]
    world.tell_message(message)
    return True


def pin_chat_message(world: World, params: Params, files: Files) -> Any:
    """Put a message on top."""
    chat = world.open_chat(params["chat_id"])
    if params["message_id"] not in chat.messages:
        raise bad_request("message to pin not found", warning="pin of a message that is not there")
    chat.pinned = [*(pin for pin in chat.pinned if pin != params["message_id"]), params["message_id"]]
    world.tell_chat(chat)
    return True


def unpin_chat_message(world: World, params: Params, files: Files) -> Any:
    """Take the named, or the latest, message from the top."""
    chat = world.open_chat(params["chat_id"])
    target = params.get("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if target not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned = [pin for pin in chat.pinned if pin != target]
    world.tell_chat(chat)
    return True


def unpin_all_chat_messages(world: World, params: Params, files: Files) -> Any:
    """Nothing on top any more."""
    chat = world.open_chat(params["chat_id"])
    chat.pinned = []
    world.tell_chat(chat)
    return True


def leave_chat(world: World, params: Params, files: Files) -> Any:
    """Leave a group."""
    chat = world.open_chat(params["chat_id"])
    if chat.private:
        raise bad_request(
            "chat member status can't be changed in private chats", warning="leaveChat in a private chat"
        )
    chat.member = False
    bot = world.bot_user()
    world.queue(
        "my_chat_member",
        {
            "chat": world.chat_json(chat),
            "from": bot,
            "date": int(world.clock.now().timestamp()),
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": {"user": bot, "status": "left"},
        },
    )
    world.tell_chat(chat)
    return True


def get_chat(world: World, params: Params, files: Files) -> Any:
    """What there is to know of a chat."""
    chat = world.known_chat(params["chat_id"])
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    full: Params = {
        **world.chat_json(chat),
        "accent_color_id": 0,
        "max_reaction_count": 1,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.pinned:
        full["pinned_message"] = world.wire(chat.messages[chat.pinned[-1]], deep=False)
    return full


def get_file(world: World, params: Params, files: Files) -> Any:
    """Where a file can be fetched."""
    stored = world.files.get(params["file_id"])
    if stored is None:
        raise bad_request("invalid file_id", warning="getFile of an unknown file")
    if len(stored.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big", warning="getFile of more than 20 MB")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
        "file_path": stored.path,
    }


def set_my_commands(world: World, params: Params, files: Files) -> Any:
    """The list in the menu."""
    _check_scope(world, params)
    language = checked_language(params.get("language_code"))
    world.profile.set_commands(scope_key(params.get("scope")), language, params["commands"])
    _tell_private_chats(world)
    return True


def get_my_commands(world: World, params: Params, files: Files) -> Any:
    """The list of exactly this scope and language."""
    _check_scope(world, params)
    return world.profile.get_commands(
        scope_key(params.get("scope")), checked_language(params.get("language_code"))
    )


def delete_my_commands(world: World, params: Params, files: Files) -> Any:
    """No list for this scope and language."""
    _check_scope(world, params)
    world.profile.delete_commands(
        scope_key(params.get("scope")), checked_language(params.get("language_code"))
    )
    _tell_private_chats(world)
    return True


def set_chat_menu_button(world: World, params: Params, files: Files) -> Any:
    """The button beside the input, for one chat or for all."""
    button = params.get("menu_button") or {"type": "default"}
    if button.get("type") == "web_app" and not button["web_app"]["url"].startswith("https://"):
        raise bad_request("menu button web app URL is invalid: Only HTTPS links are allowed")
    if "chat_id" in params:
        chat = world.known_chat(params["chat_id"])
        chat.menu_button = button
        world.tell_chat(chat)
    else:
        world.profile.menu_button = button
        _tell_private_chats(world)
    return True


def get_chat_menu_button(world: World, params: Params, files: Files) -> Any:
    """The button beside the input."""
    if "chat_id" in params:
        return world.known_chat(params["chat_id"]).menu_button or world.profile.menu_button
    return world.profile.menu_button


def _text_setter(kind: str) -> Method:
    def set_text(world: World, params: Params, files: Files) -> Any:
        world.profile.set_text(kind, checked_language(params.get("language_code")), params.get(kind))
        return True

    return set_text


def _text_getter(kind: str) -> Method:
    def get_text(world: World, params: Params, files: Files) -> Any:
        return {kind: world.profile.get_text(kind, checked_language(params.get("language_code")))}

    return get_text


def delete_webhook(world: World, params: Params, files: Files) -> Any:
    """Back to polling."""
    world.webhook.stop()
    if params.get("drop_pending_updates"):
        world.updates.drop_all()
    return True


def set_webhook(world: World, params: Params, files: Files) -> Any:
    """Deliver to an address from now on."""
    check_allowed(world, params.get("allowed_updates"))
    world.webhook.set(params)
    return True


def get_webhook_info(world: World, params: Params, files: Files) -> Any:
    """Where updates go."""
    return world.webhook.info()


def yes(world: World, params: Params, files: Files) -> Any:
    """`close` and `logOut`: nothing to do here."""
    return True


def check_allowed(world: World, allowed: list[str] | None) -> None:
    """Warn about kinds of update that do not exist (Telegram ignores them)."""
    for kind in allowed or ():
        if kind not in load_schema().update_kinds:
            world.warn(f"allowed_updates: unknown kind {kind[:40]}", "allowed_updates")


def _check_preview(params: Params) -> None:
    url = (params.get("link_preview_options") or {}).get("url")
    if url and not is_link(url):
        raise bad_request(
            "link preview URL is invalid", warning="link_preview_options with an impossible URL"
        )


def _check_scope(world: World, params: Params) -> None:
    scope = params.get("scope") or {}
    if "chat_id" in scope:
        world.known_chat(scope["chat_id"])
    if "user_id" in scope and scope["user_id"] != BOT_ID and scope["user_id"] not in world.phones:
        raise bad_request("user not found")


def _tell_private_chats(world: World) -> None:
    for chat in world.chats.values():
        world.tell_chat(chat)


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "logOut": yes,
    "close": yes,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "leaveChat": leave_chat,
    "getChat": get_chat,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    **{f"setMy{kind.title().replace('_', '')}": _text_setter(kind) for kind in LIMITS},
    **{f"getMy{kind.title().replace('_', '')}": _text_getter(kind) for kind in LIMITS},
}


def perform(world: World, method: str, params: Params, files: Files) -> Any:
    """Do one call; raises ApiError. getUpdates waits, so it lives with the HTTP side."""
    known = METHODS.get(method)
    if known is None:
        raise ApiError(
            501,
            f"Not Implemented: the sandbox has no {method}",
            warning=f"{method} is not part of the sandbox",
        )
    return known(world, params, files)

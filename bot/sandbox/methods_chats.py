"""Bot API methods about chats and files; every one returns Telegram's `result`."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Files, Params
from bot.sandbox.storage import MAX_DOWNLOAD
from bot.sandbox.world import World

_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


def send_chat_action(world: World, params: Params, files: Files) -> Any:
    """Show that something is being written."""
    chat = world.open_chat(params["chat_id"])
    if params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request", warning=f"chat action {params['action'][:40]}")
    chat.action = params["action"]
    world.tell_chat(chat)
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

"""The table of Bot API methods the sandbox plays."""

from collections.abc import Callable
from typing import Any

from bot.sandbox import methods_chats as chats
from bot.sandbox import methods_messages as messages
from bot.sandbox import methods_profile as profile
from bot.sandbox import methods_webhook as webhook
from bot.sandbox.errors import ApiError
from bot.sandbox.parameters import Files, Params
from bot.sandbox.profile import LIMITS
from bot.sandbox.world import World

Method = Callable[[World, Params, Files], Any]


def yes(world: World, params: Params, files: Files) -> Any:
    """`close` and `logOut`: nothing to do here."""
    return True


METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "logOut": yes,
    "close": yes,
    "setWebhook": webhook.set_webhook,
    "deleteWebhook": webhook.delete_webhook,
    "getWebhookInfo": webhook.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "sendChatAction": chats.send_chat_action,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageMedia": messages.edit_message_media,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "answerCallbackQuery": messages.answer_callback_query,
    "setMessageReaction": messages.set_message_reaction,
    "pinChatMessage": chats.pin_chat_message,
    "unpinChatMessage": chats.unpin_chat_message,
    "unpinAllChatMessages": chats.unpin_all_chat_messages,
    "leaveChat": chats.leave_chat,
    "getChat": chats.get_chat,
    "getFile": chats.get_file,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
    **{f"setMy{kind.title().replace('_', '')}": profile.text_setter(kind) for kind in LIMITS},
    **{f"getMy{kind.title().replace('_', '')}": profile.text_getter(kind) for kind in LIMITS},
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

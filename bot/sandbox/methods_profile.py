"""Bot API methods about the bot itself; every one returns Telegram's `result`."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.identity import BOT_ID
from bot.sandbox.parameters import Files, Params
from bot.sandbox.profile import checked_language, scope_key
from bot.sandbox.world import World

Method = Callable[[World, Params, Files], Any]


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


def text_setter(kind: str) -> Method:
    def set_text(world: World, params: Params, files: Files) -> Any:
        world.profile.set_text(kind, checked_language(params.get("language_code")), params.get(kind))
        return True

    return set_text


def text_getter(kind: str) -> Method:
    def get_text(world: World, params: Params, files: Files) -> Any:
        return {kind: world.profile.get_text(kind, checked_language(params.get("language_code")))}

    return get_text


def _check_scope(world: World, params: Params) -> None:
    scope = params.get("scope") or {}
    if "chat_id" in scope:
        world.known_chat(scope["chat_id"])
    if "user_id" in scope and scope["user_id"] != BOT_ID and scope["user_id"] not in world.phones:
        raise bad_request("user not found")


def _tell_private_chats(world: World) -> None:
    for chat in world.chats.values():
        world.tell_chat(chat)

"""What the page shows of a sandbox, as JSON: a message, a chat, a phone, everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.messages import Message
from bot.sandbox.phones import Chat, Phone

if TYPE_CHECKING:
    from bot.sandbox.world import World


def message_view(world: World, message: Message) -> dict[str, Any]:
    """A message as the page shows it."""
    chat = world.chats[message.chat_id]
    if message.sender is None:
        name = world.profile.get_text("name", "")
    else:
        name = world.phones[message.sender].spec.name
    return message.view(name, message.message_id in chat.pinned)


def chat_view(world: World, chat: Chat) -> dict[str, Any]:
    """A chat as the page shows it, without its messages."""
    view: dict[str, Any] = {
        "chat_id": chat.chat_id,
        "private": chat.private,
        "title": chat.title,
        "started": chat.started,
        "blocked": chat.blocked,
        "member": chat.member,
        "members": chat.members,
        "keyboard": chat.keyboard,
        "force_reply": chat.force_reply,
        "pinned": chat.pinned,
        "action": chat.action,
        "menu_button": chat.menu_button or world.profile.menu_button,
    }
    if chat.private:
        phone = world.phones[chat.chat_id]
        view["commands"] = world.profile.commands_for(chat.chat_id, phone.spec.language)
    return view


def world_view(world: World) -> dict[str, Any]:
    """Everything, for `/_sandbox/state`."""
    return {
        "bot": {
            **world.bot_user(),
            "description": world.profile.get_text("description", ""),
            "short_description": world.profile.get_text("short_description", ""),
        },
        "phones": [phone_view(world, phone) for phone in world.phones.values()],
        "groups": [_with_messages(world, chat) for chat in world.chats.values() if not chat.private],
        "warnings": list(world.warnings),
        "faults": [fault.as_json() for fault in world.faults.active()],
        "limits": {"enabled": world.limits.enabled},
        "clock": world.mover.state(),
        "pending_updates": len(world.updates),
        "webhook": world.webhook.info(),
        "last_event": world.events.last,
    }


def phone_view(world: World, phone: Phone) -> dict[str, Any]:
    """A phone with its chat and messages."""
    return {
        "user_id": phone.user_id,
        "name": phone.spec.name,
        "role": phone.spec.role,
        "language": phone.spec.language,
        "username": phone.spec.username,
        "number": phone.number,
        "payload": phone.spec.payload,
        **_with_messages(world, world.chats[phone.user_id]),
    }


def _with_messages(world: World, chat: Chat) -> dict[str, Any]:
    return {
        **chat_view(world, chat),
        "messages": [message_view(world, message) for message in chat.messages.values()],
    }

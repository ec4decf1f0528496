"""One message: what the bot gets to see of it, and what the page shows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.entities import Entity


@dataclass(slots=True)
class Message:
    """`sender` is the bot (None) or a user id; `content` holds Telegram's fields of the kind it is."""

    chat_id: int
    message_id: int
    sender: int | None
    date: datetime
    content: dict[str, Any]
    markup: dict[str, Any] | None = None
    silent: bool = False
    protected: bool = False
    link_preview: dict[str, Any] | None = None
    reply_to: int | None = None
    edited: datetime | None = None
    reactions: list[str] = field(default_factory=list)
    other_markup: bool = False

    @property
    def text(self) -> str | None:
        """The text, when it is a text message."""
        text: str | None = self.content.get("text")
        return text

    @property
    def entities(self) -> list[Entity]:
        """Entities of text or caption."""
        found: list[Entity] = self.content.get("entities") or self.content.get("caption_entities") or []
        return found

    @property
    def has_media(self) -> bool:
        """True when a caption can be there."""
        return any(kind in self.content for kind in ("photo", "document", "voice"))

    def wire(
        self, chat: dict[str, Any], sender: dict[str, Any], reply: dict[str, Any] | None
    ) -> dict[str, Any]:
        """As Telegram's Message; a keyboard only when it is inline."""
        body: dict[str, Any] = {
            "message_id": self.message_id,
            "from": sender,
            "chat": chat,
            "date": int(self.date.timestamp()),
        }
        if self.edited is not None:
            body["edit_date"] = int(self.edited.timestamp())
        if self.protected:
            body["has_protected_content"] = True
        if reply is not None:
            body["reply_to_message"] = reply
        body.update(self.content)
        if self.link_preview is not None:
            body["link_preview_options"] = self.link_preview
        if self.markup is not None:
            body["reply_markup"] = self.markup
        return body

    def view(self, sender_name: str, pinned: bool) -> dict[str, Any]:
        """For the page and the transcript."""
        return {
            "message_id": self.message_id,
            "chat_id": self.chat_id,
            "from_bot": self.sender is None,
            "sender": self.sender,
            "name": sender_name,
            "date": self.date.isoformat(),
            "edited": self.edited.isoformat() if self.edited else None,
            "content": self.content,
            "keyboard": self.markup["inline_keyboard"] if self.markup else None,
            "silent": self.silent,
            "protected": self.protected,
            "link_preview": self.link_preview,
            "reply_to": self.reply_to,
            "reactions": self.reactions,
            "pinned": pinned,
        }

"""The people with a phone, and the chats they are in."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.messages import Message

FIRST_USER = 1001
FIRST_GROUP = -1_001_000_000_001


@dataclass(frozen=True, slots=True)
class PhoneSpec:
    """A phone to start with: the name on it, a label such as "jongere", and the app's language.

    *payload* is what the big Start button sends, as if the person had opened an invitation link.
    """

    name: str
    role: str = ""
    language: str = "nl"
    username: str | None = None
    last_name: str | None = None
    payload: str = field(default="", repr=False)


DEFAULT_PHONES = (
    PhoneSpec("Sam", "jongere"),
    PhoneSpec("Vera", "professional"),
    PhoneSpec("Noor", "coördinator"),
    PhoneSpec("Joost", "beheerder"),
    PhoneSpec("Tom", "professional"),
)


@dataclass(slots=True)
class Phone:
    """One person."""

    user_id: int
    spec: PhoneSpec
    number: int

    def user(self) -> dict[str, Any]:
        """As Telegram's User."""
        user: dict[str, Any] = {"id": self.user_id, "is_bot": False, "first_name": self.spec.name}
        if self.spec.last_name:
            user["last_name"] = self.spec.last_name
        if self.spec.username:
            user["username"] = self.spec.username
        user["language_code"] = self.spec.language
        return user


@dataclass(slots=True)
class Chat:
    """A private chat with the bot, or a group the bot was added to."""

    chat_id: int
    title: str | None = None
    started: bool = False
    blocked: bool = False
    member: bool = True
    privacy: bool = True
    members: list[int] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: dict[str, Any] | None = None
    force_reply: dict[str, Any] | None = None
    pinned: list[int] = field(default_factory=list)
    menu_button: dict[str, Any] | None = None
    action: str | None = None

    @property
    def private(self) -> bool:
        """True for a chat with one person."""
        return self.chat_id > 0

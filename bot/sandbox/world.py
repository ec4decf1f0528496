"""Everything there is in one sandbox: nothing is global, nothing is kept on disk."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from bot.sandbox.callbacks import Callbacks
from bot.sandbox.clock import DEFAULT_START, SandboxClock
from bot.sandbox.errors import ControlError, bad_request, forbidden
from bot.sandbox.events import Broadcaster
from bot.sandbox.faults import Faults
from bot.sandbox.identity import BOT_ID, BOT_USERNAME
from bot.sandbox.ledger import Ledger
from bot.sandbox.limits import FloodLimits
from bot.sandbox.messages import Message
from bot.sandbox.mover import ClockMover
from bot.sandbox.phones import DEFAULT_PHONES, FIRST_GROUP, FIRST_USER, Chat, Phone, PhoneSpec
from bot.sandbox.profile import Profile
from bot.sandbox.storage import FileStore
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.views import chat_view, message_view
from bot.sandbox.webhook import Webhook

MAX_PHONES = 64
QUIET_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Settings:
    """What whoever starts a sandbox may choose."""

    phones: Sequence[PhoneSpec] = DEFAULT_PHONES
    start: datetime = DEFAULT_START
    running: bool = True
    limits: bool = False
    settle_timeout: float = 30.0
    report_stale: float = 5.0
    bot_name: str = "Join Us"
    seed: int = 1
    first_number: int = 0


class World:
    """The state of one sandbox; `seconds` is a monotonic source of real seconds."""

    def __init__(self, settings: Settings, seconds: Callable[[], float]) -> None:
        self.settings = settings
        self.events = Broadcaster()
        self._seconds = seconds
        self._begin()

    def _begin(self) -> None:
        settings, seconds = self.settings, self._seconds
        self.clock = SandboxClock(settings.start, seconds, running=settings.running)
        self.random = Random(settings.seed)  # noqa: S311 - invents ids, protects nothing
        self.updates = UpdateQueue(self.clock.now, 1000 + settings.first_number)
        self.webhook = Webhook(self.updates, self.clock.now)
        self.mover = ClockMover(
            self.clock,
            seconds,
            lambda: len(self.updates),
            self.tell_clock,
            settle_timeout=settings.settle_timeout,
            report_stale=settings.report_stale,
        )
        self.updates.changed = self._updates_changed
        self.faults = Faults()
        self.limits = FloodLimits(seconds, enabled=settings.limits)
        self.ledger = Ledger()
        self.files = FileStore()
        self.profile = Profile(settings.bot_name)
        self.callbacks = Callbacks(self.clock.now)
        self.phones: dict[int, Phone] = {}
        self.chats: dict[int, Chat] = {}
        self.warnings: deque[dict[str, Any]] = deque(maxlen=500)
        self._message_ids = count(1 + settings.first_number)
        self.made = 0
        self._warning_ids = count(1)
        self._last_update = self.clock.now()
        for spec in settings.phones:
            self.add_phone(spec)

    def reset(self) -> None:
        """Back to the beginning; waiting pollers and the webhook are let go."""
        if self.mover.moving:
            raise ControlError(409, "the clock is moving")
        self.webhook.stop()
        self.updates.release_poller()
        self._begin()
        self.events.publish("reload", {})

    def close(self) -> None:
        """Let everything that waits go."""
        self.webhook.stop()
        self.updates.release_poller()
        self.mover.close()
        self.events.close()

    # people and chats

    def add_phone(self, spec: PhoneSpec) -> Phone:
        """A new person with a phone; raises ControlError when there are too many."""
        if len(self.phones) >= MAX_PHONES:
            raise ControlError(409, "no more phones")
        number = len(self.phones)
        phone = Phone(FIRST_USER + number, spec, number)
        self.phones[phone.user_id] = phone
        self.chats[phone.user_id] = Chat(phone.user_id)
        return phone

    def set_language(self, phone: Phone, language: str) -> None:
        """Another language of the app."""
        phone.spec = replace(phone.spec, language=language)

    def add_group(self, title: str, members: list[int], *, privacy: bool) -> Chat:
        """A group the bot is in."""
        groups = sum(1 for chat_id in self.chats if chat_id < 0)
        chat = Chat(FIRST_GROUP - groups, title=title, started=True, members=members, privacy=privacy)
        self.chats[chat.chat_id] = chat
        return chat

    def phone(self, user_id: int) -> Phone:
        """By id; raises ControlError 404."""
        if user_id not in self.phones:
            raise ControlError(404, "no such phone")
        return self.phones[user_id]

    def known_chat(self, chat_id: object) -> Chat:
        """The chat a call names; raises ApiError 400 as Telegram does."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None and isinstance(chat_id, str) and chat_id.startswith("@"):
            chat = next(
                (self.chats[p.user_id] for p in self.phones.values() if p.spec.username == chat_id[1:]),
                None,
            )
        if chat is None:
            raise bad_request("chat not found", warning="a call to a chat that does not exist")
        return chat

    def open_chat(self, chat_id: object) -> Chat:
        """The chat a call names, when the bot may write there; raises ApiError 400 or 403."""
        chat = self.known_chat(chat_id)
        if not chat.member:
            raise forbidden("bot is not a member of the supergroup chat")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def bot_user(self) -> dict[str, Any]:
        """The bot as Telegram's User."""
        return {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": self.profile.get_text("name", ""),
            "username": BOT_USERNAME,
        }

    def chat_json(self, chat: Chat) -> dict[str, Any]:
        """As Telegram's Chat."""
        if not chat.private:
            return {"id": chat.chat_id, "type": "supergroup", "title": chat.title}
        user = self.phones[chat.chat_id].user()
        shown = {"first_name", "last_name", "username"}
        kept = {key: value for key, value in user.items() if key in shown}
        return {"id": chat.chat_id, "type": "private", **kept}

    # messages

    def new_message(self, chat: Chat, sender: int | None, content: dict[str, Any], **more: Any) -> Message:
        """Put a message into a chat, whoever wrote it."""
        message = Message(chat.chat_id, next(self._message_ids), sender, self.clock.now(), content, **more)
        chat.messages[message.message_id] = message
        self.made += 1
        return message

    def wire(self, message: Message, *, deep: bool = True) -> dict[str, Any]:
        """A message as the bot gets it."""
        chat = self.chats[message.chat_id]
        sender = self.bot_user() if message.sender is None else self.phones[message.sender].user()
        reply = None
        if deep and message.reply_to is not None:
            original = chat.messages.get(message.reply_to)
            reply = self.wire(original, deep=False) if original is not None else None
        return message.wire(self.chat_json(chat), sender, reply)

    # telling

    def queue(self, kind: str, content: dict[str, Any]) -> int | None:
        """Give the bot an update."""
        now = self.clock.now()
        if not len(self.updates) and now - self._last_update >= QUIET_WEEK:
            self.updates.skip_ids(self.random.randrange(1_000_000, 900_000_000))
        self._last_update = now
        return self.updates.add(kind, content)

    def warn(self, words: str, method: str = "") -> None:
        """Something the bot did that Telegram refuses: shown on the page."""
        warning = {
            "number": next(self._warning_ids),
            "time": self.clock.now().isoformat(),
            "method": method,
            "words": words[:400],
        }
        self.warnings.append(warning)
        self.events.publish("warning", warning)

    def tell_message(self, message: Message, *, new: bool = False) -> None:
        """The page should show this message as it is now."""
        self.events.publish("message", {"new": new, "message": message_view(self, message)})

    def tell_deleted(self, chat_id: int, message_id: int) -> None:
        """The page should forget this message."""
        self.events.publish("deleted", {"chat_id": chat_id, "message_id": message_id})

    def tell_chat(self, chat: Chat) -> None:
        """The page should show the state around the messages anew."""
        self.events.publish("chat", chat_view(self, chat))

    def tell_clock(self) -> None:
        """The page should show the clock anew."""
        self.events.publish("clock", self.mover.state())

    def tell_faults(self) -> None:
        """The page should show the faults on order anew."""
        active = [fault.as_json() for fault in self.faults.active()]
        self.events.publish("faults", {"faults": active, "limits": {"enabled": self.limits.enabled}})

    def _updates_changed(self) -> None:
        self.mover.note_updates()
        self.webhook.wake()

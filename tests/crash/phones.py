"""What stands on the phones, and hands that tap and type on them through the sandbox's control API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp

from bot.sandbox.phones import FIRST_USER, PhoneSpec
from bot.sandbox.server import RunningSandbox

PEOPLE = ("Sam", "Vera", "Lisa")
"""A youngster, the own professional, and a stranger who has nothing to do with them."""

SPECS = tuple(PhoneSpec(name) for name in PEOPLE)
USER = {name: FIRST_USER + place for place, name in enumerate(PEOPLE)}
LONGEST_CALL = 120.0


class Stuck(AssertionError):
    """The companion did not come to rest, or a phone does not show what should be there."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as it stands on a phone."""

    number: int
    from_bot: bool
    text: str
    labels: tuple[str, ...]
    silent: bool
    protected: bool
    picture: bool

    def shows(self, what: str) -> bool:
        """Whether *what* is one of its buttons or stands in its text."""
        return any(label.startswith(what) for label in self.labels) or what in self.text


class Phones:
    """Every phone of a sandbox."""

    def __init__(self, sandbox: RunningSandbox, http: aiohttp.ClientSession) -> None:
        self._sandbox = sandbox
        self._http = http

    def screen(self, who: str) -> list[Seen]:
        """The chat of *who* with the bot, oldest message first."""
        chat = self._sandbox.world.chats[USER[who]]
        found = []
        for message in chat.messages.values():
            rows = message.markup["inline_keyboard"] if message.markup else []
            text = message.content.get("text") or message.content.get("caption") or ""
            labels = tuple(button["text"] for row in rows for button in row)
            found.append(
                Seen(
                    message.message_id,
                    message.sender is None,
                    text,
                    labels,
                    message.silent,
                    message.protected,
                    "photo" in message.content,
                )
            )
        return found

    def last_with(self, who: str, label: str) -> tuple[int, str]:
        """The latest message with this button, and what the button carries."""
        chat = self._sandbox.world.chats[USER[who]]
        for exact in (True, False):
            for message in reversed(chat.messages.values()):
                for row in message.markup["inline_keyboard"] if message.markup else []:
                    for button in row:
                        text: str = button["text"]
                        if text == label if exact else text.startswith(label):
                            return message.message_id, button["callback_data"]
        latest = [(one.text, one.labels) for one in self.screen(who)[-3:]]
        raise Stuck(f"{who} has no button {label!r}; last: {latest}")

    async def tap(self, who: str, label: str) -> None:
        """Tap the latest button that is called *label*, or begins with it."""
        number, data = self.last_with(who, label)
        await self.do(f"phones/{USER[who]}/tap", {"message_id": number, "data": data})

    async def type(self, who: str, text: str) -> None:
        """Type and send."""
        await self.do(f"phones/{USER[who]}/send", {"text": text})

    async def open(self, who: str, payload: str) -> None:
        """Open an invitation link."""
        await self.do(f"phones/{USER[who]}/start", {"payload": payload})

    async def do(self, path: str, body: Any) -> dict[str, Any]:
        """One call of the control API, which must succeed."""
        timeout = aiohttp.ClientTimeout(total=LONGEST_CALL)
        async with self._http.post(
            f"{self._sandbox.url}/_sandbox/{path}", json=body, timeout=timeout
        ) as answer:
            done: dict[str, Any] = await answer.json()
        if answer.status != 200:
            raise Stuck(f"{path}: {done.get('error')}")
        return done

    async def time_passes(self, until: datetime | None = None, seconds: float = 3.0) -> None:
        """The clock moves, due by due, and everything that is due happens; then nothing is left to do."""
        world = self._sandbox.world
        body: dict[str, Any] = {"advance_to": until.isoformat()} if until else {"advance_seconds": seconds}
        while True:
            done = await self.do("clock", {**body, "require_bot": True})
            if done["stopped"]:
                raise Stuck(done["stopped"])
            report = world.mover.report
            if report is None or report.next_due is None:
                return
            wait = (report.next_due - world.clock.now()).total_seconds()
            if wait > 60:
                return
            body = {"to_next_due": True}

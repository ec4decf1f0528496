"""Scripted users: each answers at once, notices every wrong or double answer, and stops after so many talks."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from benchmarks.stub import NAME, Stub
from benchmarks.talk import OWN_WORDS, TURNS, Turn, fits, picked

FIRST_CHAT = 100_001


class Stuck(Exception):
    """A bot did not give the answer that the talk goes on with."""


class User:
    """One person with a phone. *anything* accepts every answer: for a bot that keeps no state."""

    def __init__(self, chat: int, anything: bool) -> None:
        self.chat = chat
        self.turns = 0
        self.wrong: list[str] = []
        self.typed: list[str] = []
        self._anything = anything
        self._awaiting = False
        self._following = False
        self._buttons: list[str] = []
        self._message: tuple[int, str] = (0, "")

    @property
    def place(self) -> int:
        return self.turns % len(TURNS)

    @property
    def own_words(self) -> str:
        """What is typed in this talk; in no other one."""
        return f"{OWN_WORDS} {self.chat}-{self.turns // len(TURNS)}."

    def acts(self, stub: Stub) -> None:
        """Do what the talk says."""
        turn = TURNS[self.place]
        self._awaiting = True
        if turn.do == "tap":
            data = self._buttons[0] if self._anything else picked(turn.pick, self._buttons) or ""
            stub.push({"callback_query": self._tap(data)})
            return
        text = "/menu" if turn.do == "menu" else self.own_words
        if turn.do == "type" and self.own_words not in self.typed:
            self.typed.append(self.own_words)
        stub.push({"message": self._typed(text)})

    def hears(self, message: int, text: str, buttons: list[str]) -> bool:
        """Whether this was the answer that the user waited for."""
        if not self._awaiting:
            self.wrong.append(f"turn {self.place}: a message nobody waited for")
            return False
        turn = TURNS[self.place]
        if not self._anything and not self._fits(turn, text, buttons):
            self.wrong.append(f"turn {self.place}: the answer shows {buttons}")
            return False
        if turn.also and not self._anything and not self._following:
            self._following = True
            return False
        self._awaiting = self._following = False
        self._message, self._buttons = (message, text), buttons
        self.turns += 1
        return True

    def _fits(self, turn: Turn, text: str, buttons: list[str]) -> bool:
        if self._following:
            return picked(turn.also, buttons) is not None
        return fits(turn, text, buttons, self.own_words)

    @property
    def _person(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": "Sam", "language_code": "nl"}

    @property
    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat, "type": "private", "first_name": "Sam"}

    def _typed(self, text: str) -> dict[str, Any]:
        message = {
            "message_id": 10_000_000 + self.turns,
            "from": self._person,
            "chat": self._chat,
            "date": int(time.time()),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return message

    def _tap(self, data: str) -> dict[str, Any]:
        number, text = self._message
        bot = {"id": 4242, "is_bot": True, "first_name": "Bench", "username": NAME}
        keyboard = [[{"text": one, "callback_data": one}] for one in self._buttons]
        shown = {
            "message_id": number,
            "from": bot,
            "chat": self._chat,
            "date": int(time.time()),
            "text": text,
        }
        return {
            "id": f"{self.chat}-{self.turns}",
            "from": self._person,
            "message": {**shown, "reply_markup": {"inline_keyboard": keyboard}},
            "chat_instance": str(self.chat),
            "data": data,
        }


class Users:
    """Everybody together, behind one stub."""

    def __init__(self, number: int, *, anything: bool = False) -> None:
        self.all = [User(chat, anything) for chat in range(FIRST_CHAT, FIRST_CHAT + number)]
        self.stub = Stub(self._said)
        self._by_chat = {user.chat: user for user in self.all}
        self._until = 0
        self._busy: set[int] = set()
        self._done = asyncio.Event()

    @property
    def turns(self) -> int:
        """How many turns were answered, and rightly."""
        return sum(user.turns for user in self.all)

    @property
    def wrong(self) -> list[str]:
        """Every wrong or double answer."""
        return [one for user in self.all for one in user.wrong]

    async def talk(self, times: int, within: float) -> None:
        """Everybody walks the talk so many times more; ``Stuck`` when a right answer does not come."""
        self._until += times * len(TURNS)
        self._busy = set(self._by_chat)
        self._done.clear()
        for user in self.all:
            user.acts(self.stub)
        try:
            await asyncio.wait_for(self._done.wait(), within)
        except TimeoutError:
            places = sorted({user.place for user in self.all if user.chat in self._busy})
            raise Stuck(f"{len(self._busy)} users wait at turns {places}; {self.wrong[:5]}") from None

    async def quiet(self, seconds: float = 0.3) -> None:
        """Wait until the bot has made no call for so long: what it does after an answer belongs to the turn."""
        calls = -1
        while calls != (calls := self._done_by_bot()):  # noqa: ASYNC110  # what is waited for is that nothing happens
            await asyncio.sleep(seconds)

    def _done_by_bot(self) -> int:
        return self.stub.calls.total() - self.stub.calls["getUpdates"]

    def _said(self, chat: int, message: int, text: str, buttons: list[str]) -> None:
        user = self._by_chat[chat]
        if not user.hears(message, text, buttons):
            return
        if user.turns < self._until:
            user.acts(self.stub)
            return
        self._busy.discard(chat)
        if not self._busy:
            self._done.set()

"""Somebody with a phone: what they do, and what stands on their screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.incoming import Attachment, Blocked, Command, OtherChat, Started, Tapped, Typed, Unreadable, What
from bot.message import Button, Message
from dialogs.text import plain
from dialogs.words import Words


class NothingThere(LookupError):
    """What somebody would tap or read is not on their phone."""


@dataclass(slots=True)
class Shown:
    """A message as it stands on a phone now. *ever* holds every text it ever had."""

    number: int
    message: Message
    ever: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return plain(self.message.text)

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.message.rows for button in row]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.message.rows for button in row]

    def button(self, label: str) -> Button:
        """The button with this label, else the first whose label begins with it."""
        exact = [one for one in self.buttons if one.label == label]
        found = exact or [one for one in self.buttons if one.label.startswith(label)]
        if not found:
            raise NothingThere(f"no button {label!r} among {self.labels} under {self.text!r}")
        return found[0]


@dataclass(slots=True, eq=False)
class Phone:
    """*does* lets something happen and gives the toast. *keyboard* are the labels of the lasting keyboard."""

    account: int
    name: str
    language: str
    does: Callable[[Phone, What], str]
    shown: list[Shown] = field(default_factory=list)
    gone: list[Shown] = field(default_factory=list)
    keyboard: list[str] = field(default_factory=list)
    toast: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """What was sent, by name: fetched from here."""

    def opens(self, token: str = "") -> Phone:
        return self._does(Started(token))

    def types(self, text: str) -> Phone:
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            return self._does(Command(name, Words(rest)))
        return self._does(Typed(Words(text)))

    def edits(self, text: str) -> Phone:
        return self._does(Typed(Words(text), edited=True))

    def sends(self, kind: str, caption: str = "") -> Phone:
        return self._does(Unreadable(kind, Words(caption)))

    def sends_document(self, name: str, content: bytes, caption: str = "") -> Phone:
        self.files[name] = content
        return self._does(Unreadable("document", Words(caption), Attachment(name, name, len(content))))

    def blocks(self, blocked: bool = True) -> Phone:
        return self._does(Blocked(blocked))

    def adds_to_group(self) -> Phone:
        return self._does(OtherChat(joined=True))

    def taps(self, *labels: str) -> Phone:
        """Tap buttons one after another, each on the latest message that has it."""
        for label in labels:
            self.taps_data(self.sees(label).button(label).data)
        return self

    def taps_code(self, code: str = "271828") -> Phone:
        return self.taps(*code)

    def taps_data(self, data: str) -> Phone:
        return self._does(Tapped(data, "query"))

    def has(self, label: str) -> bool:
        """Whether a button that begins with *label* stands anywhere on this phone."""
        return any(text.startswith(label) for one in self.shown for text in one.labels)

    def sees(self, label: str) -> Shown:
        """The latest message with a button that is or begins with *label*."""
        for one in reversed(self.shown):
            if any(text.startswith(label) for text in one.labels):
                return one
        raise NothingThere(f"{self.name} has no button {label!r}; last: {self.screen}")

    @property
    def last(self) -> Shown:
        if not self.shown:
            raise NothingThere(f"{self.name} got nothing")
        return self.shown[-1]

    @property
    def said(self) -> str:
        return self.last.text

    @property
    def texts(self) -> list[str]:
        """What stands in the chat now, oldest first."""
        return [one.text for one in self.shown]

    @property
    def ever(self) -> str:
        """Everything that ever stood in the chat."""
        return "\n".join(text for one in (*self.gone, *self.shown) for text in one.ever)

    @property
    def screen(self) -> str:
        return "\n---\n".join(f"{one.text}\n{one.labels}" for one in self.shown[-3:])

    def since(self, count: int) -> str:
        """The texts of the messages after the first *count*, as they stand now."""
        return "\n---\n".join(self.texts[count:])

    def arrives(self, message: Message, target: int | None, number: int) -> int:
        """Show *message* as the channel would; the number of the message that now holds it."""
        if message.do == "send":
            if message.keyboard_rows:
                self.keyboard = [label for row in message.keyboard_rows for label in row]
            self.shown.append(Shown(number, message, [plain(message.text)]))
            return number
        one = next((one for one in self.shown if one.number == target), None)
        if one is None:
            raise NothingThere(f"{self.name} has no message {target}")
        if message.do == "delete":
            self.shown.remove(one)
            self.gone.append(one)
            return one.number
        rows = message.rows if message.do == "edit" else ()
        text = message.text or one.message.text
        one.message = replace(
            message, text=text, rows=rows, protect=one.message.protect
        )  # an edit cannot protect
        one.ever.append(one.text)
        return one.number

    def _does(self, what: What) -> Phone:
        self.toast = self.does(self, what)
        return self

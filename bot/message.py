"""A neutral outgoing message. Rendered when it is decided, stored encrypted, turned into a call by one channel only."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, Literal

from dialogs.text import Rendered, Span

VERSION = 1


class Lane(IntEnum):
    """What goes first when several messages wait; lower goes first. ``TIDY`` removes buttons that were used."""

    ALERT = 0
    REPLY = 1
    RELAY = 2
    REMINDER = 3
    DIGEST = 4
    TIDY = 5


class Promise(StrEnum):
    """What an unanswered send means for this message; the table stands in docs/architecture.md.

    ``SCREEN``: one resend with the same screen id. ``AT_LEAST_ONCE``: resend until answered. ``RELAY``: resend, marked
    as possibly double, same reference. ``ALERT``: resend at once. ``WHILE_VALID``: one resend, marked, never after
    ``not_after``. ``IDEMPOTENT``: an edit or deletion, safe to repeat.
    """

    SCREEN = "screen"
    AT_LEAST_ONCE = "at_least_once"
    RELAY = "relay"
    ALERT = "alert"
    WHILE_VALID = "while_valid"
    IDEMPOTENT = "idempotent"


Do = Literal["send", "edit", "unbutton", "delete", "pin"]
Keyboard = Literal["youth", "staff", "admin", "remove"]


@dataclass(frozen=True, slots=True)
class Button:
    """*data* is what comes back when it is tapped (1-64 bytes); *url* buttons open a link instead."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that goes with the text as its caption."""

    png: bytes

    def __repr__(self) -> str:
        return f"Picture({len(self.png)} bytes)"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with the text as its caption; *name* is what it is saved as."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        return f"Document({len(self.content)} bytes)"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to do in one chat.

    *do*: ``send`` a new message; ``edit`` replaces text and buttons of an earlier one; ``unbutton`` takes the buttons
    off an earlier one and shows *text*; ``delete``; ``pin``. *keyboard* asks for the lasting keyboard of a role
    (*keyboard_rows* holds its labels). *protect*: cannot be forwarded. *silent*: no sound. *doubt* is the sentence
    that is put in front when this is sent a second time because the first answer was lost. A message carries a
    *picture* or a *document*, never both.
    """

    text: Rendered
    do: Do = "send"
    rows: tuple[tuple[Button, ...], ...] = ()
    keyboard: Keyboard | None = None
    keyboard_rows: tuple[tuple[str, ...], ...] = ()
    placeholder: str = ""
    picture: Picture | None = None
    document: Document | None = None
    protect: bool = False
    silent: bool = False
    doubt: str = ""

    def __repr__(self) -> str:
        size = sum(len(span.text) for span in self.text)
        return f"Message({self.do}, {size} characters, {sum(map(len, self.rows))} buttons)"


def dump(message: Message) -> str:
    """The JSON form of *message*, for the encrypted outbox."""
    picture = base64.b64encode(message.picture.png).decode("ascii") if message.picture else None
    document = (
        [message.document.name, base64.b64encode(message.document.content).decode("ascii")]
        if message.document
        else None
    )
    return json.dumps(
        {
            "version": VERSION,
            "text": [[span.text, span.style] for span in message.text],
            "do": message.do,
            "rows": [[[b.label, b.data, b.url] for b in row] for row in message.rows],
            "keyboard": message.keyboard,
            "keyboard_rows": message.keyboard_rows,
            "placeholder": message.placeholder,
            "picture": picture,
            "document": document,
            "protect": message.protect,
            "silent": message.silent,
            "doubt": message.doubt,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load(text: str) -> Message:
    """The message that *text* (made by ``dump``) holds."""
    data: dict[str, Any] = json.loads(text)
    if data["version"] != VERSION:
        raise ValueError(f"outgoing message of version {data['version']}, this program reads {VERSION}")
    return Message(
        text=tuple(Span(piece, style) for piece, style in data["text"]),
        do=data["do"],
        rows=tuple(tuple(Button(*button) for button in row) for row in data["rows"]),
        keyboard=data["keyboard"],
        keyboard_rows=tuple(tuple(row) for row in data["keyboard_rows"]),
        placeholder=data["placeholder"],
        picture=Picture(base64.b64decode(data["picture"])) if data["picture"] else None,
        document=_document(data.get("document")),
        protect=data["protect"],
        silent=data["silent"],
        doubt=data["doubt"],
    )


def _document(data: list[str] | None) -> Document | None:
    return Document(data[0], base64.b64decode(data[1])) if data else None

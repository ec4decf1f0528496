"""What came in from a channel, in neutral form. The core knows no Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote: the channel's own number for the person (taken from the sender, never from button data).

    *chat* is where an answer goes; *name* and *language* are what the account says of itself.
    """

    account: int
    chat: int
    name: Words
    language: str

    def __repr__(self) -> str:
        return "Sender(...)"


@dataclass(frozen=True, slots=True)
class Started:
    """The Start button or /start, with the payload of the link that was opened (empty without one)."""

    payload: str

    def __repr__(self) -> str:
        return f"Started({len(self.payload)} characters)"


@dataclass(frozen=True, slots=True)
class Command:
    """A command without its slash, lower case; *rest* is what followed it."""

    name: str
    rest: Words


@dataclass(frozen=True, slots=True)
class Typed:
    """Text. *edited* when an earlier message was changed afterwards."""

    text: Words
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button. *data* is whatever the client chose to send; *query* is answered once, best effort."""

    data: str
    query: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that stays where it is until somebody asks for it by *id*; *size* is none when nobody said so."""

    id: str
    name: str
    size: int | None

    def __repr__(self) -> str:
        return f"Attachment({self.size} bytes)"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Voice, photo, sticker, document ... with its caption, if any.

    Only a document tells its *file*, and only for somebody who edits texts it is fetched.
    """

    kind: str
    caption: Words
    file: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked the bot (or came back: *blocked* is false)."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class OtherChat:
    """Anything from a group or channel: the bot leaves. *joined* is true when we were added there."""

    joined: bool


What = Started | Command | Typed | Tapped | Unreadable | Blocked | OtherChat


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update: who, and what."""

    sender: Sender
    what: What


def words_of(incoming: Incoming) -> Words:
    """Every word the person typed in *incoming*: what the danger check reads, before anything else happens."""
    match incoming.what:
        case Typed(text=text) | Unreadable(caption=text):
            return text
        case Command(name=name, rest=rest):
            return Words(f"{name.replace('_', ' ')} {rest}".strip())
        case Started() | Tapped() | Blocked() | OtherChat():
            return Words("")

"""What became of a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.telegram import failures

_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message to pin not found",
    "message_id_invalid",
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Telegram has it. *message_id* is None for a deletion or a pin."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An edit or a deletion that changes nothing any more: as good as accepted."""


@dataclass(frozen=True, slots=True)
class ChatWaits:
    """Too many messages: this chat waits; no attempt is burnt."""

    seconds: int


@dataclass(frozen=True, slots=True)
class PersonBlocked:
    """The person blocked the bot, or the account is gone."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It left, the answer was lost: nobody can know."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """There was no connection: it surely did not arrive."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram refuses this message; *description* is Telegram's own sentence, which may quote an address."""

    description: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TargetGone:
    """The message to edit, delete or pin is not there, or too old."""


@dataclass(frozen=True, slots=True)
class Misconfigured:
    """The token or the address is wrong: an alarm, never a verdict on the message, which stays."""

    kind: Literal["token", "not_found", "conflict"]


@dataclass(frozen=True, slots=True)
class ServerTrouble:
    """Telegram's server, or something on the way, failed (5xx)."""


Outcome = (
    Accepted
    | Unchanged
    | ChatWaits
    | PersonBlocked
    | Ambiguous
    | NotSent
    | Refused
    | TargetGone
    | Misconfigured
    | ServerTrouble
)


def outcome(error: TelegramError) -> Outcome:
    """What *error* means for the message. The order matters: some of these errors are subclasses of others."""
    match error:
        case failures.NotConnected():
            return NotSent()
        case failures.AnswerLost():
            return Ambiguous()
        case failures.TooManyRequests(seconds=seconds):
            return ChatWaits(seconds)
        case failures.ServerError():
            return ServerTrouble()
        case Forbidden():
            return PersonBlocked()
        case InvalidToken():
            missing = isinstance(error, failures.Unrecognised) and error.status == HTTPStatus.NOT_FOUND
            return Misconfigured("not_found" if missing else "token")
        case Conflict():
            return Misconfigured("conflict")
        case BadRequest():
            return _refusal(error.message)
        case NetworkError():
            return Ambiguous()
        case _:
            return Refused(error.message)


def _refusal(description: str) -> Outcome:
    lowered = description.lower()
    if "message is not modified" in lowered:
        return Unchanged()
    if any(gone in lowered for gone in _GONE):
        return TargetGone()
    return Refused(description)

"""What can go wrong with a call, told apart by one question: can the message have arrived?

`BadRequest` and `TimedOut` are subclasses of `NetworkError` in python-telegram-bot, so nothing here may be sorted by
`except NetworkError`. No failure carries an address: the address holds the token.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

_LONGEST_DESCRIPTION = 200


class NotConnected(NetworkError):
    """There was no connection: the call surely did not arrive."""


class AnswerLost(TimedOut):
    """The call left, its answer did not come back whole: nobody can know whether it was accepted."""


class ServerError(NetworkError):
    """A server said that it failed, or somebody who is not Telegram answered."""


class TooManyRequests(TelegramError):
    """Telegram asks to wait; `seconds` is at least 1."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too Many Requests: retry after {seconds}")
        self.seconds = seconds


class Unrecognised(InvalidToken):
    """401 or 404: the token is not (or no longer) known, or the address is wrong. Never a verdict on the message."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status


def failure(status: int, payload: bytes) -> TelegramError:
    """The error that an HTTP answer outside 200-299 means.

    Only Telegram's own JSON counts as a verdict: a 403 page of a proxy must not mark a person as having left.
    """
    answer = _telegrams(payload)
    description = str((answer or {}).get("description") or _phrase(status))[:_LONGEST_DESCRIPTION]
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        return Unrecognised(status, description)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return TooManyRequests(_seconds(answer))
    if status == HTTPStatus.GATEWAY_TIMEOUT:
        # The gateway passed the call on and gave up waiting: it may have been accepted.
        return AnswerLost(description)
    if answer is None or status < HTTPStatus.BAD_REQUEST or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerError(description)
    if status == HTTPStatus.FORBIDDEN:
        return Forbidden(description)
    if status == HTTPStatus.CONFLICT:
        return Conflict(description)
    return BadRequest(description)


def _telegrams(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and answer.get("ok") is False else None


def _seconds(answer: dict[str, Any] | None) -> int:
    parameters = (answer or {}).get("parameters")
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return max(1, asked) if isinstance(asked, int) else 1


def _phrase(status: int) -> str:
    try:
        return f"{HTTPStatus(status).phrase} ({status})"
    except ValueError:
        return f"HTTP {status}"
